/**
 * An algorithm from a file: TypeScript is compiled, and its types checked, by the compiler this project is built with; JavaScript is
 * taken as it is.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { SimulationError } from '../input/simulation-error.ts';
import type { Algorithm } from './algorithm.ts';

/** This package's compiled files; compiled algorithms lie there, where `@consilium/…` can be imported. */
const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));

/** @returns The address of a module that every thread can import. @throws SimulationError with the compiler's lines, or what is wrong. */
export async function compileAlgorithm(path: string): Promise<string> {
  const full = resolve(path);
  if (!existsSync(full)) throw new SimulationError(`There is no file "${path}".`);
  const kind = extname(full);
  if (kind === '.js' || kind === '.mjs') return pathToFileURL(full).href;
  if (kind !== '.ts') throw new SimulationError(`"${path}" is neither TypeScript (.ts) nor JavaScript (.js, .mjs).`);
  const name = createHash('sha256')
    .update(full)
    .update(await readFile(full))
    .digest('hex')
    .slice(0, 16);
  const out = join(DIST, 'algorithms', name);
  await mkdir(out, { recursive: true });
  const config = join(out, 'tsconfig.json');
  const compilerOptions = {
    outDir: out,
    rootDir: dirname(full),
    target: 'es2023',
    lib: ['es2023'],
    module: 'esnext',
    moduleResolution: 'bundler',
    strict: true,
    noUncheckedIndexedAccess: false,
    skipLibCheck: true,
    noEmitOnError: true,
    allowImportingTsExtensions: true,
    rewriteRelativeImportExtensions: true,
    types: [],
    paths: { '@consilium/simulations': [join(DIST, 'index.d.ts')], '@consilium/simulations/*': [join(DIST, '*', 'index.d.ts')] },
  };
  await writeFile(config, JSON.stringify({ compilerOptions, files: [full] }));
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  try {
    await promisify(execFile)(process.execPath, [tsc, '--project', config, '--pretty', 'false'], { cwd: dirname(full) });
  } catch (error) {
    const lines = String((error as { readonly stdout?: string }).stdout ?? error).trim();
    throw new SimulationError(`"${path}" does not compile:\n${lines}`);
  }
  return pathToFileURL(join(out, `${basename(full, kind)}.js`)).href;
}

/** A file's algorithm as simulations are given it. */
export async function namedAlgorithm(path: string): Promise<{ readonly name: string; readonly address: string }> {
  const address = await compileAlgorithm(path);
  return { name: (await importAlgorithm(address)).name, address };
}

/** @param address - From `compileAlgorithm`. @throws SimulationError when the module does not load or exports no `algorithm`. */
export async function importAlgorithm(address: string): Promise<Algorithm> {
  const loaded: { readonly algorithm?: Partial<Algorithm> } = await import(address).catch((error: unknown) => {
    throw new SimulationError(`The algorithm does not load: ${error instanceof Error ? error.message : String(error)}`);
  });
  const { algorithm } = loaded;
  if (typeof algorithm?.name !== 'string' || typeof algorithm.train !== 'function') {
    throw new SimulationError('The file must export `algorithm` with a name and a function train; see docs/own-algorithm.md.');
  }
  return algorithm as Algorithm;
}
