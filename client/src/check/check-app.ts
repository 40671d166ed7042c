/**
 * A check of this machine for a hospital's IT, without joining anything: what the browser offers, whether the chamber is
 * sealed, and whether every way to train computes the same, on made-up rows.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { type BackendName, type Chamber, NO_PAGE, type SelfTestReport, startChamber } from '../chamber/index.ts';
import { dataTable } from '../charts/index.ts';
import { checkList, LightElement, languageChoice, troubleNote } from '../elements/index.ts';
import { formatNumber, say } from '../messages/index.ts';
import { type PreflightCheck, runPreflight, troubleOf } from '../session/index.ts';
import { largestDifference } from './largest-difference.ts';

const BACKENDS: readonly BackendName[] = ['plain', 'cpu', 'wasm', 'webgl'];

export class CheckApp extends LightElement {
  #checks: readonly PreflightCheck[] = [];
  #chamber: Chamber | null = null;
  #tests: readonly SelfTestReport[] = [];
  #isBusy = true;
  #trouble: { readonly code: string; readonly text: string } | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('pagehide', () => this.#chamber?.close());
    void this.#run();
  }

  async #run(): Promise<void> {
    try {
      this.#checks = await runPreflight();
      this.requestUpdate();
      this.#chamber = await startChamber(NO_PAGE, { forced: null, plan: null });
      await this.#measure();
    } catch (error) {
      this.#trouble = troubleOf(error);
    }
    this.#isBusy = false;
    this.requestUpdate();
  }

  async #measure(): Promise<void> {
    const chamber = this.#chamber;
    if (chamber === null) return;
    this.#isBusy = true;
    this.#tests = [];
    for (const { name, ok } of chamber.opened.trials.toSorted((a, b) => BACKENDS.indexOf(a.name) - BACKENDS.indexOf(b.name))) {
      if (!ok) continue;
      this.#tests = [...this.#tests, await chamber.calls.selfTest(name)];
      this.requestUpdate();
    }
    this.#isBusy = false;
    this.requestUpdate();
  }

  override render(): TemplateResult {
    return html`<header class="top">
        <span class="name">Consilium</span><span class="who">${say('check.title')}</span><span class="push"></span>${languageChoice()}
      </header>
      <div class="page">
        <main id="content">
          <h1>${say('check.title')}</h1>
          <p>${say('check.lead')}</p>
          ${troubleNote(this.#trouble)} ${checkList(this.#checks)} ${this.#chamber === null ? nothing : this.#report(this.#chamber)}
        </main>
      </div>`;
  }

  #report({ kind, opened }: Chamber): TemplateResult {
    const plain = this.#tests.find(({ backend }) => backend === 'plain');
    return html`<h2>${say('check.seal')}</h2>
      <p data-chamber=${kind}>${say(kind === 'sealed-frame' ? 'check.sealed-frame' : 'check.worker')}</p>
      ${dataTable(
        say('check.seal'),
        [
          { title: say('check.way'), value: ({ name }) => html`<code>${name}</code>` },
          {
            title: say('check.outcome'),
            value: ({ outcome }) => html`<span data-outcome=${outcome}>${say(`check.outcome.${outcome}`)}</span>`,
          },
        ],
        opened.probe.attempts,
      )}
      <h2>${say('machine.trials')}</h2>
      <div role="status" data-busy=${this.#isBusy}>
        ${dataTable(
          say('machine.trials'),
          [
            { title: say('check.backend'), value: ({ backend }) => backend },
            { title: say('check.speed'), numeric: true, value: speedOf },
            {
              title: say('check.difference'),
              numeric: true,
              value: ({ backend, update }) =>
                plain === undefined
                  ? '–'
                  : html`<span data-difference=${backend}>${largestDifference(plain.update, update).toExponential(1)}</span>`,
            },
          ],
          this.#tests,
        )}
      </div>
      <div class="row"><button type="button" ?disabled=${this.#isBusy} @click=${() => this.#measure()}>${say('check.again')}</button></div>`;
  }
}

function speedOf({ backend, samplesPerSecond }: SelfTestReport): TemplateResult {
  return html`<span data-speed=${backend} data-value=${Math.round(samplesPerSecond)}>${formatNumber(samplesPerSecond, 0)}</span>`;
}
