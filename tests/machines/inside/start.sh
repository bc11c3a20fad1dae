# `npm start`, as a person does it: waits until runs are on or off, tells which limits are in force, and ends it as Ctrl-C does.
log=$(mktemp)
id
echo "group: $(cat /proc/self/cgroup), XDG_RUNTIME_DIR: ${XDG_RUNTIME_DIR:-none}"
PORT=4400 npm start > "$log" 2>&1 &
npm=$!
while kill -0 $npm 2> /dev/null && ! grep -q '^Runs are ' "$log"; do sleep 0.5; done
cat "$log"
grep -q '^Runs are on' "$log" || code=1
for group in $(find /sys/fs/cgroup -type d -path '*bankrun*' -exec sh -c '[ -s "$1/cgroup.procs" ]' _ {} \; -print 2> /dev/null); do
  echo "$group"
  for file in memory.max memory.swap.max pids.max cpu.max io.max; do echo "  $file: $(cat "$group/$file" 2>&1 | tr '\n' ' ')"; done
  for pid in $(head -3 "$group/cgroup.procs"); do
    echo "  $pid $(tr '\0' ' ' < "/proc/$pid/cmdline" | cut -c 1-60): $(grep -E '^(Uid|CapBnd|NoNewPrivs|Seccomp):' "/proc/$pid/status" | tr -s '\t\n' ' ')"
  done
done
# What a terminal does: the whole group of processes is told.
pkill -INT -P $npm; kill -INT $npm
wait $npm
echo "ended with $?"
exit ${code:-0}
