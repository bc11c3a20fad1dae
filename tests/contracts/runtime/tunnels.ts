import { once } from 'node:events';
import { connect as connectTls } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { echoes } from '../../server/oci/test-runtime.ts';
import type { SharedContainer } from './shared-container.ts';

const MIB = 1 << 20;

/** A TLS server that answers one client in capital letters. */
const SERVE_TLS = `
import socket, ssl
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER); context.load_cert_chain('/tmp/crt', '/tmp/key')
server = socket.create_server(('127.0.0.1', 8443)); print('up', flush=True)
peer = context.wrap_socket(server.accept()[0], server_side=True); peer.sendall(peer.recv(100).upper()); peer.close()`;

/** Describes the contract of a tunnel. */
export function describeTunnels(shared: SharedContainer): void {
  describe('a tunnel', () => {
    test('carries many bytes unchanged, in both directions at once', async () => {
      const stream = shared.container.connect(26_257);
      const sent = Buffer.alloc(8 * MIB, 'abcdefg');
      const parts: Buffer[] = [];
      stream.on('data', (bytes: Buffer) => parts.push(bytes));
      const closed = once(stream, 'close');
      stream.end(sent);
      await closed;
      expect(Buffer.concat(parts).equals(sent)).toBe(true);
    });

    test('waits for a slow reader while other tunnels go on', async () => {
      const slow = shared.container.connect(26_257);
      let written = 0;
      const write = (): void => {
        while (written < 16 * MIB) {
          written += 65_536;
          if (!slow.write(Buffer.alloc(65_536))) return;
        }
      };
      slow.on('drain', write);
      write();
      for (let i = 0; i < 10; i += 1) expect(await echoes(shared.container)).toBe(true);
      expect(written).toBeLessThan(16 * MIB);
      slow.resume();
      await expect.poll(() => written, { timeout: 30_000 }).toBe(16 * MIB);
      slow.destroy();
    });

    test('reports that nothing is listening', async () => {
      const stream = shared.container.connect(1);
      const [error] = (await once(stream, 'error')) as [Error];
      expect(error.message).toContain('refused');
    });

    test('carries TLS', async () => {
      expect(
        await shared.bash(
          'openssl req -x509 -newkey rsa:2048 -nodes -keyout /tmp/key -out /tmp/crt ' +
            '-days 1 -subj /CN=localhost 2>/dev/null',
        ),
      ).toMatchObject({ exitCode: 0 });
      let said = '';
      const running = shared.container.run(
        { account: 'background', argv: ['python', '-c', SERVE_TLS], timeoutMs: 30_000, outputBytes: 1000 },
        (_, bytes) => {
          said += bytes.toString();
        },
      );
      await expect.poll(() => said, { timeout: 10_000 }).toBe('up\n');
      const ca = await shared.container.readFile('reader', '/tmp/crt', 10_000);
      const stream = connectTls({ socket: shared.container.connect(8443), ca, servername: 'localhost' });
      stream.write('through a tunnel');
      expect(String((await once(stream, 'data'))[0])).toBe('THROUGH A TUNNEL');
      stream.destroy();
      running.kill();
      await running.ended;
    });
  });
}
