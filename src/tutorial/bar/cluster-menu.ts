import { engineName } from '../../engine-version.ts';
import { stateOf, type ClusterState } from './cluster-state.ts';
import { button, element } from '../../ui/element.ts';
import { engineSentence, RESET_QUESTION, standInSentence } from '../../sentences/menu-sentences.ts';

/** The cluster's menu, which opens above the bar. */
export class ClusterMenu {
  readonly #menu = element(
    'div',
    { class: 'panel', popover: '', role: 'dialog', 'aria-label': 'Your cluster' },
    element('p', { class: 'panel-title' }, 'Your cluster'),
  );
  readonly #state = element('p', { class: 'said' });
  readonly #engine = element('p');
  readonly #reset: HTMLButtonElement;
  readonly #confirm: HTMLElement;

  /** `opener` is its button. The browser opens and closes the menu with it, and tells screen readers. */
  constructor(bar: HTMLElement, opener: HTMLButtonElement, reset: () => void) {
    const menu = this.#menu;
    bar.append(menu);
    opener.popoverTargetElement = menu;
    this.#reset = button('Reset', () => this.#ask(true), {
      'data-action': 'reset',
      'aria-label': 'Reset: remove your cluster with all its data',
    });
    const sure = button(
      'Remove it',
      () => {
        this.#ask(false);
        menu.hidePopover();
        reset();
      },
      { 'data-action': 'reset-sure' },
    );
    const keep = button('Keep it', () => this.#ask(false), { 'data-action': 'reset-keep' });
    this.#confirm = element('p', { class: 'confirm', role: 'group' }, `${RESET_QUESTION} `, sure, keep);
    this.#confirm.hidden = true;
    const opening = [
      button('Take it home', () => undefined, { 'data-opens': 'take-home' }),
      button('Share', () => undefined, { 'data-opens': 'share' }),
    ];
    menu.append(this.#state, this.#engine, element('p', { class: 'choices' }, ...opening), this.#reset, this.#confirm);
    menu.addEventListener('toggle', () => this.#ask(false));
  }

  open(source: HTMLElement): void {
    this.#menu.showPopover({ source });
  }

  draw(cluster: ClusterState): void {
    const { long } = stateOf(cluster);
    if (this.#state.textContent !== long) this.#state.textContent = long;
    const { engine, hasCluster } = cluster;
    this.#reset.disabled = !hasCluster;
    if (engine && this.#engine.dataset['name'] !== engineName(engine)) {
      this.#engine.dataset['name'] = engineName(engine);
      this.#engine.replaceChildren(...aboutEngine(engine));
    }
  }

  /** Asks for confirmation in place of the button. */
  #ask(isAsking: boolean): void {
    const hadFocus = this.#confirm.contains(document.activeElement) || document.activeElement === this.#reset;
    this.#reset.hidden = isAsking;
    this.#confirm.hidden = !isAsking;
    if (hadFocus) (isAsking ? this.#confirm.querySelector('button') : this.#reset)?.focus();
  }
}

function aboutEngine(engine: NonNullable<ClusterState['engine']>): (string | HTMLElement)[] {
  if (!engine.standIn) return [engineSentence(engineName(engine))];
  const link = element('a', { href: '/the-stand-in.html' }, 'What that means');
  return [`${standInSentence(engine.version.replace(/ \(.*/, ''))} `, link, '.'];
}
