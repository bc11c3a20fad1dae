import { Hono } from 'hono';
import type { Context } from 'hono';
import { AppError } from '../../errors.ts';
import { USE_HEADER } from '../../../shared/run-use.ts';
import { reportFailure } from '../../report.ts';
import type { Run } from '../../sandbox/run.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import type { Service } from '../../sandbox/service.ts';
import type { Admission } from '../admission.ts';
import { refusalElsewhere } from '../elsewhere.ts';
import { sendEvents } from '../event-stream.ts';
import { clientGoneSignal, onClientGone } from '../response-end.ts';
import type { Owners } from '../reader-cookie.ts';
import type { Counting } from '../site-labels.ts';
import { sendShared } from '../shared-bytes.ts';
import { terminalRoutes } from './terminal-routes.ts';
import { lastEventId, readBody, readQuery } from '../read-request.ts';
import { claimBody, pageQuery, runBody, tableQuery } from '../validators.ts';
import { NO_SUCH_RUN, NO_SUCH_SANDBOX, NO_SUCH_SESSION } from '../../sentences/sandbox-sentences.ts';

/**
 * Returns all routes under `/api/sandboxes`. HEAD is answered like GET (RFC 9110, 9.3.2), but for tables and events
 * only the head is made: nothing is read from the cluster, and no run is followed.
 */
export function sandboxRoutes(
  service: Service,
  owners: Owners,
  admission: Admission,
  { labels, report }: Counting,
): Hono {
  const routes = new Hono();
  const own = async (context: Context): Promise<Sandbox> => {
    const owner = await owners.known(context);
    const id = context.req.param('id');
    if (!owner || id === undefined) throw new AppError('not-found', NO_SUCH_SANDBOX);
    return service.find(owner, id);
  };
  const ownRun = async (context: Context): Promise<Run> => {
    const run = (await own(context)).run(context.req.param('run') ?? '');
    if (!run) throw noSuchRun();
    return run;
  };

  routes.post('/', async (context) => {
    const { mode, imports, waits } = await admission.body(context, () => readBody(context, claimBody));
    const isKnown = (await owners.known(context)) !== undefined;
    const owner = await owners.of(context);
    const patience = { isPatient: waits, signal: clientGoneSignal(context) };
    const { sandbox, isNew } = await service.claim(owner, mode, patience).catch((cause: unknown) => {
      throw service.holdsAny(owner) ? cause : refusalElsewhere(context, cause, owner, service.drains);
    });
    // When the answer does not arrive, nobody has its cookie, and so nobody can use the sandbox.
    if (!isKnown)
      onClientGone(
        context,
        () =>
          void service.remove(sandbox).catch((cause: unknown) => reportFailure(report, cause, `sandbox ${sandbox.id}`)),
      );
    if (isNew) await sandbox.preload(imports);
    return context.json(sandbox.info(), isNew ? 201 : 200);
  });

  routes.route('/', terminalRoutes(own, admission, { labels, report }));

  routes.get('/:id', async (context) => context.json((await own(context)).info()));

  routes.post('/:id/here', async (context) => {
    const { presence } = await own(context);
    presence.come(readQuery(context, pageQuery).page);
    return context.body(null, 204);
  });

  routes.post('/:id/away', async (context) => {
    const { presence } = await own(context);
    presence.leave(readQuery(context, pageQuery).page);
    return context.body(null, 204);
  });

  routes.delete('/:id', async (context) => {
    await service.remove(await own(context));
    return context.body(null, 204);
  });

  routes.delete('/:id/sessions/:session', async (context) => {
    if (!(await own(context)).endSession(context.req.param('session')))
      throw new AppError('not-found', NO_SUCH_SESSION);
    return context.body(null, 204);
  });

  routes.get('/:id/tables', async (context) => {
    const sandbox = await own(context);
    return sendShared(
      context,
      context.req.method === 'HEAD' ? undefined : await admission.tables(context, sandbox.id, () => sandbox.tables()),
    );
  });

  routes.get('/:id/table', async (context) => {
    const sandbox = await own(context);
    const query = readQuery(context, tableQuery);
    if (context.req.method === 'HEAD') return context.body(null);
    return context.json(
      await admission.tables(context, sandbox.id, () => sandbox.table(query, clientGoneSignal(context))),
    );
  });

  routes.post('/:id/runs', async (context) => {
    const sandbox = await own(context);
    const { steps } = await admission.body(context, () => readBody(context, runBody));
    await admission.run(context);
    await admission.follower(context, sandbox.id);
    const run = sandbox.start(steps, labels.ofRun(context.req.header(USE_HEADER)));
    context.header('Location', `/api/sandboxes/${sandbox.id}/runs/${run.id}`);
    return sendEvents(context, run.log, 0);
  });

  routes.get('/:id/runs/:run', async (context) => {
    const run = await ownRun(context);
    if (context.req.method !== 'HEAD') await admission.follower(context, context.req.param('id'));
    return sendEvents(context, run.log, lastEventId(context));
  });

  routes.delete('/:id/runs/:run', async (context) => {
    if (!(await own(context)).stop(context.req.param('run'))) throw noSuchRun();
    return context.body(null, 204);
  });

  return routes;
}

function noSuchRun(): AppError {
  return new AppError('not-found', NO_SUCH_RUN);
}
