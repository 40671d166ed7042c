/** Checks a hospital's exported record: the first line names the key, each further line is an entry of the chain. */
import { readFile } from 'node:fs/promises';
import { SITE_LOG_FORMAT, SITE_LOG_START, type SiteLogLink, siteLogBytes, siteLogHash } from '@consilium/shared/federation';
import * as z from 'zod';
import { verifyEd25519 } from '../audit/index.ts';
import type { Finding } from './finding.ts';

const Head = z.strictObject({
  format: z.literal(SITE_LOG_FORMAT),
  study: z.string(),
  site: z.string(),
  name: z.string(),
  publicKey: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
});
const Entry: z.ZodType<SiteLogLink> = z.strictObject({
  study: z.string(),
  site: z.string(),
  sequence: z.int(),
  recordedAt: z.string(),
  event: z.string(),
  previous: z.string(),
  hash: z.string(),
  signature: z.string().refine((text) => Buffer.from(text, 'base64').toString('base64') === text),
});

/** @throws Error when the file is not a hospital's record. */
export async function checkSiteLog(path: string): Promise<Finding[]> {
  const [first = '', ...lines] = (await readFile(path, 'utf8')).split('\n');
  const head = Head.parse(JSON.parse(first));
  if (JSON.stringify(head) !== first) return [{ ok: false, text: 'Line 1 does not have the form of a record’s first line.' }];
  if (lines.pop() !== '') return [{ ok: false, text: 'The last line is cut off.' }];
  let previous = SITE_LOG_START;
  for (const [sequence, line] of lines.entries()) {
    const fault = faultOf(line, sequence, previous, head);
    if (typeof fault === 'string') return [{ ok: false, text: `Entry ${sequence} (line ${sequence + 2}) ${fault}.` }];
    if (sequence === 0 && !isJoinedAs(fault, head.name))
      return [{ ok: false, text: 'Line 1 names another hospital than entry 0 (line 2).' }];
    previous = fault.hash;
  }
  return [
    { ok: true, text: `The record of ${head.name} in the study ${head.study}: the chain of ${lines.length} entries is intact.` },
    { ok: true, text: `Its last hash is ${previous}. Compare it with one noted earlier: a cut at the end shows only so.` },
    { ok: true, text: `It is signed by the key ${head.publicKey}. Compare it with that hospital’s key in the list of hospitals.` },
  ];
}

/** What is wrong with a line, or the entry it holds. */
function faultOf(line: string, sequence: number, previous: string, head: z.infer<typeof Head>): string | SiteLogLink {
  const parsed = Entry.safeParse(jsonOf(line));
  if (!parsed.success || JSON.stringify(parsed.data) !== line) return 'does not have the form of an entry';
  const link = parsed.data;
  if (link.sequence !== sequence) return 'is missing or in another place';
  if (link.study !== head.study || link.site !== head.site) return 'belongs to another record';
  if (link.previous !== previous || siteLogHash(link) !== link.hash) return 'was altered';
  const isSigned = verifyEd25519(Buffer.from(head.publicKey, 'base64'), siteLogBytes(link.hash), Buffer.from(link.signature, 'base64'));
  return isSigned ? link : 'is not signed by the key that the file names';
}

/** The name in the first line is believed only as the first entry has it. */
function isJoinedAs({ event }: SiteLogLink, name: string): boolean {
  const { type, name: joined } = JSON.parse(event) as { readonly type?: unknown; readonly name?: unknown };
  return type === 'joined' && joined === name;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
