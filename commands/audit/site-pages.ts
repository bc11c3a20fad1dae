import { readdirSync } from 'node:fs';
import { DIST } from '../client/dist.ts';

/** The paths of all pages of the built site, and one that does not exist. */
export const SITE_PAGES = readdirSync(DIST)
  .filter((name) => name.endsWith('.html'))
  .map((name) => (name === 'index.html' ? '/' : name === '404.html' ? '/there-is-no-such-page' : `/${name}`))
  .toSorted();
