import { execFileSync } from 'node:child_process';
import { Reader } from '../client/reader.ts';
import { openTerminal } from '../client/terminal-client.ts';
import { printFigure } from './figure.ts';
import { onServer } from './on-server.ts';
import { median } from './timing.ts';

const KEYS = 300;
const ROUNDS = 3;
const MEBIBYTES = 32;
/** Lines like those that programs print. */
const FLOOD = `yes 'The quick brown fox jumps over the lazy dog, again and again.' | head -c ${MEBIBYTES}M`;

/** A program that reads a pseudo-terminal to its end as fast as it can and prints the seconds it took. */
const BARE = `
import os, pty, sys, time
began = time.perf_counter()
pid, terminal = pty.fork()
if pid == 0:
    os.execv('/bin/bash', ['bash', '-c', sys.argv[1]])
try:
    while os.read(terminal, 65536):
        pass
except OSError:
    pass
print(time.perf_counter() - began)
`;

/** How fast a terminal is, over loopback. */
interface TerminalFigures {
  /** From a key to its echo at a shell's prompt, milliseconds: median and 95th percentile. */
  echoMs: { p50: number; p95: number };
  /** Output that reaches a page which draws at once, and of a bare pseudo-terminal on this machine, MiB/s. */
  outputMibs: number;
  bareMibs: number;
}

/** Measures a terminal over loopback, and prints its figures. */
export async function printTerminal(): Promise<void> {
  await onServer({}, async ({ url }) => {
    const me = new Reader(url);
    const { echoMs, outputMibs, bareMibs } = await measureTerminal(me, (await me.claim('insecure')).id);
    printFigure('from a key in the terminal to its echo, median', echoMs.p50, 'ms');
    printFigure('from a key in the terminal to its echo, 95th percentile', echoMs.p95, 'ms');
    const what = 'output of a terminal to a page, per second';
    printFigure(what, outputMibs, 'MiB', ['a bare pseudo-terminal', bareMibs]);
  });
}

async function measureTerminal(me: Reader, sandbox: string): Promise<TerminalFigures> {
  const terminal = await openTerminal(me.webSocket(`/api/sandboxes/${sandbox}/terminals/1`), {
    columns: 500,
    rows: 50,
  });
  await terminal.shows('$ ');
  const echoes: number[] = [];
  for (let key = 0; key < KEYS; key += 1) {
    terminal.clear();
    const began = performance.now();
    terminal.type('x');
    await terminal.shows('x');
    echoes.push(performance.now() - began);
  }
  echoes.sort((a, b) => a - b);
  const speeds: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    terminal.clear();
    terminal.type('\x03');
    await terminal.shows('$ ');
    const before = terminal.shownBytes;
    const began = performance.now();
    terminal.type(`${FLOOD}\r`);
    await terminal.until('shows it all', () => {
      terminal.clear();
      return terminal.shownBytes - before >= MEBIBYTES << 20;
    });
    speeds.push(MEBIBYTES / ((performance.now() - began) / 1000));
    await terminal.until('shows the prompt', () => terminal.text.includes('$ '));
    bare.push(MEBIBYTES / Number(execFileSync('python3', ['-c', BARE, FLOOD], { encoding: 'utf8' })));
  }
  await me.fetch('DELETE', `/api/sandboxes/${sandbox}/terminals/1`);
  return {
    echoMs: { p50: echoes[KEYS >> 1]!, p95: echoes[Math.floor(KEYS * 0.95)]! },
    outputMibs: median(speeds),
    bareMibs: median(bare),
  };
}
