/** `--set algorithm.ridge=2`: one key of a plan changed before it is checked. */
import { parse, parseDocument } from 'yaml';
import { SimulationError } from '../input/simulation-error.ts';

/** @returns The plan's text with every setting applied, comments and lines kept. */
export function applySettings(text: string, settings: readonly string[]): string {
  if (settings.length === 0) return text;
  const document = parseDocument(text);
  for (const setting of settings) {
    const at = setting.indexOf('=');
    if (at <= 0) throw new SimulationError(`--set needs key=value, got "${setting}".`);
    document.setIn(setting.slice(0, at).split('.'), parse(setting.slice(at + 1)));
  }
  return String(document);
}
