/** The tab's title: where the study is, so that a hidden tab still says it. */
import { say } from '../messages/index.ts';
import type { SessionView } from '../session/index.ts';

/** At most a few words, the changing part first. */
export function titleOf({ step, run, membership }: SessionView): string {
  const words = [stepWords(step.step, run), membership?.name, 'Consilium'];
  return words.filter((part) => part !== null && part !== undefined).join(' · ');
}

function stepWords(step: SessionView['step']['step'], run: SessionView['run']): string | null {
  switch (step) {
    case 'running':
      return run.progress.expected > 0 ? `${run.progress.done}/${run.progress.expected} ${say('run.title')}` : say('run.title');
    case 'data':
      return say('steps.data');
    case 'enrol':
      return say('enrol.title');
    case 'recover':
      return say('recover.title');
    case 'words':
      return say('words.title');
    case 'sign':
      return say('sign.title');
    case 'successor':
      return say('successor.title');
    case 'gathering':
      return say('gathering.title');
    case 'waiting':
      return say('waiting.title');
    case 'results':
      return say('results.title');
    case 'stopped':
      return say('stopped.title');
    default:
      return null;
  }
}
