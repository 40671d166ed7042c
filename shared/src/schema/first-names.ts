/** Common first names, so that a column of them is found whatever it is called. Source: frequent names in national birth registers, 1940–2000. */
const NAMES =
  'james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark paul steven andrew kenneth george joshua kevin brian edward ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander patrick raymond jack dennis jerry tyler aaron jose adam henry nathan peter ' +
  'mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel carolyn janet maria heather diane julie joyce victoria alice ' +
  'hans peter klaus wolfgang jurgen gunter gunther helmut dieter manfred uwe werner heinz horst gerhard andreas stefan stephan bernd frank matthias jens ralf sven markus heike petra sabine monika karin ursula renate helga ingrid gisela brigitte elke birgit andrea claudia susanne anja katrin kerstin erika christa gerda ute ' +
  'jean pierre michel philippe alain bernard jacques francois christophe nicolas laurent sebastien julien marie nathalie isabelle sylvie catherine francoise martine christine monique valerie sandrine veronique celine aurelie chantal luc ' +
  'antonio manuel jose francisco juan javier carlos miguel rafael pedro alejandro fernando pablo luis carmen ana isabel dolores pilar josefa teresa rosa lucia cristina marta elena raquel ' +
  'giuseppe giovanni mario luigi andrea vincenzo salvatore domenico francesco roberto paolo stefano marco alessandro giulia francesca chiara paola giovanna rosa angela lucia sara elisa ' +
  'jan andrzej piotr krzysztof stanislaw tomasz pawel jozef marcin marek michal grzegorz jerzy tadeusz adam zbigniew ryszard anna maria katarzyna malgorzata agnieszka krystyna barbara ewa elzbieta zofia teresa magdalena joanna janina danuta jadwiga halina irena beata ' +
  'johannes pieter willem hendrik cornelis johanna wilhelmina anneke lars erik anders karl nils ingrid kristina ivan petr pavel jana eva istvan laszlo ferenc zsuzsanna mohamed mohammed ahmed ali fatima ayse mehmet mustafa emine';

const FIRST_NAMES = new Set(NAMES.split(' '));

/** Whether a folded word is a common first name. */
export function isFirstName(word: string): boolean {
  return FIRST_NAMES.has(word);
}
