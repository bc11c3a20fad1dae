// @ts-check
import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import http from 'node:http';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { interruption } from './interruption.mjs';
import { SetupProblem } from './setup-problem.mjs';

/** How long the server may take to answer; short, because set-up has other choices. */
const CONNECT_MS = 5000;
/** How long a download may receive nothing. */
const STALL_MS = 30_000;
/** How long a whole download may take. */
const WHOLE_MS = 60 * 60_000;
const MEGABYTE = 1_000_000;

/**
 * Downloads a file with a known SHA-256. Removes it when it is incomplete or has another hash. Throws Interruption, and
 * SetupProblem with the reason: no answer within five seconds, a status other than 2xx, no progress for 30 seconds, no
 * end within an hour, another hash, or an error when writing.
 * @param {string} url
 * @param {string} file
 * @param {string} sha256 In hex.
 * @param {(text: string) => void} note Receives the progress.
 */
export async function download(
  url,
  file,
  sha256,
  note,
  { connectMs = CONNECT_MS, stallMs = STALL_MS, wholeMs = WHOLE_MS } = {},
) {
  const stop = new AbortController();
  let timer = setTimeout(
    () => stop.abort(new SetupProblem(`${new URL(url).host} did not answer within ${connectMs / 1000} s`)),
    connectMs,
  );
  const untilStall = () => {
    clearTimeout(timer);
    timer = setTimeout(
      () => stop.abort(new SetupProblem(`the download made no progress for ${stallMs / 1000} s`)),
      stallMs,
    );
  };
  const last = setTimeout(
    () => stop.abort(new SetupProblem(`the download had not ended after ${wholeMs / 60_000} minutes`)),
    wholeMs,
  );
  const giveUp = () => stop.abort(interruption.reason);
  mkdirSync(dirname(file), { recursive: true });
  try {
    interruption.throwIfAborted();
    interruption.addEventListener('abort', giveUp);
    useProxies();
    const answer = await fetch(url, { signal: stop.signal });
    if (!answer.ok || !answer.body) throw new SetupProblem(`${new URL(url).host} answered ${answer.status}`);
    const total = Number(answer.headers.get('content-length') ?? 0);
    const hash = createHash('sha256');
    let received = 0;
    const meter = new Transform({
      transform(chunk, _encoding, next) {
        untilStall();
        hash.update(chunk);
        received += chunk.length;
        note(`${Math.round(received / MEGABYTE)}${total ? ` of ${Math.round(total / MEGABYTE)}` : ''} MB`);
        next(null, chunk);
      },
    });
    await pipeline(answer.body, meter, createWriteStream(file), { signal: stop.signal });
    const found = hash.digest('hex');
    if (found !== sha256)
      throw new SetupProblem(`the file has the SHA-256 ${found} instead of ${sha256}, so it was removed`);
  } catch (cause) {
    rmSync(file, { force: true });
    interruption.throwIfAborted();
    throw stop.signal.aborted
      ? stop.signal.reason
      : cause instanceof SetupProblem
        ? cause
        : new SetupProblem(reasonOf(cause, url, file));
  } finally {
    clearTimeout(timer);
    clearTimeout(last);
    interruption.removeEventListener('abort', giveUp);
  }
}

/** Makes fetch use HTTPS_PROXY and similar variables, which it only can from Node 24 on. */
function useProxies() {
  const { setGlobalProxyFromEnv } = /** @type {{ setGlobalProxyFromEnv?: () => unknown }} */ (
    /** @type {unknown} */ (http)
  );
  setGlobalProxyFromEnv?.();
}

/**
 * Returns the reason of a failed download. Errors of fetch and the network are in `cause.cause`, those of the disk in
 * `cause`.
 * @param {any} cause
 * @param {string} url
 * @param {string} file
 */
function reasonOf(cause, url, file) {
  if (cause?.syscall && cause.code) return `${file} could not be written: ${cause.code}`;
  return (
    `${new URL(url).host} could not be reached: ` +
    `${cause?.cause?.code ?? cause?.cause?.message ?? cause?.code ?? cause?.message ?? cause}`
  );
}
