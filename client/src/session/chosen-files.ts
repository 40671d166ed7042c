/** Files a person gave the page, by a field or by a drop. A folder's files come with their path inside it. */

export interface ChosenFile {
  readonly name: string;
  /** With the folders it was in, such as `export/Patient.ndjson`; the name where there were none. */
  readonly path: string;
  readonly file: File;
}

/** Files beyond this are no export of a hospital: a whole disk was dropped. */
export const MOST_FILES = 2000;

/** What a file field holds. */
export function filesOfField(list: Iterable<File>): readonly ChosenFile[] {
  return [...list].map((file) => ({ name: file.name, path: file.webkitRelativePath || file.name, file })).filter(isVisible);
}

/**
 * What was dropped; folders are walked through.
 *
 * @param transfer - Of the drop event; its entries are taken before this function first waits, as the browser demands.
 * @returns At most MOST_FILES + 1 files, so that a caller can tell too many from enough; hidden files are left out.
 */
export async function filesOfDrop(transfer: DataTransfer): Promise<readonly ChosenFile[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) return filesOfField(transfer.files);
  const found: ChosenFile[] = [];
  for (const entry of entries) await walk(entry, found);
  return found.filter(isVisible);
}

async function walk(entry: FileSystemEntry, found: ChosenFile[]): Promise<void> {
  if (found.length > MOST_FILES) return;
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    found.push({ name: file.name, path: entry.fullPath.replace(/^\//, ''), file });
    return;
  }
  if (!isFolder(entry)) return;
  const reader = entry.createReader();
  for (;;) {
    // A reader answers in parts; an empty part is the end.
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) return;
    for (const inner of part) await walk(inner, found);
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
const isVisible = ({ path }: ChosenFile): boolean => !path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');
