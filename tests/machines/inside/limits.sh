# Prints each sandbox's limits, and the identity and rights of its processes; the agent is the first.
for pid in $(pgrep -f '/opt/agent/agent\.py'); do
  group=/sys/fs/cgroup$(cut -d: -f3 "/proc/$pid/cgroup")
  echo "$group"
  for file in memory.max memory.swap.max pids.max cpu.max io.max; do
    echo "  $file: $(tr '\n' ' ' 2>&1 < "$group/$file")"
  done
  for each in $(cat "$group/cgroup.procs"); do
    command=$(tr '\0' ' ' < "/proc/$each/cmdline" | cut -c 1-60)
    echo "  $each $command: $(grep -E '^(Uid|CapBnd|NoNewPrivs|Seccomp):' "/proc/$each/status" | tr -s '\t\n' ' ')"
  done
done
