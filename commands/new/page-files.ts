/** The text of a page's file, by its path in the content folder. */
export function pageFiles(name: string, title: string): Record<string, string> {
  return {
    [`pages/${name}.mdx`]: `---
title: ${JSON.stringify(title)}
summary: ${JSON.stringify(`What this page says, in one sentence.`)}
---

Write what the page says. Readers can run a step, and \`npm run verify\` checks that it prints what is below it:

\`\`\`sql run user=root
> SELECT 6 * 7 AS answer;
\`\`\`

\`\`\`text output
  answer
----------
      42
(1 row)
\`\`\`
`,
  };
}
