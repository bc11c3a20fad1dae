import { describe, expect, it } from 'vitest';
import { parseFlags } from '../../src/command-line/flags.ts';
import { insecureWarning, shouted } from '../../src/start/announce.ts';
import { banner } from '../../src/start/banner.ts';
import { logLines } from '../../src/start/log-lines.ts';
import { startOptions, USAGE } from '../../src/start/options.ts';

const options = (...argv: string[]) => startOptions(parseFlags(argv, USAGE.flags));

describe('what a starting node prints', () => {
  const node = { clusterId: '00000000-0000-0000-0000-000000000001', tookMs: 340 };

  it('says how to reach the node, and that it is a stand-in', () => {
    const text = banner(
      options('--certs-dir=certs', '--store=type=mem,size=640MiB', '--listen-addr=localhost:7'),
      node,
    );
    expect(text).toContain(
      'sql:                 postgresql://root@localhost:7' +
        '?sslcert=certs%2Fclient.root.crt&sslkey=certs%2Fclient.root.key' +
        '&sslmode=verify-full&sslrootcert=certs%2Fca.crt\n',
    );
    expect(text).toContain('stand-in over PostgreSQL');
    expect(text).toContain(`clusterID:           ${node.clusterId}\nnodeID:              1\n`);
  });

  it('warns that it is insecure, and frames errors', () => {
    const warning = insecureWarning('localhost');
    expect(warning).toMatch(/^\*\n\* WARNING: ALL SECURITY CONTROLS HAVE BEEN DISABLED!\n/);
    expect(warning).toMatch(/ any client that can access localhost\.\n[^]*\*\n$/);
    expect(shouted('one\nHINT: two')).toBe('*\n* ERROR: ERROR: one\n* HINT: two\n*\n');
  });

  it('writes one log line for each line of a text', () => {
    expect(logLines('W', 'a\nb\n')).toMatch(/^W\d{6} \d\d:\d\d:\d\d\.\d{6} 1 \S+ +\[-\] 1 {2}a\nW.* b\n$/);
  });
});
