import { copiedLabel, copiedSentence } from '../sentences/copy-sentences.ts';
import { writeClipboard } from '../ui/write-clipboard.ts';

const TOLD_MS = 2000;

/** Copy buttons of blocks that are only shown; those of steps belong to the runner, which knows of edits. */
async function copy(button: HTMLButtonElement): Promise<void> {
  const copied = await writeClipboard(button.closest<HTMLElement>('.block')?.dataset['text'] ?? '');
  button.textContent = copiedLabel(copied);
  const status = document.querySelector('[data-status]');
  if (status) status.textContent = copiedSentence(copied);
  setTimeout(() => (button.textContent = 'Copy'), TOLD_MS);
}

for (const button of document.querySelectorAll<HTMLButtonElement>('.block:not([data-step]) [data-action="copy"]')) {
  button.addEventListener('click', () => void copy(button));
}
