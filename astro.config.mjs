import { fileURLToPath } from 'node:url';
import sitemap from '@astrojs/sitemap';
import { defineConfig } from 'astro/config';
import { compressed } from './src/build/compressed.ts';
import { developmentFaults } from './src/build/development-faults.ts';
import { devApi } from './src/build/serve-dev-api.ts';
import { fonts } from './src/build/fonts.ts';
import { frameLinks } from './src/build/frame-links.ts';
import { pageCheck } from './src/build/page-check.ts';
import { pageFaults } from './src/build/page-faults.ts';
import { plainImports } from './src/build/plain-imports.ts';
import { runStepScript } from './src/build/bundle-run-step.ts';
import { searchIndex } from './src/build/search-index.ts';
import { readSettings } from './src/build/settings.ts';
import { KeptPages } from './src/compiler/kept-pages.ts';
import { pageModules, reloadUsers } from './src/compiler/plugin.ts';

const content = fileURLToPath(new URL('./content/', import.meta.url));
const publicFolder = fileURLToPath(new URL('./public/', import.meta.url));
const kept = new KeptPages();
const { publicOrigin, port } = readSettings();

/** Makes addresses in the sitemap equal to the pages' canonical ones. @param {{ url: string }} item */
const withSuffix = (item) => ({ ...item, url: /\/$|\.html$/.test(item.url) ? item.url : `${item.url}.html` });

export default defineConfig({
  // For the absolute addresses in the sitemap, canonical links and cards.
  site: publicOrigin ?? `http://localhost:${port}`,
  server: { port },
  build: { format: 'file' },
  trailingSlash: 'never',
  devToolbar: { enabled: false },
  integrations: [
    pageCheck(content),
    developmentFaults([content, publicFolder], () => pageFaults(content, kept)),
    pageModules(content),
    sitemap({ filter: (page) => !page.includes('/404'), serialize: withSuffix }),
    reloadUsers(content),
    fonts(),
    devApi(),
    plainImports(),
    runStepScript(),
    frameLinks(),
    searchIndex(),
    compressed(),
  ],
  vite: {
    build: {
      // The site's Content-Security-Policy allows no inline styles, and only those inline scripts that are in the
      // layout's head, which are the same on all pages.
      assetsInlineLimit: 0,
      rolldownOptions: {
        // Ignores warnings about Astro's marker in compiled pages, which has already served its purpose.
        onLog: (level, log, report) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && report(level, log),
      },
    },
  },
});
