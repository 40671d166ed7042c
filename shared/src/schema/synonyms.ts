/** Other words for what is no measured quantity: sex, smoking, diagnoses, outcomes. Folded, without blanks, one line a meaning. */
import { squash } from './fold.ts';

const GROUPS = [
  'sex gender geschlecht sexe sexo sesso plec genre genero genere geslacht sexmale patientsex administrativegender biologicalsex pohlavi nem kon',
  'smoker smoking smokingstatus raucher rauchen rauchstatus raucherstatus tabac tabagisme fumeur fumador tabaquismo fumatore fumo palenie palacz tobacco tobaccouse nikotin statutabagique currentsmoker koureni kurak kuractvi',
  'diabetes diabetesmellitus dm diabete cukrzyca zuckerkrankheit diabetic hasdiabetes t2dm dm2 cukrovka diabet',
  'hypertension htn arteriellehypertonie hypertonie bluthochdruck hypertensionarterielle hta hipertension ipertensione nadcisnienie highbloodpressure hashypertension',
  'heartfailure hf chf herzinsuffizienz insuffisancecardiaque insuficienciacardiaca scompensocardiaco niewydolnoscserca',
  'atrialfibrillation af afib vorhofflimmern fibrillationauriculaire fibrilacionauricular fibrillazioneatriale migotanieprzedsionkow',
  'stroke schlaganfall avc ictus accidentvasculairecerebral udar apoplex',
  'myocardialinfarction mi herzinfarkt infarctus infarto zawal ami priormi',
  'died death dead deceased verstorben tod exitus deces mort decede muerte fallecido fallecimiento decesso morto deceduto zgon mortality death30d hospitaldeath inhospitaldeath hospitalmortality umrti zemrel exitusletalis',
  'readmission readmitted readmit wiederaufnahme rehospitalisation rehospitalization readmisie reingreso riammissione readmission30d readmitted30d ponownahospitalizacja readmission30days',
  'lengthofstay los verweildauer liegedauer dureedesejour dureesejour estancia degenza czaspobytu stay staydays hospitaldays',
  'prioradmissions previousadmissions voraufenthalte admissionsyearbefore numberprioradmissions voraufnahmen hospitalisationsanterieures ingresosprevios ricoveriprecedenti',
  'chestpain chestpaintype cp brustschmerz brustschmerztyp douleurthoracique dolortoracico doloretoracico bolwklatce',
  'fastingbloodsugar fbs nuchternblutzuckerhoch glycemieajeunelevee',
  'exerciseangina exerciseinducedangina exang belastungsangina angineeffort anginadesfuerzo anginadasforzo',
  'stdepression oldpeak stsenkung sousdecalagest',
  'restingecg restecg ruheekg ecgrepos',
  'alcohol alkohol alcool alcolkonsum alcoholuse',
  'time survivaltime followuptime followup nachbeobachtung nachbeobachtungszeit suivi seguimiento timetoevent dauer dureesuivi',
  'event status ereignis evenement evento zdarzenie censor deathevent',
];
const GROUP_OF = new Map(GROUPS.flatMap((line, group) => line.split(' ').map((word) => [word, group] as const)));

/** Which meaning a name has, as a number; null for a name of no group. */
export function synonymGroup(name: string): number | null {
  return GROUP_OF.get(squash(name)) ?? null;
}
