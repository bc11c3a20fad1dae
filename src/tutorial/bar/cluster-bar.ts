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
  /** What was pressed could not be loaded. */
  fail: () => void;
  /** Shows the mode in which something else runs. */
  showOther: () => void;
}

const TICK_MS = 100;
const STAND_IN_PAGE = '/the-stand-in.html';

/**
 * One line with the reader's cluster: how it is, how far a run is, Stop, what it holds, on which engine, and a menu.
 */
export class ClusterBar {
  readonly #bar: HTMLElement;
  readonly #long = element('span', { class: 'long' });
  // Styles show one of the two, and only that one is read out.
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
    // The page hears its presses, as those of the words in the text that do the same.
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
    // Focus that was on a button which goes stays in the bar.
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
    // Where only the short form has room, the link is still read out whole.
    this.#engine.setAttribute('aria-label', long);
    this.#engine.replaceChildren(
      element('span', { class: 'long' }, long),
      element('span', { class: 'short' }, 'Stand-in'),
    );
  }

  /** Now, and again while something runs. */
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

  /** Opens the menu, which comes when it is first wanted; after that the browser does it. */
  async #open(): Promise<void> {
    if (this.#panel) return;
    const module = await import('./cluster-menu.ts').catch(() => undefined);
    if (!module) return this.#actions.fail();
    if (this.#panel) return;
    this.#panel = new module.ClusterMenu(this.#bar, this.#menu, this.#actions.reset);
    this.#panel.open(this.#menu);
    if (this.#drawn) this.#panel.draw(this.#drawn);
  }

  /**
   * Opens or closes the panel of the data, which comes when it is first wanted; without a press, opens it as it was
   * left.
   */
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
