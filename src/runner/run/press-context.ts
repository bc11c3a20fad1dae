import type { Workspace } from '../cluster/workspace.ts';
import type { ResultView } from '../result/result-view.ts';
import type { Block } from '../step/block.ts';
import type { Judge } from './judge.ts';

/** A block, as far as a press needs it. */
export type PressedBlock = Pick<Block, 'id' | 'step' | 'title' | 'number' | 'authored' | 'isBackground' | 'button'>;

/** What a step's figure shows, as far as a press draws it. */
export type PressView = Pick<ResultView, 'say' | 'notice' | 'clear' | 'run' | 'show' | 'kept'>;

/** What a press needs of the page. */
export interface PressContext {
  workspace: Workspace;
  block: (id: string) => PressedBlock | undefined;
  view: (id: string) => PressView;
  judge: Pick<Judge, 'begin' | 'done' | 'replay' | 'tell'>;
  /** Draws buttons, badges and the cluster bar anew. */
  redraw: () => void;
  /** Presses Run on a block, in a new cluster if so said. */
  runAgain: (id: string, fresh: boolean) => void;
  /** Brings a block into the window. */
  reveal: (id: string) => void;
  /** Looks for the run that was under way again. */
  resume: () => void;
  /** Whether the reader sees the mode that it runs in. */
  isShown: () => boolean;
  /** The page's steps count on a cluster that nobody used before. */
  startsFresh: boolean;
}
