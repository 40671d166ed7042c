/** Checks an exported log: the first line names the key, each further line is a link of the chain. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { type Link, LOG_FORMAT, verifyLog } from '../audit/index.ts';
import type { Finding } from './finding.ts';

const Head = z.object({ format: z.literal(LOG_FORMAT), publicKey: z.string().regex(/^[A-Za-z0-9+/]{43}=$/) });
const LinkLine: z.ZodType<Link> = z.strictObject({
  study: z.string(),
  sequence: z.int(),
  recordedAt: z.string(),
  event: z.string(),
  previous: z.string(),
  hash: z.string(),
  signature: z.string(),
});

const REASONS = {
  missing: 'is missing or in another place',
  altered: 'was altered',
  unsigned: 'is not signed by the key that the file names',
} as const;

/** @throws Error when the file is not an exported log. */
export async function checkLog(path: string): Promise<Finding[]> {
  const lines = createInterface({ input: createReadStream(path, 'utf8') })[Symbol.asyncIterator]();
  const first = await lines.next();
  const { publicKey } = Head.parse(JSON.parse(first.done ? '' : first.value));
  async function* links(): AsyncIterable<Link> {
    let number = 1;
    for (let line = await lines.next(); !line.done; line = await lines.next()) {
      number += 1;
      const parsed = LinkLine.safeParse(jsonOf(line.value));
      if (!parsed.success) throw new Error(`line ${number} is not an entry of a log`);
      yield parsed.data;
    }
  }
  const checked = await verifyLog(links(), Buffer.from(publicKey, 'base64'));
  return checked.ok
    ? [
        { ok: true, text: `The chain of ${checked.events} entries is intact; its last hash is ${checked.head}.` },
        { ok: true, text: `It is signed by the key ${publicKey}. Compare it with the coordinator’s key in the list of hospitals.` },
      ]
    : [{ ok: false, text: `Entry ${checked.sequence} ${REASONS[checked.reason]}.` }];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
