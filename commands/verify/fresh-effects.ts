import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

/**
 * Makes effects that are imported with a version also load their own modules of the content folder anew: Node keeps
 * every module that it has loaded. Returns a function that returns the next version.
 */
export function loadAnew(content: string): () => string {
  const inContent = `${pathToFileURL(content).href}/`;
  registerHooks({
    resolve: (specifier, context, next) => {
      const found = next(specifier, context);
      const version = context.parentURL?.startsWith(inContent)
        ? /\?version=\d+$/.exec(context.parentURL)?.[0]
        : undefined;
      const isOwn = version !== undefined && found.url.startsWith(inContent) && !found.url.includes('?');
      return isOwn ? { ...found, url: found.url + version } : found;
    },
  });
  let count = 0;
  return () => `version=${(count += 1)}`;
}
