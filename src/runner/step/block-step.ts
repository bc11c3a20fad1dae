import type { Step } from '../../../shared/protocol.ts';
import type { Block } from './block.ts';

/** A block's step as the server wants it, edits included. */
export function stepOf({ id, kind, text, figure }: Block): Step {
  const { path = '', user = 'root', database, background, session } = figure.dataset;
  const shared = session === undefined ? {} : { session };
  switch (kind) {
    case 'file':
      return { id, kind, path, text };
    case 'shell':
      return { id, kind, command: text, ...(background === undefined ? {} : { background: true }), ...shared };
    case 'sql':
      return { id, kind, statements: text, user, ...(database === undefined ? {} : { database }), ...shared };
  }
}
