/**
 * The text nodes of a block's code, in order, without the prompts, which are for the eye only; a folded part follows on
 * a new line.
 */
export function codeTexts(box: HTMLElement): { node: Text; at: number }[] {
  const texts: { node: Text; at: number }[] = [];
  let at = 0;
  for (const [index, code] of [...box.querySelectorAll('code')].entries()) {
    if (index > 0) at += 1;
    const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode as Text;
      if (node.parentElement?.closest('.prompt')) continue;
      texts.push({ node, at });
      at += node.length;
    }
  }
  return texts;
}

/** Where in a block's code the reader's last click was, as an offset into its text; undefined when it was elsewhere. */
export function offsetOfSelection(box: HTMLElement): number | undefined {
  const { focusNode, focusOffset } = getSelection() ?? {};
  if (!focusNode || focusOffset === undefined || !box.contains(focusNode)) return undefined;
  const found = codeTexts(box).find(({ node }) => node === focusNode);
  return found && found.at + focusOffset;
}

/**
 * Unfolds a block's code for good: a line's place can then be told from its number. What was published keeps its folds.
 * False where nothing was folded.
 */
export function unfold(box: HTMLElement): boolean {
  const parts = [...box.querySelectorAll('code')];
  if (parts.length < 2) return false;
  const code = document.createElement('code');
  for (const [index, part] of parts.entries())
    code.append(...(index > 0 ? ['\n'] : []), ...part.cloneNode(true).childNodes);
  const pre = document.createElement('pre');
  pre.tabIndex = 0;
  pre.append(code);
  box.replaceChildren(pre);
  return true;
}
