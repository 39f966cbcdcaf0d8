#!/bin/sh
# What the README promises, on a Debian that has nothing: no compiler, no
# editor, no locale, no sudo.  As root, with debootstrap:
#
#	sh tests/cli/bare_debian.sh [TARGET…]        demo and test, unless said
#
# Makes the smallest Debian there is in a new folder ($TMPDIR), clones what is
# committed into it, installs git and make, and makes each TARGET.  Says how
# long each took, how much was fetched and how much the folder has grown.  The
# mirror is that of this machine; SUITE=trixie takes another suite.  Not part
# of make test: it takes 4 GB and as long as all of that.
set -eu
[ $# -gt 0 ] || set -- demo test
suite=${SUITE:-bookworm}
here=$(cd "$(dirname "$0")/../.." && pwd)
if [ "${BARE_DEBIAN:-}" = "" ]; then
	# The mounts are this process's own and go with it.
	BARE_DEBIAN=1 exec unshare --mount sh "$0" "$@"
fi

mirror=$(sh "$here/.ci/mirror" "$suite")
room=$(mktemp -d)
trap 'umount -R "$room/proc" "$room/dev" 2> /dev/null || true; rm -rf "$room"' EXIT
# Release files of a mirror may be older than they allow.
echo 'Acquire::Check-Valid-Until "false";' > "$room.apt"
trap 'umount -R "$room/proc" "$room/dev" 2> /dev/null || true
	rm -rf --one-file-system "$room" "$room.apt"' EXIT

debootstrap --variant=minbase "$suite" "$room" "$mirror" > "$room.log" 2>&1 || {
	tail -n 5 "$room.log"
	exit 1
}
rm -f "$room.log"
cp "$room.apt" "$room/etc/apt/apt.conf.d/99bare"
cp /etc/resolv.conf "$room/etc/" 2> /dev/null || true
git clone -q "$here" "$room/rung"
mount -t proc proc "$room/proc"
mount --rbind /dev "$room/dev"
mount --make-rslave "$room/dev"

inside() {
	env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb \
		chroot "$room" "$@" < /dev/null
}

megabytes() {
	du -smx "$room" | cut -f 1
}

inside sh -c 'apt-get update -q && DEBIAN_FRONTEND=noninteractive \
	apt-get install -y -q --no-install-recommends git make' > /dev/null 2>&1
status=0
for target; do
	before=$(megabytes)
	start=$(date +%s)
	inside make -C /rung "$target" > "$room/said" 2>&1 || status=1
	end=$(date +%s)
	sed -n '/ to fetch$/p; / on the disk$/p; / passed, /h; ${g;/./p;}
		/^FAILED/p' "$room/said"
	echo "make $target: $((end - start)) s, $(($(megabytes) - before)) MB"
	[ $status = 0 ] || {
		tail -n 20 "$room/said"
		exit 1
	}
done
