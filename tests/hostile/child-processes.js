// tries: to start child processes endlessly, to outlive the run in one, and to start one as somebody else.
// holds: the reader has at most 64 processes and threads, a child has the reader's rights and dies with the run.
// timeoutMs: 20000
const { spawn, spawnSync } = require('node:child_process');

let started = 0;
for (; started < 1000; started += 1) {
  const child = spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' });
  child.on('error', () => undefined);
  if (child.pid === undefined) break;
  child.unref();
}
console.log(started > 0 && started <= 64 ? 'held' : 'BROKEN', 'children:', started);
for (const identity of [{ uid: 0 }, { uid: 1001 }, { gid: 0 }, { gid: 1002 }]) {
  const { error, status } = spawnSync('true', [], identity);
  console.log(error && status === null ? 'held' : 'BROKEN', JSON.stringify(identity));
}
for (const become of [() => process.setuid(0), () => process.setgid(0), () => process.setgroups([0])]) {
  try {
    become();
    console.log('BROKEN', String(become));
  } catch {
    console.log('held', String(become));
  }
}
process.exit(0);
