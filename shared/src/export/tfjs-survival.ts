/**
 * From the log odds of an event in each interval to the risk by the end of each, in layers that TensorFlow.js has: the chance to get through an
 * interval is a sigmoid of the negated log odds, survival their product, risk one minus it.
 */
import type { ModelLayer } from './released-model.ts';
import { type Built, type BuiltLayer, denseLayer, type Weight } from './tfjs-parts.ts';

/** @param top - Name of what the last layer reads. */
export function survivalLayers({ inputs, outputs, kernel, bias }: ModelLayer, top: string): Built {
  const layers: BuiltLayer[] = [];
  const weights: Weight[] = [];
  const alive: string[] = [];
  for (let at = 0; at < outputs; at++) {
    const stay = `stay${at + 1}`;
    layers.push(denseLayer(stay, 1, 'sigmoid', [top]));
    weights.push(
      { name: `${stay}/kernel`, shape: [inputs, 1], values: kernel.filter((_, index) => index % outputs === at).map((value) => -value) },
      { name: `${stay}/bias`, shape: [1], values: [-bias[at]!] },
    );
    const before = alive.at(-1);
    if (before === undefined) {
      alive.push(stay);
      continue;
    }
    const name = `alive${at + 1}`;
    layers.push({ class_name: 'Multiply', config: { name, trainable: false }, after: [before, stay] });
    alive.push(name);
  }
  const all = alive.length === 1 ? alive[0]! : 'survival';
  if (alive.length > 1) layers.push({ class_name: 'Concatenate', config: { name: all, axis: -1, trainable: false }, after: alive });
  layers.push(denseLayer('risk', outputs, 'linear', [all]));
  weights.push(
    {
      name: 'risk/kernel',
      shape: [outputs, outputs],
      values: Array.from({ length: outputs * outputs }, (_, at) => (Math.floor(at / outputs) === at % outputs ? -1 : 0)),
    },
    { name: 'risk/bias', shape: [outputs], values: new Array<number>(outputs).fill(1) },
  );
  return { layers, weights };
}
