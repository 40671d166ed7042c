/**
 * How much of FLamby's FedAdam figure on TCGA is luck of the first weights: its own protocol in the open from the first weights that torch drew
 * for its five published seeds, and from many others. `pnpm studies flamby-starts [shuffles] [folder of both data sets]`
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { concordance } from '@consilium/shared/evaluation';
import { readCsv } from '@consilium/shared/reading';
import { type CoxRow, flambyAdam, scoreOf, torchStart } from '../reference/flamby-cox.ts';
import { meanOf, medianOf, spreadOf } from './summaries.ts';

/** C of FedAdam on the pooled test rows in FLamby's result files, by seed. */
export const PUBLISHED_SEEDS = { 42: 0.8381, 43: 0.8209, 44: 0.856, 45: 0.8619, 46: 0.8337 } as const;

/** @returns C of every order of rows, one from each of `shuffles` seeds. */
export function fromTorchSeed(seed: number, shuffles: number, { sites, test }: TcgaRows): number[] {
  const start = torchStart(seed, test[0]?.x.length ?? 0);
  return Array.from({ length: shuffles }, (_, at) => {
    const weights = flambyAdam(sites, start, 1000 * seed + at);
    const scores = Float64Array.from(test, (row) => scoreOf(weights, row));
    return (
      concordance(
        scores,
        Float64Array.from(test, ({ time }) => time),
        Float64Array.from(test, ({ isEvent }) => Number(isEvent)),
      ) ?? Number.NaN
    );
  });
}

export interface TcgaRows {
  readonly sites: readonly (readonly CoxRow[])[];
  readonly test: readonly CoxRow[];
}

/** Values as they are in the files. @param folder - Of the data set. */
export function readTcga(folder: string): TcgaRows {
  const read = (name: string) => readCsv(readFileSync(join(folder, name))).rows;
  const setOf = new Map(read('flamby-split.csv').map(([pid = '', , set]) => [pid, set]));
  const centres = readdirSync(folder).filter((name) => name.startsWith('center-'));
  const rows = centres.sort().map((name) =>
    read(name).map((cells) => {
      const values = cells.slice(1).map(Number);
      const [event, time = Number.NaN] = values.splice(-2);
      return { set: setOf.get(cells[0] ?? ''), row: { x: values, time, isEvent: event === 1 } };
    }),
  );
  return {
    sites: rows.map((own) => own.filter(({ set }) => set === 'train').map(({ row }) => row)),
    test: rows.flat().flatMap(({ set, row }) => (set === 'test' ? [row] : [])),
  };
}

export function runFlambyStarts(shuffles: number, folder: string): void {
  const rows = readTcga(join(folder, 'tcga-brca'));
  const print = (name: string, published: string, c: readonly number[]): void =>
    console.log(
      `${name.padEnd(14)}${published.padEnd(11)}${[meanOf(c), spreadOf(c), medianOf(c), Math.min(...c), Math.max(...c)].map((value) => value.toFixed(4).padEnd(9)).join('')}`,
    );
  console.log(`torch seed    published  mean     sd       median   lowest   highest  (${shuffles} orders of the rows each)`);
  const published = Object.entries(PUBLISHED_SEEDS);
  const means = published.map(([seed, figure]) => {
    const c = fromTorchSeed(Number(seed), shuffles, rows);
    print(seed, figure.toFixed(4), c);
    return meanOf(c);
  });
  print('the five', meanOf(published.map(([, figure]) => figure)).toFixed(4), means);
  print('1 to 200', '', Array.from({ length: 200 }, (_, at) => fromTorchSeed(at + 1, 1, rows)).flat());
}
