/** Ties a session to an element: the element renders again whenever the session's view changes. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { HospitalSession } from './hospital-session.ts';
import type { SessionView } from './session-view.ts';

export class SessionController implements ReactiveController {
  #unsubscribe = () => {};

  readonly session: HospitalSession;
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost, session: HospitalSession) {
    this.session = session;
    this.#host = host;
    host.addController(this);
  }

  get view(): SessionView {
    return this.session.view;
  }

  hostConnected(): void {
    this.#unsubscribe = this.session.subscribe(() => this.#host.requestUpdate());
  }

  hostDisconnected(): void {
    this.#unsubscribe();
  }
}
