import type { AstroIntegration } from 'astro';

/** The id of the module with which Vite wraps an `import()`. */
const HELPER = /vite\/preload-helper\.js$/;

/**
 * Keeps `import()` in pages as it is. Vite would wrap it in a kilobyte of script that preloads the imported module's
 * dependencies, mostly styles; our lazily loaded modules have none.
 */
export function plainImports(): AstroIntegration {
  const transform = { filter: { id: HELPER }, handler: () => 'export const __vitePreload = (load) => load();' };
  // Astro sets this itself after it has read the site's settings, so it must be set here. Otherwise the names of the
  // modules to preload stay in the page.
  const config = (): { build: { modulePreload: false } } => ({ build: { modulePreload: false } });
  return {
    name: 'plain-imports',
    hooks: {
      'astro:config:setup': ({ updateConfig }) =>
        void updateConfig({ vite: { plugins: [{ name: 'plain-imports', config, transform }] } }),
    },
  };
}
