import { describe, expect, it } from 'vitest';
import { Cluster, type OpenSession } from '../../src/wire/cluster.ts';
import type { SessionFacts } from '../../src/sql/translation/node.ts';

const cluster = (): Cluster => new Cluster('/nowhere', { secure: true, crash: () => undefined });

/** Returns what a session of that name is and does. */
function factsOf(name: string): SessionFacts {
  const startedAt = new Date(0);
  const query = { id: `query of ${name}`, sql: '', startedAt };
  return {
    id: name,
    user: name,
    client: '',
    applicationName: '',
    startedAt,
    query,
    lastQuery: '',
    transaction: undefined,
  };
}

/** Returns a session that records what the cluster asks of it. */
function session(name: string, asked: string[], vacated: Promise<void> = Promise.resolve()): OpenSession {
  return {
    cancelKey: Buffer.from(name),
    facts: factsOf(name),
    cancel: async () => void asked.push(`cancel ${name}`),
    vacate: async (database, always) => {
      asked.push(`vacate ${name} ${database} ${always}`);
      await vacated;
      asked.push(`vacated ${name}`);
    },
    close: () => void asked.push(`close ${name}`),
    end: () => void asked.push(`end ${name}`),
  };
}

describe('the cluster that all sessions share', () => {
  it('cancels what the session with the key is doing, and nothing else', async () => {
    const asked: string[] = [];
    const shared = cluster();
    for (const name of ['one', 'two']) shared.enter(session(name, asked));
    await shared.cancel(Buffer.from('two'));
    expect(asked).toEqual(['cancel two']);
    await shared.cancel(Buffer.from('three'));
    await shared.cancel(Buffer.alloc(0));
    expect(asked).toEqual(['cancel two']);
  });

  it('cancels the statement and ends the session that have an id', () => {
    const asked: string[] = [];
    const shared = cluster();
    for (const name of ['one', 'two']) shared.enter(session(name, asked));
    const { control } = shared;
    expect(control.sessions.map(({ id }) => id)).toEqual(['one', 'two']);
    expect([control.cancelQuery('query of two'), control.cancelSession('one')]).toEqual([true, true]);
    expect(asked).toEqual(['cancel two', 'end one']);
    expect([control.cancelQuery('two'), control.cancelSession('three')]).toEqual([false, false]);
  });

  it('forgets sessions that have left', async () => {
    const asked: string[] = [];
    const shared = cluster();
    const leave = shared.enter(session('one', asked));
    const staying = session('two', asked);
    shared.enter(staying);
    leave();
    leave();
    await shared.cancel(Buffer.from('one'));
    await shared.vacate('bank', staying);
    shared.close();
    expect(asked).toEqual(['vacate two bank true', 'vacated two', 'close two']);
  });

  it('moves sessions out of a database that is dropped, forcing only the one that drops it', async () => {
    const asked: string[] = [];
    const shared = cluster();
    const { promise, resolve } = Promise.withResolvers<void>();
    const removing = session('removing', asked);
    shared.enter(session('slow', asked, promise));
    shared.enter(removing);
    let isEmpty = false;
    const emptied = shared.vacate('bank', removing).then(() => (isEmpty = true));
    await new Promise(setImmediate);
    expect([isEmpty, asked]).toEqual([false, ['vacate slow bank false']]);
    resolve();
    await emptied;
    expect(asked).toEqual(['vacate slow bank false', 'vacated slow', 'vacate removing bank true', 'vacated removing']);
  });

  it('fails to move sessions out when one of them fails', async () => {
    const shared = cluster();
    const stuck = session('stuck', [], Promise.reject(new Error('it is in a transaction')));
    shared.enter(stuck);
    await expect(shared.vacate('bank', stuck)).rejects.toThrow('it is in a transaction');
  });

  it('ends all sessions', () => {
    const asked: string[] = [];
    const shared = cluster();
    for (const name of ['one', 'two']) shared.enter(session(name, asked));
    shared.close();
    expect(asked).toEqual(['close one', 'close two']);
  });

  it('drains for good once it is told to', () => {
    const shared = cluster();
    expect(shared.draining).toBe(false);
    shared.drain();
    shared.drain();
    expect(shared.draining).toBe(true);
  });

  it('has its own settings, and an order of commits', () => {
    const [shared, other] = [cluster(), cluster()];
    shared.settings.set('a.b', '1');
    expect([...other.settings]).toEqual([]);
    expect(shared.order).not.toBe(other.order);
  });

  it('keeps its options: whether it is secure, and how it crashes', () => {
    const codes: number[] = [];
    const open = new Cluster('/nowhere', { secure: false, crash: (code) => void codes.push(code) });
    open.crash(2);
    expect([open.secure, cluster().secure, codes]).toEqual([false, true, [2]]);
  });

  it('fails to connect when there is no PostgreSQL', async () => {
    await expect(cluster().connect('root', 'defaultdb')).rejects.toThrow('ENOENT');
  });
});
