/** What the coordinator needs of a logger: fields, then a sentence. Pino fits. Never given a key, a secret or a vector. */

export interface Log {
  debug(fields: object, text: string): void;
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
}
