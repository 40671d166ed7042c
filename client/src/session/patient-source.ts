/** What the page of one patient asks of the sealed worker. Values and answers are for the page; nothing of them is sent. */
import type { PatientValues, SiteForecast } from '@consilium/shared/prediction';
import type { JoinedSite } from './joined-site.ts';

export interface PatientSource {
  /** 1-based data rows of the hospital's test patients. */
  readonly rows: readonly number[];
  values(row: number): Promise<PatientValues>;
  forecast(values: PatientValues): Promise<SiteForecast>;
}

/** The source of a hospital whose study is done. */
export const patientsOf = async ({ patientRows, patientValues: values, forecast }: JoinedSite): Promise<PatientSource> => ({
  rows: await patientRows(),
  values,
  forecast,
});
