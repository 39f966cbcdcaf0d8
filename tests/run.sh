#!/bin/sh
# Runs every test and adds up.  Each argument is a folder of the build: the
# first gets the checks of the sources too (layers, transports, catalogues, firmware).
#
#	sh tests/run.sh build build/san
#
# Runs in it: BUILD/tests/ROOM/test_X for each tests/ROOM/test_X.c, the same for
# tests/regress, tests/cli/cli_*.sh, tests/tui/tui_*.sh and tests/regress/*.sh
# with RUNG=BUILD/rung, BUILD/tests/all with each tests/ROOM/X.case, and the
# targets of tests/fuzz.  Of several builds each runs
# those of the tests that tests/builds.awk says, all of them with BOTH=1; they
# share one queue, which $JOBS work off, one more than there are processors,
# since some wait; what changed comes first, then what took longest (put_in_order).
# Of what takes longer than a second each run takes a part, of $COMPUTE seconds, and
# the next commit's another (tests/choose.awk); COMPUTE=all takes all.
# Each says on its last line "N passed, N failed" or "N passed, N failed, N
# skipped", with or without "NAME: " before it.  What says nothing, crashes,
# hangs, leaks memory, leaves a file or was not built counts as one failed.
# Output is shown of failures only, and meanwhile on standard error how far it
# is.  The last line is the sum; the status is 0 when something passed and
# nothing failed.  BUILD/logs has what each has said, BUILD/logs/times how
# long each has computed, in its program and in the system.
set -u

# A guard against hanging, not a measure: how long a test takes on the clock
# depends on what else the machine does.  One process may compute for
# TEST_CPU seconds; what waits for ever ends after TEST_TIMEOUT.
limit=${TEST_TIMEOUT:-3600}
cpu=${TEST_CPU:-900}
fuzz_runs=2000 # of each target in tests/fuzz; make fuzz does more

# ---- one test: sh tests/run.sh --one FOLDER BUILD SOURCE ----

fail() { # NAME REASON [LOG]
	failed=$((failed + 1))
	echo "FAILED $1: $2"
	[ -z "${3:-}" ] || tail -n 1000 "$3" | sed 's/^/    /'
}

# Adds up the last line of LOG, written by NAME that ended with STATUS.
account() { # NAME LOG STATUS
	last=$(sed -n -E '$s/^(.*: )?([0-9]+) passed, ([0-9]+) failed(, ([0-9]+) skipped)?$/\2 \3 \5/p' \
		"$2")
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
# its own, is a failure.  The ROOM goes away.
leaves_nothing() { # NAME ROOM
	rmdir "$2/tmp" "$2/home" "$2" 2> /dev/null && return
	left=$(find "$2" -mindepth 2 | sed "s,^$2/,," | head -n 3)
	[ -z "$left" ] || fail "$1" "leaves files: $(echo "$left" | tr '\n' ' ')"
	rm -rf "$2"
}

# Puts into $file a name in which TEXT has no blanks and no slashes.  There are
# hundreds of tests: here and below no process is started that needs not be.
name_file() { # TEXT
	file=$1
	while :; do
		case $file in
		*[\ /]*) file=${file%%[ /]*}_${file#*[ /]} ;;
		*) break ;;
		esac
	done
}

run() { # NAME COMMAND…
	name=$1
	name_file "$name"
	log=$build/logs/$file.log
	room=$said/room/$$
	shift
	mkdir -p "$room/tmp" "$room/home"
	(
		ulimit -S -t "$cpu"
		TMPDIR=$room/tmp HOME=$room/home exec timeout -k 5 "$limit" "$@"
	) > "$log" 2>&1 < /dev/null
	account "$name" "$log" $?
	leaves_nothing "$name" "$room"
	times > "$said/times.$$"
	{
		read -r computed # by this shell
		read -r computed
	} < "$said/times.$$"
	echo "$computed $name" >> "$build/logs/times"
}

run_one() { # FOLDER BUILD SOURCE
	said=$1 build=$2 source=$3
	passed=0 failed=0 skipped=0
	RUNG=$build/rung
	BUILD=$build
	export RUNG BUILD
	program=$build/${source%.c}
	name_file "$build $source"
	case $source in
	*.sh) run "$build ${source##*/}" sh "$source" ;;
	*.case) run "$build ${source##*/}" "$build/tests/all" "$source" ;;
	tests/fuzz/*)
		FUZZ_TARGETS=${program##*/fuzz_} run \
			"$build fuzz ${program##*/fuzz_}" \
			sh tests/fuzz/run.sh "$build" -runs="$fuzz_runs"
		;;
	*)
		if [ -x "$program" ]; then
			run "$program" "$program"
		else
			fail "$program" "was not built"
		fi
		;;
	esac > "$said/failures/$file"
	echo "$build ${source##*/}" >> "$said/done"
	echo "$passed $failed $skipped" >> "$said/sums"
}

if [ "${1:-}" = --one ]; then
	shift
	run_one "$@"
	exit 0
fi

# ---- all of them ----

# shellcheck source=tests/sanitizers.sh
. tests/sanitizers.sh
# shellcheck source=tests/machine.sh
. tests/machine.sh
unset MAKEFLAGS MFLAGS MAKELEVEL

# In memory where there is room: what is to last is written to the disk at once
# (base/outfile), and some thousand commands would wait for that.
if [ -z "${TMPDIR:-}" ] && [ -w /dev/shm ] &&
	[ "$(df -Pk /dev/shm | awk 'NR == 2 { print $4 }')" -ge 2000000 ]; then
	TMPDIR=/dev/shm
	export TMPDIR
fi
said=$(mktemp -d)
# Tests of users without rights find their way through it.
chmod 711 "$said"
trap 'rm -rf "$said"' EXIT
mkdir -p "$said/room" "$said/failures"
: > "$said/done"
passed=0 failed=0 skipped=0

# What is wanted of the tests in BUILD, one of COUNT.
wanted_in() { # BUILD COUNT
	case $2$1 in
	1*) ;;
	*/san) echo sanitized ;;
	*) echo plain ;;
	esac
}

# "BUILD SOURCE", a line each.
list_tests() { # BUILD…
	builds=${BOTH:+1}
	builds=${builds:-$#}
	once="tests/layers.sh tests/transports.sh tests/po.sh tests/firmware.sh \
			tests/same_bytes.sh tests/weight.sh"
	for build; do
		for source in $once tests/*/test_*.c tests/*/*/test_*.c \
			tests/regress/*.c tests/cli/cli_*.sh tests/tui/tui_*.sh \
			tests/regress/*.sh tests/*/*.case tests/*/*/*.case; do
			[ ! -e "$source" ] || echo "$source"
		done | awk -v want="$(wanted_in "$build" "$builds")" \
			-f tests/builds.awk tests/order - | sed "s,^,$build ,"
		# libFuzzer is clang's.
		for target in "$build"/tests/fuzz/fuzz_*; do
			[ ! -x "$target" ] ||
				echo "$build tests/fuzz/${target##*/}.c"
		done
		once=
	done
}

# Sources that have changed since BUILD ran its tests last, or, where it has run none,
# with the last ten commits.
list_sources() { # BUILD
	if [ -s "$1/logs/times" ]; then
		find src tests -newer "$1/logs/times" -name '*.[ch]' -o \
			-newer "$1/logs/times" -name '*.sh' -o \
			-newer "$1/logs/times" -name '*.case'
	else
		git diff --name-only HEAD~10 -- 'src/*.[ch]' 'tests/*.[ch]' 'tests/*.sh' 'tests/*.case'
	fi 2> /dev/null
}

# Tests that are about what has changed: they are it, or bear its name or the first
# word of that, or read its header.  Of very much that has changed nothing is told.
list_changed() { # BUILD
	list_sources "$1" | head -n 61 > "$said/changed"
	[ "$(wc -l < "$said/changed")" -le 60 ] || return 0
	while read -r changed; do
		stem=${changed##*/}
		stem=${stem%.*}
		echo "$changed"
		case $changed in tests/*) continue ;; esac
		find tests -name "*_${stem%%_*}*" -o -name "${stem%%_*}_*"
		grep -rlE "/${stem%%_*}(_[a-z]+)?\.h\"" tests --include='*.c'
	done < "$said/changed"
}

# What has changed comes first (list_changed), then what computed longest when
# BUILD ran it last; where none has yet, what tests/order names, in its order.
put_in_order() { # BUILD…
	list_changed "$1" > "$said/first"
	for build; do
		cat "$build/logs/times" 2> /dev/null
	done > "$said/times"
	awk '
	function seconds(text, part) {
		split(text, part, "m")
		return part[1] * 60 + part[2]
	}
	FILENAME == ARGV[1] && /^#/ { next }
	FILENAME == ARGV[1] { rank[$2] = 100000 + FNR; next }
	FILENAME == ARGV[2] { is_first[$1] = 1; next }
	FILENAME == ARGV[3] {
		took = seconds($1) + seconds($2)
		sub(/^[^ ]* [^ ]* /, "")
		last[$0] = took
		next
	}
	{
		name = $2
		sub(/.*\//, "", name)
		if ($2 ~ /^tests\/fuzz\//) {
			gsub(/^fuzz_|\.c$/, "", name)
			name = $1 " fuzz " name
		} else if ($2 ~ /\.(sh|case)$/)
			name = $1 " " name
		else
			name = $1 "/" substr($2, 1, length($2) - 2)
		if ($2 in is_first)
			at = 0
		else if (name in last)
			at = 90000 - last[name]
		else
			at = $2 in rank ? rank[$2] : 200000
		print at, FNR, $0
	}
	' tests/order "$said/first" "$said/times" - |
		sort -n -k 1,1 -k 2,2 | cut -d ' ' -f 3-
}

# Runs of all labs and topologies into FOLDER, recorded once for the tests that only
# look at traces: tests/fixtures/labs.h, tests/fixtures/check.sh.
record_runs() { # BUILD FOLDER
	for detail in messages protocol network; do
		for file in labs/* topologies/*.gv; do
			[ "$file" = labs/plans ] || "$1/rung" run -q \
				--detail=$detail "$file" \
				-o "$2/${file%%/*}_${file##*/}.$detail.jsonl"
		done > "$2/said.$detail" 2>&1 &
		recorders="${recorders:-} $!"
	done
	# shellcheck disable=SC2086  # a list; what else runs never ends
	wait $recorders
	# What is not there every test would run for itself, and none would say so.
	for detail in messages protocol network; do
		[ ! -s "$2/said.$detail" ] ||
			fail "$1" "runs are not recorded" "$2/said.$detail"
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

# Another number for each commit, 0 where there is no git.
count_turn() {
	turn=$(git rev-parse --verify -q HEAD 2> /dev/null | cut -c 1-6)
	echo $((0x${turn:-0}))
}

# The python3 of a version manager (pyenv and its like) is a script that looks for
# the program, which takes half a second at each start.
real=$(python3 -c 'import sys; print(sys.executable)' 2> /dev/null) &&
	PATH=${real%/*}:$PATH
export PATH

list_tests "$@" | put_in_order "$@" > "$said/every"
: "${COMPUTE:=all}"
TURN=
[ "$COMPUTE" = all ] || TURN=$(count_turn)
export TURN
awk -v budget="$COMPUTE" -v turn="${TURN:-0}" -f tests/choose.awk tests/order \
	"$said/first" "$said/every" > "$said/queue"
for build; do
	mkdir -p "$build/logs"
	: > "$build/logs/times"
	[ ! -e "$build/broken" ] ||
		fail "$build" "the build failed, see above"
done
all=$(wc -l < "$said/queue")
unknown=$(list_unknown)
if [ -t 2 ]; then
	show_progress 1 '\r%s of %s tests: %.60s\033[K' &
else
	show_progress 60 '%s of %s tests: %s\n' &
fi
progress=$!
LAB_RUNS=$said/runs
export LAB_RUNS
mkdir "$LAB_RUNS"
# Who runs a part of the tests needs but some of them.
[ "$COMPUTE" != all ] || record_runs "$1" "$LAB_RUNS"
trap 'kill $progress 2> /dev/null; rm -rf "$said"' EXIT
xargs -L 1 -P "${JOBS:-$(($(nproc 2> /dev/null || echo 2) + 1))}" \
	sh tests/run.sh --one "$said" < "$said/queue" || failed=$((failed + 1))
kill $progress 2> /dev/null
[ ! -t 2 ] || printf '\r\033[K' >&2

cat "$said"/failures/*
while read -r p f s; do
	passed=$((passed + p))
	failed=$((failed + f))
	skipped=$((skipped + s))
done < "$said/sums"
[ "$(wc -l < "$said/sums")" = "$all" ] || fail "tests" "not all were run"
left=$(list_unknown | grep -vxF "${unknown:-/}" | head -n 3 | tr '\n' ' ')
[ -z "$left" ] || fail "tests" "something left files in the sources: $left"
[ "$passed" -gt 0 ] || fail "tests" "nothing passed"
# What was skipped, by its reason.
find "$@" -path '*/logs/*.log' -newer "$said/queue" -exec grep -h '^ *skipped: ' {} + 2> /dev/null |
	sed 's/^ *skipped: //' | sort | uniq -c | sort -rn | sed 's/^ *\([0-9]*\) /  skipped \1: /'
[ "$all" = "$(wc -l < "$said/every")" ] ||
	echo "$all of $(wc -l < "$said/every") tests; make test-all runs all"
sum="$passed passed, $failed failed"
[ "$skipped" = 0 ] || sum="$sum, $skipped skipped"
echo "$sum"
[ "$failed" = 0 ]
