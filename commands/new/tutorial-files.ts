import { MODES } from '../../shared/modes.ts';
import { packageWord } from '../packages/available.ts';
import type { Starter } from './starter.ts';

/** The text of a tutorial's files, by their paths in the content folder. */
export function tutorialFiles(name: string, title: string, starter: Starter): Record<string, string> {
  // The hyphen prevents other programs from importing it in place of a module of the same name.
  const program = `${name}-sample.${starter.language.endings[0]}`;
  return {
    [`tutorials/${name}.mdx`]: pageText(name, title, program, starter),
    [`tutorials/${name}.effects.ts`]: effectsText(),
    ...Object.fromEntries(MODES.map((mode) => [`samples/${name}/${mode}/${program}`, starter.program(mode)])),
  };
}

function pageText(name: string, title: string, program: string, starter: Starter): string {
  const { language, driver, called = driver, install, packages, imports, needs, partial, adds } = starter;
  const copied = `Copy the code to a file named \`${program}\`, or download that file:`;
  const run = `${language.runs[0]} ${program}`;
  const summary = `Learn how to use CockroachDB from a simple ${language.label} application with ${called}.`;
  const keys = [
    `title: ${JSON.stringify(title)}`,
    `summary: ${JSON.stringify(summary)}`,
    ...(needs === undefined ? [] : [`needs: ${needs}`]),
    ...(imports.length > 0 ? [`imports: [${imports.join(', ')}]`] : []),
  ];
  return `---
${keys.join('\n')}
---

<Drivers />

In this tutorial you build a small ${language.label} application on CockroachDB with ${called}.

## Before you begin

<Partial file="before-you-begin.mdx" />

<Partial file="${partial}" />

## Step 1. Install ${called}

\`\`\`shell run
$ ${install} ${packages.map(packageWord).join(' ')}
\`\`\`

<Mode is="secure">

## Step 2. Create the \`maxroach\` user and \`bank\` database

<Partial file="create-maxroach-user-and-bank-database.mdx" />

## Step 3. Generate a certificate for the \`maxroach\` user

<Partial file="create-maxroach-certificate.mdx" />

## Step 4. Run the ${language.label} code

</Mode>

<Mode is="insecure">

## Step 2. Create the \`maxroach\` user and \`bank\` database

<Partial file="insecure/create-maxroach-user-and-bank-database.mdx" />

## Step 3. Run the ${language.label} code

</Mode>

The program makes a table of books, and calls \`${adds}\` for each of two books. ${copied}

<Sample driver="${name}" file="${program}" />

Run the code:

\`\`\`shell run
$ ${run}
\`\`\`

\`\`\`text output
Added Middlemarch as {uuid}.
Added Beloved as {uuid}.
The books are Beloved, Middlemarch.
\`\`\`
`;
}

function effectsText(): string {
  return `import type { Effects } from '../../commands/verify/effects.ts';

/** The books that the program leaves in the database, whatever it prints. */
const effects: Effects = async ({ query }) => {
  const titles = (await query('SELECT title FROM books ORDER BY title')).map(([title]) => title).join(', ');
  return titles === 'Beloved, Middlemarch' ? [] : [\`the books are \${titles}\`];
};

export default effects;
`;
}
