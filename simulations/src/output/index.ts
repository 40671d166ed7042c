/** What a result is written as. */
export { type CalibrationGroups, calibrationOf } from './calibration-groups.ts';
export { crc32c, eventFile, type Scalar } from './event-file.ts';
export { parquetBytes } from './parquet.ts';
export { reportPage } from './report-page.ts';
export { type ResultFiles, resultFiles } from './result-files.ts';
export { openResultFolder, type ResultFolder, type ResultFolderOptions } from './result-folder.ts';
export { resultTable } from './result-table.ts';
