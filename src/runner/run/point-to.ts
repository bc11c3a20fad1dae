import type { Remedy } from '../result/notice.ts';
import type { PressContext } from './press-context.ts';
import { showStepLabel, namedStep } from '../../sentences/trouble-sentences.ts';

/** The notice in the pressed step about the step in which the press ended. */
interface Pointer {
  head: string;
  calm: boolean;
  /** Returns the sentence; gets that step's number and title. */
  sentence: (step: string) => string;
  remedies: Remedy[];
}

/**
 * Shows a notice in the pressed step that says where the press ended, which may be far above, and a button that scrolls
 * there.
 */
export function pointTo(
  { head, calm, sentence, remedies }: Pointer,
  {
    view,
    block,
    reveal,
    target,
    current,
  }: Pick<PressContext, 'view' | 'block' | 'reveal'> & { target: string; current: string },
): void {
  const { title = '', number = 0 } = block(current) ?? {};
  const show = { label: showStepLabel(number), press: () => reveal(current) };
  view(target).say(head, calm ? 'stopped' : 'failed');
  view(target).notice(sentence(namedStep(number, title)), [show, ...remedies], calm ? 'calm' : 'failed');
}
