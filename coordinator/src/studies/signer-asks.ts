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
  /**
   * Keeps an ask; the same key again takes the place of what it said before.
   *
   * @param address - From where: whoever leaves the most codes in a study loses its oldest where there are too many.
   */
  leave(study: string, code: string, ask: SignerAsk, address: string): void;
  /** What was left under a code, oldest first. */
  under(study: string, code: string): readonly SignerAsk[];
}

const KEPT_MS = 24 * 3_600_000;
/** Under one code: the hospital wants one key, and shows whoever came first. */
const MOST_OF_A_CODE = 4;
const MOST_CODES = 200; // in one study: no other study is reached by what is left in it

interface Box {
  readonly at: number;
  readonly address: string;
  readonly asks: readonly SignerAsk[];
}

/** @param now - Milliseconds since 1970. */
export function openSignerAsks(now: () => number): SignerAsks {
  const studies = new Map<string, Map<string, Box>>();
  const opened = (study: string, code: string): Box | null => {
    const box = studies.get(study)?.get(code);
    return box !== undefined && now() - box.at < KEPT_MS ? box : null;
  };
  return {
    leave(study, code, ask, address) {
      const boxes = studies.get(study) ?? new Map<string, Box>();
      const box = opened(study, code) ?? { at: now(), address, asks: [] };
      const others = box.asks.filter(({ key }) => key !== ask.key);
      boxes.delete(code);
      boxes.set(code, { ...box, asks: others.length < MOST_OF_A_CODE ? [...others, ask] : box.asks });
      if (boxes.size > MOST_CODES) boxes.delete(oldestOfTheBusiest(boxes));
      studies.set(study, boxes);
    },
    under: (study, code) => opened(study, code)?.asks ?? [],
  };
}

/** The oldest code of the address that has left the most. */
function oldestOfTheBusiest(boxes: ReadonlyMap<string, Box>): string {
  const counts = new Map<string, number>();
  for (const { address } of boxes.values()) counts.set(address, (counts.get(address) ?? 0) + 1);
  const most = Math.max(...counts.values());
  const found = [...boxes].find(([, { address }]) => counts.get(address) === most);
  return found?.[0] ?? '';
}
