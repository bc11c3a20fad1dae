# tries: to leave processes behind, some of which keep its stdout open.
# holds: the run ends when its program does, and nothing is left.
setsid nohup sleep 1000 > /dev/null 2>&1 &
(setsid sleep 1000 &)
setsid sleep 1000 &
echo held
