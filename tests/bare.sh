#!/bin/sh
# What the README promises of a Debian that has nothing: no compiler, no editor, no
# locale, no sudo, no fonts.  As root, with debootstrap:
#
#	sh tests/bare.sh [RELEASE…]       bookworm and trixie, unless said (make bare)
#
# For each RELEASE: the smallest Debian there is, in a folder, with a fresh clone of
# what is committed.  Root makes $FIRST (demo) in it, which installs what it needs;
# a user without root makes $MAKES (deb bundle), is told what is missing, and root
# types that.  The packages are installed in another bare Debian, used by a student
# and a teacher, and purged; the archive is unpacked in one by nobody, without a
# network, and used.  Where there is no root, no debootstrap or no archive of
# packages, nothing is tried, and that is said.  An archive is tried in each RELEASE after
# its own, too.
#
# Each command ends within its time, and all goes away at any end: the mounts and the
# processes are those of this process's own namespaces.  ROOMS=FOLDER keeps the bare
# Debians for the next time; FIRST="demo test" tries make test as well, FIRST="demo
# page" packs the page.  A release takes 3 GB and a quarter of an hour.
set -u
[ $# -gt 0 ] || set -- bookworm trixie
cd "$(dirname "$0")/.." || exit 1

if [ -z "${BARE_WORK:-}" ]; then
	BARE_WORK=$(mktemp -d "${TMPDIR:-/var/tmp}/bare.XXXXXX") || exit 1
	export BARE_WORK
	trap 'rm -rf --one-file-system "$BARE_WORK"' EXIT
	# unshare itself ignores all other signals, and its child ends with it.
	trap 'kill -KILL "$inner"; wait "$inner"; exit 130' HUP INT TERM
	namespaces=
	! unshare --mount --pid --fork true 2> /dev/null ||
		namespaces='unshare --mount --pid --fork --kill-child --mount-proc'
	NAMESPACES=$namespaces $namespaces sh tests/bare.sh "$@" &
	inner=$!
	wait "$inner"
	exit
fi

. tests/fixtures/check.sh
umask 022
: "${ROOMS:=$BARE_WORK/rooms}" "${FIRST:=demo}" "${MAKES:=deb bundle}"

give_up() { # WHY
	skip "$1"
	finish
}
[ "$(id -u)" = 0 ] || give_up "bare Debians need root"
command -v debootstrap > /dev/null || give_up "debootstrap is missing"
[ -n "$NAMESPACES" ] || give_up "this system lets root have no namespaces"

# ---- a bare Debian ----

# The smallest Debian of RELEASE, in $ROOMS.
make_base() { # RELEASE
	[ ! -e "$ROOMS/$1/.made" ] || return 0
	rm -rf --one-file-system "${ROOMS:?}/$1"
	mkdir -p "$ROOMS"
	timeout -k 10 600 debootstrap --variant=minbase "$1" "$ROOMS/$1" "$mirror" &&
		touch "$ROOMS/$1/.made"
}

begin_room() { # RELEASE
	room=$BARE_WORK/room
	cp -a "$ROOMS/$1" "$room"
	cp -L /etc/resolv.conf "$room/etc/"
	# Release files of a mirror may be older than they allow.
	printf '%s;\n' 'Acquire::Check-Valid-Until "false"' 'APT::Get::Assume-Yes "true"' \
		> "$room/etc/apt/apt.conf.d/99bare"
	mount -t proc proc "$room/proc"
	mount -t tmpfs tmpfs "$room/dev/shm"
	mount -t devpts -o newinstance,ptmxmode=666 devpts "$room/dev/pts"
	inside root 60 useradd -m user
}

end_room() {
	umount "$room/proc" "$room/dev/shm" "$room/dev/pts" &&
		rm -rf --one-file-system "$room"
}

# In the room, by USER; NETWORK= is without one.
inside() { # USER SECONDS COMMAND…
	inside_user=$1 inside_home=/home/$1 inside_seconds=$2
	[ "$1" != root ] || inside_home=/root
	shift 2
	timeout -k 10 "$inside_seconds" ${NETWORK-env} env -i HOME="$inside_home" \
		PATH=/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb LC_ALL=C \
		DEBIAN_FRONTEND=noninteractive \
		chroot --userspec="$inside_user" "$room" "$@" < /dev/null
}

# The time and the weight of what OK has done.
tell() { # WHAT COMMAND…
	tell_begun=$(date +%s)
	ok "$@"
	echo "$1: $(($(date +%s) - tell_begun)) s, the room has" \
		"$(du -smx "$room" | cut -f 1) MB"
}

# ---- what is built ----

# By a user without root: what he is told to type root types.
make_told() { # TARGET
	inside user 900 make -C /rung "$1" > "$BARE_WORK/told" 2>&1
	status=$?
	typed=$(sed -n 's/^  \(su -c .*\)/\1/p; s/^  \(apt-get install .*\)/\1/p' "$BARE_WORK/told")
	if [ $status = 0 ] || [ -z "$typed" ]; then
		cat "$BARE_WORK/told"
		return $status
	fi
	echo "root types: $typed"
	inside root 600 sh -c "$typed" && inside user 900 make -C /rung "$1"
}

build_all() { # RELEASE
	ok "$1: git and make" inside root 300 sh -c 'apt-get update -q &&
		apt-get install -q --no-install-recommends git make'
	git clone -q . "$room/rung"
	for target in $FIRST; do
		tell "$1: make $target" inside root 3000 make -C /rung "$target"
		grep -E ' to fetch$| on the disk$| passed, .* failed|^FAILED' "$work/.output"
	done
	inside root 60 chown -R user: /rung
	for target in $MAKES; do
		tell "$1: make $target" make_told "$target"
		sed -n 's/^root types:/  &/p' "$work/.output"
	done
	made=$BARE_WORK/made/$1
	mkdir -p "$made"
	cp "$room"/rung/build/deb/*.deb "$room"/rung/build/bundle/*.tar.gz "$made"
	inside user 60 /rung/build/rung run -q /rung/labs/two-proxies -o - | sha256sum > "$made/trace"
	# shellcheck disable=SC2046  # words
	inside user 60 /rung/build/rung \
		$(sed -n 's/^picture="\(.*\)"$/\1/p' tests/cli/cli_bundle.sh) -f png -o - |
		sha256sum > "$made/picture"
}

# ---- what is installed ----

# The command of BUILD that begins with WORDS; it is the Chinese one's, too
# (tests/regress/bare_finds_commands.sh).
command_of() { # WORDS
	command_of=$(grep -h "^    $1" docs/BUILD.md docs/zh/BUILD.md | sort -u)
	[ -n "$command_of" ] && [ "$(printf '%s\n' "$command_of" | wc -l)" = 1 ] &&
		printf '%s\n' "$command_of"
}

# What the tests of packages and archive read, for whoever comes.
bring() { # TEST FILE…
	cp --parents tests/fixtures/check.sh tests/machine.sh tests/fonts.conf \
		"tests/cli/$1.sh" "$room/srv"
	shift
	cp -r "$@" "$room/srv"
	chmod 777 "$room/srv"
}

# One of them by USER, with these words; what it says at the end stands for all of it.
run_test() { # USER TEST WORD…
	run_user=$1 run_test=$2
	shift 2
	tell "$release: $run_test" inside "$run_user" 900 env "$@" \
		sh -c "cd /srv && exec sh tests/cli/$run_test.sh"
	tail -n 1 "$work/.output"
}

try_packages() {
	bring cli_packages "$BARE_WORK/made/$release"/*.deb examples assets
	ok "$release: man and completion" inside root 300 sh -c 'apt-get update -q &&
		apt-get install -q man-db bash-completion'
	tell "$release: the package is installed" inside root 600 \
		sh -c "cd /srv && $(command_of apt-get)"
	run_test user cli_packages INSTALLED=/usr DEBS=/srv RUNG=/none/rung
	ok "$release: a teacher's" inside root 300 apt-get install -q \
		"/srv/$(cd "$room/srv" && ls rung-teacher_*.deb)"
	says "$release: answers" "c)" inside user 60 sh -c 'cd /tmp && rung check --teacher direct-call'
	ok "$release: both are purged" inside root 300 apt-get purge -q rung rung-teacher
	inside root 60 find / -xdev -not -path '/srv/*' -not -path '/home/*' \
		-not -path '/var/cache/*' -not -path '/var/log/*' -name '*rung*' > "$work/.output"
	empty "$release: nothing of them is left"
}

try_archive() { # OTHER: the release that it was built on
	made=$BARE_WORK/made/$1
	archive=$(cd "$made" && ls rung-*-"$(uname -m)".tar.gz)
	bring cli_bundle "$made/$archive"
	NETWORK='unshare --net'
	for words in tar 'rung-.*/bin/rung'; do
		ok "$release: $words, of $1" inside nobody 120 sh -c "cd /srv && $(command_of "$words")"
	done
	run_test nobody cli_bundle WANTED="$(cat "$made/trace")" WANTED_PICTURE="$(cat "$made/picture")" \
		BUNDLE="/srv/${archive%.tar.gz}" RUNG=/none/rung
	unset NETWORK
}

# The archive of packages that this machine uses has RELEASE, and answers.
find_archive() { # RELEASE
	mirror=$(sh .ci/mirror "$1" 2> /dev/null) &&
		timeout 60 wget -q --tries=2 -O /dev/null "$mirror/dists/$1/Release"
}

for release; do
	find_archive "$release" || {
		skip "$release: apt's archive of packages has none, or does not answer"
		continue
	}
	tell_base=$(date +%s)
	ok "$release: a bare Debian" make_base "$release"
	echo "$release: a bare Debian: $(($(date +%s) - tell_base)) s"
	[ -e "$ROOMS/$release/.made" ] || continue
	begin_room "$release"
	build_all "$release"
	end_room
	begin_room "$release"
	try_packages
	end_room
	# What runs on any Linux was built here, or on one before.
	for other in "$BARE_WORK"/made/*; do
		begin_room "$release"
		try_archive "${other##*/}"
		end_room
	done
done
finish
