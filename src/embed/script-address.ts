const SCRIPT = /https?:\/\/[^\s()@]+?\/run-step\.js/;

/**
 * Returns the origin of the server that the script was loaded from; undefined when it is unknown. `source` is the
 * address of the script's element, which modules do not have. For them, the first address in `stack`, from an Error
 * made when the script starts, is its own. Nothing that a page writes on an element can change the result.
 */
export function serverOf(source: string | undefined, stack: string | undefined): string | undefined {
  const address = source || SCRIPT.exec(stack ?? '')?.[0];
  const url = URL.parse(address ?? '');
  return url && /^https?:$/.test(url.protocol) ? url.origin : undefined;
}
