# Runs `npm start` as a person does: waits until runs are on or off, prints the limits in force, and ends it as Ctrl-C
# does. Uses job control (set -m), because programs in the background would otherwise ignore Ctrl-C.
set -m
log=$(mktemp)
id
echo "group: $(cat /proc/self/cgroup), XDG_RUNTIME_DIR: ${XDG_RUNTIME_DIR:-none}"
npm start > "$log" 2>&1 &
npm=$!
while kill -0 $npm 2> /dev/null && ! grep -q '^Runs are ' "$log"; do sleep 0.5; done
cat "$log"
grep -q '^Runs are on' "$log" || code=1
bash /opt/probe/limits.sh
lsblk -o NAME,MAJ:MIN,TYPE,MOUNTPOINTS
# Signals the whole process group, as a terminal does.
kill -INT -$npm
wait $npm
echo "ended with $?"
exit ${code:-0}
