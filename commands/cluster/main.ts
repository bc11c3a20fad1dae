import { AppError } from '../../server/errors.ts';
import { clusterCommand } from './cluster-command.ts';

try {
  process.exitCode = await clusterCommand(process.argv.slice(2));
} catch (cause) {
  console.error(cause instanceof AppError ? cause.forOperator : cause instanceof Error ? cause.message : cause);
  if (cause instanceof AppError && cause.cause !== undefined) console.error(cause.cause);
  process.exitCode = 1;
}
