import { onlyReads } from '../../shared/only-reads.ts';
import { BROKEN_CONNECTION, STARTING_CLUSTER, STOPPING, CLUSTER_GONE } from '../sentences/press-sentences.ts';
import type { RunEvent, SandboxInfo, Step } from '../../shared/protocol.ts';
import { sessionNameOf } from '../../shared/session-name.ts';
import { judgeEnd } from '../../shared/step-end.ts';
import { AwayError } from '../api/request.ts';
import {
  END_HEADS,
  endSentence,
  failedSentence,
  lostInRun,
  timeSentence,
  waitingSentence,
} from '../sentences/end-sentences.ts';
import { runEvents } from '../api/run-events.ts';
import { troubleOf } from '../api/trouble.ts';
import { claimPatiently } from '../api/patient-claim.ts';
import { nameOf, planOf, type Program } from './embed-program.ts';
import type { Remedy } from '../runner/result/notice.ts';
import type { Verdict } from './embed-result.ts';
import {
  AGAIN_SENTENCE,
  awaySentence,
  BROKEN_SENTENCE,
  earlierFailed,
  notAllowedSentence,
  policySentence,
  runningWord,
} from '../sentences/embed-sentences.ts';
import type { BankrunServer } from './bankrun-server.ts';
import type { BlockView } from './block-view.ts';
import { verdictSentence, type JudgedStep } from '../sentences/verdict-sentences.ts';
import { waitWords } from '../sentences/wait-sentences.ts';
import { REMEDY_LABELS, TROUBLE_HEADS, stoppedSentence } from '../sentences/trouble-sentences.ts';

const DIFFERS = { is: 'differs', differing: 0, reasons: [] } as const;

/** How to press: run everything, in a new cluster if `fresh`, or get the rest of an earlier press. */
export type Way = { fresh: boolean } | { resume: EmbedPress };

/** One press of Run, from the click to the end of its run. */
export class EmbedPress {
  readonly #server: BankrunServer;
  readonly #program: Program;
  readonly #view: BlockView;
  readonly #again: (way: Way) => void;
  #gaveUp = new AbortController();
  #location: string | undefined;
  #isStopped = false;
  #isBroken = false;
  #sent: Step[] = [];
  #current: Step | undefined;
  #hadRun = false;
  #verdict: Verdict | undefined;
  /** The earlier steps that should have failed and did not, or in another way. */
  #amiss: JudgedStep[] = [];

  /** `again` is called when the reader presses a remedy's button. */
  constructor(server: BankrunServer, program: Program, view: BlockView, again: (way: Way) => void) {
    this.#server = server;
    this.#program = program;
    this.#view = view;
    this.#again = again;
  }

  /**
   * Claims a sandbox (a new one if `fresh`), sends the steps and shows their events. Never throws: errors are shown in
   * the block.
   */
  async run(fresh: boolean): Promise<void> {
    await this.#guard(async () => {
      this.#view.result.clear();
      const info = await this.#claim(fresh);
      this.#view.showEngine(info.engine);
      this.#hadRun = info.done.includes(this.#program.steps.at(-1)!.id);
      this.#sent = planOf(this.#program, info.done, info.undone);
      const { location, body } = await this.#server.startRun(info.id, this.#sent);
      this.#location = location;
      if (this.#isStopped) void this.stop();
      await this.#follow(body);
    });
  }

  /** Shows the run again from its beginning after the connection was lost. Never throws. */
  async resume(): Promise<void> {
    this.#gaveUp = new AbortController();
    this.#isStopped = false;
    await this.#guard(() => this.#follow(undefined));
  }

  /**
   * Stops the press, whether it is waiting or running. A second call while the server is away gives up waiting for the
   * server.
   */
  async stop(): Promise<void> {
    if (this.#isBroken && this.#isStopped) return this.#gaveUp.abort();
    // The last step has ended; the run is about to end too.
    if (this.#verdict) return;
    this.#isStopped = true;
    if (this.#location === undefined) {
      // A run that was sent but has no address yet is stopped as soon as it has one; waiting for a cluster stops at
      // once.
      if (this.#sent.length === 0) this.#gaveUp.abort();
      return;
    }
    this.#view.result.say(STOPPING);
    await this.#server.stopRun(this.#location).catch(() => undefined);
  }

  /** Stops the press and shows nothing more, because the element has left its page. */
  leave(): void {
    void this.stop();
    this.#gaveUp.abort();
  }

  async #claim(fresh: boolean): Promise<SandboxInfo> {
    const { result } = this.#view;
    let told = '';
    const claim = async (): Promise<SandboxInfo> => {
      const { mode, imports } = this.#program;
      return await claimPatiently(
        (signal) => this.#server.claim(mode, imports, signal),
        (wait) => {
          const { long, status, news } = waitWords(wait);
          if (news !== told) this.#view.announce(status);
          told = news;
          result.say(long);
        },
        this.#gaveUp.signal,
      );
    };
    result.say(STARTING_CLUSTER);
    const info = await claim();
    if (!fresh) return info;
    await this.#server.remove(info.id);
    this.#gaveUp.signal.throwIfAborted();
    return await claim();
  }

  async #follow(body: ReadableStream<Uint8Array> | undefined): Promise<void> {
    const { result } = this.#view;
    const { signal } = this.#gaveUp;
    const location = this.#location!;
    const sinceMs = Date.now();
    const onTrouble = (isBroken: boolean): void => {
      this.#isBroken = isBroken;
      if (isBroken) result.say(BROKEN_CONNECTION);
      else result.count(runningWord(), sinceMs);
    };
    for await (const event of runEvents(body, {
      resume: (after) => this.#server.followRun(location, after, signal),
      onTrouble,
      signal,
    })) {
      if (event.type === 'begin') this.#begin(event.step, sinceMs);
      else if (event.type === 'done') this.#done(event);
      else if (event.type === 'end') this.#end(event);
      else result.show(event);
    }
  }

  #begin(id: string, sinceMs: number): void {
    this.#verdict = undefined;
    const at = this.#sent.findIndex((step) => step.id === id);
    this.#current = this.#sent[at];
    this.#view.result.clear();
    this.#view.result.session = this.#current && sessionNameOf(this.#current);
    this.#view.result.count(runningWord(at + 1, this.#sent.length), sinceMs);
  }

  #done(event: RunEvent & { type: 'done' }): void {
    const { result } = this.#view;
    const fails = this.#program.failures.get(event.step);
    const end = judgeEnd(event, fails);
    const meant = end === 'succeeded' || end === 'otherwise' ? fails : undefined;
    result.endOutput();
    if (end === 'failed') result.say(failedSentence(event) + (this.#isLast ? '' : earlierFailed(this.#name)), 'failed');
    else if (!this.#isLast) {
      if (meant) this.#amiss.push({ title: this.#name, isLast: false, verdict: { ...DIFFERS, meant } });
    } else if (event.isWaiting) {
      result.say(waitingSentence(result.session, this.#otherSession));
      this.#verdict = { fits: true, sentence: '' };
    } else
      this.#verdict = result.conclude(event.ok ? `Done in ${timeSentence(event.ms)}` : failedSentence(event), {
        expected: this.#program.expected,
        meant,
        isJudged: fails !== undefined || this.#program.expected !== undefined,
        why:
          this.#hadRun && !(this.#current?.kind === 'sql' && onlyReads(this.#current.statements)) ? AGAIN_SENTENCE : '',
      });
  }

  /** The name of the element's only other session. */
  get #otherSession(): string | undefined {
    const { session } = this.#view.result;
    const names = this.#program.steps.flatMap((step) => (step.kind === 'sql' ? (sessionNameOf(step) ?? []) : []));
    const others = [...new Set(names)].filter((name) => name !== session);
    return others.length === 1 ? others[0] : undefined;
  }

  get #isLast(): boolean {
    return this.#current === this.#sent.at(-1);
  }

  get #name(): string {
    return this.#isLast || !this.#current ? this.#program.caption : nameOf(this.#current);
  }

  #end({ reason, message }: RunEvent & { type: 'end' }): void {
    const { result } = this.#view;
    const head = END_HEADS[reason];
    const judged = reason === 'finished' ? (this.#verdict?.sentence ?? '') : '';
    const amiss = this.#amiss.length > 0 ? verdictSentence(this.#amiss) : '';
    if (reason === 'finished') {
      if (this.#verdict?.fits === false || amiss !== '')
        result.notice(amiss, [this.#remedy(REMEDY_LABELS.runFresh, true)], 'calm');
    } else if (reason === 'stopped') {
      result.say(TROUBLE_HEADS.stopped, 'waiting');
      result.notice(stoppedSentence(), [this.#remedy(REMEDY_LABELS.runAgain, false)], 'calm');
    } else if (reason === 'lost') {
      result.say(CLUSTER_GONE, 'failed');
      result.notice(lostInRun(message), [this.#remedy(REMEDY_LABELS.runFresh, false)]);
    } else {
      if (head !== undefined) result.say(head, 'failed');
      result.notice(message ?? '', [
        this.#remedy(REMEDY_LABELS.runAgain, false),
        this.#remedy(REMEDY_LABELS.runFresh, true),
      ]);
    }
    const told = reason !== 'failed-step' && message !== undefined ? message : '';
    this.#view.announce([endSentence(reason, this.#name), told, judged, amiss].filter(Boolean).join(' '));
  }

  #remedy(label: string, fresh: boolean): Remedy {
    return { label, press: () => this.#again({ fresh }) };
  }

  async #guard(work: () => Promise<void>): Promise<void> {
    await work().catch((cause: unknown) => this.#tellTrouble(cause));
  }

  async #tellTrouble(cause: unknown): Promise<void> {
    const { result } = this.#view;
    const hasBegun = this.#location !== undefined;
    const {
      head,
      sentence,
      remedy,
      calm = false,
      unknown,
    } = troubleOf(cause, { gaveUp: this.#gaveUp.signal.aborted, hasBegun, wasAway: this.#isBroken });
    const away = cause instanceof AwayError && !calm;
    const told = !away ? sentence : hasBegun ? BROKEN_SENTENCE : await whyAway(this.#server);
    const remedies: Record<typeof remedy, Remedy> = {
      again: this.#remedy(REMEDY_LABELS.again, false),
      // The lost cluster need not be removed first.
      fresh: this.#remedy(REMEDY_LABELS.runFresh, false),
      resume: { label: REMEDY_LABELS.rest, press: () => this.#again({ resume: this }) },
    };
    result.say(head, calm ? 'waiting' : 'failed');
    result.notice(told, [remedies[remedy]], calm ? 'calm' : 'failed');
    this.#view.announce(`${head}. ${told}`);
    if (unknown) console.error(cause);
  }
}

/** Returns why the server cannot be reached, as a sentence. */
export async function whyAway(server: BankrunServer): Promise<string> {
  switch (await server.absence()) {
    case 'policy':
      return policySentence(server.origin);
    case 'not-allowed':
      return notAllowedSentence(server.host, self.origin);
    case 'away':
      return awaySentence(server.host);
  }
}
