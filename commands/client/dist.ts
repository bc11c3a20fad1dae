import { resolve } from 'node:path';

/** The built site's folder. */
export const DIST = resolve(import.meta.dirname, '../../dist');
