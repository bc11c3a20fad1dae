/**
 * Returns the text nodes of a block's code in order, each with its offset in the code's text. Prompts are left out,
 * because they are not part of the code. A folded part begins on a new line.
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

/** Returns where in a block's code the selection ends, as an offset into its text; undefined when it is elsewhere. */
export function offsetOfSelection(box: HTMLElement): number | undefined {
  const { focusNode, focusOffset } = getSelection() ?? {};
  if (!focusNode || focusOffset === undefined || !box.contains(focusNode)) return undefined;
  const found = codeTexts(box).find(({ node }) => node === focusNode);
  return found && found.at + focusOffset;
}

/**
 * Replaces a block's folded code by a single unfolded one, so that lines can be found by their numbers. Returns false
 * when nothing was folded.
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
