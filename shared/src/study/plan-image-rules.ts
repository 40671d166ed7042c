/** What a network for images needs of the rest of a plan: its features are the pixels. */
import { type BrokenRule, broken } from './broken-rule.ts';
import type { Plan } from './plan.ts';

export function* imageRules({ model, features, interactions, preprocess }: Plan): Generator<BrokenRule> {
  if (model.kind !== 'cnn') return;
  const pixels = model.width * model.height;
  if (features.length !== pixels) {
    yield broken(
      ['features'],
      `are ${features.length}, but an image of ${model.width} by ${model.height} has ${pixels} pixels; name one feature a pixel, row by row`,
    );
  }
  const other = features.findIndex((feature) => feature.type !== 'number' || (feature.spline ?? false) !== false);
  if (other >= 0) yield broken(['features', other], 'is a pixel of an image, and must be a number without a spline');
  if (interactions.length > 0) yield broken(['interactions'], 'cannot be part of a network for images');
  if (preprocess.indicators) yield broken(['preprocess', 'indicators'], 'must be false: a pixel is never missing by itself', 'false');
  const channels = model.channels.find((count) => count % model.groups !== 0);
  if (channels !== undefined) yield broken(['model', 'channels'], `holds ${channels}, which is no multiple of groups: ${model.groups}`);
}
