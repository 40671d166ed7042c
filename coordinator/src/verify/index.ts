/** Public names of `verify`: what checks files of the coordinator without it. */

export { checkClient } from './check-client.ts';
export { checkFile } from './check-file.ts';
export { type Finding, printable, printableJson } from './finding.ts';
export { reportFile } from './report.ts';
