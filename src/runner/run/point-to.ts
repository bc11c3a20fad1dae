import type { Remedy } from '../result/result-view.ts';
import type { PressContext } from './press-context.ts';

/** What is said in the step that was pressed of the one that it came to its end in. */
interface Pointer {
  head: string;
  calm: boolean;
  /** The sentence; it is given that step's number and title. */
  tell: (step: string) => string;
  remedies: Remedy[];
}

/** Says in the step that was pressed where the press came to its end, which may be far above, with a way there. */
export function pointTo(
  { head, calm, tell, remedies }: Pointer,
  {
    view,
    block,
    reveal,
    target,
    current,
  }: Pick<PressContext, 'view' | 'block' | 'reveal'> & { target: string; current: string },
): void {
  const { title = '', number = 0 } = block(current) ?? {};
  const show = { label: `Show step ${number}`, press: () => reveal(current) };
  view(target).say(head, calm ? 'stopped' : 'failed');
  view(target).notice(tell(`step ${number}, ${title}`), [show, ...remedies], calm ? 'calm' : 'failed');
}
