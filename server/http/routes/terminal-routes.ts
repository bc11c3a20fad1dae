import { upgradeWebSocket } from '@hono/node-server';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { AppError } from '../../errors.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { isTerminalNumber } from '../../sandbox/terminals.ts';
import type { Admission } from '../admission.ts';
import type { Counting } from '../site-labels.ts';
import { terminalEvents } from '../terminal-socket.ts';
import { isUpgrade } from '../upgrades.ts';
import { NOT_AN_UPGRADE } from '../../sentences/request-sentences.ts';
import { NO_SUCH_TERMINAL } from '../../sentences/sandbox-sentences.ts';

const PATH = '/:id/terminals/:number';

/** Returns the routes for terminals, below `/api/sandboxes`. `own` returns the request's sandbox. */
export function terminalRoutes(
  own: (context: Context) => Promise<Sandbox>,
  admission: Admission,
  { labels, report }: Counting,
): Hono {
  const routes = new Hono();

  routes.get(PATH, async (context) => {
    const sandbox = await own(context);
    const number = numberOf(context);
    if (!isUpgrade(context)) throw new AppError('bad-request', NOT_AN_UPGRADE);
    await admission.terminal(context, sandbox.id);
    const isShutdown = (): boolean => sandbox.cause === 'shutdown';
    return await upgradeWebSocket(
      context,
      terminalEvents({
        watch: async (opening, viewer) => {
          const view = await sandbox.watchTerminal(number, opening, viewer);
          // A page that comes back to its terminal is not counted again.
          if (!opening.from) report({ type: 'terminal-opened', ...labels.ofTerminal(opening.use) });
          return view;
        },
        isShutdown,
        report,
      }),
    );
  });

  routes.delete(PATH, async (context) => {
    if (!(await own(context)).closeTerminal(numberOf(context))) throw noSuchTerminal();
    return context.body(null, 204);
  });

  return routes;
}

function numberOf(context: Context): number {
  const text = context.req.param('number') ?? '';
  const number = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (!isTerminalNumber(number)) throw noSuchTerminal();
  return number;
}

function noSuchTerminal(): AppError {
  return new AppError('not-found', NO_SUCH_TERMINAL);
}
