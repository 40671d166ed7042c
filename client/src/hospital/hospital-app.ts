/** The hospital's page: frame, banner, steps, the page of the current step, and what left this browser. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { LightElement, languageChoice } from '../elements/index.ts';
import { say } from '../messages/index.ts';
import { type HospitalSession, SessionController, type SessionView } from '../session/index.ts';
import { titleOf } from './page-title.ts';
import { dataPage } from './pages/data-page.ts';
import { elsewherePage } from './pages/elsewhere-page.ts';
import { enrolPage } from './pages/enrol-page.ts';
import { joinPage } from './pages/join-page.ts';
import { blockedPage, checkingPage, openingPage, stoppedPage } from './pages/plain-pages.ts';
import { recoverPage } from './pages/recover-page.ts';
import { resultsPage } from './pages/results-page.ts';
import { gatheringPage, signPage, waitingPage } from './pages/sign-page.ts';
import { successorPage } from './pages/successor-page.ts';
import { trainPage } from './pages/train-page.ts';
import { wordsPage } from './pages/words-page.ts';
import { bannerPart } from './parts/banner-part.ts';
import { machinePanel } from './parts/machine-panel.ts';
import { stepList } from './parts/step-list.ts';
import { wordsPanel } from './parts/words-panel.ts';

export class HospitalApp extends LightElement {
  static session: HospitalSession;

  readonly #controller = new SessionController<SessionView, HospitalSession>(this, HospitalApp.session);
  #shownStep = '';
  readonly #unmasked = async () => (await this.#controller.session.consent?.unmasked()) ?? null;
  readonly #record = () => this.#controller.session.recordFile();

  override render(): TemplateResult {
    const { view, session } = this.#controller;
    const { membership } = view;
    return html`
      <a class="skip" href="#content">${say('skip')}</a>
      <header><div class="top">
        <span class="name">Consilium</span>
        ${membership === null ? nothing : html`<span>${membership.name}${membership.person === undefined ? nothing : html` <span class="quiet">(${say(`enrol.role.${membership.person.role}`)})</span>`}</span><span class="who">${membership.title}</span>`}
        <span class="push"></span>
        ${membership === null ? nothing : html`<span class="quiet" role="status">${say(view.step.step === 'elsewhere' ? 'link.elsewhere' : `link.${view.link}`)}</span>`}
        ${languageChoice()}
      </div>
      ${bannerPart(view)}</header>
      <div class="page with-aside">
        <main id="content" tabindex="-1">${stepList(view.step.step)} ${pageOf(view, session)}</main>
        <aside class="aside">
          <egress-ledger .entries=${view.ledger} .unmasked=${session.consent === null ? null : this.#unmasked}></egress-ledger>
          ${membership === null ? nothing : html`<record-panel .source=${this.#record}></record-panel>`} ${wordsPanel(view)} ${machinePanel(view)}
        </aside>
      </div>
    `;
  }

  override updated(_changed: PropertyValues): void {
    const { view } = this.#controller;
    document.title = titleOf(view);
    // A new step begins at its heading, for eyes and screen readers alike; the first one is left alone.
    const step = view.step.step === 'enrol' ? `enrol ${view.step.enrol.stage}` : view.step.step;
    if (this.#shownStep !== '' && this.#shownStep !== 'checking' && this.#shownStep !== step) {
      this.querySelector<HTMLElement>('#content')?.focus({ preventScroll: true });
      scrollTo({ top: 0 });
    }
    this.#shownStep = step;
  }
}

function pageOf(view: SessionView, session: HospitalSession): TemplateResult {
  const { step } = view;
  switch (step.step) {
    case 'checking':
      return checkingPage();
    case 'blocked':
      return blockedPage(view);
    case 'join':
      return joinPage(view, step, session);
    case 'enrol':
      return enrolPage(step.enrol, session);
    case 'recover':
      return recoverPage(step.recover, session);
    case 'words':
      return wordsPage(view, step, session);
    case 'opening':
      return openingPage();
    case 'elsewhere':
      return elsewherePage(view, step, session);
    case 'data':
      return dataPage(view, step, session);
    case 'gathering':
      return gatheringPage(view, session);
    case 'sign':
      return signPage(view, step, session);
    case 'successor':
      return successorPage(view, step, session);
    case 'waiting':
      return waitingPage(view, session);
    case 'running':
      return trainPage(view, session);
    case 'results':
      return step.patients === null || view.plan === null
        ? resultsPage(view, step.results, session)
        : html`<p class="no-print"><button type="button" class="back" @click=${() => session.showPatients(false)}>← ${say('results.title')}</button></p>
            <patient-page .plan=${view.plan} .results=${step.results} .source=${step.patients}></patient-page>`;
    case 'leaving':
      return html`<h1>${say('leaving.title')}</h1><p role="status">${say('leaving.lead')}</p>`;
    case 'stopped':
      return stoppedPage(view, step, session);
  }
}
