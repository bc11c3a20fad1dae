import { fileURLToPath } from 'node:url';
import mdx from '@astrojs/mdx';
import { satteri } from '@astrojs/markdown-satteri';
import { defineConfig } from 'astro/config';
import { FEATURES } from './src/fence/partial.ts';
import { fencePlugin, reloadUsers } from './src/fence/plugin.ts';

const content = fileURLToPath(new URL('./content/', import.meta.url));

export default defineConfig({
  build: { format: 'file' },
  trailingSlash: 'never',
  markdown: {
    syntaxHighlight: false,
    processor: satteri({ hastPlugins: [fencePlugin(content)], features: FEATURES }),
  },
  integrations: [mdx(), reloadUsers(content)],
});
