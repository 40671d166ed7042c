/**
 * What is measured in clinics, with the words it goes by, what converts it, and how it is spread among adult patients.
 *
 * Molar masses in g/mol from PubChem (compound records; averaged as laboratories use them for triglycerides: triolein 885.4).
 * `median` and `spread` are rounded from NHANES 2017–2020 adult tables and usual reference intervals; they only have to tell one unit
 * from another, never one patient from another. Spread is the standard deviation of the natural logarithm, widened for hospital patients.
 */
export interface QuantityEntry {
  readonly key: string;
  /** Folded names in several languages; the first is the English one. */
  readonly words: readonly string[];
  readonly loinc: readonly string[];
  /** g/mol, where mass and amount of substance are both written. */
  readonly molarMass: number | null;
  /** Unit of `median`, in UCUM. */
  readonly unit: string;
  readonly median: number;
  readonly spread: number;
  /** Units hospitals write it in; the detective tries only these. */
  readonly others: readonly string[];
}

/** key; unit; median; spread; molar mass; units; LOINC codes, and below each line its words. */
const TABLE = `
glucose; mg/dL; 105; 0.33; 180.156; mg/dL mmol/L g/L; 2339-0 2345-7 1558-6 15074-8 14749-6
  glucose|blood glucose|blood sugar|fasting glucose|glukose|glucose plasma|blutzucker|nuchternglukose|bz|glycemie|glucosa|
  glucemia|glicemia|glukoza|glukoza na czczo|glykemie|glykemia|vercukor|glu|gluc|fpg|bg
cholesterol; mg/dL; 195; 0.24; 386.65; mg/dL mmol/L g/L; 2093-3 14647-2
  cholesterol|total cholesterol|serum cholesterol|cholesterin|gesamtcholesterin|cholesterol total|colesterol|colesterol total|
  colesterolo|colesterolo totale|cholesterol calkowity|celkovy cholesterol|koleszterin|cholesterolemie|chol|tc|tchol|totchol
ldl; mg/dL; 113; 0.33; 386.65; mg/dL mmol/L g/L; 18262-6 13457-7 2089-1 22748-8
  ldl|ldl cholesterol|ldl c|ldl chol|ldlc|ldl cholesterin|cholesterol ldl|colesterol ldl|colesterolo ldl
hdl; mg/dL; 50; 0.28; 386.65; mg/dL mmol/L g/L; 2085-9 14646-4
  hdl|hdl cholesterol|hdl c|hdl chol|hdlc|hdl cholesterin|cholesterol hdl|colesterol hdl|colesterolo hdl
triglycerides; mg/dL; 120; 0.55; 885.4; mg/dL mmol/L g/L; 2571-8 14927-8
  triglycerides|triglyceride|triglyzeride|trigliceridos|trigliceridi|triglicerydy|trig|tg|trigs
creatinine; mg/dL; 0.95; 0.42; 113.12; mg/dL umol/L mmol/L mg/L; 2160-0 38483-4 14682-9
  creatinine|serum creatinine|kreatinin|krea|serumkreatinin|creatinina|creatininemie|kreatynina|kreatynina w surowicy|creatinine serique|crea|creat|scr|cr
urea; mg/dL; 34; 0.45; 60.056; mg/dL mmol/L g/L; 3091-6 22664-7
  urea|harnstoff|uree|mocznik|serum urea|urea serum
urea-nitrogen; mg/dL; 16; 0.45; 28.0134; mg/dL mmol/L; 3094-0 6299-2
  urea nitrogen|bun|blood urea nitrogen|harnstoff n|azotemia
bilirubin; mg/dL; 0.6; 0.6; 584.66; mg/dL umol/L; 1975-2 14631-6
  bilirubin|total bilirubin|bilirubin total|bilirubine|bilirrubina|bilirubina|bili|tbil|gesamtbilirubin
calcium; mg/dL; 9.4; 0.06; 40.078; mg/dL mmol/L mg/L; 17861-6 2000-8
  calcium|kalzium|calcio|wapn|ca total|serum calcium|calcium total
uric-acid; mg/dL; 5.4; 0.28; 168.11; mg/dL umol/L mmol/L; 3084-1 14933-6
  uric acid|urate|harnsaure|acide urique|acido urico|kwas moczowy|ua
phosphate; mg/dL; 3.6; 0.2; 30.973762; mg/dL mmol/L; 2777-1 14879-1
  phosphate|phosphorus|phosphat|fosfato|fosforo|fosfor|phosphore|po4
magnesium; mg/dL; 2.05; 0.1; 24.305; mg/dL mmol/L; 19123-9 2601-3
  magnesium|magnesio|magnez|mg serum
lactate; mg/dL; 13; 0.55; 90.08; mg/dL mmol/L; 2524-7 32693-4
  lactate|laktat|lactato|lattato|mleczan|lactic acid
iron; ug/dL; 85; 0.45; 55.845; ug/dL umol/L; 2498-4 14798-3
  iron|serum iron|eisen|fer serique|hierro|sideremia|zelazo
vitamin-d; ng/mL; 25; 0.42; 400.64; ng/mL nmol/L; 1989-3 62292-8
  vitamin d|25 oh vitamin d|25ohd|vitamine d|vitamina d|witamina d|25 hydroxyvitamin d
haemoglobin; g/dL; 13.5; 0.15; 16114.5; g/dL g/L mmol/L; 718-7
  haemoglobin|hemoglobin|hamoglobin|hemoglobine|hemoglobina|emoglobina|hgb|hb
albumin; g/dL; 4; 0.15; ; g/dL g/L; 1751-7
  albumin|serum albumin|albumine|albumina|alb
protein; g/dL; 7; 0.1; ; g/dL g/L; 2885-2
  total protein|protein total|gesamteiweiss|proteines totales|proteinas totales
hba1c; %; 5.9; 0.19; ; % mmol/mol 1; 4548-4 59261-8
  hba1c|a1c|glycated haemoglobin|glycated hemoglobin|haemoglobin a1c|hemoglobin a1c|hamoglobin a1c|langzeitzucker|
  hemoglobina glicada|hemoglobina glucosilada|emoglobina glicata|hemoglobine glyquee|hemoglobina glikowana|hb a1c|ghb
body-weight; kg; 80; 0.23; ; kg [lb_av] g [stone_av]; 29463-7 3141-9
  weight|body weight|gewicht|korpergewicht|poids|peso|peso corporeo|peso corporal|masa ciala|waga|wt|weight kg|bodyweight|
  hmotnost|telesna hmotnost|vaha|testsuly|masse corporelle
body-height; cm; 168; 0.06; ; cm m [in_i] mm [ft_i]; 8302-2
  height|body height|grosse|korpergrosse|groesse|koerpergroesse|taille|altura|talla|estatura|altezza|statura|wzrost|ht|stature|
  vyska|telesna vyska|testmagassag
waist; cm; 98; 0.17; ; cm [in_i] m; 8280-0
  waist|waist circumference|taillenumfang|bauchumfang|tour de taille|circunferencia cintura|circonferenza vita|obwod talii
bmi; kg/m2; 27.5; 0.22; ; ; 39156-5
  bmi|body mass index|korpermasseindex|imc|indice de masse corporelle|indice de masa corporal|indice di massa corporea|
  wskaznik masy ciala
temperature; Cel; 36.9; 0.018; ; Cel [degF] K; 8310-5
  temperature|body temperature|temperatur|korpertemperatur|temp|temperatura|temperatura corporal|temperatura corporea|
  temperatura ciala|fieber|teplota|telesna teplota|testhomerseklet|temperature corporelle
systolic; mm[Hg]; 128; 0.17; ; mm[Hg] kPa cm[Hg]; 8480-6
  systolic blood pressure|systolic|sbp|systolic bp|blutdruck systolisch|systolischer blutdruck|rr systolisch|rr sys|sysbp|
  tension arterielle systolique|pas|pression systolique|presion sistolica|presion arterial sistolica|pressione sistolica|
  pressione arteriosa sistolica|cisnienie skurczowe|resting blood pressure|trestbps|sys bp|bp sys|ta systolique|tas|
  pa systolique|tension systolique|pression arterielle systolique|systolicky tlak|systolicky krevni tlak|tk systolicky|stk|rr syst|
  rr skurczowe|cisnienie tetnicze skurczowe|szisztoles vernyomas|ta sistolica|tension arterial sistolica|pa sistolica
diastolic; mm[Hg]; 75; 0.18; ; mm[Hg] kPa cm[Hg]; 8462-4
  diastolic blood pressure|diastolic|dbp|diastolic bp|blutdruck diastolisch|diastolischer blutdruck|rr diastolisch|rr dia|diabp|
  tension arterielle diastolique|pression diastolique|presion diastolica|presion arterial diastolica|pressione diastolica|
  pressione arteriosa diastolica|cisnienie rozkurczowe|dia bp|bp dia|pa diastolique|tension diastolique|
  pression arterielle diastolique|diastolicky tlak|diastolicky krevni tlak|tk diastolicky|dtk|rr diast|rr rozkurczowe|
  cisnienie tetnicze rozkurczowe|diasztoles vernyomas|ta diastolica|tension arterial diastolica|pa diastolica
mean-pressure; mm[Hg]; 92; 0.2; ; mm[Hg] kPa; 
  mean arterial pressure|map
oxygen-pressure; mm[Hg]; 85; 0.4; ; mm[Hg] kPa; 
  pao2|po2|oxygen partial pressure|sauerstoffpartialdruck
carbon-dioxide-pressure; mm[Hg]; 40; 0.25; ; mm[Hg] kPa; 
  paco2|pco2
oxygen-saturation; %; 96; 0.04; ; % 1; 
  oxygen saturation|spo2|sao2|sauerstoffsattigung|saturation|saturacion|saturazione|saturacja
ejection-fraction; %; 52; 0.3; ; % 1; 
  ejection fraction|lvef|ef|ejektionsfraktion|fraction d ejection|fraccion de eyeccion|frazione di eiezione|frakcja wyrzutowa
haematocrit; %; 40; 0.14; ; % 1; 
  haematocrit|hematocrit|hamatokrit|hct|hematocrite|hematocrito|ematocrito|hematokryt
heart-rate; /min; 80; 0.3; ; /min /s; 8867-4
  heart rate|pulse|herzfrequenz|puls|frequence cardiaque|frecuencia cardiaca|frequenza cardiaca|tetno|tepova frekvence|srdecni frekvence|tep|hr|fc|maximum heart rate|
  thalach
respiratory-rate; /min; 17; 0.25; ; ; 
  respiratory rate|atemfrequenz|frequence respiratoire|frecuencia respiratoria|frequenza respiratoria|rr resp
age; a; 58; 0.4; ; a mo d; 30525-0
  age|patient age|age at admission|age years|alter|alter bei aufnahme|lebensalter|edad|eta|wiek|age at index|age at diagnosis|
  leeftijd|idade|vek|vek pacienta|eletkor|wiek pacjenta|age du patient|age patient|alter jahre|alder
sodium; mmol/L; 139; 0.03; 22.98977; mmol/L meq/L mg/dL; 2951-2
  sodium|natrium|sodio|sod|na serum|serum sodium
potassium; mmol/L; 4.1; 0.13; 39.0983; mmol/L meq/L mg/dL; 2823-3
  potassium|kalium|potasio|potassio|potas|serum potassium
leukocytes; 10*9/L; 7.6; 0.42; ; 10*9/L 10*3/uL /uL; 
  white blood cells|wbc|leukocytes|leukozyten|leucocytes|leucocitos|leucociti|leukocyty|white cell count|leuko
platelets; 10*9/L; 240; 0.38; ; 10*9/L 10*3/uL /uL; 
  platelets|platelet count|thrombozyten|plaquettes|plaquetas|piastrine|plytki krwi|plt|thrombo
crp; mg/L; 5; 1.5; ; ; 1988-5
  crp|c reactive protein|c reaktives protein|proteine c reactive|proteina c reactiva|proteina c reattiva|bialko c reaktywne|
  hscrp|hs crp
egfr; mL/min/{1.73_m2}; 80; 0.4; ; ; 33914-3 62238-1
  egfr|gfr|estimated glomerular filtration rate|glomerular filtration rate|dfg
length-of-stay; d; 5; 1; ; ; 
  length of stay|los|verweildauer|liegedauer|duree de sejour|estancia|degenza|czas pobytu
`;

export const QUANTITY_LIST: readonly QuantityEntry[] = TABLE.trim()
  .split(/\n(?! )/)
  .map((entry): QuantityEntry => {
    const [line = '', ...words] = entry.split('\n');
    const [key = '', unit = '', median, spread, molarMass = '', others = '', loinc = ''] = line.split(';').map((part) => part.trim());
    return {
      key,
      unit,
      median: Number(median),
      spread: Number(spread),
      molarMass: molarMass === '' ? null : Number(molarMass),
      others: listOf(others, ' '),
      loinc: listOf(loinc, ' '),
      words: listOf(words.map((text) => text.trim()).join(''), '|'),
    };
  });

function listOf(text: string, separator: string): string[] {
  return text.split(separator).filter((item) => item !== '');
}
