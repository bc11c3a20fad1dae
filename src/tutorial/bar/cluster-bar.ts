import type { EngineInfo } from '../../../shared/protocol.ts';
import type { DataPanel } from '../../data/your-data-panel.ts';
import { engineName } from '../../engine-version.ts';
import { MODE_NAMES } from '../../../shared/modes.ts';
import { button, element } from '../../ui/element.ts';
import { holdingsWord } from '../../sentences/table-words.ts';
import { stateOf, type ClusterState } from './cluster-state.ts';
import type { ClusterMenu } from './cluster-menu.ts';
import { recallPanel } from '../../data/kept-panel.ts';
import { progressSentence } from '../../sentences/cluster-sentences.ts';

/** What the bar's buttons do. */
export interface BarActions {
  stop: () => void;
  reset: () => void;
  renew: () => void;
  /** Called when a part could not be loaded. */
  fail: () => void;
  /** Shows the mode in which something else is running. */
  showOther: () => void;
}

const TICK_MS = 100;
const STAND_IN_PAGE = '/the-stand-in.html';

/** The bar with the reader's cluster: its state, the progress of a run, Stop, its tables, its engine, and a menu. */
export class ClusterBar {
  readonly #bar: HTMLElement;
  readonly #long = element('span', { class: 'long' });
  // Style sheets show only one of the two, which is also the only one for screen readers.
  readonly #short = element('span', { class: 'short' });
  readonly #progress = element('span', { class: 'progress' });
  readonly #stop: HTMLButtonElement;
  readonly #renew: HTMLButtonElement;
  readonly #other: HTMLButtonElement;
  readonly #holds: HTMLButtonElement;
  readonly #engine = element('a', { class: 'engine' });
  readonly #menu: HTMLButtonElement;
  readonly #actions: BarActions;
  #drawn: ClusterState | undefined;
  #ticking: ReturnType<typeof setInterval> | undefined;
  #panel: ClusterMenu | undefined;
  #data: DataPanel | undefined;

  constructor(bar: HTMLElement, actions: BarActions) {
    this.#bar = bar;
    this.#actions = actions;
    bar.tabIndex = -1;
    this.#stop = button('Stop', actions.stop, {
      'data-action': 'stop',
      'aria-label': 'Stop what runs in your cluster',
    });
    this.#renew = button('New cluster', actions.renew, { 'data-action': 'renew' });
    this.#other = button('', actions.showOther);
    this.#holds = button('', () => this.#showData(true), { class: 'holds' });
    this.#menu = button('', () => void this.#open(), {
      class: 'more',
      'aria-haspopup': 'dialog',
      'aria-label': 'Your cluster: engine, time left, Reset',
    });
    this.#menu.append(element('span', { 'aria-hidden': 'true' }, '⋯'));
    // The page handles its clicks, as it does for words in the text that open the terminal.
    const terminal = element(
      'button',
      { type: 'button', 'data-action': 'terminal', 'aria-label': 'Terminal', 'aria-expanded': 'false' },
      '>_',
    );
    const state = element('p', { class: 'state' }, this.#long, this.#short);
    bar.replaceChildren(
      state,
      this.#progress,
      this.#stop,
      this.#renew,
      this.#other,
      this.#holds,
      this.#engine,
      terminal,
      this.#menu,
    );
  }

  draw(cluster: ClusterState): void {
    this.#drawn = cluster;
    const { long, short, kind } = stateOf(cluster);
    write(this.#long, long);
    write(this.#short, short);
    this.#long.title = long;
    this.#bar.dataset['state'] = kind;
    this.#bar.toggleAttribute('data-told', cluster.told !== undefined);
    const { hasCluster, isBusy, isRenewing, lost, off } = cluster;
    // If the focused button disappears, the focus stays in the bar.
    const focused = document.activeElement;
    this.#stop.hidden = !isBusy;
    this.#renew.hidden = !isRenewing && (hasCluster || isBusy || lost === undefined || off !== undefined);
    write(this.#renew, isRenewing ? 'Stop waiting' : 'New cluster');
    this.#drawProgress();
    const word = holdingsWord(cluster.holdings);
    this.#holds.hidden = word === undefined;
    write(this.#holds, word ?? '');
    if ([this.#stop, this.#renew, this.#other, this.#holds].some((gone) => gone === focused && gone.hidden))
      this.#bar.focus();
    this.#drawEngine(cluster.engine);
    this.#panel?.draw(cluster);
    this.#data?.draw(cluster);
    if (word !== undefined && !this.#data && recallPanel()?.isOpen) this.#showData(false);
  }

  #drawEngine(engine: EngineInfo | undefined): void {
    this.#engine.hidden = engine === undefined;
    if (!engine) return;
    const name = engineName(engine);
    if (this.#engine.dataset['name'] === name) return;
    this.#engine.dataset['name'] = name;
    if (!engine.standIn) {
      for (const attribute of ['href', 'aria-label']) this.#engine.removeAttribute(attribute);
      return this.#engine.replaceChildren(name);
    }
    const long = `${name}, not CockroachDB`;
    this.#engine.href = STAND_IN_PAGE;
    // Screen readers read the long form even when only the short one fits.
    this.#engine.setAttribute('aria-label', long);
    this.#engine.replaceChildren(
      element('span', { class: 'long' }, long),
      element('span', { class: 'short' }, 'Stand-in'),
    );
  }

  /** Draws the progress now, and repeatedly while something is running. */
  #drawProgress(): void {
    const { progress, elsewhere } = this.#drawn ?? {};
    write(this.#progress, progress ? progressSentence(progress) : '');
    this.#other.hidden = elsewhere === undefined;
    if (elsewhere) {
      const { mode, progress: far } = elsewhere;
      write(this.#other, `${MODE_NAMES[mode]}: ${far ? `${far.at} of ${far.of}` : 'starting'}`);
      this.#other.setAttribute(
        'aria-label',
        `Show the run in ${mode} mode, ${far ? `at step ${far.at} of ${far.of}` : 'which waits for its cluster'}`,
      );
    }
    const isTicking = progress !== undefined;
    if (isTicking === (this.#ticking !== undefined)) return;
    clearInterval(this.#ticking);
    this.#ticking = isTicking ? setInterval(() => this.#drawProgress(), TICK_MS) : undefined;
  }

  /** Loads and opens the menu. After the first time, the browser opens it by itself. */
  async #open(): Promise<void> {
    if (this.#panel) return;
    const module = await import('./cluster-menu.ts').catch(() => undefined);
    if (!module) return this.#actions.fail();
    if (this.#panel) return;
    this.#panel = new module.ClusterMenu(this.#bar, this.#menu, this.#actions.reset);
    this.#panel.open(this.#menu);
    if (this.#drawn) this.#panel.draw(this.#drawn);
  }

  /** Loads the data panel and opens or closes it. If nobody pressed the button, restores its state. */
  #showData(isPressed: boolean): void {
    import('../../data/your-data-panel.ts').then(
      ({ showData }) => (this.#data = showData(this.#bar, this.#holds, this.#drawn!, isPressed)),
      this.#actions.fail,
    );
  }
}

function write(node: HTMLElement, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}
