import { button, element } from '../../ui/element.ts';

/** A button that a notice offers. */
export interface Remedy {
  label: string;
  press: () => void;
}

/** Returns a sentence with buttons for what the reader can do about it. Without a text, the buttons alone. */
export function noticeOf(text: string, remedies: Remedy[], tone: 'failed' | 'calm'): HTMLElement {
  const made = element('p', { class: text === '' ? 'remedies' : `notice ${tone}` }, text);
  for (const { label, press } of remedies) made.append(' ', button(label, press));
  return made;
}
