import { resolve } from 'node:path';
import { readSize, showSize, type Size } from './sizes.ts';

const MIN_STORE = { text: '640 MiB', bytes: 640 * 2 ** 20 };

/**
 * Where the data is kept: in memory, or at a path. The stand-in keeps both kinds in its own directory, and only shows
 * the path.
 */
export type Store = { kind: 'memory'; size: Size } | { kind: 'path'; path: string };

/** Reads the value of `--store`. Returns what is wrong with it, in the words of the flag's error. */
export function readStore(value: string): Store | string {
  let [path, size, memory]: [string | undefined, Size | undefined, boolean] = [undefined, undefined, false];
  for (const field of value.split(',')) {
    const [, name, content] = /^([^=]*)=(.*)$/.exec(field) ?? [undefined, 'path', field];
    if (name === 'path') path = content;
    else if (name === 'type') {
      if (content !== 'mem') return `${content} is not a valid store type`;
      memory = true;
    } else if (name === 'size') {
      const read = readSize(content);
      if (typeof read === 'string') return `could not parse store size (${content}) ${read}`;
      if ('bytes' in read && read.bytes < MIN_STORE.bytes)
        return `store size (${content}) must be larger than ${MIN_STORE.text}`;
      size = read;
    } else if (name !== 'attrs' && name !== 'ballast-size') return `${name} is not a valid store field`;
  }
  if (!memory) return path ? { kind: 'path', path } : 'no path specified';
  if (path !== undefined) return 'path specified for in memory store';
  return size === undefined ? 'size must be specified for an in memory store' : { kind: 'memory', size };
}

/** Returns the store as the banner prints it. */
export function showStore(store: Store): string {
  return store.kind === 'memory' ? `type=mem,size=${showSize(store.size)}` : `path=${resolve(store.path)}`;
}
