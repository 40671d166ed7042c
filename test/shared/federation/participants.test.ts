/** Participant flow, the arms' first table and the draft they stand in. Oracle: the files' own lines, counted in this file. */
import type { GroupResult } from '@consilium/shared/evaluation';
import { groupLines, releaseModel, tripodDraft } from '@consilium/shared/export';
import { studyResults } from '@consilium/shared/federation';
import { SET, sideOf } from '@consilium/shared/preparation';
import { formatPlanErrors, type Plan, parsePlan, planHash } from '@consilium/shared/study';
import type { SiteInput } from '@consilium/simulations';
import { describe, expect, it } from 'vitest';
import { TRIAL_PLAN, trialFiles } from '../../reference/trial-files.ts';
import { INTERACTION_TRIAL, makeTrial, TRIAL_SITES } from '../../reference/trials.ts';
import { federateWithoutMasks } from '../../reference/without-masks.ts';

function planOf(text: string): Plan {
  const parsed = parsePlan(text, 'trial.yaml');
  if (!parsed.ok) throw new Error(formatPlanErrors(parsed.errors));
  return parsed.plan;
}

const PLAN = TRIAL_PLAN.replace('level: 3', 'level: 1').replace(
  '{ name: d, type: binary }',
  '{ name: d, label: Diabetes, type: binary, required: true }',
);
const trial = makeTrial({ ...INTERACTION_TRIAL, sites: TRIAL_SITES.slice(1, 5) }, 'files');

/** Some outcomes, required values, plain values and ids are gone, and a line stands twice. */
const sites: SiteInput[] = trialFiles(trial).map(({ csv, ...site }) => {
  const [head, ...lines] = new TextDecoder().decode(csv).trim().split('\n');
  const spoilt = lines.map((line, at) => {
    const cells = line.split(',');
    if (at % 19 === 0) cells[7] = '';
    else if (at % 17 === 0) cells[4] = '';
    else if (at % 13 === 0) cells[1] = '';
    else if (at % 61 === 0) cells[0] = '';
    return cells.join(',');
  });
  return { ...site, csv: new TextEncoder().encode(`${[head, ...spoilt, spoilt[5]].join('\n')}\n`) };
});
const side = sideOf('made-up-trial', 1, { test: 0.2, validation: 0 });
const linesOf = ({ csv }: SiteInput) => new TextDecoder().decode(csv).trim().split('\n').slice(1);

/** Every line with its first reason to be left out, in the order of the rules. */
const rows = sites.flatMap((site, at) => {
  const lines = linesOf(site);
  return lines.map((line, row) => {
    const cells = line.split(',');
    const reason =
      lines.indexOf(line) < row
        ? 'duplicate'
        : cells[0] === ''
          ? 'no-patient-id'
          : cells[7] === ''
            ? 'no-outcome'
            : cells[4] === ''
              ? 'required-missing'
              : null;
    return { site: at, cells, reason, set: reason === null ? side(cells[0]!) : SET.none };
  });
});
const count = (is: (row: (typeof rows)[number]) => boolean): number => rows.filter(is).length;

const whole = federateWithoutMasks(planOf(PLAN), { sites, splitCsv: null });

describe('who took part', () => {
  it('is counted over all hospitals: read, left out by reason, and on each side', async () => {
    const { programme } = await whole;
    const reasons = Object.fromEntries(Object.entries(programme.flow!.excluded).filter(([, value]) => value > 0));
    expect(programme.flow).toMatchObject({
      invited: 4,
      hospitals: 4,
      read: rows.length,
      train: count(({ set }) => set === SET.train),
      validation: 0,
      test: count(({ set }) => set === SET.test),
    });
    const expected = ['duplicate', 'no-patient-id', 'no-outcome', 'required-missing'].map((name) => [
      name,
      count(({ reason }) => reason === name),
    ]);
    expect(reasons).toEqual(Object.fromEntries(expected));
    expect(programme.scaling!.rows).toBe(programme.flow!.train);
  });

  it('has the arms before treatment, as observed, of hospitals with ten patients in each', async () => {
    const { programme } = await whole;
    const { baseline } = studyResults(planOf(PLAN), programme)!;
    const inArm = (arm: string) => rows.filter(({ set, cells }) => set === SET.train && cells[6] === arm);
    for (const [key, arm] of [
      ['comparator', inArm('placebo')],
      ['treated', inArm('given')],
    ] as const) {
      const values = arm.flatMap(({ cells }) => (cells[1] === '' ? [] : [Number(cells[1])]));
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      const sd = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / (values.length - 1));
      const [a] = baseline!;
      expect(a![key]).toMatchObject({ kind: 'number', known: values.length, missing: arm.length - values.length });
      expect((a![key] as { mean: number }).mean).toBeCloseTo(mean, 8);
      expect((a![key] as { sd: number }).sd).toBeCloseTo(sd, 8);
      const diabetes = baseline!.find(({ feature, level }) => feature === 'Diabetes' && level === 'yes')!;
      expect(diabetes[key]).toMatchObject({ kind: 'code', count: arm.filter(({ cells }) => cells[4] === '1').length, known: arm.length });
    }
    const [p, q] = ['placebo', 'given'].map((arm) => inArm(arm).filter(({ cells }) => cells[4] === '1').length / inArm(arm).length) as [
      number,
      number,
    ];
    const diabetes = baseline!.find(({ feature, level }) => feature === 'Diabetes' && level === 'yes')!;
    expect(diabetes.standardisedDifference).toBeCloseTo((q - p) / Math.sqrt((p * (1 - p) + q * (1 - q)) / 2), 10);
  });

  it('leaves out a hospital with a small arm, and shows no table where too few are left', async () => {
    // So many hospitals keep seven treated patients each.
    const fewIn = (hospitals: number) =>
      sites.map((site, at) => {
        let treated = 0;
        const lines = linesOf(site).filter((line) => at >= hospitals || line.split(',')[6] !== 'given' || ++treated <= 7);
        return { ...site, csv: new TextEncoder().encode(`id,a,b,c,d,e,drug,relapse,bleeding\n${lines.join('\n')}\n`) };
      });
    const one = await federateWithoutMasks(planOf(PLAN), { sites: fewIn(1), splitCsv: null });
    const [first] = studyResults(planOf(PLAN), one.programme)!.baseline!;
    const others = rows.filter(({ site, set, cells }) => site > 0 && set === SET.train && cells[6] === 'placebo' && cells[1] !== '');
    expect(first!.comparator.known).toBe(others.length);
    const { programme } = await federateWithoutMasks(planOf(PLAN), { sites: fewIn(2), splitCsv: null });
    expect(programme.effect!.refusal).toBeNull();
    expect(programme.effect!.counts!.largeSites).toBe(2);
    expect(studyResults(planOf(PLAN), programme)!.baseline).toBeNull();
  });

  it('stands in the reporting draft, with blanks for what only authors know', async () => {
    const plan = planOf(PLAN);
    const { programme } = await whole;
    const results = studyResults(plan, programme)!;
    const model = releaseModel(plan, planHash(plan), programme, 'federated');
    const draft = tripodDraft({ plan, model, label: 'federated', results, looks: 1, counts: { rows: 1, events: 1, sites: 4 } });
    expect(draft).toContain(`| Rows read | ${rows.length} |`);
    expect(draft).toContain(`left out: outcome not known | ${count(({ reason }) => reason === 'no-outcome')} |`);
    // Four duplicates in all are fewer than the smallest cell.
    expect(draft).toContain('an exact duplicate of an earlier row | fewer than 10 |');
    expect(draft).toContain('### Arms before treatment');
    expect(draft).toMatch(/\| Diabetes: yes \| \d+ \(\d+\.\d %\) \| \d+ \(\d+\.\d %\) \|/);
    expect(draft).toContain('The plan declares no groups of patients');
    expect(draft).toContain('Fewer than five hospitals had enough test patients');
    expect(draft).not.toMatch(/undefined|NaN|\[object/);
  });
});

describe('tables of the draft', () => {
  const group = (result: GroupResult | null) => ({ model: 'federated', feature: 'sex', group: 'women', result });
  const widths = (lines: readonly string[]): Set<number> =>
    new Set(lines.filter((line) => line.startsWith('|')).map((line) => line.split('|').length));

  it('have as many cells in every line, whether groups can be shown or not', () => {
    const shown = {
      n: 40,
      events: 12,
      measures: { logLoss: 0.5, aurocWithin: 0.7 },
      intervals: { aurocWithin: [0.6, 0.8] as const },
      sites: 4,
    };
    for (const rows of [[group(null)], [group(shown), group(null)], [group(shown)]]) {
      expect(widths(groupLines({ subgroups: rows })).size).toBe(1);
    }
    expect(groupLines({ subgroups: [group(shown)] }).join('\n')).toContain('| 0.5 | 0.7 (0.6 to 0.8) |');
  });
});
