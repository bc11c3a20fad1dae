# tries: to print endlessly.
# holds: the run is ended when its output reaches the limit; not one byte more arrives.
# ends: output
yes
