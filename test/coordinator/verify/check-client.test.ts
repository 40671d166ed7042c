/** A client's files checked from outside: in a folder, and as a real coordinator serves them. One altered byte is found and named. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { checkClient, type Finding } from '@consilium/coordinator/verify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestCoordinator } from '../world/coordinator.ts';

/** What the client's build does with its files; it belongs to no package that could be imported by name. */
interface Build {
  writeManifest(folder: string, boot: string, importMaps: readonly string[]): void;
  pinPage(folder: string, page: string): string;
}
const built = async (name: string): Promise<Build> => import(resolve(import.meta.dirname, '../../../client/build', name)) as Promise<Build>;
const { writeManifest } = await built('manifest.ts');
const { pinPage } = await built('pin-page.ts');

const PAGE = `<head><script type="module" crossorigin src="/assets/a.js"></script><link rel="stylesheet" crossorigin href="/assets/a.css"></head>`;
let folder: string;
let build: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'consilium-client-'));
  mkdirSync(join(folder, 'assets'));
  const files = {
    'index.html': PAGE,
    'console.html': PAGE,
    'chamber.js': 'x',
    'assets/a.js': "import './b.js'",
    'assets/b.js': '1',
    'assets/a.css': 'p{}',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const maps = ['index.html', 'console.html'].map((page) => pinPage(folder, page));
  writeManifest(folder, 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=', maps);
  build = (JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { build: string }).build;
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const faults = (findings: readonly Finding[]) => findings.filter(({ ok }) => !ok).map(({ text }) => text);
const integrity = (name: string) =>
  `sha384-${createHash('sha384')
    .update(readFileSync(join(folder, name)))
    .digest('base64')}`;

describe('a page', () => {
  it('names its scripts and styles with their hashes, and in an import map those that scripts import', () => {
    const page = readFileSync(join(folder, 'index.html'), 'utf8');
    expect(page).toContain(`src="/assets/a.js" integrity="${integrity('assets/a.js')}">`);
    expect(page).toContain(`href="/assets/a.css" integrity="${integrity('assets/a.css')}">`);
    const map = JSON.parse(/<script type="importmap">(.*?)<\/script>/.exec(page)?.[1] ?? '');
    expect(map.integrity).toEqual({ '/assets/a.js': integrity('assets/a.js'), '/assets/b.js': integrity('assets/b.js') });
    expect(page.indexOf('importmap')).toBeLessThan(page.indexOf('type="module"'));
  });
});

describe('a client in a folder', () => {
  it('that is whole is good, with the build hash it must have and with none named', async () => {
    expect(faults(await checkClient(folder, build))).toEqual([]);
    expect(faults(await checkClient(folder, null))).toEqual([]);
  });

  it.each(['index.html', 'chamber.js', 'assets/b.js'])('with one altered byte in %s is found out, by name', async (name) => {
    const bytes = readFileSync(join(folder, name));
    bytes[0]! ^= 1;
    writeFileSync(join(folder, name), bytes);
    expect(faults(await checkClient(folder, build)).join('\n')).toContain(name);
  });

  it('with a manifest that was changed along with the file has another build hash', async () => {
    writeFileSync(join(folder, 'chamber.js'), 'y');
    writeManifest(folder, 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=', []);
    expect(faults(await checkClient(folder, null))).toEqual([]);
    expect(faults(await checkClient(folder, build))).toEqual([expect.stringContaining(`not ${build}`)]);
  });

  it('with a file too few or too many is found out, by name', async () => {
    rmSync(join(folder, 'assets/b.js'));
    writeFileSync(join(folder, 'assets/c.js'), 'new');
    const found = faults(await checkClient(folder, null)).join('\n');
    expect(found).toContain('assets/b.js is missing');
    expect(found).toContain('assets/c.js is not in the manifest');
  });
});

describe('a client that is served', () => {
  it('is checked file by file, the pages at their addresses too', async () => {
    const coordinator = await startTestCoordinator({ clientDir: folder });
    try {
      expect(faults(await checkClient(coordinator.origin, build))).toEqual([]);
      writeFileSync(join(folder, 'console.html'), `${PAGE}<!-- changed -->`);
      expect(faults(await checkClient(coordinator.origin, build)).join('\n')).toContain('The page at /console');
    } finally {
      await coordinator.end();
    }
  });
});
