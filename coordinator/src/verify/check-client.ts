/**
 * Checks a client's files from outside the browser: a folder, or what a server sends. A page cannot attest itself; this can, if it runs on a
 * machine that the server does not own.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import * as z from 'zod';
import type { Finding } from './finding.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const Manifest = z.object({
  format: z.literal('consilium client 1'),
  build: hash,
  files: z.record(z.string().regex(/^[\w-]+(?:[./][\w-]+)*$/), hash),
});

/** Names the coordinator where a hospital serves the files itself; no part of the build. */
const PLACE = 'coordinator.json';

/** Where files come from. */
interface Source {
  read(name: string): Promise<Uint8Array>;
  /** Names of all files, or null when that cannot be known. */
  names(): Promise<readonly string[] | null>;
}

/**
 * @param place - An http(s) address or a folder.
 * @param expected - The build hash that it must have, as signed in the plan or printed by a build of one's own; null compares with the
 *   manifest only.
 */
export async function checkClient(place: string, expected: string | null): Promise<Finding[]> {
  const source = /^https?:/.test(place) ? fromServer(place) : fromFolder(place);
  const manifest = Manifest.parse(JSON.parse(Buffer.from(await source.read('manifest.json')).toString('utf8')));
  const names = Object.keys(manifest.files).sort();
  const found = new Map<string, string>();
  const findings: Finding[] = [];
  for (const name of names) {
    const bytes = await source.read(name).catch(() => null);
    const digest = bytes === null ? null : sha256(bytes);
    if (digest !== null) found.set(name, digest);
    if (digest === null) findings.push({ ok: false, text: `${name} is missing.` });
    else if (digest !== manifest.files[name]) findings.push({ ok: false, text: `${name} is not the file of the manifest: ${digest}.` });
  }
  const pages: Readonly<Record<string, string>> = { 'index.html': '', 'console.html': 'console' };
  if (/^https?:/.test(place)) {
    for (const [file, path] of Object.entries(pages)) {
      const digest = sha256(await source.read(path).catch(() => new Uint8Array(0)));
      if (digest !== manifest.files[file])
        findings.push({ ok: false, text: `The page at /${path} is not ${file} of the manifest: ${digest}.` });
    }
  }
  const extra = (await source.names())?.filter((name) => name !== 'manifest.json' && name !== PLACE && !names.includes(name)) ?? [];
  for (const name of extra) findings.push({ ok: false, text: `${name} is not in the manifest.` });
  const isWhole = findings.length === 0;
  const coordinator = await placeOf(source);
  if (coordinator !== null)
    findings.push({
      ok: true,
      text: `${PLACE} sends its pages to the coordinator at ${coordinator}. It is no part of the build: see that the address is right.`,
    });
  if (isWhole) findings.push({ ok: true, text: `All ${names.length} files are those of the manifest.` });
  const build = sha256(Buffer.from(names.map((name) => `${name} ${found.get(name) ?? ''}\n`).join('')));
  if (build !== manifest.build)
    findings.push({ ok: false, text: `The files have the build hash ${build}; the manifest says ${manifest.build}.` });
  if (expected !== null) {
    const isExpected = build === expected;
    findings.push({
      ok: isExpected,
      text: isExpected ? `It is the build you named: ${build}.` : `It is the build ${build}, not ${expected}.`,
    });
  } else findings.push({ ok: true, text: `Build hash: ${build}. Compare it with the one in the plan, or give it with --expect.` });
  return findings;
}

async function placeOf(source: Source): Promise<string | null> {
  const bytes = await source.read(PLACE).catch(() => null);
  if (bytes === null) return null;
  try {
    const { coordinator } = JSON.parse(Buffer.from(bytes).toString('utf8')) as { readonly coordinator?: unknown };
    return typeof coordinator === 'string' ? coordinator : null;
  } catch {
    return null;
  }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function fromServer(address: string): Source {
  const base = address.endsWith('/') ? address : `${address}/`;
  return {
    async read(name) {
      const response = await fetch(new URL(name, base), { redirect: 'error' });
      if (!response.ok) throw new Error(`${new URL(name, base).href} answers ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    },
    names: async () => null,
  };
}

function fromFolder(folder: string): Source {
  return {
    read: async (name) => new Uint8Array(await readFile(join(folder, name))),
    async names() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'));
    },
  };
}
