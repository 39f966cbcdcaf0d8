# For the tests of the program from outside, tests/cli_*.sh:
#
#	. tests/check.sh
#	ok    "runs a lab"       "$RUNG" run labs/two-proxies
#	fails "no such file" 2   "$RUNG" run nowhere
#	says  "names the file" "nowhere" "$RUNG" run nowhere
#	same  "the ladder" tests/golden/two.txt "$work/two.txt"
#	finish
#
# tests/run.sh sets RUNG (the program) and runs from the project's root.  Files
# go into $work, which is removed at the end.
# shellcheck source=tests/machine.sh
. tests/machine.sh
: "${RUNG:=build/rung}"
check_name=$(basename "$0" .sh)
passed=0 failed=0 skipped=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Seconds that what may hang gets, `timeout "$patience" COMMAND`.  How long a
# command takes depends on what else the machine does, so this is no measure:
# whoever waits that long waits for ever.
: "${patience:=${TEST_PATIENCE:-1800}}"
# What whoever runs the tests has kept (sessions, a language) counts for none.
XDG_STATE_HOME=$work/state
export XDG_STATE_HOME

# The trace of a lab or topology with nothing changed, as tests/run.sh has
# recorded it, else run now.
trace_of() { # FILE DETAIL OUTPUT
	trace_of=${1%/}
	trace_of=${LAB_RUNS:-}/${trace_of%%/*}_${trace_of##*/}.$2.jsonl
	if [ -e "$trace_of" ]; then
		cp "$trace_of" "$3"
	else
		"$RUNG" run -q --detail="$2" "$1" -o "$3"
	fi
}

# The same in a file that is only read, whose name comes to $trace.
find_trace() { # FILE DETAIL
	trace=${1%/}
	trace=${LAB_RUNS:-}/${trace%%/*}_${trace##*/}.$2.jsonl
	[ -e "$trace" ] || {
		trace=$work/found.jsonl
		"$RUNG" run -q --detail="$2" "$1" -o "$trace"
	}
}

# Those of tests/sample, with FILE… behind them where they are not among them: what
# a pass over all labs and topologies looks at that costs much; with LABS=all all.
labs_some() { # FILE…
	if [ "${LABS:-}" = all ]; then
		ls -d labs/* topologies/*.gv | grep -vx labs/plans
	else
		grep -v '^#' tests/sample
		for some do
			grep -qxF "$some" tests/sample || echo "$some"
		done
	fi
}

# The build with sanitizers writes the same bytes as the other; what takes long
# and looks at those bytes only need not look at them twice.
sanitized() {
	case $RUNG in */san/rung) return 0 ;; esac
	return 1
}

good() {
	passed=$((passed + 1))
}

# bad NAME REASON: counts a failure and shows what the command wrote.
bad() {
	failed=$((failed + 1))
	echo "BAD $1: $2"
	[ ! -s "$work/.output" ] || head -n 40 "$work/.output" | sed 's/^/    /'
}

skip() { # WHY
	skipped=$((skipped + 1))
	echo "  skipped: $1"
}

# Whether COMMAND is a program that does not look at $work/.output: of those the
# usual.
is_blind() { # COMMAND…
	case "$*" in
	*.output*) return 1 ;;
	esac
	case $1 in
	*/* | \[ | test | grep | cat | cmp | sh | env | timeout | diff | xmllint) ;;
	*) return 1 ;;
	esac
}

# Runs COMMAND; what it writes is in $work/.output when it has ended.  So it may
# itself look at what the command before it has written, or a pipe has put there.
check_run() { # COMMAND…
	if is_blind "$@"; then
		"$@" > "$work/.output" 2>&1 < /dev/null
		return
	fi
	"$@" > "$work/.output.new" 2>&1 < /dev/null
	set -- $?
	mv "$work/.output.new" "$work/.output"
	return "$1"
}

# empty NAME: nothing stands in $work/.output, which is shown else.
empty() {
	if [ -s "$work/.output" ]; then bad "$1" "should be empty"; else good; fi
}

# fails NAME STATUS COMMAND…: ends with that status.
fails() {
	check_what=$1
	check_status=$2
	shift 2
	check_run "$@"
	set -- $?
	if [ "$1" = "$check_status" ]; then
		good
	else
		bad "$check_what" "status $1 instead of $check_status"
	fi
}

# ok NAME COMMAND…: ends with status 0.
ok() {
	check_what=$1
	shift
	fails "$check_what" 0 "$@"
}

# says NAME TEXT COMMAND…: writes TEXT somewhere, whatever the status.
says() {
	check_what=$1
	check_text=$2
	shift 2
	if [ "$1 $#" = "cat 2" ] && grep -qF -- "$check_text" "$2" 2> /dev/null; then
		good
		return
	fi
	check_run "$@"
	if grep -qF -- "$check_text" "$work/.output"; then
		good
	else
		bad "$check_what" "does not say: $check_text"
	fi
}

# gives NAME WANT COMMAND…: writes that alone.
gives() {
	gives_name=$1 gives_want=$2
	shift 2
	gives_is=$("$@")
	if [ "$gives_is" = "$gives_want" ]; then
		good
	else
		bad "$gives_name" "“$gives_is” instead of “$gives_want”"
	fi
}

# same NAME EXPECTED SEEN: two files; GOLDEN=1 (make golden) makes EXPECTED anew.
same() {
	if [ -n "${GOLDEN:-}" ]; then
		mkdir -p "$(dirname "$2")"
		cp "$3" "$2"
	fi
	if diff -u "$2" "$3" > "$work/.output" 2>&1; then
		good
	else
		bad "$1" "differs from $2"
	fi
}

finish() {
	if [ "$skipped" = 0 ]; then
		echo "$check_name: $passed passed, $failed failed"
	else
		echo "$check_name: $passed passed, $failed failed, $skipped skipped"
	fi
	[ "$failed" = 0 ] && [ $((passed + skipped)) -gt 0 ]
	exit
}
