/**
 * Takes a page state in every look, and audits it: axe-core in each look, no sideways scrolling in any.
 *
 * The page is measured as a person would have it: the real width, the real colour scheme, no scripts of ours in the page but axe.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright';

export interface Look {
  readonly name: string;
  readonly width: number;
  readonly colorScheme: 'light' | 'dark';
}

export const README_LOOKS: readonly Look[] = [{ name: '', width: 1280, colorScheme: 'light' }];
export const ALL_LOOKS: readonly Look[] = [
  { name: 'wide-light', width: 1280, colorScheme: 'light' },
  { name: 'wide-dark', width: 1280, colorScheme: 'dark' },
  { name: 'narrow-light', width: 320, colorScheme: 'light' },
  { name: 'narrow-dark', width: 320, colorScheme: 'dark' },
];

/** Something wrong with a state in one look. */
export interface Finding {
  readonly state: string;
  readonly look: string;
  readonly what: string;
}

export interface Camera {
  /** Takes the whole page. The page gets its first look back afterwards. */
  take(state: string, page: Page): Promise<void>;
  /** The page as paper has it, as PDF. */
  print(state: string, page: Page): Promise<void>;
  readonly findings: readonly Finding[];
}

const HEIGHT = 800;

/**
 * @param folder - Made if it is not there; files are `<state>.png`, or `<state>.<look>.png` for a look with a name.
 * @param states - Which states to take, or null for all; the others are passed over.
 */
export function createCamera(folder: string, looks: readonly Look[], states: ReadonlySet<string> | null): Camera {
  const findings: Finding[] = [];
  mkdirSync(folder, { recursive: true });

  async function wear(page: Page, { width, colorScheme }: Look): Promise<void> {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: HEIGHT });
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
  }

  return {
    findings,
    async take(state, page) {
      if (states !== null && !states.has(state)) return;
      await page.bringToFront();
      for (const look of looks) {
        await wear(page, look);
        const path = join(folder, `${[state, look.name].filter((part) => part !== '').join('.')}.png`);
        await page.screenshot({ path, fullPage: true });
        for (const what of [...(await sidewaysScrolling(page)), ...(await axeViolations(page))]) {
          findings.push({ state, look: look.name, what });
        }
      }
      const [first] = looks;
      if (first !== undefined && looks.length > 1) await wear(page, first);
    },
    async print(state, page) {
      if (states !== null && !states.has(state)) return;
      await page.pdf({
        path: join(folder, `${state}.pdf`),
        format: 'A4',
        margin: { top: '18mm', bottom: '18mm', left: '18mm', right: '18mm' },
      });
    },
  };
}

/** What makes the page wider than the window; nothing when it fits. */
async function sidewaysScrolling(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > clientWidth + 1);
    const names = wide.slice(0, 4).map((element) => `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}">`);
    return [`scrolls sideways: ${scrollWidth} px in ${clientWidth} px, because of ${names.join(', ')}`];
  });
}

async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const violations = (await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] }).then((found) => found.violations)',
  )) as Violation[];
  return violations.map(({ id, impact, nodes }) => {
    const places = nodes.slice(0, 3).map(({ html, failureSummary }) => `${html.slice(0, 120)}: ${failureSummary.replace(/\s+/g, ' ')}`);
    return `axe ${id} (${impact}), ${nodes.length} ×: ${places.join(' | ')}`;
  });
}

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}
