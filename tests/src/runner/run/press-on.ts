import { afterEach, beforeEach, vi } from 'vitest';
import type { EndReason, RunEvent, SandboxInfo, Step } from '../../../../shared/protocol.ts';
import { Workspace } from '../../../../src/runner/cluster/workspace.ts';
import type { PressContext, PressedBlock } from '../../../../src/runner/run/press-context.ts';
import { Press } from '../../../../src/runner/run/press.ts';
import { connection, eventBytes } from '../../api/event-bytes.ts';

/** The address of runs in the sandbox. */
export const RUNS = '/api/sandboxes/box/runs';
/** The address of the run. */
export const RUN = `${RUNS}/1`;
const info: SandboxInfo = {
  id: 'box',
  mode: 'secure',
  state: 'ready',
  engine: { name: 'CockroachDB', version: 'v26.2.5', standIn: false },
  done: [],
  expiresAtMs: Date.now() + 600_000,
};
/** Events of a run. */
export const begin = (step: string): RunEvent => ({ type: 'begin', step });
export const done = (step: string, ok = true): RunEvent => ({ type: 'done', step, ok, ms: 5 });
export const end = (reason: EndReason, message?: string): RunEvent => ({
  type: 'end',
  reason,
  ...(message !== undefined && { message }),
});

/** The server's answers, by method and the end of the address; each request gets the first that matches. */
export type Answers = Record<string, () => Response | Promise<Response>>;
/** Answers with a run's events. */
export const events = (...list: RunEvent[]): Response =>
  new Response(connection(eventBytes(list), 'end'), { headers: { location: RUN } });
/** Answers with a refusal. */
export const problem = (status: number, code: string, message: string): Response =>
  Response.json({ error: { code, message } }, { status });

/** Returns a press on the second step of a page with two steps, and what their figures said. `one` is the first. */
export function pressOn(
  answers: Answers,
  one: Partial<Step & { kind: 'shell' }> = {},
): { press: Press; workspace: Workspace; said: Record<string, string[]> } {
  vi.stubGlobal('fetch', async (path: string, { method = 'GET' }: RequestInit) => {
    const asked = `${method} ${path}`;
    const found = Object.entries(answers).find(([ending]) => asked.endsWith(ending));
    if (!found) throw new TypeError(`nobody answers ${asked}`);
    return await found[1]();
  });
  const steps: Step[] = ['one', 'two'].map((id) => ({ id, kind: 'shell', command: id, ...(id === 'one' && one) }));
  const blocks = steps.map((step, at): PressedBlock & { mode: null } => ({
    id: step.id,
    step,
    mode: null,
    title: step.id,
    number: at + 1,
    authored: '',
    isBackground: false,
    button: () => null,
  }));
  const workspace = new Workspace('page', 'secure', blocks as ConstructorParameters<typeof Workspace>[2], []);
  const said: Record<string, string[]> = { one: [], two: [] };
  const context: PressContext = {
    workspace,
    block: (id) => blocks.find((block) => block.id === id),
    view: (id) => ({
      say: (text, kind = 'waiting') => void said[id]!.push(`${kind}: ${text}`),
      notice: (text, remedies = []) =>
        void said[id]!.push(`${text} [${remedies.map(({ label }) => label).join(', ')}]`),
      clear: () => void (said[id] = []),
      run: () => void said[id]!.push('running'),
      show: (event) => void (event.type === 'done' && said[id]!.push(event.ok ? 'done' : 'failed')),
      kept: { events: [] },
    }),
    judge: { begin: () => undefined, done: () => undefined, replay: () => undefined, summarise: async () => '' },
    redraw: () => undefined,
    runAgain: () => undefined,
    reveal: () => undefined,
    resume: () => undefined,
    isShown: () => true,
    startsFresh: true,
  };
  return { press: new Press('two', 'needed', context), workspace, said };
}

/** The server gives a sandbox. */
export const claims: Answers = { 'POST /api/sandboxes': () => Response.json(info, { status: 201 }) };

/** Before each test, gives the page's code a document, a storage and a browser that remember nothing. */
export function stubBrowser(): void {
  beforeEach(() => {
    const stored = new Map<string, string>();
    // Without locks: a claim that never ends would keep the lock from later tests.
    vi.stubGlobal('navigator', {});
    vi.stubGlobal('document', { activeElement: null, querySelector: () => null });
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
    });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });
}
