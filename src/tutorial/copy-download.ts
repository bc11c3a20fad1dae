import { copiedLabel, copiedSentence } from '../sentences/copy-sentences.ts';
import { writeClipboard } from '../ui/write-clipboard.ts';
import type { Block } from '../runner/step/block.ts';
import { announce } from '../ui/status.ts';

/** How long the button shows whether it copied, and how long a download may take to start, in milliseconds. */
const OUTCOME_MS = 2000;
const REVOKE_MS = 10_000;

/** Copies a block's text, with the reader's edit, and says whether the browser allowed it. */
export async function copyBlock(block: Block): Promise<void> {
  const button = block.button('copy');
  const copied = await writeClipboard(block.text);
  const label = copiedLabel(copied);
  if (button) button.textContent = label;
  block.name('copy', label);
  announce(copiedSentence(copied));
  setTimeout(() => {
    if (button) button.textContent = 'Copy';
    block.name('copy', 'Copy');
  }, OUTCOME_MS);
}

/** Makes a download that has just been clicked deliver the edited text, so that readers download what runs. */
export function downloadBlock(block: Block, link: HTMLAnchorElement): void {
  if (block.edited === undefined) return;
  const published = link.href;
  const edited = URL.createObjectURL(new Blob([block.edited], { type: 'text/plain' }));
  link.href = edited;
  setTimeout(() => {
    link.href = published;
  });
  setTimeout(() => URL.revokeObjectURL(edited), REVOKE_MS);
}
