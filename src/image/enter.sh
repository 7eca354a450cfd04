#!/bin/sh
# Runs a command in the image, laid out in a directory, as a container runtime would: as process 1 and as the image's user,
# without capabilities, on a root that is read-only but for /tmp. Starts in mount and pid namespaces of its own:
#
#   unshare --mount --pid --fork enter.sh ROOT SETTINGS TMP COMMAND...
#
# The directory SETTINGS is seen as /etc/order-lookup, and TMP, a directory or "tmpfs", as /tmp. With --map-root-user it needs no rights, where users may make
# namespaces.
set -eu
root=$1
settings=$2
tmp=$3
shift 3

mkdir -p "$root/dev" "$root/proc"
echo '127.0.0.1 localhost' >"$root/etc/hosts"
echo 'nameserver 127.0.0.1' >"$root/etc/resolv.conf"
mount --bind "$root" "$root"
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
if [ "$tmp" = tmpfs ]; then
  mount -t tmpfs tmpfs "$root/tmp"
else
  mount --bind "$tmp" "$root/tmp"
fi
mount --bind "$settings" "$root/etc/order-lookup"
mount -o remount,bind,ro "$root/etc/order-lookup"
mount -o remount,bind,ro "$root"

# Becomes the user, or takes its number where nobody else can be become.
read -r _ _ users </proc/self/uid_map
if [ "$users" -gt 65532 ]; then
  user='--setuid=65532 --setgid=65532'
else
  user='--user --map-user=65532 --map-group=65532'
fi
# shellcheck disable=SC2086
exec unshare $user --root="$root" --wd=/etc/order-lookup -- "$@"
