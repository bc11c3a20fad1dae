import { copiedLabel, copiedSentence } from '../sentences/copy-sentences.ts';
import { SERVER_AWAY_LATER } from '../sentences/server-sentences.ts';
import { button } from './element.ts';
import { tellStatus } from './status.ts';
import { writeClipboard } from './write-clipboard.ts';

/** How long the button says what came of it, milliseconds. */
const TOLD_MS = 2000;

/** A button that copies what `text` returns when it is pressed, and says whether the browser let it. */
export function copyButton(
  text: () => string | Promise<string>,
  label: string,
  properties: Record<string, string> = {},
  tell = tellStatus,
): HTMLButtonElement {
  const copy = async (): Promise<void> => {
    const isCopied = await writeClipboard(await text());
    made.textContent = copiedLabel(isCopied);
    tell(copiedSentence(isCopied));
    setTimeout(() => (made.textContent = label), TOLD_MS);
  };
  const made = button(label, () => void copy().catch(() => tell(SERVER_AWAY_LATER)), properties);
  return made;
}
