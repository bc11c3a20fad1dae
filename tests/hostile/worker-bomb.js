// tries: to start worker threads of Node endlessly.
// holds: threads count as processes, and each uses memory; the reader gets at most 64, or the kernel ends the program.
// gvisor: ends the sandbox, because to the host's kernel all its processes are one, which the kernel ends.
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
