import { copyButton } from '../ui/copy-button.ts';
import { element } from '../ui/element.ts';

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
