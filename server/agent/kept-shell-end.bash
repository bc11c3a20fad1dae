# Read at the end of a step of a kept shell: writes commands that restore its directory, variables, functions, aliases and
# options. `builtin`, because the reader's functions may have any names. Not kept are positional parameters, traps, and
# what a step leaves that ends without its EXIT trap: by its own trap on EXIT, by `exec`, or killed.
[[ -e $KEPT_SHELL.new || -L $KEPT_SHELL.new ]] && /bin/rm -rf -- "$KEPT_SHELL.new"
{
  # First, because this script needs other options. The state sets them last, for the same reason.
  builtin echo 'KEPT_SHELL_OPTIONS() {'
  builtin set +o
  builtin echo '}'
  builtin set +eux

  builtin shopt -p
  builtin printf 'builtin umask %s\n' "$(builtin umask)"
  builtin printf 'builtin cd -- %q || builtin echo %q >&3\n' "$PWD" "$PWD is gone: this step starts in $HOME."

  while IFS= builtin read -r KEPT_SHELL_NAME; do
    case $KEPT_SHELL_NAME in
      # What bash sets itself.
      BASH* | DIRSTACK | EPOCH* | EUID | FUNCNAME | GROUPS | HISTCMD | LINENO | PIPESTATUS | PPID | PWD | RANDOM | \
        SECONDS | SHELLOPTS | SHLVL | SRANDOM | UID | _ | KEPT_SHELL*) ;;
      *) builtin declare -p "$KEPT_SHELL_NAME" ;;
    esac
  done < <(builtin compgen -v)
  while IFS='=' builtin read -r -d '' KEPT_SHELL_NAME KEPT_SHELL_VALUE; do
    case $KEPT_SHELL_NAME in
      BASH* | SHLVL | PWD | _ | *[!A-Za-z0-9_]*) ;;
      *) [[ -v $KEPT_SHELL_NAME ]] || builtin printf 'builtin unset -v %s\n' "$KEPT_SHELL_NAME" ;;
    esac
  done <"/proc/$$/environ"

  builtin declare -f
  while IFS= builtin read -r KEPT_SHELL_NAME; do
    case $KEPT_SHELL_NAME in 'declare -f '*) ;; *) builtin printf '%s\n' "$KEPT_SHELL_NAME" ;; esac
  done < <(builtin declare -F)
  builtin alias -p
  builtin printf '%s\n' 'builtin unset -v KEPT_SHELL' KEPT_SHELL_OPTIONS 'builtin unset -f KEPT_SHELL_OPTIONS'
} >|"$KEPT_SHELL.new" && /bin/mv -fT -- "$KEPT_SHELL.new" "$KEPT_SHELL" || {
  /bin/rm -rf -- "$KEPT_SHELL.new"
  builtin echo 'What this step has changed in its shell could not be kept in /tmp.' >&3
}
