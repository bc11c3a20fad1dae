import type { Mode, Table } from '../../server/protocol.ts';
import { readHealth } from './api.ts';
import { readBlocks, type Block } from './block.ts';
import { ClusterBar } from './cluster-bar.ts';
import { Editor } from './editor.ts';
import { Press, type PressContext } from './press.ts';
import { ResultView } from './result-view.ts';
import { runLabel, STALE_SENTENCES } from './sentences.ts';
import { tellStatus } from './status.ts';
import { Workspace } from './workspace.ts';

/** How often a server that is off is asked again, milliseconds. */
const HEALTH_AGAIN_MS = 5000;
const TOLD_MS = 2000;

/** The page of a tutorial: its blocks, a workspace a mode, and what the reader does with them. */
export class TutorialPage {
  readonly #blocks: Block[] = readBlocks();
  readonly #byId = new Map(this.#blocks.map((block) => [block.id, block]));
  readonly #views = new Map(this.#blocks.map((block) => [block.id, new ResultView(block.result)]));
  readonly #editors: Map<string, Editor>;
  readonly #workspaces: Record<Mode, Workspace>;
  readonly #presses: Partial<Record<Mode, Press>> = {};
  readonly #tables: Partial<Record<Mode, Table[]>> = {};
  readonly #bar: ClusterBar | undefined;
  #health: Awaited<ReturnType<typeof readHealth>> | undefined;
  #off: string | undefined;

  constructor(main: HTMLElement) {
    const { tutorial = '', imports = '' } = main.dataset;
    const modules = imports.split(',').filter(Boolean);
    this.#workspaces = {
      secure: new Workspace(tutorial, 'secure', this.#blocks, modules),
      insecure: new Workspace(tutorial, 'insecure', this.#blocks, modules),
    };
    this.#editors = new Map(this.#blocks.map((block) => [block.id, new Editor(block, () => this.#edited(), () => this.press(block.id))]));
    const bar = document.querySelector<HTMLElement>('[data-cluster]');
    if (bar) this.#bar = new ClusterBar(bar, () => void this.#reset());
    for (const workspace of Object.values(this.#workspaces)) {
      for (const [id, text] of Object.entries(workspace.kept.edits)) this.#editors.get(id)?.restore(text);
    }
  }

  get #mode(): Mode {
    return document.documentElement.dataset['mode'] === 'insecure' ? 'insecure' : 'secure';
  }

  get #workspace(): Workspace {
    return this.#workspaces[this.#mode];
  }

  /** Restores what was, and begins to listen. */
  async open(): Promise<void> {
    addEventListener('modechange', () => void this.#show());
    await Promise.all([this.#show(), this.#askHealth()]);
  }

  /** Does what a button of a block says. */
  act(action: string, id: string): void {
    const block = this.#byId.get(id);
    if (!block) return;
    if (action === 'copy') void this.#copy(block);
    else if (action === 'edit') this.#editors.get(id)?.toggle();
    else if (action === 'run') {
      const running = this.#presses[this.#mode];
      if (running?.current === id || running?.target === id) void running.stop();
      else this.press(id);
    }
  }

  /** Presses Run on a block; in a new cluster if `fresh`. */
  press(id: string, fresh = false): void {
    const mode = this.#mode;
    if (this.#presses[mode]) return tellStatus('Another step is running: stop it, or wait for its end.');
    const press = new Press(id, this.#contextOf(mode));
    this.#presses[mode] = press;
    this.#redraw();
    void (async () => {
      if (fresh) await this.#workspaces[mode].reset().catch(() => undefined);
      await press.run();
      this.#finish(mode);
    })();
  }

  /** The reader shows intent: a cluster is claimed before the press. A refusal waits for the press itself to be told. */
  intend(): void {
    const workspace = this.#workspace;
    if (workspace.info === undefined && this.#health?.ready) void workspace.claim().then(() => this.#redraw(), () => undefined);
  }

  /** A downloaded file is the one that runs, edits included. */
  download(id: string, link: HTMLAnchorElement): void {
    const block = this.#byId.get(id);
    if (block?.edited === undefined) return;
    const published = link.href;
    const edited = URL.createObjectURL(new Blob([block.edited], { type: 'text/plain' }));
    link.href = edited;
    setTimeout(() => {
      link.href = published;
      URL.revokeObjectURL(edited);
    });
  }

  #contextOf(mode: Mode): PressContext {
    return {
      workspace: this.#workspaces[mode],
      block: (id) => this.#byId.get(id),
      view: (id) => this.#views.get(id)!,
      redraw: () => this.#redraw(),
      runAgain: (id, fresh) => this.press(id, fresh),
      onTables: ({ tables }) => {
        this.#tables[mode] = tables;
        this.#redraw();
      },
    };
  }

  #finish(mode: Mode): void {
    delete this.#presses[mode];
    if (this.#workspaces[mode].kept.sandbox === undefined) delete this.#tables[mode];
    this.#redraw();
    void this.#workspaces[mode].look().then(() => this.#redraw(), () => undefined);
  }

  /** Shows the mode that the page is in: outputs kept from before, and a run that is still under way. */
  async #show(): Promise<void> {
    const mode = this.#mode;
    const workspace = this.#workspace;
    for (const block of workspace.blocks) {
      const view = this.#views.get(block.id)!;
      const events = workspace.kept.done[block.id]?.events;
      if (block.mode === undefined && !this.#presses[mode]) view.clear();
      if (block.result.hidden && events) for (const event of events) view.show(event);
    }
    this.#redraw();
    await workspace.look().catch(() => undefined);
    if (workspace.kept.run && !this.#presses[mode]) {
      const press = new Press(workspace.kept.run.steps.at(-1) ?? '', this.#contextOf(mode));
      this.#presses[mode] = press;
      await press.resume();
      this.#finish(mode);
    }
    this.#redraw();
  }

  async #reset(): Promise<void> {
    const mode = this.#mode;
    await this.#presses[mode]?.stop();
    await this.#workspaces[mode].reset().catch(() => undefined);
    delete this.#tables[mode];
    for (const block of this.#workspaces[mode].blocks) this.#views.get(block.id)!.clear();
    this.#redraw();
    tellStatus('Your cluster was reset. The next Run starts a new one.');
  }

  async #copy(block: Block): Promise<void> {
    const button = block.button('copy');
    const copied = await navigator.clipboard?.writeText(block.text).then(() => true, () => false);
    if (button) button.textContent = copied ? 'Copied' : 'Not allowed';
    tellStatus(copied ? 'Copied to the clipboard.' : 'The browser does not allow copying here: select the text instead.');
    setTimeout(() => {
      if (button) button.textContent = 'Copy';
    }, TOLD_MS);
  }

  #edited(): void {
    for (const workspace of Object.values(this.#workspaces)) workspace.save();
    this.#redraw();
  }

  async #askHealth(): Promise<void> {
    try {
      this.#health = await readHealth();
      this.#off = this.#health.ready ? undefined : `Nothing can be run now. ${this.#health.reason ?? ''}`;
    } catch {
      this.#off = 'The server that runs the code is away. You can read on, and copy or download the code.';
    }
    this.#redraw();
    if (this.#off !== undefined) setTimeout(() => void this.#askHealth(), HEALTH_AGAIN_MS);
  }

  #redraw(): void {
    const mode = this.#mode;
    const workspace = this.#workspace;
    const press = this.#presses[mode];
    const plan = workspace.plan();
    for (const block of workspace.blocks) {
      const state = plan.states.get(block.id)!;
      const isCurrent = press?.current === block.id || press?.target === block.id;
      const { classList } = block.figure;
      classList.toggle('running', press?.current === block.id);
      classList.toggle('done', state.state === 'done');
      classList.toggle('stale', state.state === 'stale' && !block.result.hidden && !press);
      block.result.dataset['stale'] = state.state === 'stale' ? STALE_SENTENCES[state.reason] : '';
      const run = block.button('run') as HTMLButtonElement | null;
      if (!run) continue;
      const label = isCurrent ? 'Stop' : runLabel(plan.send(block.id).length - 1);
      run.textContent = label;
      run.classList.toggle('stop', isCurrent);
      run.setAttribute('aria-label', `${label}: ${block.title}`);
      run.disabled = press !== undefined && !isCurrent;
    }
    this.#bar?.draw({
      engine: workspace.info?.engine ?? this.#health?.engine,
      state: press ? 'running' : workspace.kept.sandbox === undefined ? 'none' : 'ready',
      expiresAtMs: workspace.info?.expiresAtMs,
      off: this.#off,
      tables: this.#tables[mode] ?? [],
    });
  }
}
