/** What our elements share: they render into the page itself, so one style sheet and one set of labels serve all. */
import { LitElement } from 'lit';
import { onLanguage } from '../messages/index.ts';

const HIDDEN_PACE_MS = 500;

export class LightElement extends LitElement {
  #stop = () => {};

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = onLanguage(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  /** At most once a frame; a hidden page has no frames and is drawn now and then. Work goes on between. */
  protected override async scheduleUpdate(): Promise<void> {
    await new Promise<void>((resolve) => {
      setTimeout(resolve, HIDDEN_PACE_MS);
      requestAnimationFrame(() => resolve());
    });
    super.scheduleUpdate();
  }

  /** Sends an event of that name upwards, with a value. */
  protected send<Detail>(name: string, detail: Detail): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
}
