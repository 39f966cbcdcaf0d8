# rung play on a real terminal, as a student has it: the lab two-proxies walked
# through, panes, sizes, locales, signals, and where there is no terminal for it.
. tests/fixtures/check.sh
. tests/fixtures/tui.sh
XDG_STATE_HOME=$work/state
export XDG_STATE_HOME
golden=tests/golden/tui

# ---- forward and back ----
tui_start 80x24 "$RUNG" play labs/two-proxies
tui_shows "opens" " 0/24 "
tui_shows "the nodes" "alice"
tui_same  "the beginning, 80x24" $golden/begin-80x24.txt
tui_press Right shows "one step" " 1/24 "
tui_press "Right Right Right" shows "three more" " 4/24 "
tui_same  "the fourth message" $golden/four-80x24.txt
tui_press Left shows "back" " 3/24 "
tui_keys End
tui_press Home shows "to the beginning" " 0/24 "
tui_press "Right Right Right Right Right" shows "the fifth" " 5/24 "

# ---- panes ----
tui_press 2 same  "why" $golden/why-80x24.txt
tui_press 1 same  "the message" $golden/message-80x24.txt
tui_press z same  "the message alone" $golden/message-alone-80x24.txt
tui_press "r r" shows "its packets" "Ethernet · 14 bytes"
tui_press r hides "explained again" "Ethernet · 14 bytes"
tui_keys z
for key in 3 4 5 6; do
	tui_keys $key
	tui_still
	tui_runs "pane $key"
done
tui_keys 1
tui_press "?" shows "help" "the next message"
tui_press Escape hides "help goes" "the next message"

# ---- brackets ----
tui_press m shows "transactions" "brackets: transactions"
tui_same  "transactions, 80x24" $golden/transactions-80x24.txt
tui_press "m m" shows "phases" "brackets: phases of calls"
tui_resize 200x60
tui_same  "phases, 200x60" $golden/phases-200x60.txt
tui_resize 80x24
tui_press m shows "none" "brackets: none"
tui_keys Right Left

# ---- sizes ----
tui_resize 200x60
tui_same  "200x60" $golden/five-200x60.txt
tui_resize 60x20
tui_same  "60x20" $golden/five-60x20.txt
tui_resize 20x5
tui_shows "too small" "too small"
tui_resize 80x24
tui_same  "80x24 again" $golden/message-80x24.txt
for size in 81x25 200x60 40x10 10x3 120x40 1x1 80x24; do
	tui_resize $size
	for i in 1 2 3 4 5 6 7 8 9 10; do
		tui_signal WINCH
	done
done
tui_same  "after a storm" $golden/message-80x24.txt

# ---- stopped, and on again ----
tui_press C-z shows "stops" "stopped; Enter goes on"
tui_press Enter same  "and goes on" $golden/message-80x24.txt
tui_signal TSTP
tui_shows "stopped by a signal" "stopped; Enter goes on"
tui_press Enter same  "and goes on again" $golden/message-80x24.txt

# ---- leaving ----
tui_press m shows "brackets once more" "brackets: transactions"
tui_press q ends  "quits" 0
tui_hides "the screen is given back" " 5/24 "
ok "the session is kept" "$RUNG" play --list
says "by its name" "two-proxies" "$RUNG" play --list
tui_start 80x24 "$RUNG" play
tui_shows "goes on where it was" " 5/24 "
tui_shows "with its brackets" "┐ T3"
tui_press "m m m" shows "which go" "brackets: none"
tui_press Right shows "and further" " 6/24 "
tui_signal HUP
tui_ends  "hung up" 129
tui_shows "says where the session is" "rung play"
tui_start 80x24 "$RUNG" play
tui_shows "nothing was lost" " 6/24 "
tui_signal TERM
tui_ends  "ended" 143

# The terminal itself goes.
tui_start 80x24 "$RUNG" play
tui_shows "once more" " 6/24 "
tui_press Right shows "the seventh" " 7/24 "
gone=$(cat "$tui_files.pid")
tui_stop
tui_until_gone() {
	! kill -0 "$gone" 2> /dev/null
}
if tui_until tui_until_gone; then
	good
else
	bad "terminal gone" "rung is still there"
	kill -9 "$gone"
fi
tui_start 80x24 "$RUNG" play
tui_shows "nor then" " 7/24 "
tui_press q ends  "quits again" 0

# The terminal is as it was.
tui_start 80x24 sh -c 'stty -a > "$1/before"; "$2" play labs/busy
	stty -a > "$1/after"; read -r line; echo "got $line"' sh "$work" "$RUNG"
tui_shows "in a shell" "rung · Bob is busy"
tui_press q hides "and out" "rung · Bob is busy"
tui_enter "typed" shows "keys echo" "got typed"
tui_ends  "the shell" 0
ok "stty is as before" cmp "$work/before" "$work/after"

# ---- locales, colours ----
TUI_LOCALE=C
tui_start 80x24 "$RUNG" play labs/two-proxies
tui_press "Right Right Right Right Right" shows "in ASCII" " 5/24 "
tui_same  "ASCII" $golden/ascii-80x24.txt
beyond_ascii() {
	LC_ALL=C grep -q '[^ -~]' "$work/.output"
}
fails "nothing but ASCII" 1 beyond_ascii
tui_press q ends  "ASCII" 0
TUI_LOCALE=C.UTF-8
tui_start 80x24 "$RUNG" play --lang=zh labs/two-proxies
tui_press "Right Right Right Right Right" shows "Chinese" "消息"
tui_same  "Chinese" $golden/chinese-80x24.txt
tui_press q ends  "Chinese" 0
TUI_TERM=vt220
tui_start 80x24 "$RUNG" play labs/two-proxies
tui_shows "without colours" " 0/24 "
tui_press q ends  "without colours" 0
TUI_TERM=tmux-256color
tui_start 60x20 "$RUNG" play --present labs/two-proxies
tui_press "Right Right Right Right Right" shows "for the lecture hall" " 5/24 "
tui_same  "for the lecture hall" $golden/present-60x20.txt
tui_press q ends  "for the lecture hall" 0

# ---- without colours ----
tui_start 80x24 "$RUNG" play labs/busy --color=never
tui_press Right shows "without colours" " 1/"
tui_screen -e > "$work/plain.txt"
fails "without colours" 1 grep -qE "$(printf '\033')\[([0-9]+;)*(3|4|9)[0-7]" "$work/plain.txt"
tui_press q ends  "without colours" 0

# ---- what is typed wrong ----
tui_start 110x30 "$RUNG" play labs/busy
tui_keys Right
tui_enter ":act bob crash now" shows "a word too many" "crash takes no “now”"
tui_keys Escape f
tui_enter "method=INVIT" shows "a method that there is not" "did you mean “INVITE”"
tui_press q ends  "what is typed wrong" 0

# ---- no terminal for it ----
refused() { # NAME SENTENCE COMMAND…
	what=$1
	text=$2
	shift 2
	tui_start 80x24 "$@"
	tui_shows "$what" "$text"
	tui_ends  "$what: status" 2
}
refused "dumb" '“dumb”' env TERM=dumb "$RUNG" play labs/busy
refused "unknown" '“vt999”' env TERM=vt999 "$RUNG" play labs/busy
refused "unset" "TERM" env -u TERM "$RUNG" play labs/busy
refused "output a file" "terminal" \
	sh -c '"$1" play labs/busy > /dev/null' sh "$RUNG"
refused "input a file" "terminal" \
	sh -c '"$1" play labs/busy < /dev/null' sh "$RUNG"
fails "a pipe" 2 "$RUNG" play labs/busy
refused "no such lab" "nowhere" "$RUNG" play nowhere
finish
