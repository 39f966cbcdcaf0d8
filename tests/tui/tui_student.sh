# Whose a lab is: rung play asks for the student's number once, where there is
# none, and keeps it; whoever leaves the question plays as nobody.
. tests/fixtures/check.sh
. tests/fixtures/tui.sh
XDG_STATE_HOME=$work/state
RUNG_SHARE=$PWD
TUI_ASKED=yes
export XDG_STATE_HOME RUNG_SHARE
kept=$XDG_STATE_HOME/rung/settings

# ---- left ----
tui_start 80x24 "$RUNG" play direct-call
tui_shows "asks" "student number:"
tui_shows "says what for" "values and letters of the tasks"
tui_keys Escape
tui_shows "goes on" "0/6"
tui_keys 8
tui_shows "as nobody" "0 of 9 points"
tui_keys q
tui_ends "left" 0
tui_start 80x24 "$RUNG" play two-proxies
tui_shows "another lab" "0/24"
tui_keys Right
tui_shows "does not ask" "1/24"
tui_keys q
tui_ends "that, too" 0

# ---- given ----
rm -r "$XDG_STATE_HOME"
tui_start 80x24 "$RUNG" --lang=zh play direct-call
tui_shows "asks in Chinese" "学号"
tui_type 2023001
tui_keys Enter
tui_hides "opened anew" "学号："
tui_keys 8
tui_shows "for that student" "· 2023001"
tui_keys q
tui_ends "given" 0
says "it is kept" '"student":"2023001"' cat "$kept"
ok "one session" test "$(find "$XDG_STATE_HOME/rung" -name '*.json' | wc -l)" = 1
tui_start 80x24 "$RUNG" play two-proxies
tui_keys 8
tui_shows "and is every lab's" "· 2023001"
tui_keys q
tui_ends "every lab" 0
"$RUNG" check two-proxies > "$work/mark"
says "also what is marked" "2023001" cat "$work/mark"
tui_start 80x24 "$RUNG" play two-proxies --student=7
tui_keys 8
tui_shows "but for another's option" "· 7"
tui_keys q
tui_ends "another" 0

# ---- where nobody is asked ----
rm -r "$XDG_STATE_HOME"
tui_start 80x24 "$RUNG" play --present direct-call
tui_shows "in the lecture hall" "0/6"
tui_hides "not" "student number"
tui_keys q
tui_ends "the hall" 0
tui_start 80x24 "$RUNG" play direct-call --exam=30min
tui_shows "in an exam" "exam 29:5"
tui_hides "nor there" "student number"
tui_keys q
tui_ends "the exam" 0
rm -r "$XDG_STATE_HOME"
"$RUNG" run direct-call -q -o "$work/t.jsonl"
tui_start 80x24 "$RUNG" play "$work/t.jsonl"
tui_shows "a trace" "0/6"
tui_hides "is nobody's" "student number"
tui_keys q
tui_ends "the trace" 0
finish
