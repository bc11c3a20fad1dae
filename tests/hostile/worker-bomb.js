// tries: to start worker threads of Node without end.
// holds: threads count as processes, and each takes memory; the reader gets no more than 64, or the kernel ends it.
// gvisor: ends the sandbox, for to the host's kernel all its processes are one, which it ends.
// ends: any
// timeoutMs: 20000
const { Worker } = require('node:worker_threads');

let online = 0;
const tell = () => console.log(online <= 64 ? 'held' : 'BROKEN', 'workers:', online);
function startOne() {
  if (online > 64) return tell();
  new Worker('setInterval(() => {}, 1000)', { eval: true })
    .on('online', () => {
      online += 1;
      startOne();
    })
    .on('error', tell);
}
startOne();
setTimeout(() => process.exit(), 15_000);
