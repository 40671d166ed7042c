/** What a result is written as. */
export { reportPage } from './report-page.ts';
export { type ResultFiles, resultFiles } from './result-files.ts';
export { openResultFolder, type ResultFolder, type ResultFolderOptions } from './result-folder.ts';
