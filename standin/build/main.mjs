// @ts-check
/** `npm run build`: builds the stand-in in the folder that the command line names, replacing what was there. */
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildStandin } from './build.mjs';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: node build/main.mjs FOLDER');
const out = resolve(folder);
rmSync(out, { recursive: true, force: true });
await buildStandin({ out, node: process.execPath, say: console.log });
