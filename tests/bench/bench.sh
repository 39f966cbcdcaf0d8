#!/bin/sh
# Runs benches one after the other.  LARGE=1 takes the
# sizes that last longer.  What they say is printed and kept in BUILD/bench.txt,
# with the machine, the day, and what else the machine had to do.
#
#	sh tests/bench/bench.sh BUILD NAME…
#
# A NAME is a program BUILD/bench/NAME, or a script tests/bench/NAME.sh.
set -u

build=$1
out=$1/bench.txt
shift

load() {
	cut -d' ' -f1 /proc/loadavg 2>/dev/null || echo unknown
}

processor() {
	sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo 2>/dev/null | head -n 1
}

# What NAME is told to measure at most.
size_of() { # NAME
	case ${LARGE:+$1} in
	calls | capture) echo 100000 ;;
	play | views | inspect) echo 1000000 ;;
	esac
}

run_all() {
	begun=$(date +%s)
	echo "# date: $(date +%Y-%m-%d)"
	echo "# processor: $(processor)"
	echo "# cores: $(getconf _NPROCESSORS_ONLN)"
	echo "# load before: $(load)"
	for name in "$@"; do
		# shellcheck disable=SC2046  # one word or none
		set -- "$build/bench/$name" $(size_of "$name")
		[ ! -e "tests/bench/$name.sh" ] || set -- sh "tests/bench/$name.sh" "$build"
		echo "$name:"
		timeout 1200 "$@" ||
			echo "# failed: $name"
	done
	echo "# seconds: $(($(date +%s) - begun))"
	echo "# load after: $(load)"
}

run_all "$@" | tee "$out"
! grep '^# failed' "$out" >&2
