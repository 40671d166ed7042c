/** `simulate predict`: a released model and a file of patients in the hospital's own units; a probability a row, or why there is none. */
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  answerNames,
  modelText,
  parseModel,
  type ReleasedModel,
  type Score,
  scoreRows,
  scoresCsv,
  scoreTable,
} from '@consilium/shared/export';
import { readTable } from '@consilium/shared/reading';
import { type Mapping, parseMapping } from '@consilium/shared/schema';
import type { Command } from 'commander';
import { SimulationError } from '../input/simulation-error.ts';
import { put } from '../output/put.ts';

interface PredictOptions {
  readonly data: string;
  readonly mapping?: string;
  readonly out?: string;
  readonly json: boolean;
}

const SHOWN_REFUSALS = 10;

export function addPredict(program: Command): void {
  program
    .command('predict')
    .description('scores patients in a hospital’s own units with a released model')
    .argument('<model>', 'a result folder, its model folder, a model.json, or the archive of an export')
    .requiredOption('--data <file>', 'a file of patients; an outcome is not needed')
    .option('--mapping <file>', 'a saved mapping: how the file’s columns, units and codes answer the study’s dictionary')
    .option('--out <file>', 'where the CSV goes; printed if left out')
    .option('--json', 'print one line of JSON instead of CSV', false)
    .addHelpText(
      'after',
      `
Every number comes with its low and high end, where the model says them; "range" names what they are: an interval (95 %), the spread of a penalised fit, or instability over several fits.
A row with a value outside its range, an unknown code or a required value missing is refused, with its reasons in the last column.

Examples:
  pnpm simulate predict out/heart --data new-patients.csv --out risks.csv
  pnpm simulate predict out/heart/model/model.json --data new-patients.csv --json`,
    )
    .action(predictCommand);
}

async function predictCommand(path: string, options: PredictOptions): Promise<void> {
  const model = await readModel(path);
  const bytes = await readFile(options.data).catch(() => {
    throw new SimulationError(`There is no file "${options.data}".`);
  });
  const expected = model.features.map(({ column }) => column);
  const raw = await readTable(new Uint8Array(bytes), basename(options.data), {}, { expected });
  const mapping = options.mapping === undefined ? null : await readMapping(options.mapping);
  const scores = scoreRows(model, scoreTable(raw, model, mapping));
  const refused = scores.filter((score) => score.kind === 'refused');
  const text = scoresCsv(model, scores);
  if (options.out !== undefined) await put(options.out, text);
  if (options.json) {
    const counts = { rows: scores.length, scored: scores.length - refused.length, refused: refused.length };
    console.log(
      JSON.stringify({
        model: model.study,
        outcome: model.outcome,
        values: answerNames(model),
        ...counts,
        out: options.out ?? null,
        scores,
      }),
    );
    return;
  }
  if (options.out === undefined) {
    process.stdout.write(text);
    return;
  }
  const reasons = refused.slice(0, SHOWN_REFUSALS).map((score) => `  row ${score.row}: ${reasonsOf(score)}`);
  const more = refused.length > SHOWN_REFUSALS ? [`  and ${refused.length - SHOWN_REFUSALS} more`] : [];
  console.log(
    [
      `${scores.length - refused.length} of ${scores.length} rows scored: ${options.out}`,
      ...(refused.length > 0 ? ['Refused:'] : []),
      ...reasons,
      ...more,
      ...levelNote(model),
      'Research use only.',
    ].join('\n'),
  );
}

/** A hazard has a level of each site's own, which is profiled out there and in no file of all sites. */
const levelNote = ({ answer, adaptedTo }: ReleasedModel): string[] =>
  answer.kind === 'survival' && adaptedTo === null
    ? ['Risks at a site of the usual level: each site’s own level is not in this file, so they differ from those a site sees.']
    : [];

const reasonsOf = (score: Score): string => (score.kind === 'refused' ? score.reasons.join('; ') : '');

/** @throws SimulationError naming where a model was looked for, or what is wrong with it. */
async function readModel(path: string): Promise<ReleasedModel> {
  const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? false;
  const candidates = isFolder ? [join(path, 'model', 'model.json'), join(path, 'model.json')] : [path];
  for (const candidate of candidates) {
    const bytes = await readFile(candidate).catch(() => null);
    if (bytes === null) continue;
    const text = modelText(new Uint8Array(bytes));
    if (text === null) throw new SimulationError(`The archive "${candidate}" holds no model.json.`);
    const parsed = parseModel(text);
    if (!parsed.ok) throw new SimulationError(`"${candidate}" cannot be used as a model. ${parsed.problem}`);
    return parsed.model;
  }
  const reason = await readFile(join(path, 'model', 'NO-MODEL.txt'), 'utf8').catch(() => null);
  throw new SimulationError(reason === null ? `There is no model at "${path}".` : reason.trim());
}

async function readMapping(path: string): Promise<Mapping> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new SimulationError(`There is no mapping "${path}".`);
  });
  try {
    return parseMapping(JSON.parse(text));
  } catch (error) {
    throw new SimulationError(`"${path}" is not a saved mapping. ${error instanceof Error ? error.message : ''}`.trim());
  }
}
