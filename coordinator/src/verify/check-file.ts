/** Tells by its content what a file is, and checks it. */
import { open, readFile } from 'node:fs/promises';
import { checkPassport, SITE_LOG_FORMAT } from '@consilium/shared/federation';
import { LOG_FORMAT, verifyEd25519 } from '../audit/index.ts';
import { checkLog } from './check-log.ts';
import { checkSiteLog } from './check-site-log.ts';
import type { Finding } from './finding.ts';

const HEAD_BYTES = 200;

/** @throws Error when the file cannot be read, or is none that can be checked. */
export async function checkFile(
  path: string,
): Promise<{ readonly kind: 'log' | 'hospital' | 'passport'; readonly findings: readonly Finding[] }> {
  const file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0).finally(() => file.close());
  const head = buffer.subarray(0, bytesRead).toString('utf8');
  if (head.includes(LOG_FORMAT)) return { kind: 'log', findings: await checkLog(path) };
  if (head.includes(SITE_LOG_FORMAT)) return { kind: 'hospital', findings: await checkSiteLog(path) };
  return { kind: 'passport', findings: checkPassport(JSON.parse(await readFile(path, 'utf8')), verifyEd25519) };
}
