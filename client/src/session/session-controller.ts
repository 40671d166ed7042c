/** Ties a session to an element: the element renders again whenever the session's view changes. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Something with a view that changes. */
export interface Viewed<View> {
  readonly view: View;
  subscribe(listener: () => void): () => void;
}

export class SessionController<View, Session extends Viewed<View>> implements ReactiveController {
  readonly session: Session;
  readonly #host: ReactiveControllerHost;
  #unsubscribe = () => {};

  constructor(host: ReactiveControllerHost, session: Session) {
    this.session = session;
    this.#host = host;
    host.addController(this);
  }

  get view(): Session['view'] {
    return this.session.view;
  }

  hostConnected(): void {
    this.#unsubscribe = this.session.subscribe(() => this.#host.requestUpdate());
  }

  hostDisconnected(): void {
    this.#unsubscribe();
  }
}
