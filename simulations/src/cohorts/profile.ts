/** How one made-up hospital differs from another: size, who comes, how ill they are, what it forgets to write down. */

export interface SiteProfile {
  /** Site id, also the name of its file. */
  readonly id: string;
  readonly name: string;
  readonly patients: number;
  /** Mean age in years. */
  readonly meanAge: number;
  /** Share of women, in [0, 1]. */
  readonly womenShare: number;
  /** Shares of never, former and current smokers; they add up to 1. */
  readonly smokerShares: readonly [number, number, number];
  /** How ill its patients are, in standard deviations of the shared case mix. */
  readonly severity: number;
  /** Added to every patient's log odds: what this hospital does better or worse whatever the patient. */
  readonly intercept: number;
  /** Share of empty cells of each measured column, in [0, 1). */
  readonly missingShare: number;
  /** How this hospital writes a missing value. */
  readonly missingText: string;
}

/** The four hospitals of the demo. Places and patients are invented. */
export const DEMO_PROFILES: readonly SiteProfile[] = [
  {
    id: 'northfield',
    name: 'Northfield General',
    patients: 420,
    meanAge: 64,
    womenShare: 0.5,
    smokerShares: [0.5, 0.3, 0.2],
    severity: 0,
    intercept: 0,
    missingShare: 0.02,
    missingText: '',
  },
  {
    id: 'harbour',
    name: 'Harbour City Hospital',
    patients: 310,
    meanAge: 58,
    womenShare: 0.44,
    smokerShares: [0.38, 0.27, 0.35],
    severity: 0.25,
    intercept: 0.25,
    missingShare: 0.03,
    missingText: 'NA',
  },
  {
    id: 'st-alban',
    name: 'St Alban University Hospital',
    patients: 260,
    meanAge: 61,
    womenShare: 0.52,
    smokerShares: [0.55, 0.3, 0.15],
    severity: 0.55,
    intercept: -0.15,
    missingShare: 0.01,
    missingText: '',
  },
  {
    id: 'lakeside',
    name: 'Lakeside Clinic',
    patients: 180,
    meanAge: 71,
    womenShare: 0.58,
    smokerShares: [0.6, 0.28, 0.12],
    severity: -0.2,
    intercept: 0.1,
    missingShare: 0.025,
    missingText: '?',
  },
];
