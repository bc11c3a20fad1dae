import type { AstroIntegration } from 'astro';

/** Vite's name for what it wraps around an `import()`. */
const HELPER = /vite\/preload-helper\.js$/;

/**
 * Leaves `import()` in pages to the browser. Vite would first load what the imported module needs, its styles above
 * all, by a kilobyte of script; what we load later needs nothing else.
 */
export function plainImports(): AstroIntegration {
  const transform = { filter: { id: HELPER }, handler: () => 'export const __vitePreload = (load) => load();' };
  // Astro has a setting of its own for it, which comes later than those of the site. Else the names of what would be
  // loaded stay in the page.
  const config = (): { build: { modulePreload: false } } => ({ build: { modulePreload: false } });
  return {
    name: 'plain-imports',
    hooks: {
      'astro:config:setup': ({ updateConfig }) =>
        void updateConfig({ vite: { plugins: [{ name: 'plain-imports', config, transform }] } }),
    },
  };
}
