/** Words of column names that speak of a person's identity, in English, German, French, Spanish, Italian, Polish, Dutch, Portuguese and others. */
import { fold, squash } from './fold.ts';

export type IdentifierKind =
  | 'name'
  | 'record-number'
  | 'national-id'
  | 'insurance-number'
  | 'phone'
  | 'email'
  | 'address'
  | 'postcode'
  | 'birth-date'
  | 'bank-account'
  | 'network-address'
  | 'free-text';

interface NameRule {
  readonly kind: IdentifierKind;
  /** Anywhere in the name, blanks left out. */
  readonly parts: RegExp;
  /** As a whole word of the name. */
  readonly words: RegExp;
}

const RULES: readonly NameRule[] = [
  {
    kind: 'birth-date',
    parts:
      /dateofbirth|birthdate|birthday|birthdt|geburtsdatum|geburtstag|gebdat|datedenaissance|datenaissance|fechadenacimiento|fechanacimiento|fechanac|datadinascita|datanascita|dataurodzenia|geboortedatum|datadenascimento|datumnarozeni|szuletesidatum|fodselsdato/,
    words: /^(?:dob|gebdat|gebdatum|gebd|ddn|fnac|bday|dtnasc|birth dt|birth date)$/,
  },
  {
    kind: 'email',
    parts: /email|emailadresse|courriel|correoelectronico|postaelettronica/,
    words: /^(?:e mail|mail|correo|mailadresse)$/,
  },
  {
    kind: 'phone',
    parts: /telephone|telefon|phone|handynummer|handynr|mobilenumber|mobilnummer|mobilfunk|cellulare|komorka|numertel|telnr|rufnummer|faxn/,
    words: /^(?:tel|fon|handy|mobile|mobil|fax|movil|gsm|tlf)$/,
  },
  {
    kind: 'bank-account',
    parts: /^iban|kontonummer|bankaccount|accountnumber|creditcard|kreditkarte|kontonr|numerkonta/,
    words: /^(?:iban|bic|kto)$/,
  },
  {
    kind: 'national-id',
    parts:
      /socialsecurity|sozialversicherung|securitesociale|seguridadsocial|codicefiscale|steuerid|steuernummer|nationalid|nationalnumber|personnummer|personalausweis|passport|reisepass|rodnecislo|dowodosobisty|burgerservice|nhsnumber|nhsno|aadhaar|driverlicen|rentenversicherung|pesel|ahvnummer|ahvnr/,
    words: /^(?:ssn|svnr|nss|nir|dni|nie|nif|cpf|bsn|nino|tin|cnp|egn|oib|ahv|taj|cf|nhs|svnummer)$/,
  },
  {
    kind: 'insurance-number',
    parts:
      /versichertennummer|versichertennr|versicherungsnummer|insurancenumber|insuranceno|insuranceid|kvnr|krankenversichertennr|policynumber|memberid|medicareid|medicareno|numeroassure|numerubezpieczenia/,
    words: /^(?:kvnr|vnr|egk|mbi|hicn)$/,
  },
  {
    kind: 'name',
    parts:
      /lastname|surname|familyname|firstname|givenname|forename|fullname|middlename|maidenname|nachname|vorname|familienname|geburtsname|patientname|patientenname|patname|nombrepaciente|apellido|cognome|nazwisko|imie(?!n)|prenom|achternaam|voornaam|sobrenome|nomedopaciente|nomfamille|nomdefamille|nompatient|nomcomplet|mothername|fathername|initials|initialen|jmeno|prijmeni|imiona|physicianname|doctorname|arztname|ansprechpartner|nextofkin|angehorige/,
    words: /^(?:name|names|nom|nombre|nombres|nome|naam|imie|fname|lname|vname|nname|namen|apellidos|contact|surname|title)$/,
  },
  {
    kind: 'postcode',
    parts: /postcode|postalcode|zipcode|postleitzahl|codepostal|codigopostal|kodpocztowy|codiceavviamento|postnummer|psc$/,
    words: /^(?:zip|plz|postal|zip5|zip4|cap postale)$/,
  },
  {
    kind: 'address',
    parts:
      /address(?!ed)|adresse|anschrift|direccion|indirizzo|adres|endereco|strasse|street|hausnummer|hausnr|wohnort|domicilio|residence|ulica|miejscowosc|ciudad|wohnadr|latitude|longitude/,
    words: /^(?:adr|addr|str|city|town|ort|ville|citta|miasto|rue|via|calle|geo|lat lon)$/,
  },
  {
    kind: 'record-number',
    parts:
      /medicalrecord|recordnumber|patientid|patientenid|patientnumber|patientno|patientnr|patientennummer|patientennr|patid|patnr|fallnummer|fallnr|casenumber|caseno|caseid|hospitalnumber|hospno|aktenzeichen|chartnumber|accessionn|encounterid|encounternumber|visitid|visitnumber|numerodossier|numeropatient|numerohistoria|historiaclinica|numeropaziente|cartellaclinica|numerpacjenta|idpacjenta|idpatient|idpaziente|idpaciente|subjectid|subjectno|participantid|studyid|personid|recordid|deviceid|serialnumber|seriennummer|sampleid|probenid|barcode|admissionid|stayid|hadmid|pseudonym/,
    words: /^(?:mrn|pid|id|ipp|nip|nhc|kis|pseudonym|upi|empi|usubjid|subjid|identifier|urn|uuid|guid|sapnr|uid)$/,
  },
  { kind: 'network-address', parts: /ipaddress|ipadresse|macaddress|useragent|^url$|website|webseite/, words: /^(?:ip|url|mac)$/ },
  {
    kind: 'free-text',
    parts:
      /freetext|freitext|comment|kommentar|bemerkung|remark|anmerkung|anamnes|clinicalnote|narrative|epikrise|arztbrief|befundtext|commentaire|observaciones|comentario|annotazion|osservazion|uwagi|komentarz|opmerking|verlauf|discharge(?:letter|summary)|progressnote|notatki/,
    words: /^(?:note|notes|notiz|notizen|text|texte|testo|befund|memo|description|beschreibung)$/,
  },
];

/** Names that hold such a word and mean something else. */
const INNOCENT =
  /drug|medication|medikament|gene|hospitalname|klinikname|sitename|centername|testname|variantname|parity|nominal|birthweight|geburtsgewicht|addressed|relationship|hausarztkontakt|discharge(?:status|disposition)/;

/**
 * What a column's name says it identifies.
 *
 * @returns Null for a name that speaks of nobody. The content must agree; see `identifierOf`.
 * @example identifierNamed('Geburtsdatum') // "birth-date"
 */
export function identifierNamed(column: string): IdentifierKind | null {
  const folded = fold(column);
  const joined = squash(column);
  if (INNOCENT.test(joined)) return null;
  const words = [folded, ...folded.split(' ')];
  return RULES.find(({ parts, words: whole }) => parts.test(joined) || words.some((word) => whole.test(word)))?.kind ?? null;
}
