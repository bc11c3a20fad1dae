# Runs a command as a user, among a machine's files and with this machine's network. Must be started in its own mount
# and process namespaces: what it mounts and starts is gone when it ends.
#   chroot.sh ROOT CACHE USER COMMAND
set -euo pipefail
root=$1 cache=$2 user=$3 command=$4
mount -t proc proc "$root/proc"
for place in sys dev; do mount --rbind "/$place" "$root/$place"; done
# Host names are resolved, and servers trusted, as on this machine.
for file in /etc/resolv.conf /etc/hosts /etc/ssl/certs/ca-certificates.crt; do
  [ ! -e "$file" ] || { [ -e "$root$file" ] || : > "$root$file"; mount --bind "$(realpath "$file")" "$root$file"; }
done
# Keeps what npm and pip have downloaded for the next time.
home=$(chroot "$root" getent passwd "$user" | cut -d: -f6)
for folder in .npm .cache; do
  mkdir -p "$cache/$user/$folder" "$root$home/$folder"
  mount --bind "$cache/$user/$folder" "$root$home/$folder"
  chroot "$root" chown "$user:" "$home" "$home/$folder"
done
export DEBIAN_FRONTEND=noninteractive
handed=DEBIAN_FRONTEND
for name in {http,https,no}_proxy {HTTP,HTTPS,NO}_PROXY NODE_EXTRA_CA_CERTS PIP_CERT SSL_CERT_FILE; do
  [ -z "${!name:-}" ] || handed+=,$name
done
# A service's user may have no shell.
exec chroot "$root" su -l -s /bin/bash "$user" -w "$handed" -c "$command"
