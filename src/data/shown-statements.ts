import { writeClipboard } from '../ui/write-clipboard.ts';
import { button, element } from '../ui/element.ts';
import { tellStatus } from '../ui/status.ts';

const TOLD_MS = 2000;

/**
 * The statements that what is shown was read with, each to be copied. Folded at first; stays as the reader leaves it.
 */
export class Statements {
  readonly element = element('details', { class: 'statements' }, element('summary', {}, 'SQL that this was read with'));
  readonly #list = element('div', {});

  constructor() {
    this.element.append(this.#list);
  }

  /** `statements`: what each gives, and the statement. */
  show(statements: readonly (readonly [string, string])[]): void {
    this.#list.replaceChildren(
      ...statements.map(([what, sql]) =>
        element(
          'div',
          { class: 'statement' },
          element('p', {}, what, copyButton(what, sql)),
          element('pre', { tabindex: '0', role: 'group', 'aria-label': `SQL: ${what}` }, `${sql};`),
        ),
      ),
    );
  }
}

function copyButton(what: string, sql: string): HTMLButtonElement {
  const made = button('Copy', () => void copy(), { 'aria-label': `Copy the SQL: ${what}` });
  const copy = async (): Promise<void> => {
    const copied = await writeClipboard(`${sql};`);
    made.textContent = copied ? 'Copied' : 'Not allowed';
    tellStatus(
      copied ? 'Copied to the clipboard.' : 'The browser does not allow copying here: select the text instead.',
    );
    setTimeout(() => (made.textContent = 'Copy'), TOLD_MS);
  };
  return made;
}
