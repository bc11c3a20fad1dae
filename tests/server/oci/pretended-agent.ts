import { duplexPair } from 'node:stream';
import type { FrameKind } from '../../../server/agent/frame-protocol.ts';
import { encodeFrame, FrameDecoder } from '../../../server/agent/frames.ts';
import { AgentLink } from '../../../server/oci/agent-link.ts';
import { AgentContainer } from '../../../server/oci/agent-container.ts';

/** A container whose agent is the test. */
export interface Pretended {
  container: AgentContainer;
  /** Sends a frame to the server. */
  answer(kind: FrameKind, stream: number, payload?: string | Buffer): void;
  /** Sends bytes that need not be frames. */
  say(bytes: Buffer): void;
  /** What the server has sent, in order. */
  heard: { kind: string; stream: number; payload: Buffer }[];
  /** How often the container was removed. */
  removed(): number;
}

export function pretend(): Pretended {
  const [ours, theirs] = duplexPair();
  const heard: Pretended['heard'] = [];
  const reader = new FrameDecoder((kind, stream, payload) =>
    heard.push({ kind, stream, payload: Buffer.from(payload) }),
  );
  theirs.on('data', (bytes: Buffer) => reader.push(bytes));
  let removals = 0;
  const container = new AgentContainer({
    id: 'pretended',
    link: (onOwn) => new AgentLink(ours, onOwn),
    usage: () => Promise.reject(new Error('none')),
    setShares: () => Promise.resolve(),
    socketBytes: () => Promise.resolve(0),
    remove: async () => void (removals += 1),
  });
  return {
    container,
    answer: (kind, stream, payload = '') => void theirs.write(encodeFrame(kind, stream, Buffer.from(payload))),
    say: (bytes) => void theirs.write(bytes),
    heard,
    removed: () => removals,
  };
}
