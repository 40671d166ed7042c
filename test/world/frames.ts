/** What passes on a tab's WebSocket, read as the protocol's messages, so that a test can act at an exact point of a round. */

/** The JSON message of a `say` frame of Socket.IO, or null for anything else. */
export function messageOf(
  frame: string,
): { readonly kind: string; readonly round?: number; readonly query?: { readonly kind: string } } | null {
  const start = frame.indexOf('["say",');
  if (start < 0) return null;
  try {
    return (JSON.parse(frame.slice(start)) as [string, ReturnType<typeof messageOf>])[1];
  } catch {
    return null;
  }
}

/** Follows which query each round asks. */
export function createRoundKinds() {
  const kinds = new Map<number, string>();
  return {
    /** Call with every frame; answers the message with the kind of its round. */
    read(frame: string) {
      const message = messageOf(frame);
      if (message?.kind === 'open-round' && message.round !== undefined && message.query !== undefined)
        kinds.set(message.round, message.query.kind);
      return message === null ? null : { kind: message.kind, round: message.round ?? 0, asks: kinds.get(message.round ?? 0) ?? null };
    },
  };
}
