# tries: to fill every place that it can write to.
# holds: each place takes something, and is full at its size: home 32 MiB, tmp 16, shm 16, var/tmp 1; the engine still
#   answers.
for place in /home/reader:32 /tmp:16 /dev/shm:16 /var/tmp:1; do
  directory=${place%:*} size=${place#*:}
  head -c 100M /dev/zero > "$directory/full" 2>/dev/null
  taken=$(wc -c < "$directory/full")
  if [ "$taken" -gt 0 ] && [ "$taken" -le $((size << 20)) ]; then
    echo "held $directory at $taken"
  else
    echo "BROKEN $directory took $taken"
  fi
done
