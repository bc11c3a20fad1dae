# Read by bash before a step of a kept shell (BASH_ENV): takes over what the shell's earlier steps left, and has what this
# one leaves kept at its end. All of it is the reader's, and nothing outside of the sandbox reads it.
#
# KEPT_SHELL is the file with the shell's state, and KEPT_SHELL_USE says what to do with it: `go-on`, begin a `new` shell,
# or only `look`, for programs that keep running next to later steps.
if [[ $KEPT_SHELL_USE == new ]]; then
  # A program may have put a pipe, a link or a folder there.
  [[ -e $KEPT_SHELL || -L $KEPT_SHELL ]] && /bin/rm -rf -- "$KEPT_SHELL" 2>/dev/null
fi
if [[ $KEPT_SHELL_USE != look ]]; then
  trap "{ KEPT_SHELL=$KEPT_SHELL; . /opt/agent/kept-shell-end.bash; } 3>&2 2>/dev/null" EXIT
fi
shopt -s expand_aliases
unset -v BASH_ENV KEPT_SHELL_USE
# The last line, because the state may set options such as errexit and verbose.
if [[ -s $KEPT_SHELL ]]; then . "$KEPT_SHELL" 3>&2 2>/dev/null; else unset -v KEPT_SHELL; fi
