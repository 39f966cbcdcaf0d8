# Whose a lab is: rung play asks for the student's number once, before the first
# answer, where there is none, and keeps it; whoever leaves the question plays as
# nobody, and who only steps is not asked.
. tests/fixtures/check.sh
. tests/fixtures/tui.sh
XDG_STATE_HOME=$work/state
RUNG_SHARE=$PWD
TUI_ASKED=yes
export XDG_STATE_HOME RUNG_SHARE
kept=$XDG_STATE_HOME/rung/settings

# The first choice of the first task.
to_choice() {
	tui_press 8 shows "$1: the tasks" "0 of 9 points"
	tui_press "] Enter" shows "$1: the choices" "a)"
	tui_press Down shows "$1: a choice" "Enter choose"
}

# ---- stepped alone ----
tui_start 80x24 "$RUNG" play direct-call
tui_shows "begins" "0/6"
tui_hides "without a question" "student number"
tui_press Right shows "the first step is one" "1/6"
tui_press q ends "stepped" 0
fails "was not asked" 1 grep -q "\"asked\":true" "$kept"

# ---- gone on with; left ----
tui_start 80x24 "$RUNG" play
tui_shows "resumed" "1/6"
to_choice resumed
tui_press Enter shows "asks before the answer" "student number:"
tui_shows "says what for" "values and letters of the tasks"
tui_press Escape hides "goes on" "student number:"
tui_press Enter shows "and answers" "your answer: a"
tui_press F10 ends "left" 0
tui_start 80x24 "$RUNG" play two-proxies
tui_press 8 shows "another lab" "of "
tui_press "] H" hides "does not ask" "student number"
tui_press F10 ends "that, too" 0

# ---- killed while it asks ----
rm -r "$XDG_STATE_HOME"
tui_start 80x24 "$RUNG" play direct-call
to_choice killed
tui_press H shows "a hint asks" "student number:"
tui_signal KILL
tui_until tui_until_dead
tui_start 80x24 "$RUNG" play direct-call
to_choice again
tui_press Enter hides "is not asked twice" "student number"
tui_press F10 ends "again" 0

# ---- given ----
rm -r "$XDG_STATE_HOME"
tui_start 80x24 "$RUNG" --lang=zh play direct-call
tui_shows "begins in Chinese" "0/6"
tui_press "8 ] Enter Down Enter" shows "asks in Chinese" "学号"
tui_enter 2023001 hides "opened anew" "学号："
tui_shows "at the tasks of that student" "· 2023001"
tui_press F10 ends "given" 0
says "it is kept" '"student":"2023001"' cat "$kept"
tui_start 80x24 "$RUNG" play two-proxies
tui_press 8 shows "and is every lab's" "· 2023001"
tui_press q ends "every lab" 0
"$RUNG" check two-proxies > "$work/mark"
says "also what is marked" "2023001" cat "$work/mark"
tui_start 80x24 "$RUNG" play two-proxies --student=7
tui_press 8 shows "but for another's option" "· 7"
tui_press q ends "another" 0

# ---- where nobody is asked ----
rm -r "$XDG_STATE_HOME"
tui_start 80x24 "$RUNG" play --present direct-call
tui_shows "in the lecture hall" "0/6"
tui_hides "not" "student number"
tui_press q ends "the hall" 0
tui_start 80x24 "$RUNG" play direct-call --exam=30min
tui_shows "in an exam" "exam 29:5"
tui_hides "nor there" "student number"
tui_press q ends "the exam" 0
rm -r "$XDG_STATE_HOME"
"$RUNG" run direct-call -q -o "$work/t.jsonl"
tui_start 80x24 "$RUNG" play "$work/t.jsonl"
tui_shows "a trace" "0/6"
tui_hides "is nobody's" "student number"
tui_press q ends "the trace" 0
finish
