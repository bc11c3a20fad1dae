import { ModeRunner, type RunParts } from '../runner/run/mode-runner.ts';
import { readBlocks, type Block } from '../runner/step/block.ts';
import { NOT_LOADED_SENTENCE } from '../sentences/cluster-sentences.ts';
import { ClusterBar } from './bar/cluster-bar.ts';
import { ClusterWatch } from './cluster-watch.ts';
import { Editors } from './editors.ts';
import { PageModes } from './page-modes.ts';
import { PageView } from './page-view.ts';
import type { PanelName } from './panels.ts';
import { PassingNotice } from './passing-notice.ts';
import { Presses } from './presses.ts';
import { Readiness } from './readiness.ts';
import { RecordedOutput } from './recorded-output.ts';
import { RunIntent } from './run-intent.ts';
import type { RunMenu } from './run-menu.ts';
import { SectionProgress } from './section-progress.ts';
import { opensShell, TerminalOpener } from './terminal-opener.ts';

/** The page of a tutorial: connects its parts and handles what the reader presses. */
export class PageController {
  readonly terminal: TerminalOpener;
  readonly #blocks: Block[] = readBlocks();
  readonly #byId = new Map(this.#blocks.map((block) => [block.id, block]));
  readonly #modes: PageModes;
  readonly #editors: Editors;
  readonly #readiness: Readiness;
  readonly #notice = new PassingNotice(() => this.#redraw());
  readonly #watch: ClusterWatch;
  readonly #presses: Presses;
  readonly #intent: RunIntent;
  readonly #view: PageView;
  #menu: Promise<RunMenu> | undefined;

  constructor(main: HTMLElement) {
    const { tutorial = '', imports = '', needs, fresh } = main.dataset;
    const blocks = this.#byId;
    const notice = this.#notice;
    const redraw = (): void => this.#redraw();
    const fail = (): void => notice.show(NOT_LOADED_SENTENCE);
    const readiness = (this.#readiness = new Readiness(needs, (isBack) => (isBack ? this.#show() : redraw())));
    const modules = imports.split(',').filter(Boolean);
    const modes = (this.#modes = new PageModes(
      (mode) => new ModeRunner(tutorial, mode, this.#blocks, modules, redraw),
    ));
    this.#watch = new ClusterWatch(modes, redraw);
    const startsFresh = fresh !== undefined;
    const presses = (this.#presses = new Presses({ blocks, modes, readiness, notice, redraw, startsFresh }));
    this.terminal = new TerminalOpener({
      workspaces: { secure: modes.secure.workspace, insecure: modes.insecure.workspace },
      mode: () => modes.shown.mode,
      redraw,
      fail,
    });
    this.#intent = new RunIntent(readiness, redraw);
    this.#editors = new Editors(tutorial, this.#blocks, redraw, (id) => void presses.run(modes.shown, id));
    const bar = document.querySelector<HTMLElement>('[data-cluster]');
    this.#view = new PageView(
      readiness,
      bar ? new ClusterBar(bar, this.#barActions(fail)) : undefined,
      new SectionProgress(this.#blocks),
      new RecordedOutput(),
    );
  }

  /** Restores what was open and starts to listen for events. */
  open(): void {
    addEventListener('modechange', () => this.#show());
    addEventListener('storage', ({ key }) => {
      for (const runner of this.#modes.all) {
        // Follows a run of another tab here too. A run that the reader stopped following is not resumed because
        // something else was stored.
        if (runner.takeOver(key)) this.#presses.resume(runner);
      }
      this.#redraw();
    });
    this.#watch.start();
    this.#show();
    this.#readiness.watch();
    this.terminal.resume();
  }

  /** Returns a block, with its current text. */
  block(id: string): Block | undefined {
    return this.#byId.get(id);
  }

  /** Presses Run on a block, or Stop while it runs. On a file, runs the next step, which uses the file. */
  press(id: string): void {
    const runner = this.#modes.shown;
    const { press } = runner;
    const block = this.#byId.get(id);
    const target = runner.targetOf(id);
    if (!block || target === undefined) return;
    if (!press && id === target && runner.lives(target))
      return this.#change(({ stopBackground }) => stopBackground(runner.workspace, runner.views, block));
    if (press?.current === target || press?.target === target) return void press.stop();
    const after = this.#presses.run(runner, id);
    if (after && opensShell(block.text))
      this.terminal.open(block.button('run'), { command: block.text, step: id, after });
  }

  /** Opens the menu of what else Run can do on a block. The menu is loaded when it is first opened. */
  offer(block: Block, opener: HTMLElement): void {
    const page = { modes: this.#modes, presses: this.#presses, terminal: this.terminal };
    this.#menu ??= import('./run-menu.ts').then(({ RunMenu }) => new RunMenu(page));
    this.#menu.then(
      (menu) => menu.open(block, opener),
      () => {
        this.#menu = undefined;
        this.#notice.show(NOT_LOADED_SENTENCE);
      },
    );
  }

  /** To be called when the reader seems about to press Run. */
  intend(): void {
    this.#intent.note(this.#modes.shown);
  }

  /** Opens or closes a block's editor. */
  edit(id: string): void {
    this.#editors
      .load()
      .then((editing) => editing.toggle(id))
      .catch(() => this.#notice.show(NOT_LOADED_SENTENCE));
  }

  /** Loads and opens a panel. `opener` is the element that was pressed. */
  openPanel(name: PanelName, opener?: HTMLElement): void {
    const runner = this.#modes.shown;
    const page = {
      workspace: runner.workspace,
      blocks: this.#blocks,
      loadEditing: this.#editors.load,
      run: (id: string) => this.#presses.run(this.#modes.shown, id),
      opener,
    };
    void import('./panels.ts').then(
      ({ PANELS }) => PANELS[name](page),
      () => this.#notice.show(NOT_LOADED_SENTENCE),
    );
  }

  #barActions(fail: () => void): ConstructorParameters<typeof ClusterBar>[1] {
    return {
      stop: () => void this.#modes.shown.press?.stop(),
      reset: () => this.#change(({ resetCluster }, runner) => resetCluster(runner)),
      renew: () => this.#change(async (_, { renewal }) => void (await renewal?.press())),
      fail,
      showOther: () =>
        document.querySelector<HTMLInputElement>(`.mode-filter input[value="${this.#modes.hidden.mode}"]`)?.click(),
    };
  }

  /** Changes the current cluster by something other than a run, and shows the result. */
  #change(change: (parts: RunParts, runner: ModeRunner) => Promise<string | undefined>): void {
    const runner = this.#modes.shown;
    const changed = runner.equip().then(
      (parts) => change(parts, runner),
      () => NOT_LOADED_SENTENCE,
    );
    void changed.then((sentence) => (sentence === undefined ? this.#redraw() : this.#notice.show(sentence)));
  }

  /** Shows the current mode: the state of its cluster, and runs that are still under way in either mode. */
  #show(): void {
    this.#redraw();
    for (const runner of this.#modes.all) this.#presses.resume(runner);
    this.#watch.look();
  }

  #redraw(): void {
    this.#view.draw(this.#modes.shown, this.#modes.hidden, this.#notice.text);
  }
}
