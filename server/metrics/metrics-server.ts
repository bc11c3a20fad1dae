import { createServer, type Server } from 'node:http';
import type { Report } from '../report.ts';
import type { Metrics } from './metrics.ts';

const PATH = '/metrics';
/** One Prometheus keeps one connection; a few more are for people. */
const MAX_CONNECTIONS = 16;
const REQUEST_MS = 10_000;

/** Returns a server, not yet listening, that answers `GET /metrics`, whoever asks. */
export function metricsServer(metrics: Pick<Metrics, 'text' | 'contentType'>, report: Report): Server {
  const server = createServer({ requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS }, (request, response) => {
    const [path] = (request.url ?? '').split('?');
    if (path !== PATH) return void response.writeHead(404).end();
    if (request.method !== 'GET') return void response.writeHead(405, { Allow: 'GET' }).end();
    metrics.text().then(
      (text) => response.writeHead(200, { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' }).end(text),
      (cause: unknown) => {
        report({ type: 'metrics-unreadable', cause });
        response.writeHead(500).end();
      },
    );
  });
  server.maxConnections = MAX_CONNECTIONS;
  return server;
}
