import { copiedLabel, copiedSentence } from '../sentences/copy-sentences.ts';
import { writeClipboard } from '../ui/write-clipboard.ts';

/** How long the button shows whether it copied, in milliseconds. */
const OUTCOME_MS = 2000;

/**
 * Handles the Copy buttons of blocks that are only shown. The runner handles those of steps, because it knows edits.
 */
async function copy(button: HTMLButtonElement): Promise<void> {
  const copied = await writeClipboard(button.closest<HTMLElement>('.block')?.dataset['text'] ?? '');
  button.textContent = copiedLabel(copied);
  const status = document.querySelector('[data-status]');
  if (status) status.textContent = copiedSentence(copied);
  setTimeout(() => (button.textContent = 'Copy'), OUTCOME_MS);
}

for (const button of document.querySelectorAll<HTMLButtonElement>('.block:not([data-step]) [data-action="copy"]')) {
  button.addEventListener('click', () => void copy(button));
}
