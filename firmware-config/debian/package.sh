#!/bin/sh
# Makes the Debian package of a self-contained folder; `dotnet build src/LiquidControl.Service -t:Deb -r linux-arm64` calls it.
# Same folder, same version, same SOURCE_DATE_EPOCH: same bytes.
set -eu

[ $# -eq 4 ] || { echo 'usage: SOURCE_DATE_EPOCH=SECONDS package.sh FOLDER VERSION amd64|arm64 OUTPUT.deb' >&2; exit 2; }
folder=$1 version=$2 architecture=$3 output=$4
: "${SOURCE_DATE_EPOCH:?package.sh: expected the time that every file gets, in seconds since 1970}"
command -v dpkg-deb >/dev/null || { echo 'package.sh: found no dpkg-deb; apt-get install dpkg (the folder is made without it: -t:Folder).' >&2; exit 1; }

here=$(cd "$(dirname "$0")" && pwd)
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
root=$stage/tree
home=$root/usr/lib/liquidcontrol documents=$root/usr/share/doc/liquidcontrol

mkdir -p "$root/DEBIAN" "$root/usr/bin" "$home" "$documents"
cp -R "$folder/." "$home/"
for program in liquidcontrol liquidcontrold; do ln -s "../lib/liquidcontrol/$program" "$root/usr/bin/$program"; done
while read -r file place; do
    case $file in '#'*) continue ;; esac
    case $place in
        /*) printf '%s\n' "$place" >>"$root/DEBIAN/conffiles" ;;
        *) place=/usr/lib/$place ;;
    esac
    mkdir -p "$root$(dirname "$place")"
    cp "$here/../$file" "$root$place"
done <"$here/../files"
cp "$here/copyright" "$documents/"
printf 'liquidcontrol (%s) unstable; urgency=low\n\n  * Built from the repository.\n\n -- LiquidControl <liquidcontrol@localhost>  %s\n' \
    "$version" "$(date -uRd "@$SOURCE_DATE_EPOCH")" | gzip -9n >"$documents/changelog.gz"

for script in postinst prerm postrm; do cp "$here/$script" "$root/DEBIAN/"; done
# The oldest C library that has every function the programs ask for.
libc=$(find "$home" -type f \( -perm -u+x -o -name '*.so' \) -exec grep -aohE 'GLIBC_2\.[0-9]+' {} + | cut -d_ -f2 | sort -uV | tail -n 1)
size=$(du -sk --apparent-size "$root/usr" | cut -f1)
sed -e "s/@version@/$version/" -e "s/@architecture@/$architecture/" -e "s/@size@/$size/" -e "s/@libc@/${libc:-2.34}/" "$here/control" >"$root/DEBIAN/control"

find "$root" -type d -exec chmod 755 {} +
find "$root" -type f -exec chmod 644 {} +
find "$home" -maxdepth 1 -type f ! -name '*.*' -exec chmod 755 {} +
chmod 755 "$root/DEBIAN/postinst" "$root/DEBIAN/prerm" "$root/DEBIAN/postrm" "$home/firmware-config/install.sh"
(cd "$root" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
find "$root" -exec touch -hd "@$SOURCE_DATE_EPOCH" {} +
# More threads would cut the compressed stream elsewhere.
DPKG_DEB_THREADS_MAX=1 dpkg-deb --root-owner-group -Zxz -z2 --build "$root" "$output" >/dev/null
