# A student's copy on the screen asks first: nothing behind the hold is reached by a key, a jump, a
# search or a pane; the first try, or looking, shows it.
. tests/fixtures/check.sh
. tests/fixtures/tui.sh
XDG_STATE_HOME=$work/state
export XDG_STATE_HOME
copy() { # LAB
	rm -rf "$work/mine"
	"$RUNG" copy "$1" "$work/mine" --student=2023007 2> "$work/said"
}

copy direct-call
tui_start 80x24 "$RUNG" play "$work/mine"
tui_shows "which task asks" "Task 1 asks what happens now."
tui_same "up to the hold" tests/golden/tui/held-80x24.txt
tui_press End shows "the end is the hold" "3/3"
tui_hides "what comes" "BYE"
tui_keys Home "#"
tui_enter 70 shows "stops there" "3/3"
tui_keys Home
tui_press "/" shows "a search" "small letters also match capitals"
tui_enter Cause shows "finds what there is" "Cause"
tui_press 6 shows "the log" "Log"
tui_press End shows "ends there" "#41/41"
tui_hides "what the log has behind it" "BYE"
tui_press q ends "left" 0
rm -rf "$XDG_STATE_HOME"
tui_start 80x24 "$RUNG" play "$work/mine"
tui_press t shows "to the task" "a)"
tui_press "Down Down Enter" shows "after a try all is seen" "BYE"
tui_hides "no task asks now" "asks what happens now"
tui_press q ends "left after a try" 0
"$RUNG" check "$work/mine" > "$work/mark"
fails "the honest way" 1 grep -q "looked first" "$work/mark"

rm -rf "$XDG_STATE_HOME"
tui_start 80x24 "$RUNG" play "$work/mine"
tui_press L shows "looking is asked for" "think first"
tui_press "Down Enter" shows "and shows all" "BYE"
tui_press q ends "left after a look" 0
"$RUNG" check "$work/mine" > "$work/mark"
says "which is noted" "task 1: looked first" cat "$work/mark"
tui_start 80x24 "$RUNG" play
tui_shows "and stays so" "BYE"
tui_press q ends "left again" 0

# What was written into answers.txt was answered first.
copy direct-call
rm -rf "$XDG_STATE_HOME"
sed 's/^1:.*/1: d/' "$work/mine/answers.txt" > "$work/answers"
cp "$work/answers" "$work/mine/answers.txt"
tui_start 80x24 "$RUNG" play "$work/mine"
tui_press End shows "all is seen" "BYE"
tui_press q ends "left what was answered" 0

copy early-dialogs
tui_start 80x24 "$RUNG" play "$work/mine"
tui_shows "before anything happens" "asks what happens now"
tui_shows "the handout is there" "After this you can"
tui_shows "the network is there" "lan ─── desk"
tui_press "Tab End" shows "the script is there" "local call = alice:invite"
tui_press q ends "left" 0

"$RUNG" copy busy "$work/busy" --student=2026047 2> "$work/said"
tui_start 120x40 "$RUNG" play "$work/busy"
tui_press "8 z ] ]" shows "a task that comes later" "task 2 asks about this first"
tui_press q ends "left what comes later" 0
tui_start 80x24 "$RUNG" play direct-call
tui_shows "a lab of rung's says how" "rung copy direct-call mine --student=NUMBER"
tui_press q ends "left it" 0
tui_start 80x24 "$RUNG" play --present "$work/mine"
tui_hides "a lecture shows all" "asks what happens now"
tui_press q ends "left the lecture" 0
finish
