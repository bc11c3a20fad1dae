import { getRequestListener, RequestError } from '@hono/node-server';
import type { Hono } from 'hono';
import { createServer, type Server } from 'node:http';
import { AppError } from '../errors.ts';
import { log } from '../log.ts';
import type { Report } from '../report.ts';
import { boundConnections, DEADLINES } from './connection-bounds.ts';
import { problemOf } from './problems.ts';
import { boundRequests } from './request-bounds.ts';
import { webSockets } from './upgrades.ts';
import { ADDRESS_INVALID } from '../sentences/request-sentences.ts';

/**
 * Returns a Node server for the app, not yet listening, with limits on what clients can make it store and do at once.
 */
export function createHttpServer(
  app: Hono,
  { host, trustProxy, report = log }: { host: string; trustProxy: boolean; report?: Report },
  maxOfAddress?: number,
): Server {
  const listener = getRequestListener(app.fetch, {
    hostname: host,
    overrideGlobalObjects: false,
    errorHandler: (thrown) => answerWithoutApp(thrown, report),
  });
  const server = createServer({ ...DEADLINES, requireHostHeader: false });
  server.on('upgrade', webSockets(app));
  boundRequests(server, (incoming, outgoing) => void listener(incoming, outgoing));
  boundConnections(server, { trustProxy, report }, maxOfAddress);
  return server;
}

/** Answers a request that never reaches the app, because its URL or Host is invalid. */
function answerWithoutApp(thrown: unknown, report: Report): Response {
  const error = thrown instanceof RequestError ? new AppError('bad-request', ADDRESS_INVALID) : thrown;
  const { problem, status, headers } = problemOf(error, report);
  return Response.json(problem, { status, headers: { ...headers, 'X-Content-Type-Options': 'nosniff' } });
}
