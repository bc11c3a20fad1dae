# tries: to leave stopped processes behind, which do not react to signals.
# holds: they die with the run all the same.
for _ in 1 2 3; do
  setsid sh -c 'kill -STOP $$; sleep 1000' &
done
sleep 0.2
echo held
