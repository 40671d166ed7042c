/** Who is where as text: patients and classes a site, with bars, and the features that differ most. */
import type { SplitOverview } from '../partitions/split-overview.ts';
import { align } from './align.ts';

const BAR = 24;
const SHOWN_FEATURES = 6;
const SHOWN_SITES = 60;

export function splitTable({ classes, features, sites }: SplitOverview): string {
  const most = Math.max(1, ...sites.map(({ patients }) => patients));
  const shown = sites.slice(0, SHOWN_SITES);
  const counts = align([
    ['site', 'patients', 'rows', ...classes, 'missing'],
    ...shown.map((site) => [
      site.id,
      String(site.patients),
      String(site.rows),
      ...site.classes.map(String),
      `${Math.round(100 * average(site.missing))} %`,
    ]),
  ]).split('\n');
  const bars = ['', ...shown.map((site) => bar(site.classes, most))];
  const table = counts.map((line, at) => `${line}  ${bars[at]}`.trimEnd()).join('\n');
  const more = sites.length > shown.length ? `\n… and ${sites.length - shown.length} more sites` : '';
  const legend = classes.map((name, at) => `${MARKS[at % MARKS.length]} ${name}`).join('   ');
  const strength = features.map((_, feature) => Math.max(0, ...sites.map((site) => Math.abs(site.shift[feature] ?? 0))));
  const order = features
    .map((_, feature) => feature)
    .sort((a, b) => strength[b]! - strength[a]!)
    .slice(0, SHOWN_FEATURES);
  const shifts = align([
    ['mean − mean of all, in SD', ...order.map((feature) => features[feature] ?? '')],
    ...shown.map((site) => [site.id, ...order.map((feature) => signed(site.shift[feature] ?? null))]),
  ]);
  return `${table}${more}\n${legend}\n\n${shifts}`;
}

const MARKS = ['█', '▒', '▓', '░'];

function bar(counts: readonly number[], most: number): string {
  return counts.map((count, at) => MARKS[at % MARKS.length]?.repeat(Math.round((count / most) * BAR))).join('');
}

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
const signed = (value: number | null): string => (value === null ? '–' : `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(2)}`);
