#!/bin/sh
# Makes a Raspberry Pi or a Jetson ready for the real-time daemon: unit, limits, groups, buses, kernel options. Idempotent; undoes itself.
set -eu

usage() {
    cat <<'TEXT'
usage: install.sh [--board raspberry-pi|jetson] [--root DIR] [--dry-run | --undo]

  --board NAME  the board; default: what the device tree says
  --root DIR    work on the system below DIR, such as a mounted image
  --dry-run     show every change, make none
  --undo        put back, byte for byte, what was there before the first install
TEXT
}

die() {
    printf 'install.sh: %s\n' "$1" >&2
    exit "${2:-1}"
}

board='' root='' mode=install
while [ $# -gt 0 ]; do
    case $1 in
        --board) [ $# -gt 1 ] || die '--board: found nothing, expected raspberry-pi or jetson.' 2; board=$2; shift ;;
        --root) [ $# -gt 1 ] || die '--root: found nothing, expected a folder.' 2; root=${2%/}; shift ;;
        --dry-run) mode=dry-run ;;
        --undo) mode=undo ;;
        --help | -h) usage; exit 0 ;;
        *) usage >&2; die "found '$1', expected one of the options above." 2 ;;
    esac
    shift
done
[ -z "$root" ] || [ -d "$root" ] || die "--root: there is no folder $root." 2
[ -n "$root" ] || [ "$mode" = dry-run ] || [ "$(id -u)" = 0 ] || die 'needs root: sudo sh install.sh' 2

here=$(cd "$(dirname "$0")" && pwd)
# What was there before: manifest (checksum of what was installed, kept or new, path), originals, folders made.
parent=$root/var/lib/liquidcontrol
state=$parent/install
begin='# >>> liquidcontrol: made by firmware-config/install.sh'
end='# <<< liquidcontrol'
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

sum() { sha256sum <"$1" | cut -d' ' -f1; }

# Content of $1 becomes file $2 at once or not at all; owner and mode of a file that is there stay.
replace() {
    rm -f "$2.liquidcontrol-new"
    if [ -e "$2" ]; then cp -p "$2" "$2.liquidcontrol-new" 2>/dev/null || cp "$2" "$2.liquidcontrol-new"; fi
    cat "$1" >"$2.liquidcontrol-new"
    [ -e "$2" ] || chmod 644 "$2.liquidcontrol-new"
    mv -f "$2.liquidcontrol-new" "$2"
}

undo() {
    [ -f "$state/manifest" ] || die "nothing was installed: there is no $state/manifest."
    changed=0
    while read -r installed kind path; do
        target=$root$path
        rm -f "$target.liquidcontrol-new"
        now=none
        [ ! -f "$target" ] || now=$(sum "$target")
        if [ "$now" = "$installed" ]; then
            if [ "$kind" = kept ]; then
                replace "$state/original$path" "$target"
                touch -r "$state/original$path" "$target"
                echo "restored $path"
            else
                rm -f "$target"
                echo "removed  $path"
            fi
        elif [ "$kind" = new ] && [ "$now" = none ]; then :
        elif [ "$kind" = kept ] && [ "$now" = "$(sum "$state/original$path")" ]; then :
        else
            echo "left     $path: changed since the install; what was there before is in $state/original$path" >&2
            changed=1
        fi
    done <"$state/manifest"
    [ "$changed" = 0 ] || die 'some files were left as they are; mend them by hand, then run --undo again.'
    cp "$state/folders" "$stage/folders"
    rm -rf "$state" "$state.new" "$state.old"
    # Deepest first; a folder that holds something else by now stays.
    sort -r "$stage/folders" | while read -r folder; do rmdir "$root$folder" 2>/dev/null || :; done
}

# A death between the two renames of a state leaves the old one beside.
[ -d "$state" ] || [ ! -d "$state.old" ] || [ "$mode" = dry-run ] || mv "$state.old" "$state"
if [ "$mode" = undo ]; then
    undo
    [ -n "$root" ] || systemctl daemon-reload 2>/dev/null || :
    echo 'Undone. The user and the groups stay. Reboot for the kernel to forget its options.'
    exit 0
fi

model=''
[ ! -r "$root/proc/device-tree/model" ] || model=$(tr -d '\0' <"$root/proc/device-tree/model")
case $model in
    'Raspberry Pi'*) found=raspberry-pi ;;
    *Jetson*) found=jetson ;;
    *) found='' ;;
esac
[ -n "$board" ] || board=$found
case $board in
    raspberry-pi | jetson) ;;
    '') die "this board is not known (device tree: ${model:-none}); expected a Raspberry Pi or a Jetson. For an image: --board NAME --root DIR." 2 ;;
    *) die "--board: found '$board', expected raspberry-pi or jetson." 2 ;;
esac
[ -z "$found" ] || [ "$found" = "$board" ] || die "--board $board, but the device tree says $model." 2

# The recorded line of path $1: checksum, kind.
recorded() { [ ! -f "$state/manifest" ] || awk -v path="$1" '$3 == path { print $1, $2 }' "$state/manifest"; }

# What stands at path $1 without our part, into $stage/original; nothing when the file was not there. $2: how our part is taken out.
original() {
    target=$root$1
    [ ! -d "$target" ] || die "$target is a folder, expected a file or nothing."
    [ -f "$target" ] || return 0
    mkdir -p "$(dirname "$stage/original$1")"
    # shellcheck disable=SC2046
    set -- "$1" "$2" $(recorded "$1")
    if [ "${3:-}" = "$(sum "$target")" ]; then
        [ "$4" != kept ] || cp -p "$state/original$1" "$stage/original$1"
        return 0
    fi
    cp -p "$target" "$stage/original$1"
    # An install that was killed did not get to this file: nothing of ours is in it.
    if [ -f "$state/original$1" ] && cmp -s "$state/original$1" "$target"; then return 0; fi
    [ -z "${3:-}" ] || "$2" <"$target" >"$stage/original$1"
}

without_nothing() { cat; }
without_block() { awk -v begin="$begin" -v end="$end" '$0 == begin { inside = 1 } !inside { print } $0 == end { inside = 0 }'; }
# Takes our options out of, or puts those that are missing into, each line of kernel options that matches.
options() {
    awk -v want="$(cat "$here/$board/cmdline.txt")" -v match_line="$1" -v verb="$2" '
        function key(word) { sub(/=.*/, "", word); return word }
        $0 !~ match_line { print; next }
        {
            line = $0
            n = split(want, ours, " ")
            for (i = 1; i <= n; i++) {
                there = ""
                m = split(line, words, " ")
                for (j = 1; j <= m; j++) if (key(words[j]) == key(ours[i])) there = words[j]
                if (verb == "add" && there == "") line = line " " ours[i]
                else if (verb == "add" && there != ours[i]) print "kept: " there " (not " ours[i] ")" > "/dev/stderr"
                else if (verb == "remove" && there == ours[i]) { at = index(line, " " there); line = substr(line, 1, at - 1) substr(line, at + length(there) + 1) }
            }
            print line
        }'
}
without_cmdline_options() { options . remove; }
without_append_options() { options '^ *APPEND ' remove; }

want() { mkdir -p "$(dirname "$stage/new$1")"; cat >"$stage/new$1"; printf '%s\n' "$1" >>"$stage/paths"; }
plain() { original "$2" without_nothing; want "$2" <"$here/$1"; }

if [ -f "$root/usr/lib/systemd/system/liquidcontrold.service" ]; then
    # The Debian package holds what every board gets; a copy in /etc would outlive its upgrades.
    [ -z "$(recorded /etc/systemd/system/liquidcontrold.service)" ] || die 'the package was installed after this script had run: run --undo, then again.'
else
    while read -r file place; do
        case $file in
            '#'*) ;;
            *) case $place in /*) plain "$file" "$place" ;; *) plain "$file" "/etc/$place" ;; esac ;;
        esac
    done <"$here/files"
fi
plain "$board/liquidcontrold.conf" /etc/systemd/system/liquidcontrold.service.d/board.conf
if [ "$board" = raspberry-pi ]; then
    boot=/boot/firmware
    [ -f "$root$boot/config.txt" ] || boot=/boot
    for file in config.txt cmdline.txt; do [ -f "$root$boot/$file" ] || die "found no $file in /boot/firmware or /boot." 2; done
    original "$boot/config.txt" without_block
    # The block begins on a line of its own, also behind a last line that has no end.
    { awk 1 "$stage/original$boot/config.txt"; printf '%s\n' "$begin"; cat "$here/raspberry-pi/config.txt"; printf '%s\n' "$end"; } | want "$boot/config.txt"
    original "$boot/cmdline.txt" without_cmdline_options
    options . add <"$stage/original$boot/cmdline.txt" | want "$boot/cmdline.txt"
else
    plain jetson/liquidcontrol-clocks.service /etc/systemd/system/liquidcontrol-clocks.service
    extlinux=/boot/extlinux/extlinux.conf
    [ -f "$root$extlinux" ] || die "found no $extlinux." 2
    original "$extlinux" without_append_options
    options '^ *APPEND ' add <"$stage/original$extlinux" | want "$extlinux"
fi

# Paths that differ, and what is recorded of all.
: >"$stage/changes"
: >"$stage/manifest"
: >"$stage/folders"
# An install that was killed may have made folders without getting to its record.
for before in "$state" "$state.new"; do [ ! -f "$before/folders" ] || cat "$before/folders" >>"$stage/folders"; done
folder_of() {
    folder=$(dirname "$1")
    while [ "$folder" != / ] && [ ! -d "$root$folder" ]; do
        printf '%s\n' "$folder" >>"$stage/folders"
        folder=$(dirname "$folder")
    done
}
while read -r path; do
    kind=new
    [ ! -f "$stage/original$path" ] || kind=kept
    printf '%s %s %s\n' "$(sum "$stage/new$path")" "$kind" "$path" >>"$stage/manifest"
    folder_of "$path"
    if [ -f "$root$path" ] && cmp -s "$stage/new$path" "$root$path"; then continue; fi
    printf '%s\n' "$path" >>"$stage/changes"
    if [ "$mode" = dry-run ]; then
        now=$root$path
        [ -f "$now" ] || now=/dev/null
        diff -u --label "$path (now)" --label "$path (then)" "$now" "$stage/new$path" || :
    fi
done <"$stage/paths"
folder_of /var/lib/liquidcontrol/install
sort -u "$stage/folders" | grep -v '/var/lib/liquidcontrol/install$' >"$stage/folders.sorted" || :
mv "$stage/folders.sorted" "$stage/folders"

if [ "$mode" = dry-run ]; then
    echo "$(grep -c . "$stage/changes" || :) files would change. Nothing was changed."
    exit 0
fi
if [ ! -s "$stage/changes" ]; then
    echo 'Everything is as it should be; nothing was changed.'
    exit 0
fi

# The record first: whatever happens from here on, --undo or a second install finds its way.
mkdir -p "$parent"
rm -rf "$state.new"
mkdir "$state.new"
mkdir -p "$stage/original"
cp -Rp "$stage/original" "$stage/manifest" "$stage/folders" "$state.new/"
rm -rf "$state.old"
[ ! -d "$state" ] || mv "$state" "$state.old"
mv "$state.new" "$state"
rm -rf "$state.old"

apply() {
    while read -r path; do
        mkdir -p "$(dirname "$root$path")" && replace "$stage/new$path" "$root$path" || return 1
        echo "wrote    $path"
    done <"$stage/changes"
}
if ! apply; then
    undo >&2
    die 'a file could not be written; what was there before is back.'
fi

if [ -z "$root" ]; then
    systemd-sysusers || :
    systemctl daemon-reload || :
    udevadm control --reload || :
    systemd-tmpfiles --create liquidcontrol.conf || :
    for limits in /etc/sysctl.d/60-liquidcontrol.conf /usr/lib/sysctl.d/60-liquidcontrol.conf; do [ ! -f "$limits" ] || sysctl -q -p "$limits" || :; done
fi
cat <<TEXT
Installed for $board. Still to do:
  sudo reboot                                    # buses, clocks and kernel options take effect
  liquidcontrol doctor                           # says what is still wrong
  sudo usermod -aG liquidcontrol,i2c,spi,gpio \$USER
  sudo systemctl enable --now liquidcontrold     # after the bring-up list in hardware/arms/ar4-dc/wiring.md
TEXT
