'use strict';
/**
 * Stores the code that V8 makes of each file of the program next to it. It is of use only to the same Node with the
 * same flags. Argument: the program's folder.
 */
const { readdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const LOADER = 'cockroach.js';
const folder = process.argv[2] ?? '';
const { load, loaded } = require(join(folder, LOADER));

for (const name of readdirSync(folder)) if (name.endsWith('.js') && name !== LOADER) load(name);
// Not before all are loaded: the code of functions that others have called is stored, too.
for (const [name, { script }] of loaded) writeFileSync(join(folder, `${name}.code`), script.createCachedData());
