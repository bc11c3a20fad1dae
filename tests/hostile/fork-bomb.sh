# tries: to start processes endlessly.
# holds: the reader has at most 64, so the engine still answers; the time limit ends all of them at once, unless the
#   kernel's stacks for ended processes fill the sandbox's memory before.
# ends: any
# timeoutMs: 2000
bomb() { bomb | bomb & }
bomb 2>/dev/null
sleep 100
