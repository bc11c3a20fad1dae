import { parseArgs } from 'node:util';
import { helpOf } from '../../shared/command-line/help.mjs';
import { CONTENT } from '../client/content.ts';
import { exitCodeAfter, Refusal } from '../refusal.ts';
import { addNode } from './add-node.ts';
import { addPython } from './add-python.ts';
import { nodeRequirement, pythonRequirement } from './requirement.ts';

/** `npm run add-package -- PACKAGE [--node]`: lets tutorials install a package. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { node: { type: 'boolean' } } });
  const [wanted, ...rest] = positionals;
  if (wanted === undefined) throw new Refusal(`Name a package.\n${helpOf('add-package')}`);
  if (rest.length > 0) throw new Refusal(`Only one package is added at a time: "${rest.join(' ')}" is left over.`);
  const said = values.node
    ? await addNode(CONTENT, nodeRequirement(wanted))
    : await addPython(CONTENT, pythonRequirement(wanted), console.log);
  console.log(said);
  console.log('Sandboxes have it after "npm run setup", which other commands do by themselves.');
}

try {
  await main();
} catch (cause) {
  process.exitCode = exitCodeAfter(cause);
}
