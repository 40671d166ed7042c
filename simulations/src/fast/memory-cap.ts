/** The most memory a simulation may use: read from `--memory`, watched while it runs, explained when it is not enough. */
import { totalmem } from 'node:os';
import { SimulationError } from '../input/simulation-error.ts';

const UNITS: Readonly<Record<string, number>> = { MB: 2 ** 20, GB: 2 ** 30 };
const WATCH_MS = 100;
/** Share of the machine's memory that is used unless told otherwise. */
const DEFAULT_SHARE = 0.8;

/** @param text - As `512MB` or `2GB`. @returns Bytes. @throws SimulationError on anything else, or less than 64 MB. */
export function readMemory(text: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([MG]B)$/i.exec(text.trim()) ?? [];
  const bytes = Math.floor(Number(amount) * (UNITS[unit?.toUpperCase() ?? ''] ?? Number.NaN));
  if (!(bytes >= 64 * 2 ** 20)) throw new SimulationError(`--memory needs a size as 512MB or 2GB, at least 64MB; got "${text}".`);
  return bytes;
}

/** Most of what this machine, or the container it stands for, has. */
export function defaultMemory(): number {
  const limit = process.constrainedMemory?.() ?? 0;
  const total = totalmem();
  return Math.floor(DEFAULT_SHARE * (limit > 0 && limit < total ? limit : total));
}

export const memoryText = (bytes: number): string =>
  bytes >= 2 ** 30 ? `${Number((bytes / 2 ** 30).toFixed(1))} GB` : `${Math.ceil(bytes / 2 ** 20)} MB`;

/** The one sentence of a simulation that does not fit. */
export const outOfMemory = (capBytes: number, sites: number, workers: number): SimulationError =>
  new SimulationError(
    `Out of memory: ${sites} sites on ${workers} ${workers === 1 ? 'worker' : 'workers'} need more than the ${memoryText(capBytes)} that --memory allows. ` +
      'Nothing was written. Raise --memory, or simulate fewer sites or rows.',
  );

/** Calls `onFull` once, now or later, when this process, its threads included, holds more than the cap. @returns A function that ends the watch. */
export function watchMemory(capBytes: number, onFull: () => void): () => void {
  const look = (): void => {
    if (process.memoryUsage.rss() <= capBytes) return;
    clearInterval(timer);
    onFull();
  };
  const timer = setInterval(look, WATCH_MS);
  timer.unref();
  look();
  return () => clearInterval(timer);
}
