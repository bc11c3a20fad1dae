import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { balancerCheck, checkLine, type Vacancy } from '../../server/balancer-check.ts';

it.each<[Vacancy, string]>([
  [37, 'ready up 38%\n'],
  [1, 'ready up 2%\n'],
  [0, 'ready up 1%\n'],
  [-3, 'ready up 1%\n'],
  [1000, 'ready up 256%\n'],
  ['draining', 'up drain\n'],
  ['off', 'ready down\n'],
])('a balancer is told about %s', (vacancy, line) => {
  expect(checkLine(vacancy)).toBe(line);
});

it('every connection gets the state of that moment, and is closed, whatever it sends', async () => {
  let vacancy: Vacancy = 5;
  const server = balancerCheck(() => vacancy).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ask = async (said: string): Promise<string> => {
    const socket = connect(port, '127.0.0.1');
    socket.write(said);
    return await text(socket);
  };
  expect(await ask('')).toBe('ready up 6%\n');
  vacancy = 'draining';
  expect(await ask('GET / HTTP/1.1\r\n\r\n')).toBe('up drain\n');
});
