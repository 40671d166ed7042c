/** One thing that was checked. */
export interface Finding {
  readonly ok: boolean;
  /** A plain sentence. */
  readonly text: string;
}

/** A line for a terminal: whatever a file holds, it cannot move the cursor, hide or reorder what stands beside it. */
export const printable = (text: string): string => text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\uFFFD');

/** JSON in ASCII where characters would steer a terminal: the same value when it is read. */
export const printableJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (found) =>
    [...Array(found.length).keys()].map((at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
  );
