/** A log as a file: a first line that names the key, then one link a line. Streamed: a log can be long. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { type CoordinatorKey, type Link, LOG_FORMAT } from '../audit/index.ts';

export async function sendLog(response: Response, key: CoordinatorKey, links: AsyncIterable<Link>): Promise<void> {
  async function* lines(): AsyncIterable<string> {
    yield `${JSON.stringify({ format: LOG_FORMAT, publicKey: Buffer.from(key.publicKey).toString('base64') })}\n`;
    for await (const link of links) yield `${JSON.stringify(link)}\n`;
  }
  response.type('application/x-ndjson');
  await pipeline(Readable.from(lines()), response).catch((error: unknown) => {
    // Whoever asked went away; anything else is ours.
    if ((error as { code?: unknown }).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}
