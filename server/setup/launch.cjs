// The entry point of every npm script, started with `exec` because a shell in between would swallow npm's signals. It
// uses only old syntax, so that any Node can print the message about its version.
'use strict';
const MIN_NODE = 20;
if (Number(process.versions.node.split('.')[0]) < MIN_NODE) {
  console.error(
    'Bankrun needs Node ' +
      MIN_NODE +
      ' or newer to set itself up, and this is ' +
      process.versions.node +
      ': install a newer one, then start again.',
  );
  process.exitCode = 1;
} else {
  import('./launch.mjs');
}
