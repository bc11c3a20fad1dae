import { AppError } from '../../../server/errors.ts';
import { DatabaseError } from '../../../server/cluster/database-error.ts';
import type { QueryResult, SqlSession } from '../../../server/cluster/sql-session.ts';
import type { ContainerProcess, ProcessEnd, ProcessRequest } from '../../../server/oci/container.ts';
import type { ClusterContainer } from '../../../server/sandbox/cluster-container.ts';
import type { LostCause, Mode } from '../../../shared/protocol.ts';
import { setImmediate as turn } from 'node:timers/promises';
import { fakeClusterContainer } from './fake-cluster-container.ts';
import { fakeContainer } from './fake-container.ts';
import { terminalContainer } from './fake-terminal.ts';

const ANSWER: QueryResult = { columns: ['x'], rows: [['1']], tag: 'SELECT 1', count: 1 };

/** A cluster's container that does what a few commands and statements say, and can be lost at any moment. */
export interface ScriptedContainer {
  clusterContainer: ClusterContainer;
  isDisposed: () => boolean;
  /** How many of its programs and sessions have not ended. */
  underWay: () => number;
  lose: (cause: LostCause) => void;
}

/**
 * Returns one. Commands with `sleep` or `cat` do not end, those with `yes` print without end, those with `false` or
 * `((` fail, and others print what they contain after `echo`.
 */
export function scriptedContainer(mode: Mode): ScriptedContainer {
  const gone = Promise.withResolvers<{ reason: string }>();
  const lost = Promise.withResolvers<LostCause>();
  const underWay = new Set<object>();
  let disposed = false;
  const busy = new Set<string>();
  const { container: terminals, programs } = terminalContainer();
  const sandboxLost = (): AppError => new AppError('sandbox-lost', 'The sandbox is gone.', { cause: 'scripted' });

  const run = (
    { account, argv, outputBytes }: ProcessRequest,
    onOutput: (stream: 'stdout' | 'stderr', bytes: Buffer) => void,
  ): ContainerProcess => {
    if (busy.has(account)) throw new AppError('busy', 'A program is running.');
    busy.add(account);
    const token = {};
    underWay.add(token);
    const line = argv.at(-1) ?? '';
    const killed = Promise.withResolvers<ProcessEnd>();
    const work = async (): Promise<ProcessEnd> => {
      await turn();
      for (const [, word] of line.matchAll(/echo (\w+)/g)) {
        onOutput('stdout', Buffer.from(`${word}\n`));
        await turn();
      }
      if (line.includes('yes')) {
        onOutput('stdout', Buffer.alloc(outputBytes, 'y'));
        return { exitCode: 137, cut: 'output', ms: 1 };
      }
      if (/sleep|cat$/.test(line)) return await new Promise(() => undefined);
      return { exitCode: /false|\(\(/.test(line) ? 1 : 0, ms: 1 };
    };
    const ended = Promise.race([
      work(),
      killed.promise,
      gone.promise.then(() => {
        throw sandboxLost();
      }),
    ]).finally(() => {
      underWay.delete(token);
      busy.delete(account);
    });
    ended.catch(() => undefined);
    return { ended, kill: () => killed.resolve({ exitCode: 137, cut: 'killed', ms: 1 }) };
  };

  const open = async (user: string): Promise<SqlSession> => {
    await turn();
    if (disposed) throw new DatabaseError('the connection was cut');
    if (user === 'x') throw new DatabaseError('no such user', { code: '28000' });
    const token = {};
    underWay.add(token);
    const over = Promise.withResolvers<void>();
    const cancelled = Promise.withResolvers<void>();
    let transaction: SqlSession['transaction'];
    const session = {
      isOver: false,
      get transaction() {
        return transaction;
      },
      ended: over.promise,
      query: async (statement: string) => {
        await turn();
        if (session.isOver) throw new DatabaseError('the connection was cut');
        const failed = (message: string, code: string): DatabaseError => {
          if (transaction) transaction = 'aborted';
          return new DatabaseError(message, { code });
        };
        if (statement.includes('NONSENSE')) throw failed('syntax error', '42601');
        if (statement.includes('pg_sleep')) {
          await Promise.race([over.promise, cancelled.promise]);
          throw session.isOver ? new DatabaseError('the connection was cut') : failed('cancelled', '57014');
        }
        if (/^BEGIN/.test(statement)) transaction = 'open';
        if (/^(COMMIT|ROLLBACK)/.test(statement)) transaction = undefined;
        return ANSWER;
      },
      cancel: async () => cancelled.resolve(),
      close: async () => session.destroy(),
      destroy: () => {
        session.isOver = true;
        underWay.delete(token);
        over.resolve();
      },
    };
    void gone.promise.then(() => session.destroy());
    return session;
  };

  const dispose = async (): Promise<void> => {
    gone.resolve({ reason: 'it was disposed of' });
    for (const program of programs) program.lose(sandboxLost());
    await turn();
    disposed = true;
  };
  return {
    clusterContainer: {
      ...fakeClusterContainer(mode).clusterContainer,
      container: fakeContainer({
        run,
        writeFile: async () => {
          await turn();
          if (disposed) throw sandboxLost();
        },
        preload: async () => void (await turn()),
        openTerminal: (request) => {
          if (disposed) throw sandboxLost();
          const terminal = terminals.openTerminal(request);
          const { tty, exit } = programs.at(-1)!;
          tty.on('data', (bytes: Buffer) => (bytes.includes(4) ? exit(0) : tty.write(bytes)));
          return terminal;
        },
      }),
      cluster: { open },
      lost: lost.promise,
      lostSoon: async () => await Promise.race([lost.promise, turn().then(() => undefined)]),
      dispose,
    },
    isDisposed: () => disposed,
    underWay: () => underWay.size,
    lose: (cause) => {
      lost.resolve(cause);
      gone.resolve({ reason: 'it was lost' });
      for (const program of programs) program.lose(sandboxLost());
    },
  };
}
