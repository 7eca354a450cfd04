#!/usr/bin/env bash
# Makes what the image stands on: a Java runtime, the C libraries that it loads, the name of a user without rights. No
# shell, no package manager. Everything comes from this machine, which must be Linux. On a base that has all of it, the JDK
# is "none".
#
#   root.sh JDK DIRECTORY
set -euo pipefail
jdk=$1
root=$2

rm -rf "$root"
mkdir -p "$root/var/lib/order-lookup"
if [[ $jdk == none ]]; then
  exit
fi
mkdir -p "$root"/{etc,opt,tmp}

# Some are looked up by name, such as those for Kerberos, DNS and random numbers: nothing that links to them would bring
# them along. Not every JDK has all of them.
wanted='java\.se|jdk\.(crypto\.ec|httpserver|jfr|management|naming\.dns|net|random|security\.auth|security\.jgss|unsupported|zipfs)'
modules=$("$jdk/bin/java" --list-modules | sed -nE "s/^($wanted)@.*/\1/p" | paste -sd,)
# The collector that suits the load, rather than the one that the JVM takes for the container's size; JDK_JAVA_OPTIONS wins.
"$jdk/bin/jlink" --add-modules "$modules" --add-options=-XX:+UseParallelGC --no-header-files --no-man-pages \
  --output "$root/opt/java"
# The one program. It starts no others.
find "$root/opt/java/bin" -type f ! -name java -delete
rm -f "$root"/opt/java/lib/{jexec,jspawnhelper}
# Nothing is drawn, printed or played; these would bring the libraries of a desktop along.
rm -f "$root"/opt/java/lib/lib{awt,awt_headless,awt_xawt,fontmanager,freetype,javajpeg,jawt,jsound,lcms,mlib_image,splashscreen}.so

# Where a distribution keeps files of the JDK elsewhere, links are all that is in it.
for file in blocked.certs cacerts default.policy public_suffix_list.dat; do
  if [[ -e $jdk/lib/security/$file ]]; then
    rm -f "$root/opt/java/lib/security/$file"
    cp -L "$jdk/lib/security/$file" "$root/opt/java/lib/security/$file"
  fi
done

# Copies a library to the place where the loader looks for it.
library() {
  if [[ -e $1 && ! -e $root$1 ]]; then
    mkdir -p "$root${1%/*}"
    cp -L "$1" "$root$1"
  fi
}

# What is linked, and the loader itself.
find "$root/opt/java" \( -name java -o -name '*.so' \) -type f -exec ldd {} + |
  sed -nE 's/^(.* => )?[[:space:]]*(\/[^ ]+) \(0x.*$/\2/p' | sort -u | while read -r linked; do
  case $linked in
    "$root"/*) ;;
    *) library "$linked" ;;
  esac
done
# What glibc loads by itself, and what the compression of Kafka is linked to.
glibc=$(ldd "$root/opt/java/bin/java" | sed -nE 's/^.*libc\.so\.6 => (.*)\/libc\.so\.6 .*$/\1/p')
for name in libdl.so.2 libgcc_s.so.1 libm.so.6 libnss_dns.so.2 libnss_files.so.2 libpthread.so.0 libresolv.so.2 librt.so.1; do
  library "$glibc/$name"
done

echo 'nonroot:x:65532:65532:nonroot:/tmp:/sbin/nologin' >"$root/etc/passwd"
echo 'nonroot:x:65532:' >"$root/etc/group"
echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
