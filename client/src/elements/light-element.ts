/** What our elements share: they render into the page itself, so one style sheet and one set of labels serve all. */
import { LitElement } from 'lit';
import { onLanguage } from '../messages/index.ts';

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

  /** Sends an event of that name upwards, with a value. */
  protected send<Detail>(name: string, detail: Detail): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
}
