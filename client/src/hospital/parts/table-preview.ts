/** How the file was read, and its first rows: the encoding, delimiter, decimal mark and header row can be chosen here. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ReadChoices, TableView } from '../../chamber/index.ts';
import { dataTable } from '../../charts/index.ts';
import { formatNumber, say, sayOr } from '../../messages/index.ts';

const DELIMITERS = [',', ';', '\t', '|', ' '] as const;
const DELIMITER_WORDS = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar', ' ': 'space' } as const;
const ENCODINGS = [
  'utf-8',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'utf-16le',
  'utf-16be',
] as const;

/** Name, size and dialect in two lines. */
export function tableSummary(table: TableView, files: readonly string[]): TemplateResult {
  const [name = ''] = files;
  const title = files.length === 1 ? name : say('data.files', { count: files.length });
  const rows = table.rowCount === null ? '' : say('data.rows.count', { rows: formatNumber(table.rowCount, 0) });
  const columns = say('data.columns.count', { columns: formatNumber(table.columns.length, 0) });
  return html`<p class="file-line"><strong>${title}</strong> <span>${[rows, columns].filter((part) => part !== '').join(' · ')}</span></p>
    <p class="note">${dialectOf(table)}</p>`;
}

function dialectOf({ format, encoding, delimiter, decimal, sheet }: TableView): string {
  const parts = [
    sayOr(`data.format.${format}`, format),
    sheet === null ? null : say('data.sheet.name', { sheet }),
    encoding === null ? null : encodingName(encoding),
    delimiter === null ? null : delimiterName(delimiter),
    decimal === null || delimiter === null ? null : say(decimal === ',' ? 'data.decimal.comma' : 'data.decimal.point'),
  ];
  return parts.filter((part) => part !== null).join(', ');
}

const encodingName = (encoding: string): string => encoding.replace(/^windows/, 'Windows').replace(/^utf/, 'UTF');

function delimiterName(delimiter: string): string {
  const word = DELIMITER_WORDS[delimiter as keyof typeof DELIMITER_WORDS];
  return word === undefined ? delimiter : say(`data.delimiter.${word}`);
}

/** @param reread - Reads the same files another way; the page shows the new beginning at once. */
export function tablePreview(
  table: TableView,
  choices: ReadChoices,
  isReading: boolean,
  reread: (choices: ReadChoices) => void,
): TemplateResult {
  const isDoubtful = table.encodings.length > 1;
  const hidden = new Map(table.identifiers.map(({ column, kind }) => [column, kind]));
  return html`<details class="first-rows" ?open=${isDoubtful && choices.encoding === undefined}>
    <summary>${say('data.preview')}</summary>
    ${isDoubtful ? encodingChoice(table, reread) : nothing} ${table.encoding === null ? nothing : dialectChoices(table, isReading, reread)}
    ${table.sheets.length > 1 ? sheetChoice(table, reread) : nothing}
    <p class="note">${say('data.preview.note')}</p>
    ${dataTable(
      say('data.preview'),
      table.columns.map((title, index) => ({
        title: hidden.has(title)
          ? html`<span class="withheld">${title}<small>${identifierWords(hidden.get(title) ?? '')}</small></span>`
          : title,
        value: (row: readonly string[]) =>
          hidden.has(title) ? html`<span class="withheld" aria-label=${say('data.withheld')}>–</span>` : (row[index] ?? ''),
      })),
      table.rows,
    )}
    ${table.notes.map((note) => html`<p class="note">${note}</p>`)}
  </details>`;
}

/** Why a column is not read. */
export const identifierWords = (kind: string): string => say('data.identifier', { kind: sayOr(`data.identifier.${kind}`, kind) });

/** Where the bytes fit several encodings: the same words of the file in each, and a person who can read them. */
function encodingChoice({ encodings, encoding }: TableView, reread: (choices: ReadChoices) => void): TemplateResult {
  return html`<fieldset class="encodings">
    <legend>${say('data.encoding.which')}</legend>
    ${encodings.map(
      (option) => html`<label
        ><input type="radio" name="encoding-sample" .checked=${option.encoding === encoding} @change=${() => reread({ encoding: option.encoding })} />
        <span class="sample">${option.sample}</span> <small class="quiet">${encodingName(option.encoding)}</small></label
      >`,
    )}
  </fieldset>`;
}

function dialectChoices(table: TableView, isReading: boolean, reread: (choices: ReadChoices) => void): TemplateResult {
  const encodings = [...new Set([table.encoding ?? 'utf-8', ...ENCODINGS])];
  const delimiters = [...new Set([table.delimiter ?? ',', ...DELIMITERS])];
  return html`<div class="dialect">
    ${choice(
      say('data.encoding'),
      encodings.map((value) => [value, encodingName(value)]),
      table.encoding,
      isReading,
      (encoding) => reread({ encoding }),
    )}
    ${choice(
      say('data.delimiter'),
      delimiters.map((value) => [value, delimiterName(value)]),
      table.delimiter,
      isReading,
      (delimiter) => reread({ delimiter }),
    )}
    ${choice(
      say('data.decimal'),
      [
        ['.', say('data.decimal.point')],
        [',', say('data.decimal.comma')],
      ],
      table.decimal,
      isReading,
      (decimal) => reread({ decimal: decimal === ',' ? ',' : '.' }),
    )}
    ${headerChoice(table, isReading, reread)}
  </div>`;
}

function choice(
  label: string,
  options: readonly (readonly [value: string, name: string])[],
  value: string | null,
  isReading: boolean,
  choose: (value: string) => void,
): TemplateResult {
  return html`<label
    >${label}<select ?disabled=${isReading} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      ${options.map(([id, name]) => html`<option value=${id} .selected=${live(id === value)}>${name}</option>`)}
    </select></label
  >`;
}

function headerChoice({ headerRow }: TableView, isReading: boolean, reread: (choices: ReadChoices) => void): TemplateResult {
  const choose = (event: Event) => {
    const line = Number((event.target as HTMLInputElement).value);
    if (Number.isInteger(line) && line >= 0) reread({ headerRow: line === 0 ? null : line });
  };
  return html`<label
    >${say('data.header-row')}<input type="number" min="0" max="1000" step="1" .value=${String(headerRow ?? 0)} ?disabled=${isReading} @change=${choose} />
    <small>${say('data.header-row.none')}</small></label
  >`;
}

function sheetChoice({ sheets, sheet }: TableView, reread: (choices: ReadChoices) => void): TemplateResult {
  return choice(
    say('data.sheet'),
    sheets.map((name) => [name, name]),
    sheet,
    false,
    (name) => reread({ sheet: name }),
  );
}
