import { describe, expect, it } from 'vitest';
import { useOwnServer, withoutSandbox } from '../../support/shared-server.ts';
import { openTerminal, type TerminalClient } from '../../../commands/client/terminal-client.ts';

const PROMPT = /defaultdb> $/;
const CONTROL_SEQUENCES = /\x1b\[[0-9;?]*[A-Za-z]/g;
const UP = '\x1b[A';

describe.skipIf(withoutSandbox)('the SQL shell on a terminal', { timeout: 90_000 }, () => {
  const { reader } = useOwnServer({ WARM_PER_MODE: '1' });

  /** Returns what a shell shows, without control sequences. */
  const shown = ({ text }: TerminalClient): string => text.replaceAll(CONTROL_SEQUENCES, '').replaceAll('\r', '');
  const shows = async (terminal: TerminalClient, what: RegExp): Promise<void> => {
    await terminal.until(`shows ${String(what)}`, () => what.test(shown(terminal)));
    expect(shown(terminal)).toMatch(what);
  };
  const inShell = async (
    work: (terminal: TerminalClient, again: () => Promise<TerminalClient>) => Promise<void>,
  ): Promise<void> => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const open = async (): Promise<TerminalClient> => {
      const terminal = await openTerminal(me.webSocket(`/api/sandboxes/${id}/terminals/2`), {
        command: 'cockroach sql --insecure',
      });
      await shows(terminal, PROMPT);
      terminal.clear();
      return terminal;
    };
    await work(await open(), open).finally(() => me.reset(id));
  };

  it('discards a line with Ctrl-C, then the statement so far, and exits only when there is neither', async () => {
    await inShell(async (terminal) => {
      terminal.type('SELECT 1\x03');
      await shows(terminal, /SELECT 1\^C\n\S*defaultdb> $/);
      terminal.type('SELECT\r');
      await shows(terminal, /-> $/);
      terminal.type('half\x03');
      await shows(terminal, /half\^C\n *-> $/);
      terminal.type('\x03');
      await shows(terminal, /-> \n\S*defaultdb> $/);
      terminal.type('SELECT 40 + 2;\r');
      await shows(terminal, /42\n\(1 row\)/);
      await shows(terminal, PROMPT);
      terminal.type('\x03');
      expect(await terminal.ends()).toMatchObject({ reason: 'exited' });
    });
  });

  it('cancels a statement with Ctrl-C, and keeps its session', async () => {
    await inShell(async (terminal) => {
      terminal.type("SET application_name = 'mine';\rSELECT pg_sleep(60);\r");
      await shows(terminal, /pg_sleep\(60\);\n$/);
      terminal.type('\x03');
      await shows(terminal, /query execution canceled\nSQLSTATE: 57014\n\S*defaultdb> $/);
      terminal.type('SHOW application_name;\r');
      await shows(terminal, /\n {2}mine\n/);
    });
  });

  it('shows each of several lines that arrive at once at its own prompt, before its answer', async () => {
    await inShell(async (terminal) => {
      terminal.type("SELECT 'a'\r;\rSELECT 'b';\r");
      await shows(
        terminal,
        /^SELECT 'a'\n *-> ;\n[^>]*\n {2}a\n[^>]*defaultdb> SELECT 'b';\n[^>]*\n {2}b\n[^>]*defaultdb> $/,
      );
    });
  });

  it('recalls entries with the arrow keys, statements of several lines as one, also in the next shell', async () => {
    await inShell(async (terminal, again) => {
      terminal.type("SELECT 'a\\b é',\r  2;\rSELECT 'x -- y' -- two\r;\r");
      await shows(terminal, /x -- y\n\(1 row\)[^]*defaultdb> $/);
      terminal.type('\x04');
      await terminal.ends();
      const next = await again();
      next.type(`${UP}${UP}${UP}`);
      await shows(next, /SELECT 'a\\b é', 2;$/);
      next.clear();
      next.type('\r');
      await shows(next, /a\\b é +\| +2/);
    });
  });

  it('continues after Ctrl-Z, when nobody could resume it and when a shell does', async () => {
    await inShell(async (terminal) => {
      terminal.type('\x1aSELECT 40 + 2;\r');
      await shows(terminal, /42\n\(1 row\)/);
      expect(shown(terminal).match(/SELECT/g)).toHaveLength(1);
    });
    const me = reader();
    const { id } = await me.claim('insecure');
    const shell = await openTerminal(me.webSocket(`/api/sandboxes/${id}/terminals/1`), {});
    await shell.shows('$ ');
    shell.type('cockroach sql --insecure\r');
    await shows(shell, PROMPT);
    shell.type('\x1a');
    await shows(shell, /Stopped[^]*\$ $/);
    shell.type('fg\r');
    await shows(shell, PROMPT);
    shell.type('SELECT 40 + 2;\r');
    await shows(shell, /42\n\(1 row\)/);
    await me.reset(id);
  });
});
