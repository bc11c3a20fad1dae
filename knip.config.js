// Which files nothing imports, because a path or a name leads to them; what else nothing imports is dead.
export default {
  workspaces: {
    '.': {
      entry: [
        'server/main.ts',
        'server/setup/*.{cjs,mjs}',
        'languages/*/{set-up.mjs,trace-calls.cjs}',
        'commands/*/main.ts',
        // Imported as a whole, when the page needs it.
        'src/runner/run/run-parts.ts',
        'content/{pages,partials,tutorials}/**/*.{effects.ts,js}',
        'tests/run.ts',
        'tests/machines/main.ts',
        'tests/**/*.test.ts',
        'tests/hostile/*.{js,ts}',
        'tests/server/oci/doomed-server.ts',
      ],
      project: ['**/*.{ts,js,mjs,cjs,astro}', '!content/samples/**'],
      // Found through `require.resolve` by `src/build/fonts.ts`, and by the names in `server/setup/npm-scripts.mjs`.
      ignoreDependencies: ['@fontsource-variable/*', '@astrojs/check', 'pyright'],
      ignoreBinaries: ['mount', 'openssl', 'prlimit', 'umount', 'unshare'],
      // A place for a sample's name.
      ignoreUnresolved: ['./FILE'],
    },
    standin: {
      // Set-up copies and runs the `.cjs` files by their names.
      entry: ['src/cockroach.ts', 'build/*.cjs', 'tests/**/*.test.ts'],
      project: ['**/*.{ts,mjs,cjs}'],
      ignoreBinaries: ['mount', 'umount'],
    },
  },
};
