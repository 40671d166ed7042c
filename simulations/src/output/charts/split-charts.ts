/** Plots of who is where: classes a site, and how far each site's features are from all. */
import * as Plot from '@observablehq/plot';
import type { SplitOverview } from '../../partitions/split-overview.ts';
import type { Markup } from '../page.ts';
import { drawPlot, lookOf } from './draw.ts';

const ROW = 22;

export function classChart({ classes, sites }: SplitOverview): Markup {
  const parts = sites.flatMap(({ id, classes: counts }) => {
    let start = 0;
    return counts.map((count, at) => {
      start += count;
      return { id, at, from: start - count, to: start };
    });
  });
  return drawPlot('Patients of each class at each site', {
    width: 620,
    height: 70 + ROW * sites.length,
    marginBottom: 42,
    marginLeft: marginFor(sites.map(({ id }) => id)),
    x: { label: 'patients', grid: true },
    y: { label: null, domain: sites.map(({ id }) => id) },
    marks: [
      ...classes.map((_, at) =>
        Plot.barX(
          parts.filter((part) => part.at === at),
          {
            y: 'id',
            x1: 'from',
            x2: 'to',
            className: lookOf(at).tone,
            fill: 'currentColor',
            fillOpacity: 0.8,
            insetTop: 2,
            insetBottom: 2,
          },
        ),
      ),
      Plot.ruleX([0]),
    ],
  });
}

/** Side and size of a mark are the sign and the size of the difference; no colour is needed to read it. */
export function shiftChart({ features, sites }: SplitOverview): Markup {
  const cells = sites
    .flatMap(({ id, shift }) => features.map((feature, at) => ({ id, feature, value: shift[at] ?? null })))
    .filter((cell): cell is { id: string; feature: string; value: number } => cell.value !== null);
  const above = cells.filter(({ value }) => value >= 0);
  const below = cells.filter(({ value }) => value < 0);
  const dots = (data: typeof cells, tone: number, rotate: 0 | 180) =>
    Plot.dot(data, {
      x: 'feature',
      y: 'id',
      r: (cell: { readonly value: number }) => Math.abs(cell.value),
      className: lookOf(tone).tone,
      fill: 'currentColor',
      symbol: 'triangle',
      rotate,
    });
  return drawPlot('How far the mean of each feature at each site is from the mean of all', {
    width: Math.max(360, 160 + 48 * features.length),
    height: 110 + ROW * sites.length,
    marginLeft: marginFor(sites.map(({ id }) => id)),
    marginBottom: 86,
    x: { label: null, domain: features, tickRotate: -40, grid: true },
    y: { label: null, domain: sites.map(({ id }) => id), grid: true },
    r: { domain: [0, 2], range: [0, 10], clamp: true },
    marks: [dots(above, 0, 0), dots(below, 1, 180)],
  });
}

export const marginFor = (names: readonly string[]): number => Math.min(220, 16 + 7 * Math.max(4, ...names.map((name) => name.length)));
