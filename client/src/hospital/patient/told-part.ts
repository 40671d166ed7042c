/** An answer that is no risk, by what it is. */
import type { ValueForecast } from '@consilium/shared/prediction';
import type { TemplateResult } from 'lit';
import { classesPart } from './classes-part.ts';
import { countPart } from './count-part.ts';
import { quantityPart } from './quantity-part.ts';
import type { ValueContext } from './value-words.ts';

export function toldPart(answer: ValueForecast, context: ValueContext): TemplateResult {
  switch (answer.kind) {
    case 'classes':
      return classesPart(answer, context);
    case 'count':
      return countPart(answer, context);
    case 'quantity':
      return quantityPart(answer, context);
  }
}
