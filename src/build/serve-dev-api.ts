import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AstroIntegration } from 'astro';
import type { Duplex } from 'node:stream';

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * Makes `npm run dev` answer `/api` on the site's own port. Only the development server loads the API; a build never
 * does.
 */
export function devApi(): AstroIntegration {
  let close: (() => Promise<void>) | undefined;
  return {
    name: 'dev-api',
    hooks: {
      'astro:config:setup': ({ command, updateConfig }) => {
        // Vite awaits this hook when it shuts down and exits right after it; Astro's own hook runs too late.
        if (command === 'dev') updateConfig({ vite: { plugins: [{ name: 'dev-api', closeBundle: () => close?.() }] } });
      },
      'astro:server:setup': async ({ server }) => {
        // The address is in a variable so that bundlers do not follow the import into the server's code.
        const address = new URL('../../server/dev-api.ts', import.meta.url).href;
        const { openDevApi } = (await import(/* @vite-ignore */ address)) as {
          openDevApi: () => { middleware: Middleware; upgrade: Upgrade; close: () => Promise<void> };
        };
        const api = openDevApi();
        close = api.close;
        server.middlewares.use(api.middleware);
        // Vite's own WebSocket shares this HTTP server and ignores our addresses.
        server.httpServer?.on('upgrade', api.upgrade);
      },
      'astro:server:done': () => close?.(),
    },
  };
}
