/**
 * A hospital that answered for its rows in one version of a plan, and a next version asked over nearly the same rows: the difference of both sums over the same hospitals would be the
 * changed patients' own numbers.
 */
import { answeredSketches, createSite, newSiteRecord, type RowSketch, type SiteRecord } from '@consilium/shared/federation';
import { readTable, type TableChoices } from '@consilium/shared/reading';
import { type CalendarDate, type Mapping, proposeMapping, sureMapping } from '@consilium/shared/schema';
import { DEFAULT_POLICY, type Plan, planHash, tableSpec } from '@consilium/shared/study';
import { describe, expect, it } from 'vitest';
import { linearPlan, smallHospitals } from '../reference/small-hospitals.ts';

const plan = linearPlan();
const csv = new TextDecoder().decode(smallHospitals(200)[0]!.csv).trimEnd().split('\n');

interface Visit {
  readonly plan?: Plan;
  readonly rows?: readonly string[];
  readonly earlierRows?: readonly RowSketch[];
  readonly confirmation?: 'person' | 'automatic';
  /** What the browser kept of this version; none at the first visit. */
  readonly record?: SiteRecord;
  readonly today?: CalendarDate;
  readonly choices?: TableChoices;
  readonly mapping?: Mapping;
}

let drawn = 0;

/** A hospital opens a version, reads a file and says that it is ready; answers its record as the browser keeps it. */
async function visit({ plan: shown = plan, rows = csv, earlierRows = [], confirmation = 'person', record, ...reading }: Visit) {
  let kept: SiteRecord = record ?? newSiteRecord(shown.study, new Uint8Array(32));
  const said: string[] = [];
  const never = (): never => {
    throw new Error('nothing else may happen in this world');
  };
  const world = {
    ...{ upload: never, download: never, stretch: never, verify: never, now: never, clock: never },
    random: (length: number) => new Uint8Array(length).fill(++drawn),
    sign: async (messages: readonly Uint8Array[]) => messages.map(() => new Uint8Array(64)),
    save: async (record: SiteRecord) => {
      kept = record;
    },
    send: async ({ kind }: { readonly kind: string }) => void said.push(kind),
    report: () => undefined,
  };
  const site = createSite({
    ...{ study: shown.study, plan: shown, planHash: planHash(shown), clientHash: '0'.repeat(64), backend: 'plain', isOwnBundle: false },
    ...{ policy: DEFAULT_POLICY, confirmation, record: kept, earlierRows, world },
    site: { id: 'north', name: 'north', rootKey: '', deviceKey: '' },
  });
  await site.load({ files: [{ name: 'north.csv', bytes: new TextEncoder().encode(`${rows.join('\n')}\n`) }], splitCsv: null, ...reading });
  await site.ready();
  return { record: kept, said, sums: Array.from(site.rows()?.statistics() ?? []) };
}

/** What the browser brings into the next version once the hospital has answered. */
async function answered(first: Visit = {}): Promise<readonly RowSketch[]> {
  const { record } = await visit(first);
  return answeredSketches({ ...record, lastRound: 7 });
}

const changed = (count: number, change: (line: string, at: number) => string | null): readonly string[] =>
  csv.flatMap((line, at) => (at === 0 || at > count ? [line] : [change(line, at)].filter((next) => next !== null)));
const older = (line: string) => line.split(',').with(1, '99.5').join();

describe('rows of a next version', () => {
  it('are taken when they are the same, in the same file or in another order', async () => {
    const earlierRows = await answered();
    expect(earlierRows).toHaveLength(1);
    const [header, ...rows] = csv;
    expect((await visit({ earlierRows })).said).toEqual(['ready']);
    expect((await visit({ earlierRows, rows: [header!, ...rows.toReversed()] })).said).toEqual(['ready']);
  });

  it.each([
    ['one patient is gone', changed(1, () => null)],
    ['one patient has come', [...csv, 'new-1,44.0,120,1,1']],
    ['one value of one patient is another', changed(1, older)],
    ['one outcome is another', changed(1, (line) => line.replace(/.$/, (y) => `${1 - Number(y)}`))],
    ['five came and five went', [...changed(5, () => null), ...Array.from({ length: 5 }, (_, n) => `new-${n},4${n}.0,120,1,1`)]],
  ])('are refused where %s, and nothing is said', async (_what, rows) => {
    const earlierRows = await answered();
    await expect(visit({ earlierRows, rows })).rejects.toMatchObject({ code: 'rows-changed-little' });
    // Nobody is stopped who has not answered yet.
    expect((await visit({ rows })).said).toEqual(['ready']);
  });

  it('are taken where enough have changed in each part, and refused where the plan’s smallest cell is larger', async () => {
    const earlierRows = await answered();
    const rows = changed(80, older); // a patient keeps its part: some 56 of these train, 24 test
    expect((await visit({ earlierRows, rows })).said).toEqual(['ready']);
    const wide: Plan = { ...plan, evaluation: { ...plan.evaluation, smallestCell: 40 } };
    await expect(visit({ plan: wide, earlierRows, rows })).rejects.toMatchObject({ code: 'rows-changed-little' });
  });

  it('are refused in the same file too, where the plan now leaves out a few of them', async () => {
    const earlierRows = await answered();
    const ages = csv.slice(1).map((line) => Number(line.split(',')[1]));
    const oldest = ages.toSorted((a, b) => b - a)[3]!;
    const features = plan.features.map((feature) =>
      feature.name === 'age' && feature.type === 'number' ? { ...feature, range: [18, oldest] as const, required: true } : feature,
    );
    const next: Plan = { ...plan, features: features as unknown as Plan['features'] };
    await expect(visit({ plan: next, earlierRows })).rejects.toMatchObject({ code: 'rows-changed-little' });
    // A next version that also drops a column cannot be compared by values, but by places.
    const fewer: Plan = { ...next, features: next.features.filter(({ name }) => name !== 'smoker') as unknown as Plan['features'] };
    await expect(visit({ plan: fewer, earlierRows })).rejects.toMatchObject({ code: 'rows-changed-little' });
    await expect(visit({ plan: fewer, earlierRows, rows: changed(80, older) })).rejects.toMatchObject({ code: 'rows-unknown' });
  });

  it('are refused where a group of patients is cut a few patients further', async () => {
    const grouped = (cut: number): Plan => ({ ...plan, evaluation: { ...plan.evaluation, subgroups: [{ feature: 'age', cuts: [cut] }] } });
    const earlierRows = await answered({ plan: grouped(60) });
    await expect(visit({ plan: grouped(61), earlierRows })).rejects.toMatchObject({ code: 'rows-changed-little' });
    expect((await visit({ plan: grouped(60), earlierRows })).said).toEqual(['ready']);
    expect((await visit({ plan: grouped(40), earlierRows })).said).toEqual(['ready']);
    // Groups that nobody asks for any more are no sum of this version.
    expect((await visit({ earlierRows })).said).toEqual(['ready']);
  });

  it('are compared with every version before, over the versions in between and whatever was deleted', async () => {
    const first = await answered();
    const second = await answered({ earlierRows: first, rows: changed(80, older) });
    expect(second).toHaveLength(2);
    await expect(visit({ earlierRows: second, rows: changed(1, older) })).rejects.toMatchObject({ code: 'rows-changed-little' });
    // A version that was opened and never answered leaves nothing of its own.
    const { record } = await visit({ earlierRows: first, rows: changed(80, older) });
    expect(answeredSketches(record)).toEqual(first);
  });

  it('of a demonstration are not compared, and nothing is kept of them', async () => {
    expect((await visit({ confirmation: 'automatic' })).record.rowSketch).toBeNull();
  });
});

describe('rows of one version, once it has begun', () => {
  const dated = [
    'patient,born,visit,pressure,smoker,outcome',
    ...csv.slice(1).map((line, at) => {
      const [patient, age, ...rest] = line.split(',');
      return [patient, `${2026 - Math.round(Number(age))}-01-01`, at === 3 ? '2026-11-30' : '2026-01-10', ...rest].join();
    }),
  ];
  const mappingOf = async (): Promise<Mapping> => {
    const raw = await readTable(new TextEncoder().encode(`${dated.join('\n')}\n`), 'north.csv');
    const proposed = sureMapping(proposeMapping(raw, tableSpec(plan), plan.study));
    const { pressure } = proposed.features;
    return { ...proposed, features: { ...proposed.features, age: { ...pressure!, column: 'born', until: 'visit' } } };
  };
  const begun = (record: SiteRecord): SiteRecord => ({ ...record, lastRound: 5 });
  const [before, after] = [
    { year: 2026, month: 11, day: 28 },
    { year: 2026, month: 12, day: 2 },
  ];

  it('are read as of the day they were announced: a date that was in the future stays a mistake', async () => {
    const mapping = await mappingOf();
    const first = await visit({ rows: dated, mapping, today: before });
    const later = await visit({ rows: dated, mapping, today: after, record: begun(first.record) });
    expect(later.sums).toEqual(first.sums);
    // The day matters: before the first round it is the day of the visit, and the rows are others.
    const anew = await visit({ rows: dated, mapping, today: after, record: first.record });
    expect(anew.sums).not.toEqual(first.sums);
    expect(anew.record.fileFingerprint).not.toBe(first.record.fileFingerprint);
  });

  it('are other rows when the same file is read another way', async () => {
    const rows = csv.map((line, at) => (at === 2 ? line.replace(/,(\d+),/, ',$1.000,') : line));
    const first = await visit({ rows });
    const other = { rows, record: begun(first.record), choices: { decimal: ',' } } as const;
    await expect(visit(other)).rejects.toMatchObject({ code: 'other-file' });
    expect((await visit({ rows, record: begun(first.record) })).sums).toEqual(first.sums);
  });
});

describe('what is kept of rows', () => {
  it('is 256 counts a part and view, sums and column names; the same rows under another key share nothing', async () => {
    const { record } = await visit({});
    const { byValue, byPlace } = record.rowSketch!;
    expect(byValue.columns).toEqual(['feature age', 'feature pressure', 'feature smoker', 'outcome outcome']);
    const rows = (tally: typeof byPlace) => Object.values(tally).map(({ counts }) => counts.reduce((sum, count) => sum + count, 0));
    expect(rows(byValue.tallies)).toEqual(rows(byPlace));
    expect(rows(byPlace).reduce((sum, count) => sum + count, 0)).toBe(200);
    expect(Object.values(byValue.tallies).flatMap(({ counts }) => counts)).toHaveLength(3 * 256);
    expect(byValue.tallies.training.sum).not.toBe(byPlace.training.sum);
  });
});
