# tries: to use all memory.
# holds: the kernel ends this program, not the engine and not the agent.
# gvisor: ends the sandbox, because to the host's kernel all its processes are one, which the kernel ends.
# ends: 137
# timeoutMs: 20000
# where: run terminal
hoard = []
while True:
    hoard.append(bytearray(1 << 20))
