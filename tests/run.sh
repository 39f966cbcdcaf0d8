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
# hangs, leaks or was not built counts as one failed.  Output is shown of
# failures only.  Several builds go beside each other.  The last line is the
# sum; the status is 0 when something passed and nothing failed.
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

run() { # NAME COMMAND…
	name=$1
	shift
	log=$logs/$(echo "$name" | tr ' /' '__').log
	(
		ulimit -S -t "$cpu"
		exec timeout -k 5 "$limit" "$@"
	) > "$log" 2>&1 < /dev/null
	account "$name" "$log" $?
}

# All tests of one build; says what failed, and last the three numbers.
of_build() { # BUILD FIRST
	build=$1
	logs=$build/logs
	mkdir -p "$logs"
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
n=0 first=yes
for build; do
	n=$((n + 1))
	of_build "$build" "$first" > "$said/$n" &
	first=
done
wait
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

[ "$passed" -gt 0 ] || fail "tests" "nothing passed"
sum="$passed passed, $failed failed"
[ "$skipped" = 0 ] || sum="$sum, $skipped skipped"
echo "$sum"
[ "$failed" = 0 ]
