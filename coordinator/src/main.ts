/** `node coordinator/dist/main.js`: reads the options, starts a coordinator, prints where it is, stops cleanly. Wiring only. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { pino } from 'pino';
import { type Coordinator, readDemo, startCoordinator } from './server/index.ts';
import { WorldError } from './store/index.ts';

interface Options {
  readonly port: number;
  readonly host: string;
  readonly data: string;
  readonly demoData: string;
  readonly publicOrigin?: string;
  readonly allowOrigin: readonly string[];
  readonly json?: true;
  readonly dev?: true;
  readonly newOwner?: true;
}

const EXAMPLES = `
Examples:
  $ node coordinator/dist/main.js
  $ node coordinator/dist/main.js --port 9000 --data /srv/consilium
  $ node coordinator/dist/main.js --host 0.0.0.0 --public-origin https://studies.example.org
  $ node coordinator/dist/main.js --allow-origin https://consilium.hospital.example

Pages need https, or localhost: put a TLS proxy in front for anyone else. Everything the coordinator keeps is in --data.`;

const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const program = new Command('consilium')
  .description('Coordinator of federated studies: orders rounds, adds masked vectors, serves the pages.')
  .option('--port <number>', 'port to listen on (0: any free one; default: $PORT or 8080)', readPort, readPort(process.env.PORT ?? '8080'))
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--data <folder>', 'where everything is kept', './data')
  .option('--demo-data <folder>', 'plan.yaml and one <site>.csv a hospital, all synthetic', fromHere('../demo'))
  .option('--public-origin <url>', 'the address people use, when a proxy stands in front')
  .option('--allow-origin <url>', 'a server on which a hospital serves the client itself; may be given again', readOrigin, [])
  .option('--new-owner', 'print a code that makes a further owner’s account: the way back in when passwords are lost')
  .option('--json', 'print addresses and code as one line of JSON')
  .option('--dev', 'log more, and accept pages of the development server on port 5173')
  .addHelpText('after', EXAMPLES)
  .action(run);

await program.parseAsync();

async function run(options: Options): Promise<void> {
  const log = pino({ level: options.dev ? 'debug' : 'warn', base: null }, pino.destination(2));
  process.on('unhandledRejection', (error) => log.error({ cause: String(error) }, 'something went wrong unnoticed'));
  const demo = await readDemo(resolve(options.demoData));
  const clientDir = fromHere('../../client/dist');
  try {
    const coordinator = await startCoordinator({
      ...{ port: options.port, host: options.host, dataDir: resolve(options.data), clientDir, demo, log },
      publicOrigin: options.publicOrigin?.replace(/\/$/, '') ?? null,
      newOwner: options.newOwner === true,
      hospitalOrigins: options.allowOrigin,
      furtherOrigins: options.dev ? ['http://localhost:5173', 'http://127.0.0.1:5173'] : [],
    });
    stopOnSignals(coordinator);
    print(coordinator, options.json === true, existsSync(clientDir), demo !== null);
  } catch (error) {
    if (!(error instanceof WorldError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

function print({ origin, adminCode }: Coordinator, asJson: boolean, hasPages: boolean, hasDemo: boolean): void {
  if (asJson) {
    console.log(JSON.stringify({ origin, console: `${origin}/console`, adminCode, demo: hasDemo }));
    return;
  }
  console.log(`hospitals:  ${origin}/${hasDemo ? '   (a demo study with synthetic hospitals is ready: one click a tab)' : ''}`);
  console.log(`console:    ${origin}/console`);
  if (adminCode !== null) console.log(`admin code: ${adminCode}   (makes an owner’s account, once)`);
  if (!hasPages) console.log('The pages are not built yet. Run: pnpm build');
}

function stopOnSignals(coordinator: Coordinator): void {
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isStopping) process.exit(1);
      isStopping = true;
      coordinator.close().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (text.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}

function readOrigin(text: string, before: readonly string[]): readonly string[] {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol) || new URL(text).pathname !== '/')
    throw new InvalidArgumentError('An origin is an address such as https://consilium.hospital.example, without a path.');
  return [...before, new URL(text).origin];
}
