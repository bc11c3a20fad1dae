import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { rolldown } from 'rolldown';

const ENTRY = fileURLToPath(new URL('../embed/run-step.ts', import.meta.url));
const ADDRESS = '/run-step.js';
/** As the server has it for the built site. */
const OPEN = {
  'Content-Type': 'text/javascript; charset=utf-8',
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

/** Styles as a text in the script: white space between them, and what is said of them, is for us. */
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
 * The element for pages of other sites as one script, which is a classic one and a module alike. Throws when it would
 * need a second file.
 */
export async function bundleRunStep(): Promise<string> {
  const build = await rolldown({ input: ENTRY, platform: 'browser', logLevel: 'warn', plugins: [inlineStyles] });
  try {
    const { output } = await build.generate({ format: 'iife', minify: true, codeSplitting: false });
    const [script, ...more] = output;
    if (more.length > 0)
      throw new Error(
        `run-step.js must be one file, and has ${more.map(({ fileName }) => fileName).join(', ')} beside it.`,
      );
    return script.code;
  } finally {
    await build.close();
  }
}

/** Writes `run-step.js` into the built site; in development it is made anew whenever it is asked for. */
export function runStepScript(): AstroIntegration {
  return {
    name: 'run-step-script',
    hooks: {
      'astro:server:setup': ({ server }) => {
        server.middlewares.use((request, response, next) => {
          if (request.url?.split('?')[0] !== ADDRESS) return next();
          void bundleRunStep().then((code) => response.writeHead(200, OPEN).end(code), next);
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
