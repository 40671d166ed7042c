/** A plan's treatment in plain sentences. */
import type { Treatment } from './plan-treatment.ts';

/** Who was compared with whom, how it was decided, and what may be said of it. */
export function treatmentTexts(treatment: Treatment): string[] {
  const { column, treated, comparator, timeZero, eligibility, followUp, level } = treatment;
  const assignment =
    treatment.assignment === 'randomised'
      ? `decided by lot, ${Math.round(treatment.allocation * 1000) / 10} % of patients to the treatment`
      : `decided by choice; the comparison accounts for ${treatment.adjust.join(', ')} and shows an association`;
  const shown = {
    1: 'the effect by risk',
    2: 'the effect by risk, and how it differs between patients where a declared test finds that it does',
    3: `the effect by risk, and learners${treatment.tarnet === null ? '' : `, a network with a head for each arm${treatment.tarnet.propensity > 0 ? ' and one for who was treated' : ''} among them,`} as a research view`,
  };
  return [
    `Compared: patients with "${column}" = ${treated} against ${comparator}, ${assignment}.`,
    `The comparison begins: ${timeZero} Who could have got either: ${eligibility} Followed: ${followUp}`,
    `Shown of the treatment: ${shown[level]}.`,
  ];
}
