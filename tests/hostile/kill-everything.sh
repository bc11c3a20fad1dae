# tries: to kill everything that it can see, and PID 1 by its number.
# holds: only the reader's own processes die.
kill -9 1
kill -9 -1
echo held
