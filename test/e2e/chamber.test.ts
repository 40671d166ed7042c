/**
 * The chamber in a real browser, on the page that checks a machine. The oracles are not the chamber's own words: what a server
 * saw of its attempts, the plain float64 loop for the backends, and the browser's own word that a page is hidden.
 */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { type LoggingProxy, startLoggingProxy } from '../browser/logging-proxy.ts';
import { launchRaw } from '../browser/raw-devtools.ts';
import { type ServerProcess, startServer } from '../world/server.ts';

describe('the sealed chamber', () => {
  let server: ServerProcess;
  let browser: Browser;
  let proxy: LoggingProxy;
  let page: Page;

  beforeAll(async () => {
    server = await startServer();
    proxy = await startLoggingProxy(server.origin);
    browser = await launchChromium();
    page = await browser.newPage();
    await page.goto(`${proxy.origin}/check.html`);
    await page.locator('[data-busy=false]').waitFor({ timeout: 90_000 });
  });
  afterAll(async () => {
    await browser?.close();
    await proxy?.close();
    await server?.dispose();
  });

  it('runs in the sealed frame, not in the fallback', async () => {
    expect(await page.locator('[data-chamber]').getAttribute('data-chamber')).toBe('sealed-frame');
  });

  it('finds every way to a network refused or absent', async () => {
    const outcomes = await page.locator('[data-outcome]').evaluateAll((cells) => cells.map((cell) => cell.getAttribute('data-outcome')));
    expect(outcomes.length).toBeGreaterThanOrEqual(14);
    expect(outcomes.filter((outcome) => outcome === 'refused').length).toBeGreaterThanOrEqual(9);
    expect(outcomes.filter((outcome) => outcome !== 'refused' && outcome !== 'absent')).toEqual([]);
  });

  it('lets no attempt reach the server, which does see the same request from the page', async () => {
    const attempts = () => proxy.seen.filter((line) => line.includes('chamber-probe'));
    expect(attempts()).toEqual([]);
    expect(proxy.seen.filter((line) => line.startsWith('UPGRADE'))).toEqual([]);
    await page.evaluate(() => fetch('/chamber-probe?way=control').catch(() => undefined));
    expect(attempts()).toEqual(['GET /chamber-probe?way=control']);
  });

  it('trains the same network on WebGL, WebAssembly, CPU and the plain loop', async () => {
    for (const backend of ['plain', 'cpu', 'wasm', 'webgl']) {
      const text = await page.locator(`[data-difference=${backend}]`).textContent();
      expect(Number(text), backend).toBeLessThan(1e-4);
    }
  });

  it('refuses rows when its seal is broken', async () => {
    const leaky = await startLoggingProxy(server.origin, (script) =>
      script.replace("default-src 'none'; script-src", 'default-src *; script-src'),
    );
    try {
      const other = await browser.newPage();
      await other.goto(`${leaky.origin}/check.html`);
      await other.locator('[data-code=not-sealed]').waitFor({ timeout: 90_000 });
      expect(leaky.seen.filter((line) => line.includes('chamber-probe')).length).toBeGreaterThan(0);
    } finally {
      await leaky.close();
    }
  });

  it('runs no script that is not the one the page names, by one byte', async () => {
    const changed = await startLoggingProxy(server.origin, (script) => `${script}\n`, false);
    try {
      const other = await browser.newPage();
      const refused: string[] = [];
      other.on('console', (message) => void (message.type() === 'error' && refused.push(message.text())));
      await other.goto(`${changed.origin}/check.html`, { waitUntil: 'load' });
      expect(refused.join('\n')).toMatch(/integrity/i);
      expect(await other.evaluate("customElements.get('check-app') === undefined")).toBe(true);
    } finally {
      await changed.close();
    }
  });

  it('does not start a chamber that is not the one the page was built with', async () => {
    const forged = await startLoggingProxy(server.origin, (script) => script.replace(/sha384-.{8}/g, 'sha384-AAAAAAAA'));
    try {
      const other = await browser.newPage();
      await other.goto(`${forged.origin}/check.html`);
      await other.locator('[data-code=chamber-files]').waitFor({ timeout: 90_000 });
    } finally {
      await forged.close();
    }
  });
});

describe('a hidden tab', () => {
  const speed = `document.querySelector('[data-speed=plain]').dataset.value`;

  it('trains at full speed', async () => {
    const server = await startServer();
    const browser = await launchRaw();
    try {
      const page = await browser.open(`${server.origin}/check.html`);
      const settled = `new Promise((resolve) => { const look = () => document.querySelector('[data-busy=false]') ? resolve(true) : setTimeout(look, 100); look(); })`;
      const again = `document.querySelector('[data-busy] + .row button').click()`;
      await page.evaluate(settled);
      const measure = async (): Promise<number> => {
        await page.evaluate(again);
        await page.evaluate('new Promise((resolve) => setTimeout(resolve, 1500))');
        await page.evaluate(settled);
        return Number(await page.evaluate(speed));
      };
      expect(await page.evaluate('document.visibilityState')).toBe('visible');
      const visible = Math.max(await measure(), await measure());
      const { windowId } = await page.command('Browser.getWindowForTarget');
      await browser.command('Browser.setWindowBounds', { windowId, bounds: { windowState: 'minimized' } });
      await page.evaluate('new Promise((resolve) => setTimeout(resolve, 1000))');
      expect(await page.evaluate('document.visibilityState')).toBe('hidden');
      const hidden = Math.max(await measure(), await measure());
      console.log(`rows per second: ${visible} visible, ${hidden} hidden`);
      // A throttled page would be slower by a factor of ten or more; the machine's own noise is far below that.
      expect(hidden / visible).toBeGreaterThan(0.5);
    } finally {
      await browser.close();
      await server.dispose();
    }
  });
});
