import { copiedLabel, copiedSentence } from '../sentences/copy-sentences.ts';
import { writeClipboard } from '../ui/write-clipboard.ts';
import type { Block } from '../runner/step/block.ts';
import { tellStatus } from '../ui/status.ts';

const TOLD_MS = 2000;
const REVOKE_MS = 10_000;

/** Copies a block's text, edits included, and says whether the browser let us. */
export async function copyBlock(block: Block): Promise<void> {
  const button = block.button('copy');
  const copied = await writeClipboard(block.text);
  const label = copiedLabel(copied);
  if (button) button.textContent = label;
  block.name('copy', label);
  tellStatus(copiedSentence(copied));
  setTimeout(() => {
    if (button) button.textContent = 'Copy';
    block.name('copy', 'Copy');
  }, TOLD_MS);
}

/** Lets a download that is under way give the edited text: what is downloaded is what runs. */
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
