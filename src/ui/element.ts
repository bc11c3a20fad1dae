type Child = Node | string;

/** Makes an element. Text is only ever put in as text. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: { class?: string; [attribute: string]: string | undefined } = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) if (value !== undefined) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A button that does something. */
export function button(label: string, press: () => void, properties: Record<string, string> = {}): HTMLButtonElement {
  const made = element('button', { type: 'button', ...properties }, label);
  made.addEventListener('click', press);
  return made;
}
