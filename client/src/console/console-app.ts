/** The console's page: frame and the page of the moment. */
import { html, nothing, type TemplateResult } from 'lit';
import { LightElement, languageChoice } from '../elements/index.ts';
import { say } from '../messages/index.ts';
import { type ConsoleSession, type ConsoleView, SessionController } from '../session/index.ts';
import { newStudyPage } from './pages/new-study-page.ts';
import { setUpPage, signInPage } from './pages/sign-in-page.ts';
import { studiesPage } from './pages/studies-page.ts';
import { studyPage } from './pages/study-page.ts';

export class ConsoleApp extends LightElement {
  static session: ConsoleSession;

  readonly #controller = new SessionController<ConsoleView, ConsoleSession>(this, ConsoleApp.session);

  override render(): TemplateResult {
    const { view, session } = this.#controller;
    const isIn = view.account !== null;
    return html`
      <a class="skip" href="#content">${say('skip')}</a>
      <header><div class="top">
        <span class="name">Consilium</span><span class="who">${say('console.title')}</span>
        <span class="push"></span>
        ${isIn ? html`<span class="quiet" role="status">${say(view.isLive ? 'link.online' : 'link.offline')}</span>` : nothing} ${languageChoice()}
        ${isIn ? html`<button type="button" class="small" @click=${() => session.open({ page: 'account' })}>${say('account.link')}</button>` : nothing}
        ${isIn ? html`<button type="button" class="small" @click=${() => session.signOut()}>${say('console.signOut')}</button>` : nothing}
      </div>
      <p class="banner" role="note">${say('banner.console')}</p></header>
      <div class="page">
        <main id="content" tabindex="-1">${pageOf(view, session)}</main>
      </div>
    `;
  }

  override updated(): void {
    const { page, studies } = this.#controller.view;
    const study = page.page === 'study' ? studies.find((entry) => entry.study === page.study) : undefined;
    const words = study === undefined ? [] : [say(`study.${study.phase}`), study.title];
    document.title = [...words, say('console.title')].join(' · ');
  }
}

function pageOf(view: ConsoleView, session: ConsoleSession): TemplateResult {
  const { page } = view;
  switch (page.page) {
    case 'checking':
      return html`<p role="status">${say('link.connecting')}</p>`;
    case 'sign-in':
      return signInPage(view, session);
    case 'set-up':
      return setUpPage(view, session);
    case 'account':
      return html`<p><button type="button" class="back" @click=${() => session.open({ page: 'studies' })}>← ${say('console.back')}</button></p>
        <account-page .account=${view.account} @account-changed=${() => session.renewAccount()}></account-page>`;
    case 'studies':
      return studiesPage(view, session);
    case 'new':
      return newStudyPage(view, session);
    case 'study': {
      const study = view.studies.find((entry) => entry.study === page.study);
      return study === undefined ? studiesPage(view, session) : studyPage(view, study, session);
    }
  }
}
