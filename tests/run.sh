#!/bin/sh
# Runs every test and adds up.  Each argument is a folder of the build: the
# first gets the checks of the sources too (layers, catalogues, firmware).
#
#	sh tests/run.sh build build/san
#
# Runs in it: BUILD/tests/test_X for each tests/test_X.c, the same for
# tests/regress, and tests/cli_*.sh, tests/tui_*.sh and tests/regress/*.sh with
# RUNG=BUILD/rung.
# Each says on its last line "N passed, N failed" or "N passed, N failed, N
# skipped", with or without "NAME: " before it.  What says nothing, crashes,
# hangs, leaks memory, leaves a file or was not built counts as one failed.
# Output is shown of failures only, and meanwhile on standard error how far it
# is.  Several builds go beside each other.  The last line is the sum; the
# status is 0 when something passed and nothing failed.
set -u

# A guard against hanging, not a measure: how long a test takes on the clock
# depends on what else the machine does.  One process may compute for
# TEST_CPU seconds; what waits for ever ends after TEST_TIMEOUT.
limit=${TEST_TIMEOUT:-3600}
cpu=${TEST_CPU:-900}
fuzz_runs=2000 # of each target in tests/fuzz; make fuzz does more
passed=0 failed=0 skipped=0

# shellcheck source=tests/sanitizers.sh
. tests/sanitizers.sh
# Neither the language nor the screen of whoever runs the tests matters.
LC_ALL=C.UTF-8
TZ=UTC
export LC_ALL TZ
unset LANGUAGE LC_MESSAGES LANG COLUMNS LINES MAKEFLAGS MFLAGS MAKELEVEL

fail() { # NAME REASON [LOG]
	failed=$((failed + 1))
	echo "FAILED $1: $2"
	[ -z "${3:-}" ] || tail -n 1000 "$3" | sed 's/^/    /'
}

# Adds up the last line of LOG, written by NAME that ended with STATUS.
account() { # NAME LOG STATUS
	last=$(tail -n 1 "$2" | sed -n -E \
		's/^(.*: )?([0-9]+) passed, ([0-9]+) failed(, ([0-9]+) skipped)?$/\2 \3 \5/p')
	case $3 in
	124 | 137) # of timeout; SIGKILL is also the hard limit of ulimit
		fail "$1" "not done after $limit s or $cpu s computed" "$2"
		return
		;;
	152) # SIGXCPU
		fail "$1" "computed for $cpu s and was not done" "$2"
		return
		;;
	esac
	if [ -z "$last" ]; then
		fail "$1" "its last line is no sum (status $3)" "$2"
		return
	fi
	# shellcheck disable=SC2086  # two or three numbers
	set -- "$1" "$2" "$3" $last 0
	passed=$((passed + $4))
	skipped=$((skipped + $6))
	if [ "$5" -gt 0 ]; then
		failed=$((failed + $5 - 1))
		fail "$1" "$5 failed" "$2"
	elif [ "$3" != 0 ]; then
		fail "$1" "ended with status $3" "$2"
	elif [ $(($4 + $6)) = 0 ]; then
		fail "$1" "ran nothing" "$2"
	fi
}

# What a test leaves in its folder for temporary files or in its home, which are
# its own, is a failure; then they are empty for the next.
leaves_nothing() { # NAME
	left=$(find "$room" -mindepth 2 | sed "s,^$room/,," | head -n 3)
	[ -z "$left" ] || fail "$1" "leaves files: $(echo "$left" | tr '\n' ' ')"
	rm -rf "$room"
	mkdir -p "$room/tmp" "$room/home"
}

run() { # NAME COMMAND…
	name=$1
	shift
	log=$logs/$(echo "$name" | tr ' /' '__').log
	(
		ulimit -S -t "$cpu"
		TMPDIR=$room/tmp HOME=$room/home exec timeout -k 5 "$limit" "$@"
	) > "$log" 2>&1 < /dev/null
	account "$name" "$log" $?
	leaves_nothing "$name"
	echo "$name" >> "$said/done"
}

# All tests of one build; says what failed, and last the three numbers.
of_build() { # BUILD FIRST
	build=$1
	logs=$build/logs
	room=$said/$n.room
	mkdir -p "$logs" "$room/tmp" "$room/home"
	[ ! -e "$build/broken" ] ||
		fail "$build" "the build failed, see above"
	if [ "$2" = yes ]; then
		run layers sh tests/layers.sh
		run catalogues sh tests/po.sh
		run firmware sh tests/firmware.sh
	fi
	for source in tests/test_*.c tests/regress/*.c; do
		[ -e "$source" ] || continue
		program=$build/${source%.c}
		if [ -x "$program" ]; then
			run "$program" "$program"
		else
			fail "$program" "was not built"
		fi
	done
	RUNG=$build/rung
	BUILD=$build
	export RUNG BUILD
	for script in tests/cli_*.sh tests/tui_*.sh \
		tests/regress/*.sh; do
		[ -e "$script" ] || continue
		run "$build ${script##*/}" sh "$script"
	done
	# libFuzzer is clang's.
	for program in "$build"/tests/fuzz/fuzz_*; do
		[ -x "$program" ] || continue
		target=${program##*/fuzz_}
		FUZZ_TARGETS=$target run "$build fuzz $target" \
			sh tests/fuzz/run.sh "$build" -runs="$fuzz_runs"
	done
	echo "$passed $failed $skipped"
}

# The builds beside each other, what they say one after the other.
said=$(mktemp -d)
trap 'rm -rf "$said"' EXIT
: > "$said/done"

# How many tests the builds have, layers, catalogues and firmware among them.
count_tests() {
	all=3
	for build; do
		for test in tests/test_*.c tests/regress/*.c tests/cli_*.sh \
			tests/tui_*.sh tests/regress/*.sh; do
			[ ! -e "$test" ] || all=$((all + 1))
		done
		for test in "$build"/tests/fuzz/fuzz_*; do
			[ ! -x "$test" ] || all=$((all + 1))
		done
	done
}

# What git does not know, to see afterwards what is new; nothing without git.
list_unknown() {
	git status --porcelain --untracked-files=all 2> /dev/null | sed -n 's/^?? //p'
}

# A line that is written over on a terminal; elsewhere one every SECONDS, so that
# a log shows that it goes on.
show_progress() { # SECONDS FORMAT
	waited=0
	while sleep 1; do
		waited=$((waited + 1))
		[ $((waited % $1)) = 0 ] || continue
		# shellcheck disable=SC2059  # the format is ours
		printf "$2" "$(wc -l < "$said/done")" "$all" \
			"$(tail -n 1 "$said/done")" >&2
	done
}

count_tests "$@"
unknown=$(list_unknown)
if [ -t 2 ]; then
	show_progress 1 '\r%s of %s tests: %.60s\033[K' &
else
	show_progress 60 '%s of %s tests: %s\n' &
fi
progress=$!
trap 'kill $progress 2> /dev/null; rm -rf "$said"' EXIT

n=0 first=yes
builds=
for build; do
	n=$((n + 1))
	of_build "$build" "$first" > "$said/$n" &
	builds="$builds $!"
	first=
done
# shellcheck disable=SC2086  # several numbers
wait $builds
kill $progress 2> /dev/null
[ ! -t 2 ] || printf '\r\033[K' >&2
i=0
while [ "$i" -lt "$n" ]; do
	i=$((i + 1))
	sed '$d' "$said/$i"
	# shellcheck disable=SC2046  # three numbers
	set -- $(tail -n 1 "$said/$i")
	[ "$#" = 3 ] || set -- 0 1 0
	passed=$((passed + $1))
	failed=$((failed + $2))
	skipped=$((skipped + $3))
done

left=$(list_unknown | grep -vxF "${unknown:-/}" | head -n 3 | tr '\n' ' ')
[ -z "$left" ] || fail "tests" "something left files in the sources: $left"
[ "$passed" -gt 0 ] || fail "tests" "nothing passed"
sum="$passed passed, $failed failed"
[ "$skipped" = 0 ] || sum="$sum, $skipped skipped"
echo "$sum"
[ "$failed" = 0 ]
