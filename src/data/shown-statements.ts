import { copyButton } from '../ui/copy-button.ts';
import { element } from '../ui/element.ts';

/**
 * Lists the SQL statements with which the shown data was read, each with a copy button. Folded until the reader opens
 * it.
 */
export class Statements {
  readonly element = element('details', { class: 'statements' }, element('summary', {}, 'The SQL behind this'));
  readonly #list = element('div', {});

  constructor() {
    this.element.append(this.#list);
  }

  /** Shows the statements. Each entry is a description and its SQL. */
  show(statements: readonly (readonly [string, string])[]): void {
    this.#list.replaceChildren(
      ...statements.map(([what, sql]) =>
        element(
          'div',
          { class: 'statement' },
          element(
            'p',
            {},
            what,
            copyButton(() => `${sql};`, 'Copy', { 'aria-label': `Copy the SQL: ${what}` }),
          ),
          element('pre', { tabindex: '0', role: 'group', 'aria-label': `SQL: ${what}` }, `${sql};`),
        ),
      ),
    );
  }
}
