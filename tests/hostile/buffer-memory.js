// tries: to use all memory with buffers, which no limit of V8's heap counts.
// holds: the kernel ends this program, not the engine and not the agent.
// gvisor: ends the sandbox, because to the host's kernel all its processes are one, which the kernel ends.
// ends: 137
// timeoutMs: 20000
// where: run terminal
const hoard = [];
for (;;) hoard.push(Buffer.alloc(1 << 20, 1));
