import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { AppError } from '../errors.ts';
import type { Service } from '../sandbox/service.ts';
import { checkOrigin } from './origin.ts';
import { problemAnswer } from './problems.ts';
import { sandboxRoutes } from './routes/sandboxes.ts';
import { MAX_BODY_BYTES } from './validators.ts';

/** The API, under `/api`. Nothing that a client sends makes a 5xx but what is our own failure. */
export function apiApp(service: Service, publicOrigin: string | undefined): Hono {
  const app = new Hono();
  app.onError(problemAnswer);
  app.use('/api/*', secureHeaders(), checkOrigin(publicOrigin));
  app.use('/api/*', bodyLimit({ maxSize: MAX_BODY_BYTES, onError: () => { throw new AppError('too-large', `The request is larger than ${MAX_BODY_BYTES >> 20} MiB.`); } }));
  app.get('/api/health', (context) => {
    const health = service.health();
    context.header('Cache-Control', 'no-store');
    return context.json(health, health.ready ? 200 : 503);
  });
  app.route('/api/sandboxes', sandboxRoutes(service));
  app.all('/api/*', () => {
    throw new AppError('not-found', 'There is no such thing in the API.');
  });
  return app;
}
