/** Files of hospitals checked on disk, with the code of the hospitals. */
export { checkText } from './check-table-text.ts';
export { checkedCsv, withoutFormula } from './checked-csv.ts';
export { type CheckedFile, type CheckInput, checkFile, type FileReport } from './file-report.ts';
export { readMappings } from './mapping-file.ts';
