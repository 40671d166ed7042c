/** A treatment study from files to results through real secure sums, against a fit on pooled rows and against the truth. */
import { SET, sideOf } from '@consilium/shared/preparation';
import { formatPlanErrors, type Plan, parsePlan } from '@consilium/shared/study';
import { type Federation, federate, type SiteInput } from '@consilium/simulations';
import { beforeAll, describe, expect, it } from 'vitest';
import { pooledLogistic } from '../reference/pooled-logistic.ts';
import { TRIAL_PLAN, trialFiles } from '../reference/trial-files.ts';
import { INTERACTION_TRIAL, makeTrial, TRIAL_SITES } from '../reference/trials.ts';

function planOf(text: string): Plan {
  const parsed = parsePlan(text, 'trial.yaml');
  if (!parsed.ok) throw new Error(formatPlanErrors(parsed.errors));
  return parsed.plan;
}

const run = (plan: Plan, sites: readonly SiteInput[]) => federate({ plan, sites, splitCsv: null, backend: 'plain' });

/** Training rows with an arm, as numbers, sites numbered. */
function trainingRows(sites: readonly SiteInput[]) {
  const side = sideOf('made-up-trial', 1, { test: 0.2, validation: 0 });
  return sites.flatMap(({ csv }, site) =>
    new TextDecoder()
      .decode(csv)
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
      .filter((cells) => side(cells[0]!) === SET.train && cells[6] !== '')
      .map((cells) => ({
        site,
        design: [...cells.slice(1, 6).map(Number), cells[6] === 'given' ? 1 : 0],
        relapse: Number(cells[7]),
        bleeding: Number(cells[8]),
      })),
  );
}

describe('a trial in four hospitals', () => {
  const trial = makeTrial({ ...INTERACTION_TRIAL, sites: TRIAL_SITES.slice(1, 5) }, 'files');
  const sites = trialFiles(trial);
  let federation: Federation;
  beforeAll(async () => {
    federation = await run(planOf(TRIAL_PLAN), sites);
  }, 60_000);

  it('gives the effect and its error of the fit on pooled rows with site columns, for outcome and harm', () => {
    const effect = federation.view.results!.effect!;
    expect(effect.harms.map(({ name }) => name)).toEqual(['major bleeding']);
    const rows = trainingRows(sites);
    for (const [name, found] of [
      ['relapse', effect.primary!],
      ['bleeding', effect.harms[0]!.effect!],
    ] as const) {
      const pooled = pooledLogistic(
        rows.map(({ design }) => design),
        rows.map((row) => row[name]),
        rows.map(({ site }) => site),
      );
      expect(found.relative.logOdds).toBeCloseTo(pooled.coefficients.at(-1)!, 8);
      expect(found.relative.standardError).toBeCloseTo(Math.sqrt(pooled.inverse.at(-1)!.at(-1)!), 8);
    }
  });

  it('counts the patients without an arm, shows every level, and says what it is', () => {
    const effect = federation.view.results!.effect!;
    expect(effect.counts!.treated + effect.counts!.comparator).toBe(trainingRows(sites).length);
    expect(effect.counts!.unassigned).toBeGreaterThan(10);
    expect(Object.keys(effect.benefit)).toEqual(['level1', 'level2', 't', 'x', 'dr']);
    const { qini, qiniInterval } = effect.benefit.level2!;
    expect(qiniInterval![0]).toBeLessThan(qini!);
    expect(qiniInterval![1]).toBeGreaterThan(qini!);
    expect(effect.messages.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['evidence-randomised', 'difference-in-relative-effect', 'unassigned', 'research-view']),
    );
  });

  it('shows each hospital its own patients, with intervals that mostly hold the truth', () => {
    let inside = 0;
    let shown = 0;
    trial.forEach((site, at) => {
      const { effect } = federation.results.get(`site-${at}`)!;
      for (const { row, effect: patient } of effect!) {
        if (patient.kind !== 'shown') continue;
        const i = row - 1;
        const x = Array.from(site.train.x.subarray(i * 5, i * 5 + 5));
        const base = x.reduce((sum, value, j) => sum + INTERACTION_TRIAL.risk[j]! * value, site.intercept);
        const treated = x.reduce((sum, value, j) => sum + INTERACTION_TRIAL.interactions[j]! * value, base + INTERACTION_TRIAL.effect);
        const truth = 1 / (1 + Math.exp(-base)) - 1 / (1 + Math.exp(-treated));
        shown += 1;
        if (patient.benefit.interval[0] <= truth && truth <= patient.benefit.interval[1]) inside += 1;
      }
    });
    expect(shown).toBeGreaterThan(100);
    // Shrunken: a little below 95 % on average, never far.
    expect(inside / shown).toBeGreaterThan(0.75);
  });
});

describe('a study whose treatment cannot be told', () => {
  it('ends with its risk model and the reason why no effect is shown', async () => {
    const sites = trialFiles(makeTrial({ ...INTERACTION_TRIAL, sites: TRIAL_SITES.slice(2, 5) }, 'one arm'));
    const given = sites.map((site) => ({
      ...site,
      csv: new TextEncoder().encode(new TextDecoder().decode(site.csv).replaceAll('placebo', 'given')),
    }));
    const { view, results } = await run(planOf(TRIAL_PLAN), given);
    expect(view.phase).toBe('finished');
    expect(view.results!.models.federated!.n).toBeGreaterThan(0);
    expect(view.results!.effect!.messages[0]).toEqual({ code: 'effect-refused', reason: 'one-arm' });
    expect(results.get('site-0')!.effect![0]!.effect).toEqual({ kind: 'refused', reason: 'study-refused' });
  });

  it.each([
    ['allocation: 0.5', 'allocation: 1.5', '"treatment.allocation"'],
    ['timeZero: The day of randomisation.\n  ', '', '"treatment.timeZero" is missing'],
    ['column: drug', 'column: a', 'the treatment cannot be a feature too'],
    ['treated: given', 'treated: placebo', 'the code of the treatment itself'],
    ['level: 3', 'level: 2\n  tests: [risk]', 'must hold interactions'],
    ['level: 3', 'modifiers: [weight]', '"weight" is not a feature'],
    ['assignment: randomised', 'assignment: random', 'did you mean "randomised"'],
  ])('is refused as a plan: %s → %s', (from, to, reason) => {
    const parsed = parsePlan(TRIAL_PLAN.replace(from, to), 'trial.yaml');
    expect(parsed.ok ? '' : formatPlanErrors(parsed.errors)).toContain(reason);
  });
});
