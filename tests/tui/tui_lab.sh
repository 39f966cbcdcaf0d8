# A lesson with rung play on the lab two-proxies: step, back, why, another branch
# in which a 200 is lost, the two compared, predicting, writing files, coming
# back to all of it.
. tests/fixtures/check.sh
. tests/fixtures/tui.sh
XDG_STATE_HOME=$work/state
RUNG_SHARE=$PWD
export XDG_STATE_HOME RUNG_SHARE
golden=$PWD/tests/golden/tui
case $RUNG in /*) ;; *) RUNG=$PWD/$RUNG ;; esac
# Files are written where one is.
mkdir "$work/here"
cd "$work/here" || exit

tui_start 120x36 "$RUNG" play two-proxies
tui_shows "opens" "message 0 of 24"

# ---- step, back, why ----
tui_press "Right Right Right" shows "three steps" "message 3 of 24"
tui_press Left shows "back" "message 2 of 24"
tui_keys '#'
tui_enter "3.11s" shows "to a time" "message 15 of 24"
tui_press 2 shows "why" "Why did atl send 200 OK to alice at 3.110 s"
tui_shows "a cause" "answer timer fired"
tui_press Tab shows "the next pane" "record 131"
tui_press 2 shows "why again" "answer timer fired"

# ---- the 200 is lost ----
tui_press a shows "what can be acted on" "this message"
tui_press Enter shows "what can be done" "lose it on its way"
tui_press Enter shows "a branch" "branch drop 200 OK"
tui_shows "lost" "╳"
tui_shows "and sent again" "200 OK ↻1"
tui_same  "the lost 200" "$golden/lab-lost.txt"
tui_press b shows "branches" "left main at record 131"
tui_press Escape hides "branches go" "left main at record 131"
tui_press B shows "side by side" "are the same up to record 131"
tui_same  "side by side" "$golden/lab-beside.txt"
tui_press B hides "alone again" "same up to record"

# ---- predict ----
tui_press Home shows "the beginning" "message 0 of"
tui_press Q shows "the question" "Who sends what to whom next?"
tui_same  "the question" "$golden/lab-question.txt"
# Where the answer stands is drawn anew when record numbers move.
tui_keys "$(sed -n 's/.* \([1-6]\)  alice ─▶ atl    REGISTER .*/\1/p' \
	"$work/.output")"
tui_shows "right" "right 1 of 1"
tui_shows "with the rule" "RFC 3261 10.2"
tui_press Enter shows "the next one" "Who sends what to whom next?"
tui_press Escape shows "enough" "Results"
tui_shows "the score" "right 1"
tui_press Escape hides "and away" "Results"

# ---- files ----
tui_press e shows "where to" "ladder to file: "
tui_press Enter shows "written" "written to ladder.svg"
ok "an SVG" grep -q "</svg>" ladder.svg
tui_press S shows "the screen" "screen to file: "
tui_press Enter shows "written too" "written to screen.txt"
ok "as text" grep -q "alice" screen.txt
tui_keys :
tui_enter "export ladder.txt" shows "by a command" "written to ladder.txt"
tui_keys :
tui_enter "export /nowhere/x.svg" shows "not there" "/nowhere/x.svg can't be written"
tui_shows "to be mended" ":export /nowhere/x.svg"
tui_press Escape hides "or left" ":export"
tui_runs "and goes on"

# ---- find and filter ----
tui_keys /
tui_enter "180 Ringing" shows "found" "Why did bob send 180 Ringing to bil"
tui_keys f
tui_enter "method=ACK" shows "filtered" "[method=ACK]"
tui_shows "three are left" "of 3 "
tui_keys f C-u
tui_press Enter hides "all again" "[method=ACK]"

# ---- away and back ----
tui_press q ends  "leaves" 0
tui_start 120x36 "$RUNG" play
tui_shows "the branch is there" "branch drop 200 OK"
tui_press b shows "and the other" "unchanged"
tui_press Escape hides "closed" "unchanged"
tui_press q ends  "leaves again" 0
finish
