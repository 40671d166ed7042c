/** `results.json`: everything a run found, the same bytes for the same plan, data and seeds. What a clock said is in `timings.json`. */
import type { Comparison, SettingRuns } from '../comparison/index.ts';

/**
 * The result of one setting. With several seeds the first one's result stands at the top and all of them in `seeds`.
 *
 * @param setting - With at least one run.
 */
export function resultOfSetting(setting: SettingRuns, comparison: Comparison): Record<string, unknown> {
  const [first] = setting.runs;
  const own = comparison.settings.find(({ label }) => label === setting.label);
  return {
    ...first?.result,
    seconds: { virtual: setting.runs.map((run) => virtualSeconds(run.result.rounds)) },
    summary: own?.summary ?? {},
    differences: comparison.differences.filter(({ of, than }) => of.setting === setting.label && than.setting === setting.label),
    ...(setting.runs.length > 1 ? { seeds: setting.runs.map((run) => run.result) } : {}),
  };
}

/** The first setting's result; beside it, where there are several, all of them in short and how they differ. */
export function resultsOf(settings: readonly SettingRuns[], comparison: Comparison): Record<string, unknown> {
  const [first] = settings;
  if (first === undefined) return {};
  const single = resultOfSetting(first, comparison);
  if (settings.length === 1) return single;
  return {
    ...single,
    settings: comparison.settings.map(({ label, changes, summary }, at) => ({
      label,
      changes,
      planHash: settings[at]?.runs[0]?.result.planHash,
      summary,
    })),
    differences: comparison.differences,
  };
}

/** Seconds of the pretended clock from the first round to the last; null where the world had no clock. */
function virtualSeconds(rounds: readonly unknown[]): number | null {
  const ends = rounds.map((round) => (round as { readonly virtual?: { readonly to: number } }).virtual?.to ?? null);
  return ends.at(-1) ?? null;
}

export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
