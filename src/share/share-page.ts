import type { Editing } from '../editor/editing.ts';
import type { Workspace } from '../runner/cluster/workspace.ts';
import type { Block } from '../runner/step/block.ts';

/** What sharing needs of the page that it is on. */
export interface SharePage {
  /** Of the mode that is shown. */
  workspace: Workspace;
  blocks: Block[];
  /** Fetches what shows and makes edits. Rejects when the server is away. */
  loadEditing: () => Promise<Editing>;
  /** Runs a block; when something runs already, says so. */
  run: (id: string) => void;
  /** What was pressed. */
  opener: HTMLElement | undefined;
}
