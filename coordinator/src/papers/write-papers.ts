/** The papers of a plan as files by name, in two languages. */
import { dpiaDraft, itSheet } from '@consilium/shared/export';
import type { Plan } from '@consilium/shared/study';
import { type BundleHeadersInput, bundleHeaders, nginxConfig } from './bundle-headers.ts';

export interface PapersInput {
  readonly plan: Plan;
  /** How many hospitals are expected. */
  readonly hospitals: number;
  /** Build hash of the client. */
  readonly build: string | null;
  readonly serving: BundleHeadersInput;
}

const SERVED_FROM = '/srv/consilium-client';

export function writePapers({ plan, hospitals, build, serving }: PapersInput): Readonly<Record<string, string>> {
  const { origin, hostname, port, protocol } = new URL(serving.coordinator);
  const isHttps = protocol === 'https:';
  const coordinator = { origin, host: hostname, port: port === '' ? (isHttps ? 443 : 80) : Number(port), isHttps };
  const headers = bundleHeaders(serving);
  const texts = (['en', 'de'] as const).flatMap((language) => [
    [`it-sheet.${language}.md`, itSheet({ plan, coordinator, hospitals, build, headers, language })],
    [`dpia-draft.${language}.md`, dpiaDraft(plan, language)],
  ]);
  return {
    ...Object.fromEntries(texts),
    'nginx.conf': nginxConfig(serving, SERVED_FROM),
    'coordinator.json': `${JSON.stringify({ coordinator: origin })}\n`,
  };
}
