import { upgradeWebSocket } from '@hono/node-server';
import { Hono } from 'hono';
import { terminalEvents, TERMINAL_DEADLINES } from '../../../server/http/terminal-socket.ts';
import type { FakeProgram } from '../sandbox/fake-terminal.ts';
import { terminals } from '../sandbox/terminals.ts';
import { listen, type Listening } from './listening.ts';

export const PATH = '/api/sandboxes/mine/terminals/1';

/** A terminal with a fake program, served to anybody as the API does. */
export interface ServedTerminal extends Listening {
  target: { url: string; headers: Record<string, string> };
  programs: FakeProgram[];
  /** How many bytes of the program were passed to connections. */
  shownBytes(): number;
  /** How often a connection has left the terminal. */
  leaves(): number;
  /** How many connections have closed. */
  closes(): number;
  /** Makes the next connections wait before they open it. */
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
