/**
 * Calls `make` so that rules which it writes into `style` elements end up in constructed style sheets, which the
 * Content-Security-Policy allows. Returns the result of `make`, and a function that removes the style sheets.
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
    // Uncovers the prototype's own method again.
    Reflect.deleteProperty(document, 'createElement');
  }
}

/** Turns an element into one that shows nothing and whose text content sets the rules of a new style sheet. */
function ruleHolder(holder: HTMLElement, sheets: CSSStyleSheet[]): HTMLElement {
  const sheet = new CSSStyleSheet();
  sheets.push(sheet);
  document.adoptedStyleSheets.push(sheet);
  holder.hidden = true;
  Object.defineProperty(holder, 'textContent', { set: (rules: string) => void sheet.replaceSync(rules) });
  return holder;
}

/** Adds a style sheet, given as text, to the document. */
export function addRules(rules: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets.push(sheet);
}
