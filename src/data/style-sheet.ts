/** Adds a style sheet of ours, as text, to the document. */
export function addStyleSheet(rules: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets.push(sheet);
}
