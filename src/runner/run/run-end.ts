import { mayFail } from '../../../shared/step-end.ts';
import { forgetStep, rememberCut, rememberHead } from '../cluster/run-memory.ts';
import type { EndReason, RunEvent } from '../../../shared/protocol.ts';
import { END_HEADS, endSentence, inMode, lostInRun } from '../../sentences/end-sentences.ts';
import { pointTo } from './point-to.ts';
import type { PressContext } from './press-context.ts';
import type { Remedy } from '../result/notice.ts';
import { CLUSTER_GONE } from '../../sentences/press-sentences.ts';
import { announce } from '../../ui/status.ts';
import { transactionSentence } from '../../sentences/transaction-sentences.ts';
import {
  OTHERS_REASON,
  earlierStepFailed,
  stoppedAtStep,
  TROUBLE_HEADS,
  notRunSentence,
  stoppedSentence,
} from '../../sentences/trouble-sentences.ts';

/** What is needed to show how a run ended. */
export interface Ending extends PressContext {
  /** The step whose button was pressed, and the step in which the run ended. */
  target: string;
  current: string;
  /** The number of steps that never began. */
  left: number;
  /** The steps that did begin. */
  begun: string[];
  /** The last step had already reported its result when Stop was pressed, so the result stays. */
  stopCameLate: boolean;
  hadOthersWork: boolean;
  again: Remedy;
  fresh: Remedy;
}

/** Shows how a run ended, in the step in which it ended and in the pressed one, and announces it. */
export function showEnd({ reason, message }: RunEvent & { type: 'end' }, ending: Ending): void {
  const { workspace, block, current, target, isShown, judge, begun } = ending;
  showInStep(reason, message, ending);
  if (reason !== 'finished' && current !== target) pointToEnd(reason, ending);
  const open = workspace.info?.transactions?.find(({ step }) => step === current);
  const sentence = [
    ...(isShown() ? [] : [inMode(workspace.mode)]),
    endSentence(reason, block(current)?.title ?? ''),
    ...(reason !== 'failed-step' && message !== undefined ? [message] : []),
    ...(open ? [transactionSentence(open.state)] : []),
  ].join(' ');
  void judge.summarise(reason === 'finished' ? begun : []).then((verdict) => announce(`${sentence} ${verdict}`.trim()));
}

function showInStep(
  reason: EndReason,
  message: string | undefined,
  { workspace, block, view, current, left, stopCameLate, hadOthersWork, again, fresh }: Ending,
): void {
  const rest = notRunSentence(left);
  switch (reason) {
    case 'finished':
      return;
    case 'lost':
      workspace.lose(message);
      view(current).say(CLUSTER_GONE, 'failed');
      return view(current).notice(lostInRun(message), [fresh]);
    case 'stopped':
      if (!stopCameLate) {
        // Neither its earlier success nor its earlier failure is valid any more.
        forgetStep(workspace.memory, current);
        view(current).say(TROUBLE_HEADS.stopped, 'stopped');
      }
      return view(current).notice(stoppedSentence(rest), [again], 'calm');
    default: {
      if (mayFail(block(current)?.step)) rememberCut(workspace.memory, current);
      const head = END_HEADS[reason];
      if (head !== undefined) {
        view(current).say(head, 'failed');
        rememberHead(workspace.memory, current, head);
      }
      const others = hadOthersWork && reason === 'failed-step' ? OTHERS_REASON : '';
      view(current).notice([message, others, rest].filter(Boolean).join(' '), [again, fresh]);
    }
  }
}

function pointToEnd(reason: EndReason, ending: Ending): void {
  const calm = reason === 'stopped';
  pointTo(
    {
      head: TROUBLE_HEADS.notRun,
      calm,
      sentence: (step) => (calm ? stoppedAtStep(step) : earlierStepFailed(step)),
      remedies: [],
    },
    ending,
  );
}
