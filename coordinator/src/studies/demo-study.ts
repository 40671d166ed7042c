/** The demo study as the coordinator offers it: a plan and one synthetic file a hospital, handed in by whoever starts it. */

export interface DemoSite {
  readonly id: string;
  readonly name: string;
  /** The hospital's file as text. */
  readonly csv: string;
}

export interface Demo {
  readonly planText: string;
  readonly planFileName: string;
  readonly sites: readonly DemoSite[];
}
