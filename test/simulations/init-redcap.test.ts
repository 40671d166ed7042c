/** From a REDCap data dictionary to a plan, and back: rows made to fit the plan are ready, train, and one out of the dictionary's range is told. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { randomStream, sha256 } from '@consilium/shared/crypto';
import { type Plan, parsePlan } from '@consilium/shared/study';
import { type DraftTask, type DraftWishes, draftFromRedcap } from '@consilium/simulations/plans';
import { afterAll, describe, expect, it } from 'vitest';

const cli = resolve(import.meta.dirname, '../../simulations/dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'consilium-redcap-'));

async function simulate(...words: string[]): Promise<{ code: number; out: string; error: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [cli, ...words], { cwd: folder });
    return { code: 0, out: stdout, error: stderr };
  } catch (error) {
    const failed = error as { code: number; stdout: string; stderr: string };
    return { code: failed.code, out: failed.stdout, error: failed.stderr };
  }
}

/** As REDCap exports it: all eighteen columns, quoted where they hold blanks or commas. */
const HEADER =
  '"Variable / Field Name","Form Name","Section Header","Field Type","Field Label","Choices, Calculations, OR Slider Labels","Field Note","Text Validation Type OR Show Slider Number","Text Validation Min","Text Validation Max",Identifier?,"Branching Logic (Show field only if...)","Required Field?","Custom Alignment","Question Number (surveys only)","Matrix Group Name","Matrix Ranking?","Field Annotation"';
const field = (name: string, type: string, label: string, more: Partial<Record<number, string>> = {}): string =>
  Array.from({ length: 18 }, (_, at) => ({ 0: name, 1: 'baseline', 3: type, 4: label, ...more })[at] ?? '')
    .map((cell) => (/[ ,"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',');
const DICTIONARY = `${[
  HEADER,
  field('record_id', 'text', 'Record ID', { 7: 'integer' }),
  field('surname', 'text', 'Surname', { 10: 'y' }),
  field('age', 'text', '<b>Age</b> at visit (years)', { 2: '<h2>Who</h2>', 7: 'integer', 8: '18', 9: '110', 12: 'y' }),
  field('sbp', 'text', 'Systolic pressure', { 6: 'mmHg', 7: 'number', 8: '60', 9: '260' }),
  field('smoker', 'dropdown', 'Smoker', { 5: '1, Yes | 0, No | 9, Unknown' }),
  field('packs', 'text', 'Pack years', { 7: 'number_1dp', 8: '0', 9: '200', 11: "[smoker] = '1'" }),
  field('nyha', 'radio', 'NYHA class', { 5: '1, I | 2, II | 3, III | 4, IV' }),
  field('illness', 'checkbox', 'Other illnesses', { 5: '1, COPD | 2, Diabetes, any type' }),
  field('seen', 'text', 'Date of visit', { 7: 'date_ymd' }),
  field('intro', 'descriptive', 'Please answer every question.'),
  field('days', 'text', 'Days of follow-up', { 6: 'days', 7: 'integer', 8: '0', 9: '730' }),
  field('died', 'yesno', 'Died within a year'),
].join('\r\n')}\r\n`;
writeFileSync(join(folder, 'dictionary.csv'), `\uFEFF${DICTIONARY}`);

/** A raw export of one hospital whose values are what the plan's features may be. */
function exported(plan: Plan, site: string, rows: number): string {
  const { uniform } = randomStream(sha256(new TextEncoder().encode(site)));
  const value = (feature: Plan['features'][number]): string => {
    if (feature.type !== 'number') return feature.codes[Math.floor(uniform() * feature.codes.length)]?.code ?? '';
    const [low, high] = feature.range;
    return (low + (high - low) * (0.3 + 0.4 * uniform())).toFixed(0);
  };
  const lines = Array.from({ length: rows }, (_, row) => [`${site}-${row}`, ...plan.features.map(value), uniform() < 0.4 ? '1' : '0']);
  return [['record_id', ...plan.features.map(({ column }) => column), 'died'], ...lines].map((line) => line.join(',')).join('\n');
}

function planAt(name: string): Plan {
  const parsed = parsePlan(readFileSync(join(folder, name), 'utf8'), name);
  if (!parsed.ok) throw new Error(parsed.errors.map(({ message }) => message).join('\n'));
  return parsed.plan;
}

describe('simulate init --redcap', () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('makes features of a dictionary, says what was left out and why, and its plan fits rows made by it', async () => {
    const { code, out, error } = await simulate('init', '--redcap', 'dictionary.csv', '--outcome', 'died');
    expect([code, error]).toEqual([0, '']);
    expect(out).toContain('Read 12 fields of the dictionary; 8 features: age, sbp, smoker, packs, nyha, illness___1, illness___2, days');
    for (const notice of [
      'record_id is the record id and was left out.',
      'surname is marked as an identifier and was left out.',
      'smoker: 9 is taken as missing.',
      "packs is asked only where [smoker] = '1'; elsewhere it is empty, which a plan takes as missing.",
      'seen is a date or time and was left out.',
      'intro is a description without a value and was left out.',
    ])
      expect(out).toContain(notice);
    const plan = planAt('plan.yaml');
    expect(plan.features[0]).toMatchObject({ name: 'age', label: 'Age at visit (years)', unit: 'a', range: [18, 110], required: true });
    expect(plan.features[2]).toMatchObject({ name: 'smoker', missing: ['9'], codes: [{ code: '0' }, { code: '1', label: 'Yes' }] });
    expect(plan.split).toMatchObject({ by: 'patient-id', patientId: 'record_id' });
    expect(plan.outcomes[0]).toMatchObject({ task: 'binary', positive: 'died == 1' });

    mkdirSync(join(folder, 'sites'));
    const sites = ['north', 'east', 'south', 'west'];
    for (const site of sites) writeFileSync(join(folder, 'sites', `${site}.csv`), exported(plan, site, 90));
    const checked = await simulate('check', 'plan.yaml', '--data', 'sites', '--json');
    expect([checked.code, checked.error]).toEqual([0, '']);
    const ran = await simulate('run', 'plan.yaml', '--data', 'sites', '--out', 'out', '--secure', 'off');
    expect([ran.code, ran.error]).toEqual([0, '']);
    const results = JSON.parse(readFileSync(join(folder, 'out', 'results.json'), 'utf8'));
    expect(Object.values<{ rows: number }>(results.sites).map(({ rows }) => rows)).toEqual([90, 90, 90, 90]);
    // intercept, six straight lines or yes-no columns, three of NYHA's four classes beside the reference
    expect(results.coefficients.map(({ name }: { name: string }) => name)).toHaveLength(1 + 7 + 3);

    const north = exported(plan, 'north', 90).replace(/^(north-0),\d+/m, '$1,17');
    writeFileSync(join(folder, 'sites', 'north.csv'), north);
    const told = await simulate('check', 'plan.yaml', '--data', 'sites', '--json');
    expect(told.out).toContain('"17"');
  }, 60_000);

  it('refuses what is no dictionary with one sentence and writes nothing', async () => {
    writeFileSync(join(folder, 'patients.csv'), 'record_id,age,died\n1,61,0\n2,48,1\n');
    const { code, error } = await simulate('init', '--redcap', 'patients.csv', '--outcome', 'died', '--out', 'refused.yaml');
    expect([code, error]).toEqual([1, expect.stringMatching(/^This is not a REDCap data dictionary: it has no columns "Variable.*\n$/)]);
    expect(existsSync(join(folder, 'refused.yaml'))).toBe(false);
  });
});

describe('a drafted plan', () => {
  const draft = (wishes: Partial<DraftWishes>) =>
    draftFromRedcap(new TextEncoder().encode(DICTIONARY), { study: 'small', task: 'binary', outcome: 'died', ...wishes });

  it.each<[DraftTask, Partial<DraftWishes>, object]>([
    ['time-to-event', { time: 'days' }, { time: 'days', event: 'died == 1', horizon: 365, unit: 'd' }],
    ['multiclass', { outcome: 'nyha' }, { column: 'nyha', codes: [{}, { code: '2', label: 'II' }, {}, {}] }],
    ['regression', { outcome: 'sbp' }, { unit: 'mm[Hg]', range: [60, 260] }],
    ['count', { outcome: 'packs' }, { range: [0, 200] }],
  ])('has an outcome of the dictionary for %s, which predicts itself nowhere', (task, wishes, outcome) => {
    const { text, features } = draft({ task, ...wishes });
    const parsed = parsePlan(text, 'plan.yaml');
    expect(parsed.ok && parsed.plan.outcomes[0]).toMatchObject({ task, ...outcome });
    expect(parsed.ok && parsed.plan.features.map(({ name }) => name)).toEqual(features);
    expect(features).not.toContain(wishes.outcome ?? 'died');
    expect(features).not.toContain(wishes.time);
  });

  it.each<[string, Partial<DraftWishes>, RegExp]>([
    ['a misspelt outcome', { outcome: 'dyed' }, /^There is no variable "dyed" in the dictionary; did you mean "died"\?/],
    ['an outcome without values', { outcome: 'seen' }, /^"seen" cannot be an outcome.*seen is a date or time/],
    ['a quantity for a class', { task: 'multiclass', outcome: 'sbp' }, /^"sbp" has no 3 or more choices/],
    ['a time without its variable', { task: 'time-to-event' }, /needs --time/],
  ])('is refused for %s', (_what, wishes, sentence) => {
    expect(() => draft(wishes)).toThrow(sentence);
  });

  it('says of an outcome with a code for unknown that those rows must go', () => {
    const { text, notices } = draft({ outcome: 'smoker' });
    expect(text).toContain('positive: "smoker == 1"');
    expect(notices.join('\n')).toContain('smoker: rows with 9 have no known outcome');
  });
});
