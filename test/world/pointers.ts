/** Whether anybody used a pointer: the browser's own events of a mouse, a pen or a finger in every page of a browser context. */
import type { Browser, BrowserContext } from 'playwright';

const KINDS = ['pointerdown', 'mousedown', 'touchstart', 'click'] as const;

/**
 * Records from now on, over reloads too.
 *
 * @returns What was seen, in order. A click that a key made comes without a kind of pointer and is none.
 */
export async function watchPointers(context: BrowserContext): Promise<readonly string[]> {
  const seen: string[] = [];
  await context.exposeBinding('sawPointer', (_source, kind: string) => {
    seen.push(kind);
  });
  await context.addInitScript((kinds) => {
    const told = globalThis as unknown as { sawPointer?: (kind: string) => void };
    for (const kind of kinds) {
      addEventListener(
        kind,
        (event) => {
          const isKey = event.type === 'click' && (event as PointerEvent).pointerType === '';
          if (event.isTrusted && !isKey) told.sawPointer?.(kind);
        },
        true,
      );
    }
  }, KINDS);
  return seen;
}

/** What the watch sees of a press of the mouse button on an empty page. */
export async function pressOfAMouse(browser: Browser): Promise<readonly string[]> {
  const context = await browser.newContext();
  const felt = await watchPointers(context);
  const devtools = await context.newCDPSession(await context.newPage());
  for (const type of ['mousePressed', 'mouseReleased'] as const)
    await devtools.send('Input.dispatchMouseEvent', { type, x: 5, y: 5, button: 'left', clickCount: 1 });
  return felt;
}
