#!/bin/sh
# Tries a package under a real systemd: installs it into a container that goes when this ends, and takes the unit through start, status, a hang, a
# soft stop and the removal. The arm is emulated there. Needs root, and systemd-nspawn (Debian: apt-get install systemd-container).
set -eu

[ -f "${1:-}" ] || { echo 'usage: sudo sh try.sh PACKAGE.deb' >&2; exit 2; }
[ "$(id -u)" = 0 ] || { echo 'try.sh: needs root, for a container.' >&2; exit 2; }
command -v systemd-nspawn >/dev/null || { echo 'try.sh: found no systemd-nspawn; apt-get install systemd-container.' >&2; exit 2; }

stage=$(mktemp -d)
root=$stage/root
container=''
end() {
    [ -z "$container" ] || kill "$container" 2>/dev/null || :
    [ -z "$container" ] || wait "$container" 2>/dev/null || :
    rm -rf "$stage"
}
trap end EXIT

# This system's /usr under a layer that takes the changes, and little else.
mkdir -p "$root/etc" "$root/usr" "$root/tmp" "$root/var/lib/dpkg/info" "$root/var/lib/dpkg/updates" "$stage/usr"
for folder in bin sbin lib lib64; do [ ! -e "/usr/$folder" ] || ln -s "usr/$folder" "$root/$folder"; done
printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/usr/sbin/nologin\n' >"$root/etc/passwd"
printf 'root:x:0:\nnogroup:x:65534:\n' >"$root/etc/group"
cp /etc/os-release "$root/etc/"
cp -R /etc/alternatives "$root/etc/"
cp /var/lib/dpkg/status "$root/var/lib/dpkg/"
cp "$1" "$root/package.deb"
override=$root/etc/systemd/system/liquidcontrold.service.d/try.conf
mkdir -p "$(dirname "$override")"
cat >"$override" <<'TEXT'
[Service]
ExecStart=
ExecStart=/usr/bin/liquidcontrold run --emulated --best-effort --robot ${LIQUIDCONTROL_ROBOT}
ExecStopPost=
ExecStopPost=/bin/sh -c 'echo "stop-post: $$SERVICE_RESULT"'
TEXT
# A line each to the daemon; `until WORD` asks for the status until it holds the word, and renews the lease meanwhile.
cat >"$root/ask.pl" <<'TEXT'
use IO::Socket::UNIX;
my $daemon = IO::Socket::UNIX->new(Peer => "/run/liquidcontrol/control") or die "no socket: $!";
sub ask { print $daemon "$_[0]\n"; $daemon->flush; my $reply = <$daemon>; defined $reply ? $reply : exit }
$SIG{PIPE} = sub { exit };
$| = 1;
for my $line (@ARGV) {
    if ($line =~ /^until (.*)/) { do { ask("renew"); $_ = ask("status"); select undef, undef, undef, 0.01 } until /$1/; print }
    else { print ask($line) }
}
TEXT

systemd-nspawn --quiet --register=no --keep-unit --private-network --link-journal=no --console=pipe --directory="$root" \
    --overlay="/usr:$stage/usr:/usr" --boot </dev/null >"$stage/console" 2>&1 &
container=$!
inside() {
    first=$(cat "/proc/$container/task/$container/children")
    timeout 60 nsenter -t "${first%% *}" -m -p -i -u -n -C -- "$@"
}
show() { inside systemctl show liquidcontrold --value -p "$1"; }
await() {
    tries=0
    until [ "$("$@" 2>/dev/null)" = "$wanted" ]; do
        tries=$((tries + 1))
        [ $tries -lt 150 ] || { echo "FAILED  $* gives '$("$@" 2>&1)', expected '$wanted'" >&2; inside journalctl --no-pager -u liquidcontrold -n 30 >&2 || cat "$stage/console" >&2; exit 1; }
        sleep 0.2
    done
}
ok() { printf 'ok  %s\n' "$*"; }
expect() { wanted=$1; shift; await "$@"; }

# A part of this system's own may fail there; that is not what is tried.
await_boot() { inside systemctl is-system-running 2>/dev/null | sed 's/degraded/running/'; }
expect running await_boot
inside dpkg -i /package.deb >"$stage/dpkg" 2>&1 || { cat "$stage/dpkg" >&2; exit 1; }
expect inactive inside systemctl is-active liquidcontrold
ok "installed, not started; exposure$(inside systemd-analyze security --no-pager liquidcontrold | sed -n 's/.*exposure level for [^:]*://p')"

inside systemctl start liquidcontrold
expect active show ActiveState
expect Inactive show StatusText
ok 'READY: active when the daemon says so; STATUS: Inactive'
inside perl /ask.pl activate >/dev/null
expect Active show StatusText
ok 'STATUS: Active after activate'

inside systemctl kill -s STOP --kill-who=main liquidcontrold
expect 1 show NRestarts
expect active show ActiveState
inside journalctl --no-pager -o cat -u liquidcontrold | grep -q 'Watchdog timeout' || { echo 'FAILED  no watchdog timeout' >&2; exit 1; }
inside journalctl --no-pager -o cat -u liquidcontrold | grep -q 'stop-post: watchdog' || { echo 'FAILED  ExecStopPost did not run' >&2; exit 1; }
case $(inside perl /ask.pl activate) in 'error: '*) ;; *) echo 'FAILED  activated without a clear' >&2; exit 1 ;; esac
ok 'WATCHDOG: a daemon that hangs is ended, ExecStopPost runs, the next one stands Inactive until it is cleared'

inside perl /ask.pl clear activate take 'goal 0.785 0.559 0.052 0 0.96 0' 'until phase=Move' 'until state=Stopped' >"$stage/move" 2>&1 &
move=$!
tries=0
until grep -q 'phase=Move' "$stage/move"; do tries=$((tries + 1)); [ $tries -lt 100 ] || { cat "$stage/move" >&2; exit 1; }; sleep 0.05; done
inside systemctl stop liquidcontrold
wait "$move" || :
grep -q 'state=Stopped' "$stage/move" || { echo 'FAILED  the arm was not stopped softly' >&2; cat "$stage/move" >&2; exit 1; }
expect success show Result
ok 'systemctl stop: the arm in motion is braked first, then the daemon ends'

inside dpkg --purge liquidcontrol >"$stage/dpkg" 2>&1 || { cat "$stage/dpkg" >&2; exit 1; }
left=$(inside find /usr/lib/liquidcontrol /usr/bin/liquidcontrold /etc/liquidcontrol /usr/lib/systemd/system/liquidcontrold.service 2>/dev/null || :)
[ -z "$left" ] || { echo "FAILED  left after the removal: $left" >&2; exit 1; }
ok 'removed without a trace'
