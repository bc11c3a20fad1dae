// `npm run verify -- --against URL`: replays the tutorials of a deployed site in a browser, see `replay-all.ts`.
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGUMENTS, findChromium } from '../client/chromium-program.ts';
import { UsageError } from '../client/command-line.ts';
import { readSiteArguments } from './arguments.ts';
import { EXIT, exitCodeOf, replayLines, summaryLines } from './outcome.ts';
import { replayAll } from './replay-all.ts';
import { SiteError } from './site-pages.ts';

const ended = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => ended.abort(signal));

async function main(): Promise<number> {
  const wanted = readSiteArguments(process.argv.slice(2));
  const { json, quiet } = wanted;
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: CHROMIUM_ARGUMENTS,
    // The reader's sandboxes are removed first.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  try {
    const outcome = await replayAll(wanted, { browser, signal: ended.signal }, (replay) => {
      if (quiet && replay.outcome === 'right') return;
      for (const line of json ? [JSON.stringify(replay)] : replayLines(replay)) console.log(line);
    });
    const exitCode = exitCodeOf(outcome);
    if (!quiet || exitCode !== EXIT.right) {
      const { leftOut, isCutShort } = outcome;
      for (const line of json ? [JSON.stringify({ exitCode, leftOut, isCutShort })] : summaryLines(outcome))
        console.log(line);
    }
    return exitCode;
  } finally {
    await browser.close();
  }
}

process.exitCode = await main().catch((cause: unknown) => {
  const isAborted = ended.signal.aborted;
  console.error(isAborted ? `Ended by ${ended.signal.reason}.` : cause instanceof Error ? cause.message : cause);
  if (cause instanceof UsageError) return EXIT.usage;
  return cause instanceof SiteError ? EXIT.wrong : EXIT.untried;
});
