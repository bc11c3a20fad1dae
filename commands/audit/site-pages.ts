import { readdirSync } from 'node:fs';
import { DIST } from '../client/dist.ts';

/** The addresses of all pages of the built site, and of one that is not there. */
export const SITE_PAGES = readdirSync(DIST)
  .filter((name) => name.endsWith('.html'))
  .map((name) => (name === 'index.html' ? '/' : name === '404.html' ? '/there-is-no-such-page' : `/${name}`))
  .toSorted();
