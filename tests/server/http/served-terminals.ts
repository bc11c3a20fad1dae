import { upgradeWebSocket } from '@hono/node-server';
import { Hono } from 'hono';
import { terminalEvents, TERMINAL_DEADLINES } from '../../../server/http/terminal-socket.ts';
import type { FakeProgram } from '../sandbox/fake-terminal.ts';
import { terminals } from '../sandbox/terminals.ts';
import { listen, type Listening } from './listening.ts';

export const PATH = '/api/sandboxes/mine/terminals/1';

/** A terminal with a pretended program, served as the API does it, to anybody. */
export interface ServedTerminal extends Listening {
  target: { url: string; headers: Record<string, string> };
  programs: FakeProgram[];
  /** Bytes of the program that were given to connections. */
  shownBytes(): number;
  /** How often a connection has left the terminal. */
  leaves(): number;
  /** How many connections are no more. */
  closes(): number;
  /** Has the next ones wait with opening it. */
  holdBack(until: Promise<void>): void;
}

export async function serveTerminal({
  deadlines = TERMINAL_DEADLINES,
  isShutdown = false,
} = {}): Promise<ServedTerminal> {
  const { all, container, programs } = terminals();
  let shownBytes = 0;
  let leaves = 0;
  let closes = 0;
  let heldBack = Promise.resolve();
  const events = (): ReturnType<typeof terminalEvents> => {
    const { onClose, ...others } = terminalEvents({
      deadlines,
      isShutdown: () => isShutdown,
      watch: async (opening, viewer) => {
        await heldBack;
        const show = (bytes: Buffer): void => {
          shownBytes += bytes.length;
          viewer.show(bytes);
        };
        const view = await all.watch(container, 1, opening, { ...viewer, show });
        const leave = (): void => {
          leaves += 1;
          view.leave();
        };
        return { ...view, leave };
      },
    });
    const closed: typeof onClose = (event, context) => {
      onClose?.(event, context);
      closes += 1;
    };
    return { ...others, onClose: closed };
  };
  const app = new Hono().get(PATH, upgradeWebSocket(events)).get('/plain', (context) => context.text('as ever'));
  const listening = await listen(app);
  return {
    ...listening,
    target: { url: listening.url.replace('http', 'ws') + PATH, headers: {} },
    programs,
    shownBytes: () => shownBytes,
    leaves: () => leaves,
    closes: () => closes,
    holdBack: (until) => {
      heldBack = until;
    },
  };
}
