# rung doctor on a terminal that answers: what it measures, and that it leaves
# nothing behind.
. tests/fixtures/check.sh
. tests/fixtures/tui.sh
XDG_STATE_HOME=$work
export XDG_STATE_HOME

tui_start 80x24 "$RUNG" doctor
tui_shows "lines" "lines        one cell each: │ ─ ├ ┼ ╳"
tui_shows "arrows" "arrows       one cell each: ▶"
tui_shows "Chinese" "Chinese      two cells for each character"
tui_shows "size" "size         80×24"
tui_shows "all is well" "everything is in order."
tui_ends "status" 0
# The first line is the first line: what was drawn to be measured is gone.
tui_screen > "$work/.output"
if [ "$(head -n 1 "$work/.output" | cut -c 1-5)" = "rung " ]; then
	good
else
	bad "clean screen" "something stands above"
fi

tui_start 70x22 "$RUNG" doctor
tui_shows "rather small" "! size         70×22; 80×24 is comfortable"
tui_ends "and yet it runs" 0
tui_start 39x50 "$RUNG" doctor
tui_shows "too small" "✗ size         39×50, smaller than"
tui_shows "what to do" "→ enlarge the window"
tui_ends "too small" 1

TUI_TERM=vt220
tui_start 80x24 "$RUNG" doctor
tui_shows "no colours" "colours      none"
tui_ends "without colours" 0
TUI_TERM=tmux-256color
tui_start 80x24 env TERM=dumb "$RUNG" doctor
tui_shows "dumb" "✗ TERM         dumb: its cursor"
tui_ends "dumb" 1
tui_start 80x24 env TERM=vt999 "$RUNG" doctor
tui_shows "unknown" "TERM=xterm-256color rung play"
tui_ends "unknown" 1

TUI_LOCALE=C
tui_start 80x24 "$RUNG" doctor
tui_shows "C locale" "lines        drawn in ASCII"
tui_shows "the terminal could" "LC_ALL=C.UTF-8 rung play"
tui_ends "C locale" 0
TUI_LOCALE=C.UTF-8

# The terminal is as it was: keys echo, lines are edited.  What was typed
# before it was asked is still there for the shell.
tui_start 80x24 sh -c 'until [ -e "$1/typed" ]; do sleep 0.02; done
	stty -a > "$1/before"; "$2" doctor; stty -a > "$1/after"
	read -r line; echo "got $line"' sh "$work" "$RUNG"
tui_enter "something" shows "typing" "something"
: > "$work/typed"
tui_shows "then nothing is asked" "not measured"
tui_shows "keys are not lost" "got something"
tui_ends "the shell" 0
ok "stty is as before" cmp "$work/before" "$work/after"

# ---- the helpers themselves, on a program everybody has ----
if command -v less > /dev/null; then
	tui_start 80x10 env LESSHISTFILE=- less tests/fixtures/tui.sh
	tui_shows "a page" "For the tests of the screen"
	tui_press Space hides "the next one" "For the tests of the screen"
	tui_press C-z shows "it stops" "stopped; Enter goes on"
	tui_press Enter runs "and goes on"
	tui_press q ends "quits" 0
fi
tui_start 80x10 sleep 3600
tui_signal HUP
tui_ends "hung up" 129
finish
