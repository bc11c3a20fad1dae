import { headingName } from '../compiler/heading-id.ts';

/** A part of the page that only one mode shows and that an address can name. */
export interface Part {
  id: string;
  mode: string;
  /** What it is called in either mode. */
  name: string;
}

/** What a heading or a block is called in either mode. `text` is the heading's. */
export function partName(id: string, mode: string, text?: string): string {
  return text === undefined ? id.replace(new RegExp(`-${mode}(-\\d+)$`), '$1') : headingName(text);
}

/**
 * The id under which `mode` shows what `id` names: the id itself where that mode shows it, else that of its
 * counterpart, the part of the same name, in the same place among those of that name. Undefined where there is none.
 */
export function idInMode(id: string, mode: string, parts: readonly Part[]): string | undefined {
  const part = parts.find((each) => each.id === id);
  if (!part || part.mode === mode) return id;
  const namesakes = (of: string): Part[] => parts.filter((each) => each.mode === of && each.name === part.name);
  return namesakes(mode)[namesakes(part.mode).indexOf(part)]?.id;
}

/** The address of what is seen in `mode`: it names the mode, and its hash fits. */
export function addressIn(mode: string, address: URL, parts: readonly Part[]): URL {
  const fitting = new URL(address);
  fitting.searchParams.set('filters', mode);
  return withFittingHash(fitting, mode, parts);
}

/** The address with the hash that fits `mode`, or without one. */
export function withFittingHash(address: URL, mode: string, parts: readonly Part[]): URL {
  const fitting = new URL(address);
  const id = hashId(address.hash);
  const fit = idInMode(id, mode, parts);
  if (fit !== id) fitting.hash = fit ?? '';
  return fitting;
}

/** The id that a hash names; a hash that is no URI component is taken as it stands. */
export function hashId(hash: string): string {
  const id = hash.slice(1);
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
