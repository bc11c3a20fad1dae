import { Hono } from 'hono';
import { AppError } from '../errors.ts';
import { log } from '../log.ts';
import type { Report } from '../report.ts';
import type { EmbedToken } from '../../shared/protocol.ts';
import type { Service } from '../sandbox/service.ts';
import { Admission } from './admission.ts';
import { boundBodies } from './body-bounds.ts';
import { Embeds } from './embeds.ts';
import { checkHost } from './host-check.ts';
import { checkOrigin, requireOrigin } from './origin-check.ts';
import { Owners, type OwnersOptions } from './owners.ts';
import { problemHandler } from './problems.ts';
import { sandboxRoutes } from './routes/sandbox-routes.ts';
import { securityHeaders } from './security-headers.ts';

/** How readers reach the API. */
export interface ApiOptions extends Omit<OwnersOptions, 'embeds'> {
  /** The server listens to this machine only. */
  isLocal: boolean;
  /** Sandboxes that one network address may hold: what it may have under way grows with it. */
  sandboxesPerAddress: number;
  /** Origins of other sites whose pages may run steps here. */
  embedOrigins?: readonly string[];
  /** Hashes of the scripts that stand in the site's pages, as `inlineScriptHashes` gives them. */
  inlineScripts?: readonly string[];
  /** Hears of failures. The log where it is absent. */
  report?: Report;
}

/** The API, under `/api`. Nothing that a client sends makes a 5xx but what is our own failure. */
export function apiApp(
  service: Service,
  {
    publicOrigin,
    isLocal,
    trustProxy,
    sandboxesPerAddress,
    embedOrigins = [],
    inlineScripts = [],
    report = log,
  }: ApiOptions,
): Hono {
  const app = new Hono();
  const embeds = new Embeds(embedOrigins, publicOrigin);
  app.onError(problemHandler(report));
  app.use('*', securityHeaders(inlineScripts));
  app.use('*', boundBodies);
  app.use('/api/*', checkHost(publicOrigin, isLocal), embeds.answers, checkOrigin(publicOrigin, embeds));
  app.get('/api/health', (context) => {
    const health = service.health();
    context.header('Cache-Control', 'no-store');
    return context.json(health, health.ready ? 200 : 503);
  });
  const owners = new Owners({ publicOrigin, trustProxy, embeds });
  const admission = new Admission((context) => owners.asker(context), sandboxesPerAddress);
  app.use('/api/sandboxes/*', admission.answers);
  app.use('/api/sandboxes/:id/terminals/*', requireOrigin(publicOrigin));
  app.post('/api/embeds', (context) => {
    context.header('Cache-Control', 'no-store');
    return context.json<EmbedToken>({ token: embeds.issue(context) }, 201);
  });
  app.route('/api/sandboxes', sandboxRoutes(service, owners, admission, report));
  app.all('/api/*', () => {
    throw new AppError('not-found', 'There is no such thing in the API.');
  });
  return app;
}
