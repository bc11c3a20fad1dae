// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'));

/** The version of CockroachDB that the stand-in claims to be, as `v25.2.0`. */
export const version = `v${manifest.version}`;
