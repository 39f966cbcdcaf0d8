# For the tests of the screen, tests/tui_*.sh, behind check.sh: the program runs
# on a terminal of tmux's, which keys are sent to and whose screen is read.
#
#	. tests/check.sh
#	. tests/tui.sh
#	tui_start 80x24 "$RUNG" play labs/two-proxies
#	tui_shows "the first message"  "INVITE"
#	tui_keys Right Right
#	tui_same  "two steps on"       tests/golden/tui/two-steps.txt
#	tui_resize 200x60
#	tui_keys q
#	tui_ends  "quits"              0
#	finish
#
# Nothing here waits for a fixed time: the screen is looked at again and again
# until it shows what it should, for TUI_LIMIT seconds at most.  A server of its
# own is used and ended, also when the test is; where there is no tmux the test
# says so and ends.
#
# The program runs with TERM=$TUI_TERM and the locale $TUI_LOCALE, and without
# what whoever runs the tests has set for programs like it.
: "${TUI_LIMIT:=120}"
TUI_TERM=tmux-256color
TUI_LOCALE=C.UTF-8
tui_count=0
tui_name=rung$$
unset TMUX TMUX_PANE
# A test may go elsewhere; what tests/run.sh says is meant from here.
case ${LSAN_OPTIONS:-} in suppressions=tests/*)
	LSAN_OPTIONS=suppressions=$PWD/${LSAN_OPTIONS#suppressions=}
	export LSAN_OPTIONS ;;
esac

tui() {
	TMUX_TMPDIR=$work tmux -u -L "$tui_name" -f /dev/null "$@"
}

tui_stop() {
	tui kill-server 2> /dev/null
	return 0
}
trap 'tui_stop; rm -rf "$work"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

if ! command -v tmux > /dev/null; then
	skip "no tmux"
	finish
fi
# No new terminals to be had (a bare chroot), or no sockets.
if ! tui new-session -d -x 20 -y 5 sleep 60 2> "$work/.tmux"; then
	skip "tmux doesn't start here: $(head -n 1 "$work/.tmux")"
	finish
fi
tui_stop

# What runs on the terminal: a shell with job control, as a user has it.  The
# program's number and how it ended go into files; when it stops (Ctrl-Z) the
# shell says so, and Enter goes on with it, as fg would.
cat > "$work/.shell" <<'END'
set -m
cd "$TUI_FOLDER" || exit
sh -c 'echo $$ > "$TUI_FILES.pid"; exec "$@"' sh "$@"
status=$?
while [ "$status" = 148 ]; do
	echo "stopped; Enter goes on"
	read -r line
	fg > /dev/null
	status=$?
done
echo "$status" > "$TUI_FILES.status"
while kill -0 "$TUI_TEST" 2> /dev/null; do sleep 1; done
END

# tui_start WIDTHxHEIGHT COMMAND…: runs it.  The screen stays when it has ended.
# The server ends with the test, also when that is killed.
tui_start() {
	tui_stop
	# A server takes its time to go, and its socket with it.
	tui_count=$((tui_count + 1))
	tui_name=rung$$-$tui_count
	tui_files=$work/.tui$tui_count
	tui_size=$1
	shift
	# Who plays a lab is asked for a number once (tests/tui_student.sh).
	if [ -n "$XDG_STATE_HOME" ] && [ -z "${TUI_ASKED-}" ] &&
	    [ ! -e "$XDG_STATE_HOME/rung/settings" ]; then
		mkdir -p "$XDG_STATE_HOME/rung"
		echo '{"asked":true}' > "$XDG_STATE_HOME/rung/settings"
	fi
	tui start-server \; \
		set-option -g default-terminal "$TUI_TERM" \; \
		set-option -g status off \; \
		new-session -d -x "${tui_size%x*}" -y "${tui_size#*x}" \
		env -u NO_COLOR -u VISUAL -u LANG -u LC_CTYPE \
		-u COLUMNS -u LINES EDITOR=true LC_ALL="$TUI_LOCALE" \
		TUI_FILES="$tui_files" TUI_FOLDER="$PWD" TUI_TEST="$$" \
		sh "$work/.shell" "$@" > "$work/.output" 2>&1 ||
		bad "tmux" "does not start $1"
	# Not in every tmux there is.
	tui run-shell -b "while kill -0 $$ 2> /dev/null; do sleep 1; done
		tmux -L $tui_name kill-server" > /dev/null 2>&1
	tui_until test -s "$tui_files.pid" ||
		bad "tmux" "$1 does not start"
}

tui_keys() { # KEY…: as tmux calls them: Right, Enter, C-c, F1, a
	tui send-keys "$@"
}

tui_type() { # TEXT
	tui send-keys -l "$1"
}

tui_resize() { # WIDTHxHEIGHT
	tui resize-window -x "${1%x*}" -y "${1#*x}"
}

# tui_screen: what is on the screen, with colours after -e.
tui_screen() {
	tui capture-pane -p "$@"
}

tui_signal() { # NAME: sends a signal to the program
	kill "-$1" "$(cat "$tui_files.pid")"
}

# tui_until COMMAND…: true as soon as it is, false when it isn't in time.
# Each look writes the screen to $work/.output, which bad shows.
tui_until() {
	tui_end=$(($(date +%s) + TUI_LIMIT))
	while :; do
		tui_screen > "$work/.output" 2>&1
		if "$@" > /dev/null 2>&1; then
			return 0
		fi
		[ "$(date +%s)" -lt "$tui_end" ] || return 1
		sleep 0.05
	done
}

tui_until_shown() {
	grep -qF -- "$1" "$work/.output"
}

tui_until_hidden() {
	! grep -qF -- "$1" "$work/.output"
}

# Eight looks in a row at the same screen.
tui_until_still() {
	if cmp -s "$work/.output" "$work/.before"; then
		tui_looks=$((tui_looks + 1))
	else
		tui_looks=0
		cp "$work/.output" "$work/.before"
	fi
	[ "$tui_looks" -ge 8 ]
}

tui_until_dead() {
	[ -s "$tui_files.status" ]
}

tui_until_same() {
	cmp -s "$1" "$work/.output"
}

# tui_shows NAME TEXT: the screen comes to show it.
tui_shows() {
	if tui_until tui_until_shown "$2"; then
		good
	else
		bad "$1" "the screen does not show: $2"
	fi
}

# tui_hides NAME TEXT: the screen comes to show it no more.
tui_hides() {
	if tui_until tui_until_hidden "$2"; then
		good
	else
		bad "$1" "the screen still shows: $2"
	fi
}

# tui_still: waits until nothing moves.
tui_still() {
	tui_looks=0
	rm -f "$work/.before"
	tui_until tui_until_still
}

# tui_same NAME EXPECTED: the screen comes to be that file; GOLDEN=1 makes it.
tui_same() {
	if [ -n "${GOLDEN:-}" ]; then
		tui_still
		mkdir -p "$(dirname "$2")"
		cp "$work/.output" "$2"
		good
	elif tui_until tui_until_same "$2"; then
		good
	else
		cp "$work/.output" "$work/.screen"
		same "$1" "$2" "$work/.screen"
	fi
}

# tui_ends NAME STATUS: the program ends with it, 128 and the signal's number
# where it was one.
tui_ends() {
	if ! tui_until tui_until_dead; then
		bad "$1" "does not end"
	elif [ "$(cat "$tui_files.status")" = "$2" ]; then
		good
	else
		bad "$1" "status $(cat "$tui_files.status") instead of $2"
	fi
}

# tui_runs NAME: the program has not ended.
tui_runs() {
	if tui_until_dead; then
		tui_screen > "$work/.output"
		bad "$1" "has ended"
	else
		good
	fi
}
