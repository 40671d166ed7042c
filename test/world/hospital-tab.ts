/** One hospital's tab in a real browser, driven as a person would: by what the page shows. */
import type { Browser, BrowserContext, Page } from 'playwright';
import { pressButton } from './keyboard.ts';

export interface HospitalTab {
  readonly name: string;
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of the page, refusals of its security policy among them. */
  readonly errors: readonly string[];
  /** Hosts that the page asked for anything. */
  readonly hosts: ReadonlySet<string>;
  /** Address and body of every HTTP request. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

export interface TabOptions {
  readonly browser: Browser;
  readonly origin: string;
  readonly name: string;
  /** Forces a training backend. */
  readonly backend?: string | undefined;
  /** Called with every WebSocket text frame of the page before it is passed on; false loses it. */
  readonly onFrame?: ((tab: HospitalTab, direction: 'up' | 'down', text: string) => boolean | Promise<boolean>) | undefined;
  /** Called with the bytes of every WebSocket message, binary ones too. */
  readonly onBytes?: ((tab: HospitalTab, direction: 'up' | 'down', bytes: Buffer) => void) | undefined;
  readonly context?: BrowserContext | undefined;
}

/** Without moving bars: drawing them on two cores costs a study a tenth of its time. */
const PAGE = { locale: 'en-GB', viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' } as const;

/** Opens the page; nothing is clicked yet. */
export async function openTab(options: TabOptions, fragment = ''): Promise<HospitalTab> {
  const context = options.context ?? (await options.browser.newContext(PAGE));
  const page = await context.newPage();
  const errors: string[] = [];
  const hosts = new Set<string>();
  const requests: string[] = [];
  const tab: HospitalTab = { name: options.name, page, context, errors, hosts, requests, close: () => page.close() };
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/ERR_CONNECTION_REFUSED|WebSocket connection|Failed to load resource/.test(message.text()))
      errors.push(message.text());
  });
  page.on('request', (request) => {
    requests.push(`${request.url()} ${request.postData() ?? ''}`);
    const { protocol, host } = new URL(request.url());
    if (protocol.startsWith('http') || protocol.startsWith('ws')) hosts.add(host);
  });
  const { onFrame, onBytes } = options;
  // Listening costs a study less than passing every frame through this process.
  if (onFrame === undefined && onBytes !== undefined) {
    page.on('websocket', (socket) => {
      socket.on('framesent', ({ payload }) => onBytes(tab, 'up', Buffer.from(payload)));
      socket.on('framereceived', ({ payload }) => onBytes(tab, 'down', Buffer.from(payload)));
    });
  }
  if (onFrame !== undefined) {
    await page.routeWebSocket(/socket\.io/, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage(async (message) => {
        onBytes?.(tab, 'up', Buffer.from(message));
        if (typeof message !== 'string' || (await onFrame(tab, 'up', message))) server.send(message);
      });
      server.onMessage(async (message) => {
        onBytes?.(tab, 'down', Buffer.from(message));
        if (typeof message !== 'string' || (await onFrame(tab, 'down', message))) socket.send(message);
      });
    });
  }
  await page.goto(`${options.origin}/${options.backend === undefined ? '' : `?backend=${options.backend}`}${fragment}`);
  return tab;
}

/** Joins the demo as one of its hospitals, with one press. */
export async function joinDemo({ page, name }: HospitalTab): Promise<void> {
  await pressButton(page, `Join as ${name}`);
}

export async function chooseFiles({ page }: HospitalTab, csv: string, split: string | null): Promise<void> {
  await page.locator('input[name=csv]').setInputFiles(csv);
  if (split === null) return;
  await page.locator('input[name=split]').setInputFiles(split);
  await pressButton(page, 'Read the file');
}

export async function sayReady({ page }: HospitalTab): Promise<void> {
  await pressButton(page, 'I am ready');
}

export async function sign({ page }: HospitalTab): Promise<void> {
  await pressButton(page, 'Sign and take part');
}

export async function untilResults({ page }: HospitalTab, seconds = 120): Promise<void> {
  await page.getByRole('heading', { name: 'Results', exact: true }).waitFor({ timeout: seconds * 1000 });
}
