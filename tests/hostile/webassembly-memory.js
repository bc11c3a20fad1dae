// tries: to use all memory with WebAssembly, whose memory is reserved far beyond what the sandbox has.
// holds: reserving costs nothing; when the memory is written to, the kernel ends this program and nothing else.
// gvisor: ends the sandbox, because to the host's kernel all its processes are one, which the kernel ends.
// ends: any
// timeoutMs: 20000
const PAGE_BYTES = 64 << 10;
const memories = Array.from({ length: 4 }, () => new WebAssembly.Memory({ initial: 1, maximum: 32_768 }));
for (let pages = 1; ; pages += 1) {
  for (const memory of memories) {
    memory.grow(1);
    new Uint8Array(memory.buffer).fill(1, pages * PAGE_BYTES);
  }
  if (pages * memories.length * PAGE_BYTES > 512 << 20) {
    console.log('BROKEN more than 512 MiB of a sandbox that has 256');
    process.exit();
  }
}
