import type { Editing } from '../editor/editing.ts';
import type { Workspace } from '../runner/cluster/workspace.ts';
import type { Block } from '../runner/step/block.ts';

/** What sharing needs from its page. */
export interface SharePage {
  /** The workspace of the current mode. */
  workspace: Workspace;
  blocks: Block[];
  /** Loads the code of the editors. Rejects when the server cannot be reached. */
  loadEditing: () => Promise<Editing>;
  /** Runs a block, or says that something else is running. */
  run: (id: string) => void;
  /** The element that was pressed. */
  opener: HTMLElement | undefined;
}
