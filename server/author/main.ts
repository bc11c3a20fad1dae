import { clusterCommand } from './cluster-command.ts';

try {
  process.exitCode = await clusterCommand(process.argv.slice(2));
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : cause);
  process.exitCode = 1;
}
