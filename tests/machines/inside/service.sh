# Installs `deploy/bankrun.service` as its head says, and checks that it starts with limits, is restarted after it was
# killed, and leaves nothing behind.
set -eu
unit=/sys/fs/cgroup/system.slice/bankrun.service
cp deploy/bankrun.service /etc/systemd/system/
systemctl daemon-reload
systemctl enable --now bankrun
# Waits until the service has reported for the Nth time whether runs are on.
heard() { journalctl -u bankrun -o cat | grep '^Runs are ' || true; }
await() { while [ "$(heard | wc -l)" -lt "$1" ]; do sleep 0.5; done; }
await 1
systemctl --no-pager status bankrun || true
journalctl -u bankrun -o cat
node -e 'fetch("http://127.0.0.1:4321/api/health").then((answer) => answer.text()).then(console.log)'
for file in memory.max pids.max cgroup.controllers; do echo "$file: $(cat "$unit/$file")"; done
bash /opt/probe/limits.sh
kill -KILL "$(systemctl show --property MainPID --value bankrun)"
await 2
heard
[ "$(heard | grep -c '^Runs are on')" = 2 ]
systemctl stop bankrun
systemctl --no-pager status bankrun || true
! pgrep -u bankrun -a
[ ! -e "$unit" ]
