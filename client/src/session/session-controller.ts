/**
 * Ties a session to an element: the element renders again whenever the session's view changes. A change after a quiet moment is shown at once;
 * a running study changes its view some forty times a round, and is shown ten times a second.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Something with a view that changes. */
export interface Viewed<View> {
  readonly view: View;
  subscribe(listener: () => void): () => void;
}

const GAP_MS = 100;

export class SessionController<View, Session extends Viewed<View>> implements ReactiveController {
  readonly session: Session;
  readonly #host: ReactiveControllerHost;
  #unsubscribe = () => {};
  #shownAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(host: ReactiveControllerHost, session: Session) {
    this.session = session;
    this.#host = host;
    host.addController(this);
  }

  get view(): Session['view'] {
    return this.session.view;
  }

  hostConnected(): void {
    this.#unsubscribe = this.session.subscribe(() => {
      if (this.#timer !== null) return;
      const wait = this.#shownAt + GAP_MS - performance.now();
      if (wait <= 0) this.#show();
      else this.#timer = setTimeout(() => this.#show(), wait);
    });
  }

  hostDisconnected(): void {
    this.#unsubscribe();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #show(): void {
    this.#timer = null;
    this.#shownAt = performance.now();
    this.#host.requestUpdate();
  }
}
