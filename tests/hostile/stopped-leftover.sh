# tries: to leave stopped processes behind, which do not react to signals.
# holds: they are killed with the run nevertheless.
for _ in 1 2 3; do
  setsid sh -c 'kill -STOP $$; sleep 1000' &
done
sleep 0.2
echo held
