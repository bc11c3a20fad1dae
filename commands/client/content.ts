import { resolve } from 'node:path';

/** The folder of the pages' sources. */
export const CONTENT = resolve(import.meta.dirname, '../../content');
