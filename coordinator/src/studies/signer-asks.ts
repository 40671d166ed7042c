/**
 * Where a person who is to sign for a hospital leaves its public key, for the hospital's tab to fetch: in memory, under a code that the tab made up
 * and gave to the person by another way. Nothing here is secret, and nothing is believed: the two compare words.
 */
import type { PersonRole } from '@consilium/shared/identity';

export interface SignerAsk {
  /** Ed25519, base64 of 32 bytes. */
  readonly key: string;
  readonly name: string;
  readonly role: PersonRole;
}

export interface SignerAsks {
  /** Keeps an ask; the same key again takes the place of what it said before. */
  leave(study: string, code: string, ask: SignerAsk): void;
  /** What was left under a code, oldest first. */
  under(study: string, code: string): readonly SignerAsk[];
}

const KEPT_MS = 24 * 3_600_000;
/** Under one code: the hospital wants one key, and shows whoever came first. */
const MOST_OF_A_CODE = 4;
const MOST_CODES = 1000;

/** @param now - Milliseconds since 1970. */
export function openSignerAsks(now: () => number): SignerAsks {
  const boxes = new Map<string, { readonly at: number; readonly asks: SignerAsk[] }>();
  const nameOf = (study: string, code: string) => `${study}/${code}`;
  const opened = (name: string) => {
    const box = boxes.get(name);
    return box !== undefined && now() - box.at < KEPT_MS ? box : null;
  };
  return {
    leave(study, code, ask) {
      const name = nameOf(study, code);
      const box = opened(name) ?? { at: now(), asks: [] };
      const others = box.asks.filter(({ key }) => key !== ask.key);
      boxes.delete(name);
      boxes.set(name, { at: box.at, asks: others.length < MOST_OF_A_CODE ? [...others, ask] : box.asks });
      const [oldest] = boxes.keys();
      if (boxes.size > MOST_CODES && oldest !== undefined) boxes.delete(oldest);
    },
    under: (study, code) => opened(nameOf(study, code))?.asks ?? [],
  };
}
