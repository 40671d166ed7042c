/** The check of a machine. `main.ts` starts it and is built apart. */
export { largestDifference } from './largest-difference.ts';
