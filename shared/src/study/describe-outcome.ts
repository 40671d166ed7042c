/** An outcome, and what is fitted to it, in plain words. */
import { type Outcome, outcomeLabel } from '../schema/index.ts';

/** A noun phrase that completes "Predicted: …". */
export function outcomeText(outcome: Outcome): string {
  const name = outcomeLabel(outcome);
  switch (outcome.task) {
    case 'binary':
      return `${name}, which happened where ${outcome.positive}`;
    case 'multiclass':
      return `${name}, one of ${outcome.codes.map(({ label }) => label).join(' / ')}`;
    case 'regression':
      return `${name}, from ${outcome.range[0]} to ${outcome.range[1]}${outcome.unit ? ` ${outcome.unit}` : ''}`;
    case 'count':
      return `${name}, how often it happened, up to ${outcome.range[1]} times`;
    case 'time-to-event':
      return `the time to ${name}, which was seen where ${outcome.event}, otherwise follow-up ended; risks are told at ${outcome.horizon} ${outcome.unit}`;
  }
}

/** The exact model of a task, with its article, that completes "Fitted: …". */
export function exactModelText(outcome: Outcome): string {
  switch (outcome.task) {
    case 'binary':
      return 'a logistic regression';
    case 'multiclass':
      return 'a softmax regression';
    case 'regression':
      return 'a linear regression';
    case 'count':
      return 'a Poisson regression';
    case 'time-to-event':
      return 'a Cox regression with a baseline of its own for each hospital, for hazard ratios, and a hazard model in intervals of time, for risks';
  }
}
