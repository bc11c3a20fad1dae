import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';

/** The addresses of all pages of the built site, and of one that is not there. */
export const SITE_PAGES = readdirSync(resolve(import.meta.dirname, '../../dist'))
  .filter((name) => name.endsWith('.html'))
  .map((name) => (name === 'index.html' ? '/' : name === '404.html' ? '/there-is-no-such-page' : `/${name}`))
  .toSorted();
