import type { Workspace } from '../cluster/workspace.ts';
import type { ResultView } from '../result/result-view.ts';
import type { Block } from '../step/block.ts';
import type { Judge } from './judge.ts';

/** The parts of a block that a press needs. */
export type PressedBlock = Pick<Block, 'id' | 'step' | 'title' | 'number' | 'authored' | 'isBackground' | 'button'>;

/** The parts of a result view that a press needs. */
type PressView = Pick<ResultView, 'say' | 'notice' | 'clear' | 'run' | 'show' | 'kept'>;

/** What a press needs from the page. */
export interface PressContext {
  workspace: Workspace;
  block: (id: string) => PressedBlock | undefined;
  view: (id: string) => PressView;
  judge: Pick<Judge, 'begin' | 'done' | 'replay' | 'summarise'>;
  /** Redraws buttons, badges and the cluster bar. */
  redraw: () => void;
  /** Presses Run on a block, in a new cluster if `fresh`. */
  runAgain: (id: string, fresh: boolean) => void;
  /** Scrolls a block into view. */
  reveal: (id: string) => void;
  /** Resumes the run that was under way. */
  resume: () => void;
  /** Returns whether the mode of the press is the one shown. */
  isShown: () => boolean;
  /** Whether the page's steps need a cluster that nothing else has used. */
  startsFresh: boolean;
}
