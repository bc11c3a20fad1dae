import { relative } from 'node:path';
import type { AstroIntegration, AstroIntegrationLogger, HookParameters } from 'astro';
import { counted } from '../sentences/counted.ts';
import type { PageFaults } from './page-faults.ts';

type Server = HookParameters<'astro:server:setup'>['server'];

/** A save may change several files at once. */
const SETTLE_MS = 50;

/** Astro's panel over the page cannot be closed otherwise. */
const CLOSE_ON_ESCAPE = `addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') document.querySelectorAll('vite-error-overlay').forEach((panel) => panel.close());
});`;

/**
 * In development, tells the mistakes of all pages, on the terminal and over the page in the browser: when the server
 * starts, and whenever a change in one of the `folders` adds or mends one. Stale recordings are told on the terminal.
 */
export function developmentFaults(folders: readonly string[], find: () => PageFaults): AstroIntegration {
  return {
    name: 'pages',
    hooks: {
      'astro:config:setup': ({ command, injectScript }) => {
        if (command === 'dev') injectScript('page', CLOSE_ON_ESCAPE);
      },
      'astro:server:setup': ({ server, logger }) => {
        const faults = new Faults(server, logger, find);
        let timer: NodeJS.Timeout | undefined;
        server.watcher.add([...folders]);
        server.watcher.on('all', (_event, path) => {
          if (!folders.some((folder) => !relative(folder, path).startsWith('..'))) return;
          clearTimeout(timer);
          timer = setTimeout(() => faults.look(), SETTLE_MS);
        });
        // A reloaded page has lost what it showed.
        server.ws.on('connection', () => faults.show());
        faults.look();
      },
    },
  };
}

class Faults {
  #known: readonly string[] = [];
  #recordings: readonly string[] = [];
  readonly #server: Server;
  readonly #logger: AstroIntegrationLogger;
  readonly #find: () => PageFaults;

  constructor(server: Server, logger: AstroIntegrationLogger, find: () => PageFaults) {
    this.#server = server;
    this.#logger = logger;
    this.#find = find;
  }

  look(): void {
    const before = this.#known;
    const { pages, recordings } = this.#find();
    for (const line of recordings) if (!this.#recordings.includes(line)) this.#logger.warn(line);
    this.#recordings = recordings;
    this.#known = pages;
    const added = this.#known.filter((line) => !before.includes(line));
    for (const line of added) this.#logger.error(line);
    if (this.#known.length === before.length && added.length === 0) return;
    if (this.#known.length === 0) {
      this.#logger.info('All pages are right again.');
      this.#server.ws.send({ type: 'full-reload' });
    } else {
      if (added.length === 0) this.#logger.info(`${counted(this.#known.length, 'mistake')} left.`);
      this.show();
    }
  }

  /** Shows the mistakes over the page, in every browser window. */
  show(): void {
    if (this.#known.length === 0) return;
    const title = counted(this.#known.length, 'mistake');
    const error = { name: 'Escape shows the page', title, message: this.#known.join('\n'), stack: '', plugin: 'pages' };
    this.#server.ws.send({ type: 'error', err: error });
  }
}
