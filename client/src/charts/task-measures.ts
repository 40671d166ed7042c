/** Which figures of a model are shown for which task, and what they are called. */
import type { ModelResults } from '@consilium/shared/federation';
import { say, sayOr } from '../messages/index.ts';

export type Task = ModelResults['task'];

const SCALE = ['calibrationIntercept', 'calibrationSlope'] as const;

const POOLED: { readonly [Name in Task]: readonly string[] } = {
  binary: ['aurocWithin', 'aurocBinned', 'logLoss', 'brier', 'accuracy', 'observedExpected', ...SCALE],
  multiclass: ['aurocWithinMean', 'logLoss', 'brier', 'accuracy', 'calibrationSlope'],
  regression: ['meanAbsoluteError', 'rootMeanSquareError', 'rSquared', 'coverage95', 'meanError', 'logLoss', ...SCALE],
  count: ['meanAbsoluteError', 'deviance', 'observedExpected', 'logLoss', ...SCALE],
  'time-to-event': [
    'concordanceWithin',
    'concordanceBinned',
    'integratedBrier',
    'brierAtHorizon',
    'observedExpected',
    'logLoss',
    'calibrationSlope',
  ],
  ranking: ['concordanceWithin', 'concordanceBinned', 'calibrationSlope'],
};

/** What "within hospitals" is called where there is one hospital; figures over pairs of several are left out there. */
const OWN: { readonly [name: string]: string } = { concordanceWithin: 'concordance', aurocWithinMean: 'aurocMean', aurocWithin: 'auroc' };

/** Figures of the models of one outcome, in order; those of each class after them. */
export function pooledMeasures(models: readonly ModelResults[]): readonly string[] {
  const plain = models.flatMap(({ task }) => POOLED[task]);
  const ofClasses = models.flatMap(({ task, measures }) => (task === 'multiclass' ? Object.keys(measures).filter(isOfClass) : []));
  return [...new Set([...plain, ...ofClasses])];
}

/** How far a pooled AUROC can be off stands behind it, not in a line of its own. */
const isOfClass = (name: string): boolean => /@\d+$/.test(name) && !name.startsWith('aurocBound');

/** A hospital's own figures. */
export const ownMeasures = (task: Task): readonly string[] =>
  POOLED[task].filter((name) => !/Binned$/.test(name)).map((name) => OWN[name] ?? name);

/** Own figures under their own names. */
export function underOwnNames<Figure>(metrics: { readonly [name: string]: Figure }): { readonly [name: string]: Figure } {
  return { ...Object.fromEntries(Object.entries(metrics).map(([name, value]) => [OWN[name] ?? name, value])), ...metrics };
}

/** `aurocWithin@2` is a figure of the third class. @param classes - Their labels, where they are known. */
export function measureTitle(name: string, classes: readonly string[] = []): string {
  const [base = name, place] = name.split('@');
  const title = sayOr(`metric.${base}`, base);
  if (place === undefined) return title;
  const label = classes[Number(place)];
  return label === undefined ? say('metric.ofClass', { title, place: Number(place) + 1 }) : say('metric.ofNamedClass', { title, label });
}
