/** The report and the table of a trial: its effect, harms and evidence, in words no higher than these. */
import { type Plan, parsePlan } from '@consilium/shared/study';
import { runOnce } from '@consilium/simulations';
import { compareSettings } from '@consilium/simulations/comparison';
import { reportPage, resultTable } from '@consilium/simulations/output';
import { expect, it } from 'vitest';
import { TRIAL_PLAN, trialFiles } from '../../reference/trial-files.ts';
import { INTERACTION_TRIAL, makeTrial, TRIAL_SITES } from '../../reference/trials.ts';

it('tells the effect, its harms and its evidence', async () => {
  const parsed = parsePlan(TRIAL_PLAN.replace('level: 3', 'level: 1'), 'trial.yaml');
  if (!parsed.ok) throw new Error(parsed.errors.join('\n'));
  const plan: Plan = parsed.plan;
  const sites = trialFiles(makeTrial({ ...INTERACTION_TRIAL, sites: TRIAL_SITES.slice(1, 4) }, 'files'));
  const run = await runOnce({ plan, data: { sites, splitCsv: null }, backend: 'plain', secure: 'off' });
  const settings = [{ label: 'plan', changes: {}, runs: [run] }];
  const comparison = compareSettings(settings, 10);
  const text = reportPage(settings, comparison)
    .replace(/<pre>[\s\S]*?<\/pre>/g, '')
    .replace(/<[^>]+>/g, ' ');
  const { primary, harms } = run.result.effect!;
  for (const said of [text, resultTable(comparison, run)]) {
    expect(said).toContain(primary!.relative.oddsRatio.toFixed(3));
    expect(said).toContain(harms[0]!.effect!.absolute.difference.toFixed(3));
    expect(said).toContain('Treatment was assigned by lot.');
    expect(said).not.toMatch(/NaN|undefined|association/);
  }
  expect(text).toContain('Difference by quarter, by risk');
});
