/** What failed, in one sentence for a terminal; null for a fault of this program, which is shown with its trace. */

const EXPECTED: ReadonlySet<string> = new Set([
  'SimulationError',
  'ReadingError',
  'SchemaError',
  'PreparationError',
  'SiteError',
  'TrainingError',
  'EffectError',
]);

const SYSTEM: Readonly<Record<string, string>> = {
  ENOSPC:
    'The disk is full. Nothing half-written was left; free some space and give the command again; run, sweep and demo go on with --resume.',
  EDQUOT:
    'The disk quota is used up. Nothing half-written was left; free some space and give the command again; run, sweep and demo go on with --resume.',
  EACCES: 'A file or folder may not be read or written',
  EPERM: 'A file or folder may not be read or written',
  EROFS: 'The disk is read-only',
  EMFILE: 'Too many files are open',
  ERR_WORKER_OUT_OF_MEMORY:
    'A simulation ran out of memory. Use fewer --jobs, fewer sites or a smaller model; finished runs are kept for --resume.',
};

export function failureSentence(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { code, path } = error as { readonly code?: unknown; readonly path?: unknown };
  if (typeof code === 'string' && code in SYSTEM) {
    const sentence = SYSTEM[code] ?? '';
    return sentence.endsWith('.') ? sentence : `${sentence}: ${typeof path === 'string' ? path : error.message}.`;
  }
  return EXPECTED.has(error.name) ? error.message : null;
}
