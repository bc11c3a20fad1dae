import { copiedLabel, copiedSentence } from '../sentences/copy-sentences.ts';
import { SERVER_AWAY_LATER } from '../sentences/server-sentences.ts';
import { button } from './element.ts';
import { announce } from './status.ts';
import { writeClipboard } from './write-clipboard.ts';

/** How long the button shows whether it copied, in milliseconds. */
const OUTCOME_MS = 2000;

/**
 * Returns a button that copies the result of `text` when it is pressed, and tells the reader whether the browser
 * allowed it.
 */
export function copyButton(
  text: () => string | Promise<string>,
  label: string,
  properties: Record<string, string> = {},
  announceOutcome = announce,
): HTMLButtonElement {
  const copy = async (): Promise<void> => {
    const isCopied = await writeClipboard(await text());
    made.textContent = copiedLabel(isCopied);
    announceOutcome(copiedSentence(isCopied));
    setTimeout(() => (made.textContent = label), OUTCOME_MS);
  };
  const made = button(label, () => void copy().catch(() => announceOutcome(SERVER_AWAY_LATER)), properties);
  return made;
}
