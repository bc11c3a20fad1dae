import { Hono } from 'hono';
import { AppError, type LimitName } from '../errors.ts';
import { log } from '../log.ts';
import type { Report } from '../report.ts';
import type { EmbedToken } from '../../shared/protocol.ts';
import type { Service } from '../sandbox/service.ts';
import { Admission } from './admission.ts';
import { boundBodies } from './body-bounds.ts';
import { addressReader } from './client-address.ts';
import type { Counter } from './counter.ts';
import { Embeds } from './embeds.ts';
import { checkHost } from './host-check.ts';
import { checkOrigin, requireOrigin } from './origin-check.ts';
import { Owners, type OwnersOptions } from './reader-cookie.ts';
import { problemHandler } from './problems.ts';
import { identifyRequests } from './request-id.ts';
import { sandboxRoutes } from './routes/sandbox-routes.ts';
import { SiteLabels } from './site-labels.ts';
import { securityHeaders } from './security-headers.ts';
import { NO_SUCH_ROUTE } from '../sentences/request-sentences.ts';
import { SERVER_DRAINS } from '../sentences/unavailable-sentences.ts';

/** Options of the API: how readers reach it, and their limits. */
export interface ApiOptions extends Omit<OwnersOptions, 'embeds'> {
  /** Whether the server listens on a loopback address only. */
  isLocal: boolean;
  /** How many sandboxes one network address may have; its limits on requests are multiples of it. */
  sandboxesPerAddress: number;
  /** How many requests and runs one reader may begin in a minute; default: any number. */
  requestsPerMinute?: number;
  runsPerMinute?: number;
  /** Origins of other sites whose pages may run steps here. */
  embedOrigins?: readonly string[];
  /** Hashes of the inline scripts in the site's pages, as `inlineScriptHashes` returns them. */
  inlineScripts?: readonly string[];
  /** Receives failures; default: the log. */
  report?: Report;
  /** Whether readers' network addresses are reported with the answers. */
  reportAddresses?: boolean;
  /** The names of the site's pages and steps; without them, all steps are counted under one name. */
  labels?: SiteLabels;
  /** Counts what is in progress, by the limit on it. */
  inProgress?: Counter<LimitName>;
}

/** Returns the API, under `/api`. It answers with a 5xx only for failures on our side, whatever a client sends. */
export function apiApp(
  service: Service,
  {
    publicOrigin,
    isLocal,
    trustProxy,
    sandboxesPerAddress,
    requestsPerMinute = Infinity,
    runsPerMinute = Infinity,
    embedOrigins = [],
    inlineScripts = [],
    report = log,
    reportAddresses = false,
    labels = new SiteLabels(new Map()),
    inProgress,
  }: ApiOptions,
): Hono {
  const app = new Hono();
  const embeds = new Embeds(embedOrigins, { publicOrigin, trustProxy });
  app.onError(problemHandler(report));
  app.use('*', securityHeaders(inlineScripts));
  const addressOf = reportAddresses ? addressReader(trustProxy) : undefined;
  app.use('/api/*', identifyRequests({ trustProxy, addressOf, report }));
  app.use('*', boundBodies);
  app.use('/api/*', checkHost(publicOrigin, isLocal), embeds.answers, checkOrigin(publicOrigin, embeds));
  app.get('/api/health', (context) => {
    const health = service.health();
    context.header('Cache-Control', 'no-store');
    return context.json(health, health.ready ? 200 : 503);
  });
  const owners = new Owners({ publicOrigin, trustProxy, embeds });
  const limits = { sandboxesPerAddress, requestsPerMinute, runsPerMinute };
  const admission = new Admission((context) => owners.asker(context), limits, inProgress);
  app.use('/api/sandboxes/*', admission.answers);
  app.use('/api/sandboxes/:id/terminals/*', requireOrigin(publicOrigin));
  app.post('/api/embeds', (context) => {
    context.header('Cache-Control', 'no-store');
    if (service.drains) throw new AppError('unavailable', SERVER_DRAINS);
    return context.json<EmbedToken>({ token: embeds.issue(context) }, 201);
  });
  app.route('/api/sandboxes', sandboxRoutes(service, owners, admission, { labels, report }));
  app.all('/api/*', () => {
    throw new AppError('not-found', NO_SUCH_ROUTE);
  });
  return app;
}
