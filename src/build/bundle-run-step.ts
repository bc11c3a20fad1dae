import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { rolldown } from 'rolldown';

const ENTRY = fileURLToPath(new URL('../embed/embed-script.ts', import.meta.url));
const ADDRESS = '/run-step.js';
/** Headers of the script in development. They let pages of any site load it. */
const PUBLIC_SCRIPT_HEADERS = {
  'Content-Type': 'text/javascript; charset=utf-8',
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

/** Turns a style sheet into a string in the script, without comments and unneeded white space. */
const inlineStyles = {
  name: 'inline-styles',
  load: {
    filter: { id: /\.css\?inline$/ },
    handler: (id: string) => {
      const css = readFileSync(id.replace(/\?inline$/, ''), 'utf8')
        .replaceAll(/\/\*[^]*?\*\//g, '')
        .replaceAll(/\s+/g, ' ')
        .replaceAll(/ ?([{};]) ?/g, '$1')
        .replaceAll(': ', ':');
      return { code: `export default ${JSON.stringify(css)};`, moduleType: 'js' as const };
    },
  },
};

/**
 * Bundles the `<run-step>` element into a single file that works both as a classic script and as a module, and returns
 * its code. Throws an Error when the bundle would need a second file.
 */
async function bundleRunStep(): Promise<string> {
  const build = await rolldown({ input: ENTRY, platform: 'browser', logLevel: 'warn', plugins: [inlineStyles] });
  try {
    const { output } = await build.generate({ format: 'iife', minify: true, codeSplitting: false });
    const [script, ...more] = output;
    if (more.length > 0)
      throw new Error(
        `run-step.js must be one file, but also needs ${more.map(({ fileName }) => fileName).join(', ')}.`,
      );
    return script.code;
  } finally {
    await build.close();
  }
}

/** Writes `run-step.js` into the built site. In development, bundles it again for each request. */
export function runStepScript(): AstroIntegration {
  return {
    name: 'run-step-script',
    hooks: {
      'astro:server:setup': ({ server }) => {
        server.middlewares.use((request, response, next) => {
          if (request.url?.split('?')[0] !== ADDRESS) return next();
          void bundleRunStep().then((code) => response.writeHead(200, PUBLIC_SCRIPT_HEADERS).end(code), next);
        });
      },
      'astro:build:done': async ({ dir, logger }) => {
        const code = await bundleRunStep();
        writeFileSync(new URL(`.${ADDRESS}`, dir), code);
        logger.info(`${(code.length / 1024).toFixed(1)} KiB for pages of other sites`);
      },
    },
  };
}
