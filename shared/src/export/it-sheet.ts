/** The IT sheet of a study: for the people who open a hospital's network and serve its pages. One host, one port, bytes, log lines, headers. */
import { minimumContributors, type Plan, planHash } from '../study/index.ts';
import { bytesText, type PaperLanguage, plain, sayIn, table } from './paper.ts';
import { paperFigures } from './paper-figures.ts';

export interface ItSheetInput {
  readonly plan: Plan;
  readonly coordinator: { readonly origin: string; readonly host: string; readonly port: number; readonly isHttps: boolean };
  /** How many hospitals are expected. */
  readonly hospitals: number;
  /** Build hash of the client; null where it is not known. */
  readonly build: string | null;
  /** Headers a hospital's own server must send with the pages, by name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly language: PaperLanguage;
}

/** Markdown. */
export function itSheet({ plan, coordinator, hospitals, build, headers, language }: ItSheetInput): string {
  const say = sayIn(language);
  const { host, port, isHttps } = coordinator;
  const figures = paperFigures(plan, hospitals);
  const network = [
    [say('Host', 'Rechner'), `\`${host}\``],
    ['Port', `${port} (TCP)`],
    [say('Direction', 'Richtung'), say('from the browser outwards; nothing comes in', 'vom Browser nach außen; nichts kommt herein')],
    [
      say('Protocols', 'Protokolle'),
      `${isHttps ? 'HTTPS, WSS' : 'HTTP, WS'} (${say('long polling where WebSockets are blocked', 'Long-Polling, wo WebSockets gesperrt sind')})`,
    ],
    [say('Other hosts', 'Andere Rechner'), say('none', 'keine')],
    [
      say('Installed', 'Installiert'),
      say('nothing; a current Chrome, Edge, Firefox or Safari', 'nichts; ein aktueller Chrome, Edge, Firefox oder Safari'),
    ],
  ];
  const bytes = [
    [say('signed messages of one sum', 'unterschriebene Nachrichten einer Summe'), bytesText(figures.messageBytes)],
    [say('masked numbers of one sum, at most', 'maskierte Zahlen einer Summe, höchstens'), bytesText(figures.vectorBytes)],
    [say('sums in a study without failures, usually', 'Summen einer Studie ohne Ausfälle, üblicherweise'), String(figures.sums)],
    [say('up in all, at most', 'hinaus insgesamt, höchstens'), bytesText(figures.totalBytes)],
  ];
  return `# ${say('IT sheet', 'IT-Blatt')}: ${plain(plan.title)}

${say('Written from the plan', 'Aus dem Plan geschrieben:')} \`${planHash(plan)}\`${say(', version ', ', Version ')}${plan.version}. ${say('Figures are for', 'Zahlen gelten für')} ${hospitals} ${say('hospitals; content without the framing of the transport.', 'Krankenhäuser; Inhalt ohne den Rahmen des Transports.')}

## ${say('Network', 'Netz')}

${table([say('What', 'Was'), say('Value', 'Wert')], network)}

## ${say('Bytes from one hospital', 'Bytes von einem Krankenhaus')}

${table([say('What', 'Was'), say('Size', 'Größe')], bytes)}

${say(
  'Chunks have at most 256 KiB. What comes back is of the same order; sums of up to 10,000 numbers are checked with the masked numbers of every hospital.',
  'Teile haben höchstens 256 KiB. Was zurückkommt, ist von derselben Größenordnung; Summen von bis zu 10.000 Zahlen werden mit den maskierten Zahlen aller Krankenhäuser geprüft.',
)}

## ${say('What a log of your proxy shows', 'Was ein Protokoll Ihres Proxys zeigt')}

\`\`\`
GET  /                              ${say('the page and its files, with hashes', 'die Seite und ihre Dateien, mit Prüfsummen')}
GET  /assets/…  /chamber.js  /tfjs-backend-wasm*.wasm
GET  /coordinator.json  /manifest.json
GET  /api/info   /api/studies/${plan.study}/plan
POST /api/studies/${plan.study}/join    ${say('once', 'einmal')}
GET  /socket.io/?EIO=4&transport=websocket   101, ${say('open while the page is', 'offen, solange die Seite offen ist')}
\`\`\`

${say('Every byte that leaves is in the page’s own list, with size and SHA-256; the coordinator counts the same.', 'Jedes Byte, das hinausgeht, steht in der Liste der Seite, mit Größe und SHA-256; die Koordination zählt dasselbe.')}
${say('A proxy that breaks TLS sees signatures, keys and masked numbers, and nothing it could read rows from.', 'Ein Proxy, der TLS aufbricht, sieht Unterschriften, Schlüssel und maskierte Zahlen, und nichts, woraus er Zeilen lesen könnte.')}
${say(`The coordinator can open sums over at least ${minimumContributors(plan)} hospitals.`, `Die Koordination kann Summen über mindestens ${minimumContributors(plan)} Krankenhäuser öffnen.`)}

## ${say('Serving the pages yourself', 'Die Seiten selbst ausliefern')}

${say(
  'Whoever serves the page could change it. Put the files of the build at the root of a host of your own, add `coordinator.json` beside them, send these headers with every answer, and check from another machine:',
  'Wer die Seite ausliefert, könnte sie ändern. Legen Sie die Dateien des Programms an die Wurzel eines eigenen Rechners, dazu `coordinator.json`, senden Sie mit jeder Antwort diese Kopfzeilen, und prüfen Sie von einem anderen Rechner aus:',
)}

\`\`\`
pnpm verify --client https://consilium.${say('your-hospital', 'ihr-krankenhaus')}.example${build === null ? '' : ` --expect ${build}`}
\`\`\`

\`coordinator.json\`:

\`\`\`json
${JSON.stringify({ coordinator: coordinator.origin })}
\`\`\`

${say('Headers', 'Kopfzeilen')} (\`chamber.js\` ${say('has a policy of its own', 'hat eine eigene Richtlinie')}: \`default-src 'none'; script-src 'wasm-unsafe-eval'\`):

\`\`\`
${Object.entries(headers)
  .map(([name, value]) => `${name}: ${value}`)
  .join('\n')}
\`\`\`

${say('The coordinator must be started with', 'Die Koordination muss gestartet sein mit')} \`--allow-origin https://consilium.${say('your-hospital', 'ihr-krankenhaus')}.example\`. ${say('Serve over https; browsers withhold key storage otherwise.', 'Liefern Sie über https aus; sonst verweigern Browser die Schlüsselablage.')}
`;
}
