/** What a simulation reads: plans, hospitals, finished results. */
export { checkedPlan, readPlanText } from './read-plan.ts';
export { readResult } from './read-result.ts';
export { SimulationError } from './simulation-error.ts';
export { asDelimited, readStudyInput, type SiteInput, type StudyInput } from './site-input.ts';
