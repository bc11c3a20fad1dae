# tries: to make the kernel end the engine or the agent instead of itself when memory is short.
# holds: it cannot make itself a less likely victim than they are, and it is the largest.
# gvisor: ends the sandbox, because to the host's kernel all its processes are one, which the kernel ends.
# ends: 137
# timeoutMs: 20000
for score in range(-1000, 1000, 50):
    try:
        with open('/proc/self/oom_score_adj', 'w') as file:
            file.write(str(score))
        break
    except OSError:
        pass
hoard = []
while True:
    hoard.append(bytearray(1 << 20))
