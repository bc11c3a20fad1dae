import type { Block } from '../runner/step/block.ts';
import type { Presses } from './presses.ts';
import type { PageModes } from './page-modes.ts';
import type { Choice } from './scope-entries.ts';
import { ScopeMenu } from './scope-menu.ts';
import type { TerminalOpener } from './terminal-opener.ts';

/** What the menu needs from the page. */
interface RunMenuPage {
  modes: PageModes;
  presses: Presses;
  terminal: TerminalOpener;
}

/** The menu next to Run, and what happens when the reader chooses an entry. */
export class RunMenu {
  readonly #page: RunMenuPage;
  readonly #menu = new ScopeMenu((block, choice) => this.#choose(block, choice));

  constructor(page: RunMenuPage) {
    this.#page = page;
  }

  /** Opens the menu below `opener`, a button of that block. */
  open(block: Block, opener: HTMLElement): void {
    const runner = this.#page.modes.shown;
    const target = runner.targetOf(block.id);
    if (target !== undefined) this.#menu.open(block, opener, runner.workspace, target);
  }

  #choose(block: Block, choice: Choice): void {
    const { modes, presses } = this.#page;
    const { workspace } = modes.shown;
    const last = workspace.blocks.findLast(({ kind }) => kind !== 'file');
    if (choice === 'terminal') this.#typeInTerminal(block);
    else if (choice !== 'everything') void presses.run(modes.shown, block.id, { scope: choice });
    else if (last) void presses.run(modes.shown, last.id, { fresh: workspace.hasDoneSomething });
  }

  /** Types a block's command into the terminal, after running the steps that it needs. */
  #typeInTerminal(block: Block): void {
    const { modes, presses, terminal } = this.#page;
    const runner = modes.shown;
    const step = runner.workspace.plan().send(block.id).at(-2);
    const after =
      step !== undefined && !runner.press
        ? presses.hold(runner, step, {
            scope: 'needed',
            again: () => this.#typeInTerminal(block),
            work: (press) => press.run(false),
          })
        : undefined;
    terminal.open(block.button('scope'), { line: block.text, step, after });
  }
}
