#!/bin/sh
# What make bundle and make deb have made (those that lie in build), on Debians that
# have nothing.  As root, with debootstrap:
#
#	sh tests/cli/bare_packages.sh [SUITE…]       bookworm and trixie, unless said
#
# The bundle is unpacked and tried there by nobody, without a network
# (tests/cli/cli_bundle.sh); in bullseye, too, whose C library is older than Ubuntu
# 22.04's.  Packages are installed with what they need, in the suite that they were
# built on alone (BUILD=yes builds them in the others), and used as a student does.
# ROOMS=FOLDER keeps the empty Debians for the next time.  Not part of make test: a
# suite takes 1 GB and some minutes.
set -eu
[ $# -gt 0 ] || set -- bookworm trixie
cd "$(dirname "$0")/../.."
if [ "${BARE_PACKAGES:-}" = "" ]; then
	# The mounts are this process's own and go with it.
	BARE_PACKAGES=1 exec unshare --mount sh "$0" "$@"
fi
work=$(mktemp -d)
rooms=${ROOMS:-$work/rooms}
room=$work/none
trap 'umount -R "$room/proc" "$room/dev" 2> /dev/null || true
	rm -rf --one-file-system "$work"' EXIT
status=0
own=$(. /etc/os-release && echo "$VERSION_CODENAME")

begin_room() { # SUITE
	mkdir -p "$rooms"
	[ -d "$rooms/$1" ] ||
		debootstrap --variant=minbase "$1" "$rooms/$1" \
			"$(sh .ci/mirror "$own")" > "$work/log" || {
		tail -n 5 "$work/log"
		exit 1
	}
	room=$work/$1
	cp -a "$rooms/$1" "$room"
	cp /etc/resolv.conf "$room/etc/"
	echo 'Acquire::Check-Valid-Until "false";' > "$room/etc/apt/apt.conf.d/99bare"
	mount -t proc proc "$room/proc"
	mount --rbind /dev "$room/dev"
	mount --make-rslave "$room/dev"
}

end_room() {
	umount -R "$room/proc" "$room/dev"
	rm -rf --one-file-system "$room"
}

inside() {
	env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb \
		DEBIAN_FRONTEND=noninteractive "$@" < /dev/null
}

# The README's command that begins with WORDS; it is the Chinese one's, too.
command_of() { # WORDS
	command_of=$(grep -h "^    $1" README.md README.zh.md | sort -u)
	[ "$(printf '%s\n' "$command_of" | wc -l)" = 1 ] && printf '%s\n' "$command_of"
}

# ---- the bundle, as nobody, without a network ----
try_bundle() {
	cp --parents tests/fixtures/check.sh tests/machine.sh tests/fonts.conf \
		tests/cli/cli_bundle.sh "$room/srv"
	cp "$bundle.tar.gz" "$room/srv"
	chmod 777 "$room/srv"
	for command in "$(command_of tar)" "$(command_of 'rung-.*/bin/rung')"; do
		inside unshare --net chroot --userspec=nobody:nogroup "$room" \
			sh -c "cd /srv && $command" > "$work/log" || return 1
	done
	inside WANTED="$(build/rung run -q labs/two-proxies -o - | sha256sum)" \
		BUNDLE="/srv/${bundle##*/}" RUNG=/none/rung unshare --net \
		chroot --userspec=nobody:nogroup "$room" \
		sh -c 'cd /srv && sh tests/cli/cli_bundle.sh'
}

# ---- the packages, installed by root, used by nobody ----
try_packages() { # SUITE
	if [ "$1" = "$own" ]; then
		cp build/deb/*.deb "$room/srv"
	else
		git clone -q . "$room/rung"
		inside chroot "$room" sh -c 'apt-get update -q && apt-get install -y -q \
			--no-install-recommends git make dpkg-dev && cd /rung &&
			make demo && make deb' > "$work/log" 2>&1
		cp "$room"/rung/build/deb/*.deb "$room/srv"
		rm -rf "$room/rung"
	fi
	inside chroot "$room" sh -c "apt-get update -q &&
		apt-get install -y -q man-db bash-completion && cd /srv &&
		$(command_of apt-get | sed 's/install/& -y -q/')" > "$work/log" 2>&1
	cp --parents tests/fixtures/check.sh tests/machine.sh tests/fonts.conf \
		tests/cli/cli_packages.sh "$room/srv"
	cp -r examples assets "$room/srv"
	inside INSTALLED=/usr DEBS=/srv LC_ALL=C.UTF-8 chroot --userspec=nobody:nogroup "$room" \
		sh -c 'cd /srv && sh tests/cli/cli_packages.sh' || return 1
	# And a teacher.
	inside chroot "$room" sh -c 'apt-get install -y -q /srv/rung-teacher_*.deb' \
		> "$work/log" 2>&1
	inside LC_ALL=C.UTF-8 chroot --userspec=nobody:nogroup "$room" \
		sh -c 'cd /tmp && rung check --teacher direct-call' | grep -q 'c)'
}

for suite; do
	begin_room "$suite"
	for bundle in build/bundle/rung-*-"$(uname -m)"; do
		[ ! -e "$bundle.tar.gz" ] || { echo "$suite: the bundle"; try_bundle; } ||
			status=1
	done
	if [ "$suite" = "$own" ] || [ -n "${BUILD:-}" ]; then
		echo "$suite: the packages"
		try_packages "$suite" || {
			status=1
			tail -n 5 "$work/log"
		}
	fi
	end_room
done
exit $status
