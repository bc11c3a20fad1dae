import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import subsetFont from 'subset-font';

/**
 * The characters that the subsets keep: ASCII and whatever else our own sentences use. Any other character is drawn
 * with the reader's fonts.
 */
const ASCII = String.fromCharCode(...Array.from({ length: 95 }, (_, at) => 0x20 + at));
const CHARACTERS = `${ASCII}\u00a0±·×»äéïöü–—‘’“”•…←→−≠⋯✓✗`;
/** The weights that the subsets keep, from regular to bold. */
const WEIGHTS = { wght: { min: 400, max: 700 } };
/**
 * Entries of the font's name table that hold the licence and its address. The Open Font License requires them in every
 * copy.
 */
const LICENCE_NAMES = [13, 14];

/**
 * The two font families. `noLayoutClosure` drops glyphs that only ligatures and other features use: code needs none,
 * but text needs its tabular figures.
 */
const FAMILIES = [
  { name: 'sans', file: '@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2', noLayoutClosure: false },
  {
    name: 'mono',
    file: '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
    noLayoutClosure: true,
  },
];

/**
 * Writes `.bankrun/fonts/{sans,mono}.woff2`, subsets of the packages' variable fonts, which `src/styles/fonts.css`
 * loads.
 */
export function fonts(): AstroIntegration {
  const require = createRequire(import.meta.url);
  return {
    name: 'fonts',
    hooks: {
      'astro:config:setup': async ({ config }) => {
        const folder = join(fileURLToPath(config.root), '.bankrun/fonts');
        mkdirSync(folder, { recursive: true });
        await Promise.all(
          FAMILIES.map(async ({ name, file, noLayoutClosure }) => {
            const options = {
              targetFormat: 'woff2',
              variationAxes: WEIGHTS,
              preserveNameIds: LICENCE_NAMES,
              noLayoutClosure,
            } as const;
            replaceFile(
              join(folder, `${name}.woff2`),
              await subsetFont(readFileSync(require.resolve(file)), CHARACTERS, options),
            );
          }),
        );
      },
    },
  };
}

/** Writes a file atomically, and only when it changes: a development server watches it and may be reading it. */
function replaceFile(path: string, bytes: Buffer): void {
  if (existsSync(path) && readFileSync(path).equals(bytes)) return;
  const made = `${path}.${process.pid}`;
  writeFileSync(made, bytes);
  renameSync(made, path);
}
