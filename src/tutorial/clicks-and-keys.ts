import { copyBlock, downloadBlock } from './copy-download.ts';
import { stepOfFigure } from '../runner/step/figure-step.ts';
import { PageController } from './page-controller.ts';
import type { PanelName } from './panels.ts';

/** What `early-presses.js` in the page's head shares with this script. */
interface EarlyPresses {
  bankrunPressed?: HTMLElement[];
  bankrunReady?: boolean;
}

const CONTROL = '.block[data-step] .actions [data-action], [data-opens], [data-action="terminal"]';

const main = document.querySelector<HTMLElement>('main[data-tutorial]');
if (main) listen(new PageController(main));

function listen(page: PageController): void {
  const act = (control: HTMLElement): void => {
    const { opens, action } = control.dataset;
    if (opens) return page.openPanel(opens as PanelName, control);
    if (action === 'terminal') return page.terminal.open(control);
    const figure = control.closest<HTMLElement>('[data-step]');
    const block = figure && page.block(stepOfFigure(figure).step.id);
    if (!block) return;
    if (action === 'run') page.press(block.id);
    else if (action === 'scope') page.offer(block, control);
    else if (action === 'edit') page.edit(block.id);
    else if (action === 'copy') void copyBlock(block);
    else if (action === 'download' && control instanceof HTMLAnchorElement) downloadBlock(block, control);
  };
  document.addEventListener('click', ({ target, detail }) => {
    const control = target instanceof Element ? target.closest<HTMLElement>(CONTROL) : null;
    // Ignores the second click of a double click, which would press Stop or whatever moved under the pointer. A click
    // on a link still starts its download.
    if (control && (detail <= 1 || control.dataset['action'] === 'download')) act(control);
  });
  // A held key counts as one press.
  document.addEventListener('keydown', (event) => {
    if (event.repeat && event.key === 'Enter' && isRun(event.target)) event.preventDefault();
  });
  const isRun = (target: EventTarget | null): boolean =>
    target instanceof Element &&
    target.closest('.block[data-step] [data-action="run"], [data-action="terminal"]') !== null;
  // A resting pointer under which the button moves does not show an intent.
  document.addEventListener(
    'pointermove',
    ({ target, movementX, movementY }) => {
      if (isRun(target) && (movementX !== 0 || movementY !== 0)) page.intend();
    },
    { passive: true },
  );
  document.addEventListener('pointerdown', ({ target }) => isRun(target) && page.intend());
  document.addEventListener('focusin', ({ target }) => {
    if (isRun(target) && target instanceof Element && target.matches(':focus-visible')) page.intend();
  });
  page.open();
  // A link with shared code, see `src/share/`.
  const receive = (): unknown => location.hash.startsWith('#code=') && page.openPanel('received');
  addEventListener('hashchange', receive);
  receive();
  const early = window as EarlyPresses;
  early.bankrunReady = true;
  for (const control of early.bankrunPressed ?? []) {
    control.removeAttribute('aria-busy');
    act(control);
  }
}
