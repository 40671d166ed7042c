/** Files of a FHIR export to resources: bundles, lists, single resources, and bulk files with one resource a line. */
import { decodeText } from '../text-encoding.ts';
import { type ClinicalFile, unpacked } from './file-text.ts';
import type { ClinicalData } from './records-of-patients.ts';

export interface Resource {
  readonly resourceType: string;
  readonly [key: string]: unknown;
}

/** A resource, and the address under which a bundle lists it. */
export interface FoundResource {
  readonly resource: Resource;
  readonly fullUrl: string;
}

export interface FhirFiles {
  readonly resources: readonly FoundResource[];
  readonly broken: ClinicalData['broken'];
}

/** @throws ReadingError for a file that is not text. */
export function readFhirFiles(files: readonly ClinicalFile[]): FhirFiles {
  const resources: FoundResource[] = [];
  const broken: { file: string; line: number; reason: string }[] = [];
  for (const file of files) {
    const { text } = decodeText(unpacked(file));
    if (text.trim() === '') continue;
    const whole = parse(text);
    if (whole !== undefined) {
      if (!collect(whole, resources)) broken.push({ file: file.name, line: 1, reason: 'is not a FHIR resource' });
      continue;
    }
    text.split(/\r\n?|\n/).forEach((line, index) => {
      if (line.trim() === '') return;
      const item = parse(line);
      if (item === undefined) broken.push({ file: file.name, line: index + 1, reason: 'is not JSON' });
      else if (!collect(item, resources)) broken.push({ file: file.name, line: index + 1, reason: 'is not a FHIR resource' });
    });
  }
  return { resources, broken };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Adds the resources in a value; false if it is none. */
function collect(value: unknown, found: FoundResource[], fullUrl = ''): boolean {
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) collect(item, found);
    return true;
  }
  if (!isResource(value)) return false;
  if (value.resourceType !== 'Bundle') {
    found.push({ resource: value, fullUrl });
    return true;
  }
  const entries = Array.isArray(value.entry) ? (value.entry as unknown[]) : [];
  for (const entry of entries) {
    if (typeof entry !== 'object' || entry === null) continue;
    const { resource, fullUrl: address } = entry as { readonly resource?: unknown; readonly fullUrl?: unknown };
    collect(resource, found, typeof address === 'string' ? address : '');
  }
  return true;
}

function isResource(value: unknown): value is Resource {
  return typeof value === 'object' && value !== null && typeof (value as { readonly resourceType?: unknown }).resourceType === 'string';
}
