import type { Block } from '../runner/step/block.ts';
import type { Editors } from './editors.ts';
import type { Side } from '../runner/run/mode-runner.ts';

/** What the parts that are fetched when a reader wants them need of the page. */
export interface Desk {
  blocks: Block[];
  editors: Editors;
  /** Of the mode that is shown. */
  side: Side;
  /** Runs a block; where something runs already, says so. */
  run: (id: string) => void;
  /** What was pressed. */
  opener: HTMLElement | undefined;
}

export { receive } from '../share/received.ts';
export { openShare } from '../share/share-panel.ts';
export { openTakeHome } from '../take-home/home-panel.ts';
