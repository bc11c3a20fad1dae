/**
 * Lets `make` put its rules where the site's policy allows them: what it writes into `style` elements goes to sheets of
 * the document's own, one for each. Gives what removes them, and what `make` gave.
 */
export function withOwnRules<T>(make: () => T): { made: T; remove: () => void } {
  const sheets: CSSStyleSheet[] = [];
  const create = (tag: string, options?: ElementCreationOptions): HTMLElement =>
    Document.prototype.createElement.call(document, tag, options);
  const createElement = (tag: string, options?: ElementCreationOptions): HTMLElement =>
    tag.toLowerCase() === 'style' ? ruleHolder(create('span'), sheets) : create(tag, options);
  Object.defineProperty(document, 'createElement', { value: createElement, configurable: true });
  try {
    return {
      made: make(),
      remove: () => {
        document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => !sheets.includes(sheet));
      },
    };
  } finally {
    // What the document has of its prototype is seen again.
    Reflect.deleteProperty(document, 'createElement');
  }
}

/** An element that shows nothing; a text that is written into it becomes the rules of a sheet. */
function ruleHolder(holder: HTMLElement, sheets: CSSStyleSheet[]): HTMLElement {
  const sheet = new CSSStyleSheet();
  sheets.push(sheet);
  document.adoptedStyleSheets.push(sheet);
  holder.hidden = true;
  Object.defineProperty(holder, 'textContent', { set: (rules: string) => void sheet.replaceSync(rules) });
  return holder;
}

/** Adds a style sheet of ours, as text, to the document. */
export function addRules(rules: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets.push(sheet);
}
