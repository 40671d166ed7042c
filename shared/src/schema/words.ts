/** Words that stand for codes in several languages: yes and no, the sexes, and what is missing. Folded; see `fold`. */
import { fold } from './fold.ts';

const YES =
  'yes y ja j oui o si s tak t true wahr vrai verdadero vero prawda positive positiv pos present vorhanden + x 1 sim ano igen evet kylla da';
const NO = 'no n f nein non nie false falsch faux falso falsz negative negativ neg absent nicht keine kein - 0 nao ne nem hayir ei nee';
const MALE = 'male m mann man mannlich maennlich masculin masculino maschio maschile mezczyzna meski homme hombre uomo herr h mr mand muz';
const FEMALE =
  'female f w frau woman weiblich feminin feminino femenino femmina femminile kobieta zenski femme mujer donna k vrouw v mrs kvinde zena';

const DEAD = 'dead died deceased verstorben gestorben tot exitus decede decedee muerto fallecido deceduto morto zgon zmarl zemrel umrti';
const ALIVE = 'alive living survived lebt lebend lebendig vivant vivante vivo zyje zijici zije';

const PHRASES = new Map<string, readonly string[]>([
  [
    'never',
    [
      'never',
      'nie',
      'niemals',
      'jamais',
      'nunca',
      'mai',
      'nigdy',
      'nikdy',
      'nekurak',
      'never smoker',
      'nieraucher',
      'non smoker',
      'nonsmoker',
      'non fumeur',
      'no fumador',
      'non fumatore',
      'niepalacy',
    ],
  ],
  [
    'former',
    [
      'former',
      'ex',
      'ehemals',
      'exraucher',
      'ex raucher',
      'ex smoker',
      'ancien fumeur',
      'exfumador',
      'ex fumatore',
      'byly palacz',
      'byly kurak',
      'byvaly',
      'byvaly kurak',
      'previous',
      'past',
      'former smoker',
      'quit',
      'ehemalig',
      'ehemaliger raucher',
      'ancien',
    ],
  ],
  [
    'current',
    [
      'current',
      'aktuell',
      'aktiv',
      'raucher',
      'smoker',
      'fumeur',
      'fumador',
      'fumatore',
      'palacz',
      'active',
      'current smoker',
      'current every day smoker',
      'daily',
      'actuel',
      'actual',
      'attuale',
      'obecnie',
      'palacy',
      'soucasny',
      'kurak',
    ],
  ],
]);

/** What a word of a file means, where it is one of the usual ones. */
export type Meaning = 'dead' | 'alive' | 'yes' | 'no' | 'male' | 'female' | 'never' | 'former' | 'current';

const asSet = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const MEANINGS: readonly (readonly [Meaning, ReadonlySet<string>])[] = [
  ['yes', asSet(YES)],
  ['no', asSet(NO)],
  ['male', asSet(MALE)],
  ['female', asSet(FEMALE)],
  ['dead', asSet(DEAD)],
  ['alive', asSet(ALIVE)],
  ...[...PHRASES].map(([meaning, phrases]) => [meaning as Meaning, new Set(phrases)] as const),
];

/**
 * Everything a text of a file may mean.
 *
 * @example meaningsOf('Männlich') // ["male"]
 */
export function meaningsOf(text: string): Meaning[] {
  const trimmed = text.trim().toLowerCase();
  const word = trimmed === '+' || trimmed === '-' ? trimmed : fold(text);
  return MEANINGS.filter(([, words]) => words.has(word)).map(([meaning]) => meaning);
}

const MISSING =
  'na|n a|nan|null|none|nil|missing|unk|unknown|unbekannt|nd|n d|not done|not available|not known|not recorded|not applicable|not collected|no data|nr|nk|ka|k a|keine angabe|fehlt|fehlend|nicht bestimmt|nicht erhoben|entfallt|inconnu|non renseigne|nc|manquant|desconocido|sin dato|sin datos|no consta|sconosciuto|non disponibile|mancante|brak|brak danych|nieznane|nieznany|missing value|blank|empty|refused|pending|to follow|error|value|ref|div 0|onbekend|desconhecido|ukjent|okant|b d|bd|nie oznaczono|nie wykonano|nie dotyczy|neuvedeno|nezjisteno|neznamo|neni|nemereno|non fait|non dose|no realizado|non eseguito|nicht gemessen|nicht durchgefuhrt';
const MISSING_WORDS = new Set(MISSING.split('|'));

/** Whether a text is one of the words people write for a value that is not there; `-`, `--`, `*` and `#N/A` too. */
export function isMissingWord(text: string): boolean {
  const trimmed = text.trim();
  if (/^[-–—*?.#_/\\]+$/.test(trimmed)) return true;
  if (/^\.[A-Za-z_]$/.test(trimmed)) return true; // SAS and Stata: .A to .Z, ._
  return MISSING_WORDS.has(fold(trimmed));
}

/** Numbers that people write for a value that is not there. */
export function isSentinel(value: number): boolean {
  return SENTINELS.has(value);
}
const SENTINELS = new Set([
  -1, -2, -3, -4, -5, -6, -7, -8, -9, -77, -88, -98, -99, -777, -888, -998, -999, -1000, -9999, -99_999, 0, 9, 77, 88, 98, 99, 99.9, 777,
  888, 998, 999, 999.9, 7777, 8888, 9998, 9999, 9999.9, 77_777, 88_888, 99_999, 999_999, 9_999_999, 99_999_999, -999_999,
]);
