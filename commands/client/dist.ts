import { resolve } from 'node:path';

/** The folder of the built site. */
export const DIST = resolve(import.meta.dirname, '../../dist');
