'use strict';
/**
 * `program/cockroach.js`, which the command starts: loads the program's other files, each with the code that V8 made of
 * it when the stand-in was built (`code-cache.cjs`). V8 compiles a file anew when there is no such code, or when
 * another Node or other flags made it.
 */
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

/** @type {Map<string, { script: import('node:vm').Script, module: { exports: any } }>} */
const loaded = new Map();

/**
 * Returns what a file of the program exports.
 * @param {string} name
 */
function load(name) {
  const known = loaded.get(name);
  if (known) return known.module.exports;
  const filename = join(__dirname, name);
  const text = `(function (exports, require, module, __dirname) {${readFileSync(filename, 'latin1')}\n})`;
  const script = new Script(text, { filename, cachedData: storedCode(filename) });
  const module = { exports: {} };
  loaded.set(name, { script, module });
  script.runInThisContext()(module.exports, use, module, __dirname);
  return module.exports;
}

/**
 * `require` of the program's files: they name each other by `./`, and otherwise Node's modules.
 * @param {string} id
 */
function use(id) {
  return id.startsWith('./') ? load(id.slice(2)) : require(id);
}

/** @param {string} filename */
function storedCode(filename) {
  try {
    return readFileSync(`${filename}.code`);
  } catch {
    return undefined;
  }
}

if (require.main === module)
  load('main.js')
    .main(process.argv.slice(2))
    .then((/** @type {number} */ exitCode) => {
      process.exitCode = exitCode;
    });

module.exports = { load, loaded };
