/** A made-up trial as hospitals' files and a plan for them. */
import type { TrialSite } from './trials.ts';

export const TRIAL_PLAN = `study: made-up-trial
title: A made-up trial
purpose: To see what a treatment does to whom.
population: Nobody.
synthetic: true
outcomes:
  - { name: relapse, task: binary, column: relapse, positive: "relapse == 1" }
  - { name: bleeding, label: major bleeding, task: binary, column: bleeding, positive: "bleeding == 1", role: harm }
features:
  - { name: a, type: number, range: [-6, 6] }
  - { name: b, type: number, range: [-6, 6] }
  - { name: c, type: number, range: [-6, 6] }
  - { name: d, type: binary }
  - { name: e, type: binary }
treatment:
  assignment: randomised
  allocation: 0.5
  column: drug
  treated: given
  comparator: placebo
  timeZero: The day of randomisation.
  eligibility: Everybody in the file.
  followUp: Thirty days, by telephone.
  level: 3
split: { by: patient-id, patientId: id, test: 0.2, validation: 0 }
model: { kind: linear }
algorithm: { kind: newton, ridge: 1 }
`;

/** One CSV a site; the arm is written as words, some patients have none. */
export function trialFiles(sites: readonly TrialSite[]): { id: string; name: string; csv: Uint8Array }[] {
  return sites.map(({ train }, at) => {
    const lines = Array.from({ length: train.rows }, (_, i) => {
      const x = Array.from(train.x.subarray(i * train.width, (i + 1) * train.width));
      const values = [...x.slice(0, 3).map((value) => value.toFixed(6)), ...x.slice(3).map((value) => Number(value > 0))];
      const arm = i % 41 === 40 ? '' : train.arm[i] === 1 ? 'given' : 'placebo';
      return [`${at}-${i}`, ...values, arm, train.y[i], train.harms[0]![i]].join(',');
    });
    const text = `${['id,a,b,c,d,e,drug,relapse,bleeding', ...lines].join('\n')}\n`;
    return { id: `site-${at}`, name: `Site ${at}`, csv: new TextEncoder().encode(text) };
  });
}
