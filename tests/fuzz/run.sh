#!/bin/sh
# Runs the fuzz targets of a build, one after the other, each over its corpus
# and what libFuzzer makes of it:
#
#	sh tests/fuzz/run.sh build/fuzz -max_total_time=60
#
# OPTION… are libFuzzer's, for instance -runs=1000.  $FUZZ_TARGETS names those
# to be run ("gate trace"); without it all are.  What breaks one is kept in
# BUILD/fuzz-found.  A corpus is tests/fuzz/corpus/TARGET, what BUILD/rung makes,
# and for files that the project has anyway those.  The last line is "N passed, N failed".
set -u
. tests/sanitizers.sh

build=$1
shift
passed=0 failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
TMPDIR=$work
export TMPDIR

# Seeds that the program makes.
make_seeds() { # TARGET FOLDER
	mkdir -p "$2"
	case $1 in
	answers | handin | link)
		"$build/rung" copy labs/direct-call "$work/lab" --student=7
		"$build/rung" hand-in "$work/lab" -o "$work/handed"
		if [ "$1" = answers ]; then
			mv "$work/lab/answers.txt" "$2"
		elif [ "$1" = link ]; then
			"$build/rung" link "$work/lab" --answers -o "$2/answers"
		else
			mv "$work/handed" "$2"
			cp tests/handins/* "$2"
		fi
		rm -rf "$work/lab" "$work/handed"
		;;
	sweep)
		"$build/rung" sweep labs/direct-call --seed=1..3 \
			--set loss=0,9% -o "$work/made"
		{
			tr '\n' ' ' < "$work/made/experiment.json"
			echo
			cat "$work/made/results.jsonl"
		} > "$2/whole"
		rm -r "$work/made"
		;;
	esac > "$work/log" 2>&1
}

corpus_of() { # TARGET
	[ ! -d "tests/fuzz/corpus/$1" ] || echo "tests/fuzz/corpus/$1"
	[ ! -d "$work/seeds_$1" ] || echo "$work/seeds_$1"
	case $1 in
	topology) echo topologies ;;
	script) find labs -name lab.lua -exec dirname {} + | LC_ALL=C sort ;;
	esac
}

run_target() { # TARGET OPTION…
	target=$1
	shift
	found=$build/fuzz-found/$target
	mkdir -p "$found" "$work/$target"
	make_seeds "$target" "$work/seeds_$target" || return 1
	dict=tests/fuzz/corpus/$target.dict
	[ ! -f "$dict" ] || set -- "-dict=$dict" "$@"
	# shellcheck disable=SC2046  # folders without blanks
	"$build/tests/fuzz/fuzz_$target" -seed=1 -max_len=8192 -timeout=600 \
		-rss_limit_mb=4096 -print_final_stats=1 \
		"-artifact_prefix=$found/" "$@" \
		"$work/$target" $(corpus_of "$target") > "$work/log" 2>&1
}

for source in tests/fuzz/fuzz_*.c; do
	target=${source##*/fuzz_}
	target=${target%.c}
	case " ${FUZZ_TARGETS:-$target} " in
	*" $target "*) ;;
	*) continue ;;
	esac
	if run_target "$target" "$@"; then
		passed=$((passed + 1))
		echo "$target: $(sed -n 's/^stat::number_of_executed_units: *//p' \
			"$work/log") runs," \
			"$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$work/log" |
			tail -n 1) edges"
	else
		failed=$((failed + 1))
		echo "BAD $target: see $build/fuzz-found/$target"
		tail -n 60 "$work/log" | sed 's/^/    /'
	fi
done
echo "fuzz: $passed passed, $failed failed"
[ "$failed" = 0 ]
