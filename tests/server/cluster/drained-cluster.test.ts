import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { isDrained } from '../../../server/cluster/drained-cluster.ts';
import { PgSession } from '../../../server/cluster/pg-session.ts';

const TLS = { ca: '', cert: '', key: '' };
const undo: (() => void)[] = [];
afterEach(() => {
  for (const step of undo.splice(0)) step();
});

/** Returns an ErrorResponse of the wire protocol. */
function problem(code: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0C${code}\0M${message}\0\0`);
  const length = Buffer.alloc(4);
  length.writeInt32BE(fields.length + 4);
  return Buffer.concat([Buffer.from('E'), length, fields]);
}

/** Returns a cluster that does this with each client, once the client has sent its first message. */
async function clusterThat(
  meet: (client: Socket) => void,
  isSecure: boolean,
): Promise<{ open: () => Promise<PgSession> }> {
  const server = createServer((client) => {
    client.on('error', () => undefined).once('data', () => meet(client));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  undo.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  // The address is fixed, as that of a tunnel: `pg` would connect elsewhere.
  const dial = (): Socket => {
    const socket = connect(port, '127.0.0.1');
    return Object.assign(socket, { connect: () => socket });
  };
  return {
    open: () => PgSession.open(dial, { user: 'root', database: 'defaultdb', tls: isSecure ? TLS : undefined }),
  };
}

const failureOf = async (cluster: { open: () => Promise<PgSession> }): Promise<unknown> =>
  await cluster.open().then(
    () => 'none',
    (failure: unknown) => failure,
  );

describe('a cluster that accepts no clients is recognised', () => {
  it.each<[string, (client: Socket) => void, boolean]>([
    [
      'by what it says in the clear',
      (client) => client.end(problem('57P01', 'server is not accepting clients, try another node')),
      false,
    ],
    [
      'by what it says before it agrees to TLS',
      (client) => client.end(problem('57P01', 'server is not accepting clients, try another node')),
      true,
    ],
    [
      'by a state that says so in other words',
      (client) => client.end(problem('57P03', 'the node has other plans')),
      true,
    ],
    [
      'by words that say so without such a state',
      (client) => client.end(problem('XXUUU', 'node is shutting down')),
      false,
    ],
    ['by cutting every connection, when it goes on doing so', (client) => client.destroy(), true],
    ['by no TLS any more, when it goes on like that', (client) => client.end('N'), true],
  ])('%s', async (_, meet, isSecure) => {
    const cluster = await clusterThat(meet, isSecure);
    expect(await isDrained(cluster, await failureOf(cluster))).toBe(true);
  });
});

describe('a cluster is not taken for a drained one', () => {
  it.each<[string, (client: Socket) => void]>([
    [
      'that refuses this user or database',
      (client) => client.end(problem('3D000', 'database "defaultdb" does not exist')),
    ],
    ['that has too many clients', (client) => client.end(problem('53300', 'sorry, too many clients already'))],
  ])('%s', async (_, meet) => {
    const cluster = await clusterThat(meet, false);
    expect(await isDrained(cluster, await failureOf(cluster))).toBe(false);
  });

  it('that cut a connection once, and then answers', async () => {
    let met = 0;
    const cluster = await clusterThat((client) => {
      met += 1;
      if (met === 1) client.destroy();
      else
        client.write(
          Buffer.concat([Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0]), Buffer.from([0x5a, 0, 0, 0, 5, 0x49])]),
        );
    }, false);
    expect(await isDrained(cluster, await failureOf(cluster))).toBe(false);
    expect(met).toBe(2);
  });

  it('when the failure has nothing to do with connecting', async () => {
    expect(
      await isDrained({ open: () => Promise.reject(new Error('never asked')) }, new Error('no answer in time')),
    ).toBe(false);
  });
});

it('a refusal before TLS is reported in the server’s own words', async () => {
  const cluster = await clusterThat(
    (client) => client.end(problem('57P01', 'server is not accepting clients, try another node')),
    true,
  );
  expect(await failureOf(cluster)).toMatchObject({
    message: 'server is not accepting clients, try another node',
    sqlState: '57P01',
  });
});
