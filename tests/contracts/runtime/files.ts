import { describe, expect, test } from 'vitest';
import { runIn } from '../../server/oci/test-runtime.ts';
import type { SharedContainer } from './shared-container.ts';

const MIB = 1 << 20;

/** Prints mode and owner of a file and its directory. */
const LOOK = `
import os
for path in ('a/b/c.txt', 'a/b'):
    found = os.stat(path)
    print(oct(found.st_mode & 0o777), found.st_uid)`;

/** Describes the contract of files. */
export function describeFiles(shared: SharedContainer): void {
  describe('files', () => {
    test('are written with their folders and mode, and read back', async () => {
      await shared.container.writeFile('reader', '/home/reader/a/b/c.txt', 'text', 0o600);
      await shared.container.writeFile('reader', 'a/b/c.txt', 'tex');
      expect(await runIn(shared.container, ['python', '-c', LOOK])).toMatchObject({
        stdout: '0o644 1000\n0o755 1000\n',
      });
      expect(await shared.bash('cat a/b/c.txt')).toMatchObject({ stdout: 'tex' });
      expect((await shared.container.readFile('reader', 'a/b/c.txt', 2)).toString()).toBe('te');
      const large = Buffer.alloc(3 * MIB, 'x');
      await shared.container.writeFile('reader', '/tmp/large', large);
      expect((await shared.container.readFile('reader', '/tmp/large', 4 * MIB)).equals(large)).toBe(true);
      await shared.bash('rm /tmp/large');
    });

    test.each([
      ['a link', 'ln -s /run/engine target1', 'target1/x'],
      ['a link as the file', 'ln -s /tmp/elsewhere target2', 'target2'],
      ['a link to /proc', 'ln -s /proc/self/mem target3', 'target3'],
      ['a FIFO without a reader', 'mkfifo target4', 'target4'],
      ['a directory', 'mkdir target5', 'target5'],
      ['a file as a directory', 'touch target6', 'target6/x'],
      ['another’s place', 'true', '/run/engine/x'],
      ['a way up', 'true', '/home/reader/../../run/engine/x'],
      ['the system', 'true', '/proc/self/mem'],
      ['a socket', 'python -c "import socket; socket.socket(1).bind(\'target7\')"', 'target7'],
      ['what is read-only', 'touch target8; chmod 0 target8; mkdir -m 500 target9', 'target9/x'],
    ])('are refused through %s', async (_, prepare, path) => {
      expect(await shared.bash(prepare)).toMatchObject({ exitCode: 0 });
      await expect(shared.container.writeFile('reader', path, 'x')).rejects.toMatchObject({ code: 'file-refused' });
      await expect(shared.container.readFile('reader', path, 10)).rejects.toMatchObject({ code: 'file-refused' });
    });

    test('of the engine are not accessible to others', async () => {
      await shared.container.writeFile('engine', '/run/engine/certs/node.key', 'key', 0o600);
      expect((await shared.container.readFile('engine', '/run/engine/certs/node.key', 99)).toString()).toBe('key');
      await expect(shared.container.readFile('reader', '/run/engine/certs/node.key', 99)).rejects.toThrow('outside');
      expect(await shared.bash('cat /run/engine/certs/node.key')).toMatchObject({ exitCode: 1 });
    });

    test('are refused, with that reason, when their file system is full', async () => {
      await shared.bash('head -c 100M /dev/zero > /tmp/full 2>/dev/null');
      await expect(shared.container.writeFile('reader', '/tmp/more', 'x'.repeat(9999))).rejects.toThrow(
        '/tmp/more could not be written: no space is left in its place.',
      );
      await shared.bash('rm /tmp/*');
    });
  });
}
