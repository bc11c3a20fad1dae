# Runs `npm start` as a person does: waits until runs are on or off, prints which limits are in force, and ends it as
# Ctrl-C does. With job control (set -m), because programs in the background would ignore Ctrl-C otherwise.
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
# As a terminal does, signals the whole process group.
kill -INT -$npm
wait $npm
echo "ended with $?"
exit ${code:-0}
