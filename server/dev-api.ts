import { getRequestListener } from '@hono/node-server';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readConfig } from './config.ts';
import { endOnSignal } from './end-on-signal.ts';
import { openPrerequisites } from './prerequisites.ts';
import { apiApp } from './http/app.ts';
import { isLoopback } from './http/host-check.ts';
import { asksForTerminal, webSockets, type Upgrade } from './http/upgrades.ts';
import { log } from './log.ts';
import { Service } from './sandbox/service.ts';

/**
 * Opens the API for the site's development server, on the same port: a middleware that answers `/api/`, and an upgrade
 * listener for terminals' WebSockets. Both ignore other requests. `close` ends all sandboxes.
 */
export function openDevApi(): {
  middleware: (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
  upgrade: Upgrade;
  close: () => Promise<void>;
} {
  const config = readConfig();
  const service = new Service(log);
  endOnSignal(() => service.close());
  void service
    .start(() => openPrerequisites(config), {
      ...config,
      warmPerMode: config.warmPerMode === 'auto' ? 1 : config.warmPerMode,
    })
    .then(() => {
      console.log(service.health().ready ? 'Runs are on.' : `Runs are off: ${service.reasonForOperator}`);
    });
  // Replacing the global Request and Response would break how the bundler loads WebAssembly.
  const app = apiApp(service, { ...config, isLocal: isLoopback(config.host) });
  const upgrade = webSockets(app);
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  return {
    middleware: (request, response, next) => {
      if (request.url?.startsWith('/api/')) void listener(request, response);
      else next();
    },
    upgrade: (request, socket, head) => {
      if (asksForTerminal(request)) upgrade(request, socket, head);
    },
    close: () => service.close(),
  };
}
