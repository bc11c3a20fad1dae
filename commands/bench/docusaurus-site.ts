import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPages } from '../../src/compiler/read-pages.ts';
import { isComponent, type TreeNode } from '../../src/compiler/tree.ts';

/** What a site of Docusaurus needs; versions are those that it was last tried with. */
const PACKAGES = {
  '@docusaurus/core': '3.10.2',
  '@docusaurus/preset-classic': '3.10.2',
  react: '19.3.1',
  'react-dom': '19.3.1',
};

const CONFIG = `
export default {
  title: 'Bench', url: 'http://localhost', baseUrl: '/', onBrokenLinks: 'warn',
  markdown: { format: 'md' },
  presets: [['classic', { docs: { routeBasePath: '/' }, blog: false }]],
};
`;

/**
 * Writes the pages of a content folder as a site of Docusaurus: their prose and code, both modes one after the other.
 * Buttons, steps and recorded output are left out, which is less to make.
 */
export function makeDocusaurusSite(content: string, folder: string): void {
  mkdirSync(join(folder, 'docs'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'bench', private: true, dependencies: PACKAGES }));
  writeFileSync(join(folder, 'docusaurus.config.mjs'), CONFIG);
  for (const { id, frontmatter, children } of readPages(content).pages) {
    const slug = id === 'index' ? '/' : `/${id}.html`;
    const head = `---\ntitle: ${JSON.stringify(frontmatter.title)}\nslug: ${slug}\n---\n\n`;
    writeFileSync(join(folder, 'docs', `${id}.md`), `${head}${children.map(markdownOf).join('')}`);
  }
}

/** Returns a compiled node as Markdown. */
function markdownOf(node: TreeNode): string {
  const inside = (): string => (node.children ?? []).map(markdownOf).join('');
  if (node.type === 'text') return node.value!.replace(/[<{*_`\\[\]]/g, '\\$&');
  if (isComponent(node) || node.type !== 'element') return inside();
  const { tagName, properties = {} } = node;
  if (tagName === 'figure') return figureOf(node);
  if (/^h[2-6]$/.test(tagName!))
    return `${'#'.repeat(Number(tagName![1]))} ${textOf(node)} {#${String(properties['id'])}}\n\n`;
  if (tagName === 'p') return `${inside()}\n\n`;
  if (tagName === 'li') return `- ${inside().trim().replaceAll('\n', '\n  ')}\n`;
  if (tagName === 'ul' || tagName === 'ol') return `${inside()}\n`;
  if (tagName === 'code') return `\`${textOf(node)}\``;
  if (tagName === 'strong') return `**${inside()}**`;
  const href = properties['href'];
  // Docusaurus makes links of headings itself.
  if (tagName === 'a' && typeof href === 'string') return textOf(node) === '#' ? '' : `[${inside()}](${href})`;
  return inside();
}

function figureOf(node: TreeNode): string {
  const caption = findAll(node, 'figcaption').map(textOf).join('');
  const language = /(?:\.|^\d*)(py|js|python|shell|sql|html|json)$/i.exec(caption)?.[1]?.toLowerCase() ?? 'text';
  const pres = findAll(node, 'pre').map(textOf);
  return pres.map((code) => `\`\`\`\`${language}\n${code}\n\`\`\`\`\n\n`).join('');
}

function findAll(node: TreeNode, tagName: string): TreeNode[] {
  return node.tagName === tagName ? [node] : (node.children ?? []).flatMap((child) => findAll(child, tagName));
}

function textOf(node: TreeNode): string {
  return node.type === 'text' ? node.value! : (node.children ?? []).map(textOf).join('');
}
