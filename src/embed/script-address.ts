const SCRIPT = /https?:\/\/[^\s()@]+?\/run-step\.js/;

/**
 * The origin of the server that a script came from. `source` is its element's address, which a module does not have;
 * there the first address in `stack`, of an error that the script makes as it begins, is its own. Nothing that a page
 * writes on an element has a say in it.
 */
export function serverOf(source: string | undefined, stack: string | undefined): string | undefined {
  const address = source || SCRIPT.exec(stack ?? '')?.[0];
  const url = URL.parse(address ?? '');
  return url && /^https?:$/.test(url.protocol) ? url.origin : undefined;
}
