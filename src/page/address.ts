import { headingName } from '../compiler/heading-id.ts';

/** A part of the page that only one mode shows and that has an id. */
export interface Part {
  id: string;
  mode: string;
  /** Its name, which is the same for its counterpart in the other mode. */
  name: string;
}

/** Returns the name of a heading or a block, which is the same in both modes. `text` is a heading's text. */
export function partName(id: string, mode: string, text?: string): string {
  return text === undefined ? id.replace(new RegExp(`-${mode}(-\\d+)$`), '$1') : headingName(text);
}

/**
 * Returns the id of `id` in `mode`: the id itself when that mode shows it, otherwise the id of its counterpart, which
 * has the same name and the same position among parts of that name. Undefined when there is no counterpart.
 */
export function idInMode(id: string, mode: string, parts: readonly Part[]): string | undefined {
  const part = parts.find((each) => each.id === id);
  if (!part || part.mode === mode) return id;
  const namesakes = (of: string): Part[] => parts.filter((each) => each.mode === of && each.name === part.name);
  return namesakes(mode)[namesakes(part.mode).indexOf(part)]?.id;
}

/** Returns the address for `mode`: it names the mode and has a hash that exists in it. */
export function addressIn(mode: string, address: URL, parts: readonly Part[]): URL {
  const fitting = new URL(address);
  fitting.searchParams.set('filters', mode);
  return withFittingHash(fitting, mode, parts);
}

/** Returns the address with a hash that exists in `mode`, or without one. */
export function withFittingHash(address: URL, mode: string, parts: readonly Part[]): URL {
  const fitting = new URL(address);
  const id = hashId(address.hash);
  const fit = idInMode(id, mode, parts);
  if (fit !== id) fitting.hash = fit ?? '';
  return fitting;
}

/** Returns the id in a hash; a hash that cannot be decoded is returned as it is. */
export function hashId(hash: string): string {
  const id = hash.slice(1);
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
