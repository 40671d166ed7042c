/** The page of `simulate split --plot`: who is where, and how the sites differ. */
import type { Plan } from '@consilium/shared/study';
import type { SplitOverview } from '../partitions/split-overview.ts';
import { legendOf } from './charts/draw.ts';
import { classChart, shiftChart } from './charts/split-charts.ts';
import { figureOf, markup, page, tableOf } from './page.ts';

export function splitPage(plan: Plan, overview: SplitOverview): string {
  const { classes, features, sites } = overview;
  const patients = sites.reduce((sum, site) => sum + site.patients, 0);
  const numbers = (site: (typeof sites)[number]) => [site.id, site.patients, site.rows, ...site.classes];
  return page(
    `${plan.title}: who is where`,
    markup`<header><h1>${plan.title}</h1><p class="lead">Who is where, before anything is trained: ${patients} patients at ${sites.length} sites.</p></header>
<h2>Patients</h2>
${figureOf(
  'Patients of each class at each site',
  '',
  classChart(overview),
  tableOf('Patients by class', ['site', 'patients', 'rows', ...classes], sites.map(numbers)),
  legendOf(classes),
)}
<h2>Values</h2>
${figureOf(
  'Mean at the site minus mean of all, in standard deviations',
  'Pointing up: higher than in all; down: lower. The size is the difference, full at two standard deviations.',
  shiftChart(overview),
  tableOf(
    'Differences of means',
    ['site', ...features],
    sites.map((site) => [site.id, ...site.shift.map((value) => (value === null ? '–' : value.toFixed(2)))]),
  ),
)}
<h2>Missing values</h2>
${tableOf(
  'Share of missing values',
  ['site', ...features],
  sites.map((site) => [site.id, ...site.missing.map((share) => `${Math.round(100 * share)} %`)]),
)}`,
  );
}
