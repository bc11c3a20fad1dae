import type { AstroIntegration } from 'astro';

/** Vite's name for what it wraps around an `import()`. */
const HELPER = /vite\/preload-helper\.js$/;

/**
 * Leaves `import()` in pages to the browser. Vite would wrap it in a kilobyte of script that preloads what the imported
 * module needs, its styles above all; what we load lazily needs nothing else.
 */
export function plainImports(): AstroIntegration {
  const transform = { filter: { id: HELPER }, handler: () => 'export const __vitePreload = (load) => load();' };
  // Astro sets this itself, after the site's settings were read. Without it, the names of what would be preloaded stay
  // in the page.
  const config = (): { build: { modulePreload: false } } => ({ build: { modulePreload: false } });
  return {
    name: 'plain-imports',
    hooks: {
      'astro:config:setup': ({ updateConfig }) =>
        void updateConfig({ vite: { plugins: [{ name: 'plain-imports', config, transform }] } }),
    },
  };
}
