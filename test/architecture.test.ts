/** The shape of the tree as a table: which folder may import which, how long a file may be, and that logic has tests. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** In the order of the data; a folder imports only from itself and those before it. */
const SHARED_ORDER = [
  'kernels',
  'reading',
  'schema',
  'study',
  'preparation',
  'models',
  'privacy',
  'training',
  'crypto',
  'identity',
  'secagg',
  'protocol',
  'aggregation',
  'evaluation',
  'effects',
  'federation',
  'registry',
  'export',
  'prediction',
] as const;

/** Which package may import which; `simulations`, `coordinator` and `client` never import one another. */
const PACKAGES: Record<string, readonly string[]> = {
  shared: [],
  coordinator: ['shared'],
  client: ['shared'],
  simulations: ['shared'],
};

/** What each of the packages may take from `shared`; `*` is everything. */
const SHARED_FOR: Record<string, readonly string[]> = {
  coordinator: ['crypto', 'evaluation', 'export', 'federation', 'identity', 'protocol', 'registry', 'secagg', 'schema', 'study'],
  client: ['*'],
  simulations: ['*'],
};

/** Folders of `shared` that may know tensors. */
const TENSORS = ['models', 'training'];

/** What `shared` may import from outside, so that no clock, network, storage or chance of the platform comes in. */
const SHARED_LIBRARIES = ['@noble/', '@scure/bip39/', '@tensorflow/', 'fflate', 'fzstd', 'hyparquet', 'saxen', 'tweetnacl', 'yaml', 'zod'];

/** The world reached in, as text, where only rules belong. */
const WORLD = /Math\.random|Date\.now|new Date\(|setTimeout|setInterval|console\.|\bfetch\(|localStorage|indexedDB/;

interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const sources: Source[] = Object.keys(PACKAGES).flatMap((name) => walk(join(root, name, 'src')).map(read));

function walk(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? walk(path) : path.endsWith('.ts') ? [path] : [];
  });
}

function read(path: string): Source {
  const text = readFileSync(path, 'utf8');
  const imports = [...text.matchAll(/^\s*(?:import|export)\b[^;'"]*?from\s+'([^']+)'|^\s*import\s+'([^']+)'|import\(\s*'([^']+)'/gm)];
  return { path: relative(root, path), text, imports: imports.map((match) => match[1] ?? match[2] ?? match[3] ?? '') };
}

const packageOf = (path: string): string => path.split('/')[0] ?? '';
const folderOf = (path: string): string => path.split('/')[2] ?? '';

describe('the tree', () => {
  it('has sources to check', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.flatMap((source) => source.imports).length).toBeGreaterThan(100);
  });

  it('lets a package import only the packages of the table', () => {
    const wrong = sources.flatMap((source) =>
      source.imports
        .filter((name) => name.startsWith('@consilium/'))
        .filter((name) => !PACKAGES[packageOf(source.path)]?.includes(name.split('/')[1] ?? ''))
        .map((name) => `${source.path} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('lets a package take from shared only the folders of the table', () => {
    const wrong = sources.flatMap((source) => {
      const allowed = SHARED_FOR[packageOf(source.path)] ?? ['*'];
      return source.imports
        .filter((name) => name.startsWith('@consilium/shared/'))
        .filter((name) => !allowed.includes('*') && !allowed.includes(name.split('/')[2] ?? ''))
        .map((name) => `${source.path} imports ${name}`);
    });
    expect(wrong).toEqual([]);
  });

  it('never leaves a package by a relative path', () => {
    const wrong = sources.flatMap((source) =>
      source.imports
        .filter((name) => name.startsWith('.'))
        .filter((name) => {
          const target = relative(root, resolve(root, dirname(source.path), name));
          return !target.startsWith(`${packageOf(source.path)}/`);
        })
        .map((name) => `${source.path} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('lets a folder of shared import only from itself and the folders before it', () => {
    const order = SHARED_ORDER as readonly string[];
    const wrong = sources
      .filter((source) => packageOf(source.path) === 'shared')
      .flatMap((source) =>
        source.imports
          .filter((name) => name.startsWith('.'))
          .map((name) => folderOf(relative(root, resolve(root, dirname(source.path), name))))
          .filter((folder) => order.indexOf(folder) > order.indexOf(folderOf(source.path)) || !order.includes(folder))
          .map((folder) => `${source.path} imports ${folder}`),
      );
    expect(wrong).toEqual([]);
  });

  it('enters another folder of shared only through its index', () => {
    const wrong = sources
      .filter((source) => packageOf(source.path) === 'shared')
      .flatMap((source) =>
        source.imports
          .filter((name) => name.startsWith('.'))
          .map((name) => relative(root, resolve(root, dirname(source.path), name)))
          .filter((target) => folderOf(target) !== folderOf(source.path) && !target.endsWith(`src/${folderOf(target)}/index.ts`))
          .map((target) => `${source.path} imports ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  it('has no circle of files that import one another', () => {
    const next = new Map(
      sources.map((source) => [
        source.path,
        source.imports.filter((name) => name.startsWith('.')).map((name) => relative(root, resolve(root, dirname(source.path), name))),
      ]),
    );
    const done = new Set<string>();
    const circles: string[] = [];
    const follow = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      if (done.has(path) || trail.includes(path)) return;
      for (const target of next.get(path) ?? []) follow(target, [...trail, path]);
      done.add(path);
    };
    for (const path of next.keys()) follow(path, []);
    expect(circles).toEqual([]);
  });

  it('keeps tensors in models and training', () => {
    const wrong = sources
      .filter((source) => source.imports.some((name) => name.startsWith('@tensorflow/')))
      .filter((source) => packageOf(source.path) === 'shared' && !TENSORS.includes(folderOf(source.path)));
    expect(wrong.map((source) => source.path)).toEqual([]);
  });

  it('keeps the clock, chance, the network, storage and logs out of shared', () => {
    const shared = sources.filter((source) => packageOf(source.path) === 'shared');
    expect(shared.filter((source) => WORLD.test(withoutComments(source.text))).map((source) => source.path)).toEqual([]);
    const foreign = shared.flatMap((source) =>
      source.imports
        .filter((name) => !name.startsWith('.') && !SHARED_LIBRARIES.some((library) => name.startsWith(library)))
        .map((name) => `${source.path} imports ${name}`),
    );
    expect(foreign).toEqual([]);
  });

  it('has no file of more than 300 lines', () => {
    const long = sources.filter((source) => source.text.split('\n').length > 301);
    expect(long.map((source) => source.path)).toEqual([]);
  });

  it('makes masked vectors in one file only', () => {
    const makers = sources.filter((source) => /as MaskedVector\b/.test(withoutComments(source.text)));
    expect(makers.map((source) => source.path)).toEqual(['shared/src/secagg/mask.ts']);
  });

  it('begins every file with what it is', () => {
    const mute = sources.filter((source) => !source.path.endsWith('index.ts') && !/^(?:#!.*\n)?\s*\/\*\*/.test(source.text));
    expect(mute.map((source) => source.path)).toEqual([]);
  });

  it('has a test folder for every folder with logic in shared', () => {
    const folders = [...new Set(sources.filter((source) => packageOf(source.path) === 'shared').map((source) => folderOf(source.path)))];
    expect(folders.filter((folder) => !existsSync(join(root, 'test/shared', folder)))).toEqual([]);
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
}
