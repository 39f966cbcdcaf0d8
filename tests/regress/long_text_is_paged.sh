#!/bin/sh
# Long text ran off the terminal: it goes through a pager as git's does, and
# only where somebody can read it so.
. tests/fixtures/check.sh
. tests/fixtures/tui.sh
unset PAGER RUNG_PAGER LESS LV
LESSHISTFILE=-
export LESSHISTFILE

# A pager that says how it was called and what it got; one that reads a line.
cat > "$work/counts" <<'END'
#!/bin/sh
echo "paged: $*, LESS=$LESS, lines: $(grep -c .)"
END
cat > "$work/leaves" <<'END'
#!/bin/sh
echo "left after: $(head -n 1)"
END
# One that asks its reader, as less does, and dies by Ctrl-C.
cat > "$work/asks" <<'END'
#!/bin/sh
trap 'echo interrupted; exit 0' INT
echo "asking"
read -r word < /dev/tty
echo "was told $word"
END
chmod +x "$work/counts" "$work/leaves" "$work/asks"

# runs ENVIRONMENT COMMAND…: rung on a terminal of 24 lines.
runs() {
	set_to=$1
	shift
	# Expands to several words.
	tui_start 80x24 env $set_to "$RUNG" "$@"
}
# paged NAME STATUS COMMAND…
paged() {
	what=$1 status=$2
	shift 2
	runs "PAGER=$work/counts" "$@"
	tui_shows "$what" "paged: , LESS=FRX, lines: "
	tui_ends "$what: its status" "$status"
}
# unpaged NAME ENVIRONMENT COMMAND…: its end is on the terminal.
unpaged() {
	what=$1
	shift
	runs "$@"
	tui_ends "$what: well" 0
	tui_screen > "$work/screen"
	fails "$what: no pager" 1 grep -q "paged:" "$work/screen"
	ok "$what: the text" grep -q "[a-z]" "$work/screen"
}

paged "a help page" 0 help running
paged "a list" 0 labs
paged "a ladder" 0 show -l two-proxies
paged "records" 0 show two-proxies
paged "a report" 0 inspect --with=matrix two-proxies
paged "differences" 1 diff two-proxies busy

count=PAGER=$work/counts
unpaged "what fits" "$count" explain direct-call 9
unpaged "--no-pager" "$count" labs --no-pager
unpaged "... before the command" "$count" --no-pager labs
unpaged "RUNG_PAGER is empty" "$count RUNG_PAGER=" labs
unpaged "PAGER is empty" "PAGER=" labs
unpaged "PAGER is cat" "PAGER=cat" labs
unpaged "there is no such pager" "PAGER=$work/nosuch" labs
unpaged "there is no less" "PATH=$work" labs
unpaged "TERM=dumb" "$count TERM=dumb" labs
runs "RUNG_PAGER=$work/counts PAGER=cat LESS=S" labs
tui_shows "RUNG_PAGER counts first, LESS as it is" "paged: , LESS=S, lines: "
tui_ends "well" 0
tui_start 80x24 env PAGER="$work/counts 'a b' c" "$RUNG" labs
tui_shows "a pager with arguments" "paged: a b c,"
tui_ends "well" 0
tui_start 80x600 env "$count" "$RUNG" labs
tui_ends "a terminal with room" 0
tui_screen > "$work/screen"
fails "needs no pager" 1 grep -q "paged:" "$work/screen"

# Into a pipe, never.
tui_start 80x24 sh -c "PAGER=$work/counts '$RUNG' labs | wc -l"
tui_ends "a pipe" 0
tui_screen > "$work/screen"
fails "is no terminal" 1 grep -q "paged:" "$work/screen"

# Whoever leaves early has read enough.
runs "PAGER=$work/leaves" show two-proxies
tui_shows "leaves early" "left after: "
tui_ends "which is no mistake" 0
runs "PAGER=$work/asks" labs
tui_shows "asks" "asking"
tui_press C-c shows "Ctrl-C is the pager's" "interrupted"
tui_ends "and no mistake" 0

if command -v less > /dev/null; then
	tui_start 80x24 "$RUNG" help running
	tui_shows "less, where nothing is said" "--seed=N"
	tui_runs "waits"
	tui_press C-c runs "a Ctrl-C does not end it"
	# less drops what is typed while it comes back from Ctrl-C.
	presses_q() {
		tui_keys q
		sleep 0.2
		[ -s "$tui_files.status" ]
	}
	tui_until presses_q
	tui_ends "q does" 0
	# Who asks for Chinese gets it in any locale: so must less.
	tui_start 80x24 env -u LC_CTYPE -u LESSCHARSET LC_ALL=C LANG=C \
		"$RUNG" --lang=zh labs
	tui_shows "less shows Chinese in the locale C" "没有服务器的呼叫"
	tui_press q ends "as anywhere" 0
fi
finish
