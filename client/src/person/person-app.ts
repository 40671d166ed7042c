/** The page of a person who signs for a hospital: frame, the page of the step, and what left this browser. */
import { html, nothing, type TemplateResult } from 'lit';
import { LightElement, languageChoice, troubleNote } from '../elements/index.ts';
import { checkingPage } from '../hospital/pages/plain-pages.ts';
import { say } from '../messages/index.ts';
import { type PersonSession, type PersonView, SessionController } from '../session/index.ts';
import { blockedPart, comparePage, endedPage, introducePage, knownPage, listedPage } from './key-pages.ts';
import { listWordsPage, refusedPage, signedPage, signPage } from './plan-pages.ts';

export class PersonApp extends LightElement {
  static session: PersonSession;

  readonly #controller = new SessionController<PersonView, PersonSession>(this, PersonApp.session);
  #shownStep = '';

  override render(): TemplateResult {
    const { view, session } = this.#controller;
    const { person, hospital, plan, isAway } = view;
    return html`<a class="skip" href="#content">${say('skip')}</a>
      <header><div class="top">
        <span class="name">Consilium</span>
        ${person === null ? nothing : html`<span>${person.name} <span class="quiet">(${say(`enrol.role.${person.role}`)})</span></span>`}
        <span class="who">${[hospital, plan?.title].filter((part) => part !== undefined && part !== '').join(' · ')}</span>
        <span class="push"></span>${languageChoice()}
      </div>
      <p class="banner" role="note">${say('person.banner')}</p></header>
      <div class="page with-aside">
        <main id="content" tabindex="-1">
          ${isAway ? html`<p class="calm" role="status">${say('person.away')}</p>` : nothing}
          ${troubleNote(view.trouble)} ${pageOf(view, session)}
        </main>
        <aside class="aside"><egress-ledger .entries=${view.ledger} .unmasked=${null}></egress-ledger></aside>
      </div>`;
  }

  override updated(): void {
    const { step, hospital } = this.#controller.view;
    document.title = [say(titleOf(step.step)), hospital, 'Consilium'].filter((part) => part !== '').join(' · ');
    if (this.#shownStep !== '' && this.#shownStep !== 'checking' && this.#shownStep !== step.step) {
      this.querySelector<HTMLElement>('#content')?.focus({ preventScroll: true });
      scrollTo({ top: 0 });
    }
    this.#shownStep = step.step;
  }
}

function titleOf(step: PersonView['step']['step']) {
  switch (step) {
    case 'words':
      return 'words.title';
    case 'sign':
    case 'refused':
    case 'signed':
      return 'sign.title';
    case 'compare':
      return 'person.compare';
    default:
      return 'person.title';
  }
}

function pageOf(view: PersonView, session: PersonSession): TemplateResult {
  const { step } = view;
  switch (step.step) {
    case 'checking':
      return checkingPage();
    case 'blocked':
      return blockedPart(step.checks);
    case 'introduce':
      return introducePage(view, step.busy, session);
    case 'known':
      return knownPage(step.name, view, session);
    case 'compare':
      return comparePage(view);
    case 'listed':
      return listedPage(view);
    case 'words':
      return listWordsPage(view, step.check, session);
    case 'sign':
      return signPage(view, step.busy, session);
    case 'signed':
      return signedPage(view);
    case 'refused':
      return refusedPage(step.reason, session);
    case 'ended':
      return endedPage(view, step.trouble, session);
  }
}
