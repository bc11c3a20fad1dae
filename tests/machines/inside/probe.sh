# Runs the checks of /opt/probe/plan, each in a login session of its user. Writes what each prints to /opt/probe/log,
# and a line for each to `results` there: user, name, exit code and seconds. Everything is also sent at once to a port
# that QEMU writes to a file.
cd /opt/probe
mkdir -p log
exec 3> /dev/virtio-ports/probe
tell() { echo "probe: $*" >&3; }
ip link set lo up
{
  uname -a; head -1 /etc/os-release; nproc; free -m
  echo "clock source: $(cat /sys/devices/system/clocksource/clocksource0/current_clocksource)"
  echo "control groups: $(cat /sys/fs/cgroup/cgroup.controllers)"
  for name in kernel.unprivileged_userns_clone kernel.apparmor_restrict_unprivileged_userns user.max_user_namespaces; do
    echo "$name: $(cat "/proc/sys/${name//.//}" 2> /dev/null || echo 'not there')"
  done
  for program in node npm python3 runc git systemctl; do echo "$program: $($program --version 2>&1 | head -1)"; done
} > log/machine.log
while IFS=$'\t' read -r user check as checkout deadline command; do
  tell "$user $check…"
  begin=$(date +%s)
  log=log/$user-$check.log
  : > "$log"
  tail -f "$log" >&3 &
  tail=$!
  timeout --kill-after=30 "$deadline" su -l "$as" -c "cd $checkout && $command" > "$log" 2>&1 < /dev/null 3>&-
  code=$?
  kill $tail
  [ $code != 124 ] || echo "No end after $deadline s, so it was ended." >> "$log"
  printf '%s\t%s\t%s\t%s\n' "$user" "$check" $code $(($(date +%s) - begin)) >> log/results
  sync
  tell "$user $check: exit code $code after $(($(date +%s) - begin)) s"
done < plan
journalctl -b --no-pager -p warning > log/journal.log 2>&1
tell end
sync
