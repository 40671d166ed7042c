/**
 * Letters beyond ASCII by language, the commoner ones doubled, and the encodings in which hospitals write each language. A text that is
 * not Unicode is told by which encoding makes it look most like one of these. Source of the letters: the languages' alphabets.
 */

export interface Alphabet {
  readonly language: string;
  /** Lower case; a letter standing n times is about n times as common as one standing once. */
  readonly letters: string;
  readonly encodings: readonly string[];
}

const WEST = ['windows-1252', 'iso-8859-15'];
const CENTRAL = ['windows-1250', 'iso-8859-2'];
const CYRILLIC = ['windows-1251', 'koi8-r', 'iso-8859-5', 'ibm866'];

export const ALPHABETS: readonly Alphabet[] = [
  { language: 'German', letters: 'üüüüääääöööß', encodings: WEST },
  { language: 'French', letters: 'éééééééèèèàààêêçôîûùœëïâ', encodings: WEST },
  { language: 'Spanish', letters: 'óóóííííáááéééññúü¿¡', encodings: WEST },
  { language: 'Portuguese', letters: 'ãããçççéééáááíóóêêõâàúô', encodings: WEST },
  { language: 'Italian', letters: 'àààèèèùùòòìé', encodings: WEST },
  { language: 'Nordic', letters: 'äääöööåååøøøæææéðþýíóúá', encodings: WEST },
  { language: 'Dutch', letters: 'ëëëééïïöüèáó', encodings: WEST },
  { language: 'Polish', letters: 'łłłłąąąąęęęęóóóśśśżżżććńńź', encodings: CENTRAL },
  { language: 'Czech', letters: 'íííááááéééěěřřřšššččžžžýýůůúďťňó', encodings: CENTRAL },
  { language: 'Slovak', letters: 'áááíííéééčččšššžžžýýúúľľťňôďäóĺŕ', encodings: CENTRAL },
  { language: 'Hungarian', letters: 'áááááééééééóóóöööőőőíííüüúúűű', encodings: CENTRAL },
  { language: 'South Slavic', letters: 'čččššššžžžćććđđ', encodings: CENTRAL },
  { language: 'Romanian', letters: 'ăăăăşşşţţţîîîâââ', encodings: CENTRAL },
  { language: 'Russian', letters: 'оооооеееееаааааииииннннттттсссрррввллккммддппууяыыьгзбчйхжшюцщэфъё', encodings: CYRILLIC },
  {
    language: 'Ukrainian',
    letters: 'ооооааааииинннввіііееттррсссккллууддммппзяьбгйчхїцюшєжщфґ',
    encodings: ['windows-1251', 'koi8-u', 'iso-8859-5'],
  },
  { language: 'Bulgarian', letters: 'ааааоооееиииттннсррввллккддппммззъъяггбуучцжщшхфйюь', encodings: CYRILLIC },
  { language: 'Greek', letters: 'ααααοοοοιιιεεετττσσννηηυυρρππκκμλςωωδγχθφβξζψάέήίόύώϊϋ', encodings: ['windows-1253', 'iso-8859-7'] },
  { language: 'Turkish', letters: 'ııııııiiüüüüşşşğğğööççç', encodings: ['windows-1254'] },
  { language: 'Lithuanian', letters: 'ėėėššššųųųžžžįįįąąčččęęūū', encodings: ['windows-1257', 'iso-8859-13'] },
  { language: 'Latvian', letters: 'āāāāāīīīēēēšššūūņņļļžžķķģģčč', encodings: ['windows-1257', 'iso-8859-13', 'iso-8859-4'] },
  { language: 'Estonian', letters: 'äääääõõõõüüüööšž', encodings: ['windows-1257', 'windows-1252'] },
];

/** Signs that stand in clinical texts in any language. */
export const SIGNS = '°µ²³±§€£½¼×–—‘’“”„«»…•·¹ºª®™\u00a0\u00ad';
