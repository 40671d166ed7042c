/** The shapes that features and outcomes share: names, columns of a file, and lists of codes. */
import { z } from 'zod';
import { codeKey } from './cells.ts';

export const NAME = /^[A-Za-z][A-Za-z0-9_.-]*$/;

/** A column name as a hospital's file has it. */
export const columnName = z
  .string()
  .transform((text) => text.normalize('NFC').trim())
  .pipe(z.string().min(1).max(200));

/** A code as it is compared: trimmed, numbers in their shortest form. */
export const codeSchema = z.union([z.string().max(100), z.number()]).transform((value) => codeKey(String(value)));
const label = z.union([z.string().max(200), z.number()]).transform(String);

export const codesSchema = z
  .union([
    z.array(z.strictObject({ code: codeSchema.describe('the code in the file'), label: label.describe('what the code means') })),
    z
      .record(z.string().max(100), label)
      .transform((map) => Object.entries(map).map(([key, text]) => ({ code: codeKey(key), label: text }))),
  ])
  .refine((list) => new Set(list.map(({ code }) => code)).size === list.length, 'names one code twice')
  .describe('codes in the file and what they mean, the reference first; a mapping, or a list of { code, label }');
