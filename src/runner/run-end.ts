import type { EndReason, RunEvent } from '../../server/protocol.ts';
import { MODE_NAMES } from '../modes.ts';
import { END_HEADS, endSentence } from './end-sentences.ts';
import type { PressContext } from './press.ts';
import type { Remedy } from './result-view.ts';
import { DATA_LOST, OTHERS_WORK } from './sentences.ts';
import { tellStatus } from './status.ts';

/** What a run's end is told with. */
export interface Ending extends PressContext {
  /** The step whose button was pressed, and the one in which the run ended. */
  target: string;
  current: string;
  /** How many steps never began. */
  left: number;
  /** Those that did. */
  begun: string[];
  wasStopped: boolean;
  hadOthersWork: boolean;
  again: Remedy;
  fresh: Remedy;
}

/** Tells how a run ended: in the step that it ended in, in the one that was pressed, and in the status line. */
export function showEnd({ reason, message }: RunEvent & { type: 'end' }, ending: Ending): void {
  const { workspace, block, current, target, isShown, judge, begun } = ending;
  showInStep(reason, message, ending);
  if (reason !== 'finished' && current !== target) pointTo(reason, ending);
  const told = reason !== 'failed-step' && message !== undefined ? ` ${message}` : '';
  const where = isShown() ? '' : `${MODE_NAMES[workspace.mode]} mode: `;
  const sentence = `${where}${endSentence(reason, block(current)?.title ?? '')}${told}`;
  void judge.tell(reason === 'finished' ? begun : []).then((verdict) => tellStatus(`${sentence} ${verdict}`.trim()));
}

function showInStep(reason: EndReason, message: string | undefined, { workspace, judge, view, current, left, wasStopped, hadOthersWork, again, fresh }: Ending): void {
  const rest = left > 0 ? `${left} later step${left === 1 ? ' was' : 's were'} not run.` : '';
  switch (reason) {
    case 'finished':
      // It may have ended while it was being stopped.
      if (wasStopped) judge.replay(current);
      return;
    case 'lost':
      workspace.lose(message);
      view(current).say('Your cluster is gone', 'failed');
      return view(current).notice(`${message ?? 'Your cluster is gone.'} ${DATA_LOST}`, [fresh]);
    case 'stopped':
      // Neither what it did before nor how it failed is so any more.
      delete workspace.kept.failed[current];
      delete workspace.kept.done[current];
      view(current).say('Stopped', 'stopped');
      return view(current).notice(`You stopped it. ${rest}`.trim(), [again], 'calm');
    default: {
      const head = END_HEADS[reason];
      if (head !== undefined) view(current).say(head, 'failed');
      const failed = workspace.kept.failed[current];
      if (failed && head !== undefined) failed.head = head;
      const others = hadOthersWork && reason === 'failed-step' ? `${OTHERS_WORK} That may be why.` : '';
      view(current).notice([message, others, rest].filter(Boolean).join(' '), [again, fresh]);
    }
  }
}

/** What was pressed says where the run ended, which may be far above. */
function pointTo(reason: EndReason, { view, block, reveal, target, current }: Ending): void {
  const isCalm = reason === 'stopped';
  const { title = '', number = 0 } = block(current) ?? {};
  const sentence = isCalm ? `You stopped it at step ${number}, ${title}.` : `This needs step ${number}, ${title}, which did not succeed.`;
  view(target).say('Not run', isCalm ? 'stopped' : 'failed');
  view(target).notice(sentence, [{ label: `Show step ${number}`, press: () => reveal(current) }], isCalm ? 'calm' : 'failed');
}
