/**
 * Numbers that states and banks give to people, told by their check digits: a column of them is found whatever its name.
 * Sources: ISO 13616 (IBAN), ISO/IEC 7064, ISO/IEC 7812 (Luhn), and the published rule of each number.
 */

export interface PersonalNumber {
  readonly kind: 'national-id' | 'bank-account' | 'insurance-number';
  /** Form without blanks, in upper case. */
  readonly form: RegExp;
  readonly isValid: (text: string) => boolean;
  /** Whether the form alone says much: letters or separators in it, so that measured values never have it. */
  readonly isTelling: boolean;
}

const digitsOf = (text: string): number[] => Array.from(text.replace(/\D/g, ''), Number);
const weighted = (text: string, weights: readonly number[]): number => {
  const digits = digitsOf(text);
  return weights.reduce((sum, weight, at) => sum + weight * (digits[at] ?? 0), 0);
};
const lastDigit = (text: string): number => digitsOf(text).at(-1) ?? -1;

/** ISO/IEC 7812: every second digit doubled, from the right. */
export function isLuhn(text: string): boolean {
  const digits = digitsOf(text).reverse();
  const sum = digits.reduce((total, digit, at) => total + (at % 2 === 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2), 0);
  return digits.length > 1 && sum % 10 === 0;
}

/** Remainder of a long number written in digits. */
function remainder(digits: string, modulus: number): number {
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % modulus;
  return rest;
}

function isIban(text: string): boolean {
  const moved = text.slice(4) + text.slice(0, 4);
  return remainder(Array.from(moved, (sign) => Number.parseInt(sign, 36)).join(''), 97) === 1;
}

/** ISO/IEC 7064 mod 11,10: German tax number, Croatian OIB. */
function isMod1110(text: string): boolean {
  const digits = digitsOf(text);
  let product = 10;
  for (const digit of digits.slice(0, -1)) {
    const sum = (digit + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === digits.at(-1);
}

function isPlausibleSsn(text: string): boolean {
  const [area, group, serial] = [text.slice(0, 3), text.slice(-6, -4), text.slice(-4)];
  return area !== '000' && area !== '666' && area < '900' && group !== '00' && serial !== '0000';
}

const ODD_VALUES = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
function isCodiceFiscale(text: string): boolean {
  const place = (sign: string) => (/\d/.test(sign) ? Number(sign) : sign.charCodeAt(0) - 65);
  const sum = Array.from(text.slice(0, 15)).reduce((total, sign, at) => total + (at % 2 === 0 ? ODD_VALUES[place(sign)]! : place(sign)), 0);
  return String.fromCharCode(65 + (sum % 26)) === text[15];
}

/** Letter and digits with weights 1, 2 and digit sums: German health insurance number. */
function isKvnr(text: string): boolean {
  const letter = String(text.charCodeAt(0) - 64).padStart(2, '0');
  const digits = digitsOf(letter + text.slice(1, 9));
  const sum = digits.reduce((total, digit, at) => {
    const product = digit * (at % 2 === 0 ? 1 : 2);
    return total + (product > 9 ? product - 9 : product);
  }, 0);
  return sum % 10 === Number(text[9]);
}

/** German pension insurance number: digits weighted, the letter as two digits. */
function isPensionNumber(text: string): boolean {
  const letter = String(text.charCodeAt(8) - 64).padStart(2, '0');
  const digits = digitsOf(text.slice(0, 8) + letter + text.slice(9, 11));
  const weights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1];
  const sum = digits.reduce((total, digit, at) => {
    const product = digit * weights[at]!;
    return total + Math.floor(product / 10) + (product % 10);
  }, 0);
  return sum % 10 === Number(text[11]);
}

const DNI_LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';
const isDni = (text: string): boolean =>
  DNI_LETTERS[Number(text.slice(0, -1).replace('X', '0').replace('Y', '1').replace('Z', '2')) % 23] === text.at(-1);

function isNir(text: string): boolean {
  const body = text.slice(0, 13).replace('2A', '19').replace('2B', '18');
  return 97 - remainder(body, 97) === Number(text.slice(13));
}

const bornFirst = (text: string, yearFirst: boolean): boolean => {
  const [a, month, c] = [Number(text.slice(0, 2)), Number(text.slice(2, 4)), Number(text.slice(4, 6))];
  const day = yearFirst ? c : a;
  return day >= 1 && day <= 31 && month % 20 >= 1 && month % 20 <= 12;
};

/** The numbers, the most telling first. */
export const PERSONAL_NUMBERS: readonly PersonalNumber[] = [
  { kind: 'bank-account', form: /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/, isValid: isIban, isTelling: true },
  { kind: 'national-id', form: /^\d{3}-\d{2}-\d{4}$/, isValid: isPlausibleSsn, isTelling: true },
  {
    kind: 'national-id',
    form: /^[A-Z]{6}[0-9LMNP-V]{2}[ABCDEHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]$/,
    isValid: isCodiceFiscale,
    isTelling: true,
  },
  { kind: 'national-id', form: /^(?:\d{8}|[XYZ]\d{7})-?[A-Z]$/, isValid: (text) => isDni(text.replace('-', '')), isTelling: true },
  { kind: 'insurance-number', form: /^[A-Z]\d{9}$/, isValid: isKvnr, isTelling: true },
  { kind: 'insurance-number', form: /^\d{8}[A-Z]\d{3}$/, isValid: isPensionNumber, isTelling: true },
  { kind: 'national-id', form: /^756\.?\d{4}\.?\d{4}\.?\d{2}$/, isValid: isEan13, isTelling: true },
  { kind: 'national-id', form: /^\d{6}[-+A]\d{3}[0-9A-Y]$/, isValid: (text) => bornFirst(text, false), isTelling: true },
  {
    kind: 'national-id',
    form: /^\d{6}[/-]\d{3,4}$/,
    isValid: (text) => bornFirst(text, false) || bornFirst(text.slice(0), true) || Number(text.slice(2, 4)) > 50,
    isTelling: true,
  },
  { kind: 'national-id', form: /^\d{3}\.\d{3}\.\d{3}-\d{2}$/, isValid: isCpf, isTelling: true },
  { kind: 'national-id', form: /^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/, isValid: () => true, isTelling: true },
  { kind: 'national-id', form: /^[12]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)\d{1}[\dAB]\d{8}$/, isValid: isNir, isTelling: false },
  { kind: 'national-id', form: /^\d{11}$/, isValid: isEleven, isTelling: false },
  { kind: 'national-id', form: /^\d{10}$/, isValid: isTen, isTelling: false },
  { kind: 'national-id', form: /^\d{9}$/, isValid: isNine, isTelling: false },
];

function isEan13(text: string): boolean {
  const digits = digitsOf(text);
  const sum = digits.slice(0, 12).reduce((total, digit, at) => total + digit * (at % 2 === 0 ? 1 : 3), 0);
  return (10 - (sum % 10)) % 10 === digits[12];
}

function isCpf(text: string): boolean {
  const check = (weights: readonly number[]) => ((weighted(text, weights) * 10) % 11) % 10;
  const digits = digitsOf(text);
  return check([10, 9, 8, 7, 6, 5, 4, 3, 2]) === digits[9] && check([11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) === digits[10];
}

/** Eleven digits: PESEL (Poland), tax number (Germany), OIB (Croatia), CPF (Brazil), fødselsnummer (Norway), T.C. (Türkiye), Belgium. */
function isEleven(text: string): boolean {
  const pesel = (10 - (weighted(text, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === lastDigit(text) && bornFirst(text, true);
  const norwegian =
    weighted(text, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 === 0 && weighted(text, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0;
  const belgian =
    97 - remainder(text.slice(0, 9), 97) === Number(text.slice(9)) || 97 - remainder(`2${text.slice(0, 9)}`, 97) === Number(text.slice(9));
  return pesel || norwegian || belgian || isMod1110(text) || isCpf(text);
}

/** Ten digits: NHS number (United Kingdom), Swedish personnummer, Czech and Slovak birth number, Austrian insurance, Bulgarian EGN. */
function isTen(text: string): boolean {
  const nhs = 11 - (weighted(text, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11);
  const austrian = weighted(text, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 === digitsOf(text)[3];
  return (
    (nhs === 11 ? 0 : nhs) === lastDigit(text) ||
    (bornFirst(text, true) && (isLuhn(text) || Number(text) % 11 === 0)) ||
    austrian ||
    ((weighted(text, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10 === lastDigit(text) && bornFirst(text, true))
  );
}

/** Nine digits: BSN (Netherlands), SIN (Canada), TAJ (Hungary), NIF (Portugal). */
function isNine(text: string): boolean {
  const bsn = weighted(text, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0;
  const taj = weighted(text, [3, 7, 3, 7, 3, 7, 3, 7]) % 10 === lastDigit(text);
  const nif = 11 - (weighted(text, [9, 8, 7, 6, 5, 4, 3, 2]) % 11);
  return bsn || taj || isLuhn(text) || (nif > 9 ? 0 : nif) === lastDigit(text);
}
