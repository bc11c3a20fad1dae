// The entry of every npm script, by `exec`, for a shell in between would keep npm's signals from it. As old as
// JavaScript gets, so that a Node that is too old for everything else still says so in a sentence.
'use strict';
const LEAST_NODE = 20;
if (Number(process.versions.node.split('.')[0]) < LEAST_NODE) {
  console.error(
    'Bankrun needs Node ' +
      LEAST_NODE +
      ' or newer to set itself up, and this is ' +
      process.versions.node +
      ': install a newer one, then start again.',
  );
  process.exitCode = 1;
} else {
  import('./launch.mjs');
}
