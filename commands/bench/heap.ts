import { once } from 'node:events';
import { WebSocket } from 'ws';

/** The line that Node prints when it is started with `--inspect`. */
const LISTENING = /Debugger listening on (ws:\/\/\S+)/;

/**
 * Returns how much of its heap a server uses after garbage collection, bytes. `log` is what it has printed; it must
 * have been started with `--inspect`.
 */
export async function heapBytes(log: string): Promise<number> {
  const address = LISTENING.exec(log)?.[1];
  if (address === undefined) throw new Error('the server has no inspector');
  const socket = new WebSocket(address);
  try {
    await once(socket, 'open');
    const ask = async (id: number, method: string): Promise<{ usedSize?: number }> => {
      socket.send(JSON.stringify({ id, method }));
      for (;;) {
        const [bytes] = (await once(socket, 'message')) as [Buffer];
        const answer = JSON.parse(bytes.toString()) as { id?: number; result?: { usedSize?: number } };
        if (answer.id === id) return answer.result ?? {};
      }
    };
    await ask(1, 'HeapProfiler.collectGarbage');
    return (await ask(2, 'Runtime.getHeapUsage')).usedSize ?? Number.NaN;
  } finally {
    socket.terminate();
  }
}
