import { TutorialPage } from './page.ts';

interface EarlyPresses {
  bankrunPressed?: HTMLElement[];
  bankrunReady?: boolean;
}

const main = document.querySelector<HTMLElement>('main[data-tutorial]');
if (main) listen(new TutorialPage(main));

function listen(page: TutorialPage): void {
  const stepOf = (node: Element): string | undefined => node.closest<HTMLElement>('.block[data-step]')?.dataset['step'];
  const act = (button: HTMLElement): void => {
    const id = stepOf(button);
    if (id !== undefined) page.act(button.dataset['action'] ?? '', id);
  };
  document.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element)) return;
    const control = target.closest<HTMLElement>('.block[data-step] .actions [data-action]');
    if (control instanceof HTMLAnchorElement) page.download(stepOf(control) ?? '', control);
    else if (control) act(control);
  });
  for (const kind of ['pointerover', 'focusin', 'pointerdown']) {
    document.addEventListener(kind, ({ target }) => {
      if (target instanceof Element && target.closest('.block[data-step] [data-action="run"]')) page.intend();
    });
  }
  const early = window as EarlyPresses;
  early.bankrunReady = true;
  void page.open();
  for (const button of early.bankrunPressed ?? []) {
    button.removeAttribute('aria-busy');
    act(button);
  }
}
