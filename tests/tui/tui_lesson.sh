# The tasks of a lab in rung play: answered, gone on with by rung play, in
# Chinese, in an exam.
. tests/fixtures/check.sh
. tests/fixtures/tui.sh
XDG_STATE_HOME=$work/state
RUNG_SHARE=$PWD
export XDG_STATE_HOME RUNG_SHARE
golden=$PWD/tests/golden/tui

# Each answers with what it is asked for.
cat > "$work/editor" <<'END'
#!/bin/sh
echo 'alice -> bob INVITE' >> "$1"
echo "$1" > "${0%/*}/edited"
END
chmod +x "$work/editor"

mkdir "$work/tmp dir"
tui_start 80x24 env EDITOR="$work/editor" TMPDIR="$work/tmp dir" "$RUNG" play \
	labs/direct-call --student=2023027
tui_shows "there are tasks" "Lab"
tui_press "8 z" shows "the handout" "direct-call"
tui_shows "of this student" "2023027"
tui_press "] Enter" shows "a question" "hint 1 of 1"
tui_press "Enter b Enter" shows "wrong" "[✗] 1."
tui_press "Enter BSpace a Enter" shows "right" "[✓] 1. 0.75/1 point"
tui_shows "the one chosen" "• a)"
tui_press "] ] Enter Enter" shows "what a time looks like" "such as 2.5 s or 20 ms"
tui_enter "1 s" shows "it is another" "[✗] 3."
tui_press "] ] Enter Down Enter" shows "from the editor" "alice -> bob INVITE"
says "the editor's file is in TMPDIR" "$work/tmp dir/rung-" cat "$work/edited"
fails "and gone" 1 test -e "$(cat "$work/edited")"
tui_shows "as far as it is right" "[~] 5."
tui_press "Up Enter" shows "arrows to choose" "the next arrow comes here"
tui_same "choosing arrows, 80x24" "$golden/lesson-arrows-80x24.txt"
tui_press Escape shows "the page again" "[~] 5."
tui_press q ends "left" 0
"$RUNG" check labs/direct-call > "$work/mark"
says "what was done is what counts" "GOOD      0.75/1" cat "$work/mark"
says "for that student" "2023027" cat "$work/mark"

# In a copy the commands name the copy, and can be followed.
"$RUNG" copy direct-call "$work/mine" --student=2023027 2> "$work/said"
tui_start 160x45 "$RUNG" play "$work/mine"
tui_keys 8 z
tui_press "] Down Down Down" shows "the copy is named" "rung show $work/mine cseq=INVITE"
tui_press q ends "the copy is left" 0
rm -r "$work/mine" "$XDG_STATE_HOME"/rung/mine*

tui_start 200x60 "$RUNG" --lang=zh play
tui_shows "as it was left" "[✓] 1."
tui_shows "with what was wrong" "[✗] 3."
tui_shows "for this student" "2023027"
tui_press q ends "left again" 0

tui_start 80x24 "$RUNG" play labs/direct-call --exam=30min
tui_shows "an exam" "exam 29:5"
tui_shows "whose keys are told" "next task"
tui_hides "not that of hints" "H hint"
tui_press "] Enter Down Down Enter" shows "takes answers" "• b)"
tui_press "[" shows "each with its mark" "[•] 1."
tui_hides "and tells nothing" "[✗]"
tui_press 2 shows "nor why" "not during an exam"
tui_press q ends "the exam is left" 0
tui_start 80x24 "$RUNG" play
tui_shows "its clock goes on" "exam 29:"
tui_press q ends "the end" 0

# As long as it goes on, nothing else tells more; begun again, it is the same.
fails "no verdicts now" 2 "$RUNG" check labs/direct-call
says "and why" "lasts until" "$RUNG" check labs/direct-call --teacher
fails "nor a key" 2 "$RUNG" worksheet direct-call --teacher -o "$work/key.md"
says "nor reasons" "lasts until" "$RUNG" explain direct-call 9
tui_start 80x24 "$RUNG" play labs/direct-call
tui_shows "it is the exam" "exam 29:"
tui_press q ends "left once more" 0
# Its clock runs out.
sed -i 's/"begun":[0-9]*/"begun":1790000000/' "$XDG_STATE_HOME"/rung/*.json
tui_start 80x24 "$RUNG" play labs/direct-call --exam=1h
tui_shows "no second one" "exam over"
tui_press "] Enter Enter" shows "answers stay" "answers can't be changed"
tui_press q ends "over" 0
tui_start 80x24 "$RUNG" play labs/direct-call
tui_press "8 z ] Enter" shows "practice has hints" "hint 1 of 1"
tui_press "Down Enter" shows "and verdicts" "[✗] 1."
tui_press q ends "said to be practice" 0
"$RUNG" hand-in labs/direct-call --student=2023009 -o "$work/exam.rung"
says "the exam is handed in" '"exam":{"limit":1800000000000,"begun":"2026-09-21T14:13:20Z","ended":"2026-09-21T14:43:20Z"}' \
	cat "$work/exam.rung"
says "which a teacher is told" \
	"exam from 2026-09-21T14:13:20Z to 2026-09-21T14:43:20Z, with a limit of 30 min" \
	"$RUNG" check "$work/exam.rung"
mkdir "$work/class"
cp "$work/exam.rung" "$work/class"
for form in txt csv html json; do
	"$RUNG" check --class "$work/class" -o "$work/marks.$form"
	says "also of a class, $form" "exam from 2026-09-21" \
		cat "$work/marks.$form"
done
says "with its answer" '"text":"b"' cat "$work/exam.rung"

# Of a graded set the answers are taken, and nothing is told.
rung=$(cd "$(dirname "$RUNG")" && pwd)/$(basename "$RUNG")
cd "$work" || exit 1
"$rung" new exam midterm direct-call 2> "$work/said"
cd midterm/students || exit 1
tui_start 80x24 "$rung" play midterm-direct-call --student=2023001
tui_press "8 z" shows "whose judgement counts" "0 of 6 answered · your teacher will judge them"
tui_press "] Enter" hides "no hints" "hint 1"
tui_press "Enter b Enter" shows "taken" "[•] 1. 1 point"
tui_shows "which one" "• b)"
tui_hides "not wrong" "wrong"
tui_hides "without a reason" "RFC"
tui_press "Enter BSpace a Enter" shows "another" "• a)"
tui_hides "nor right" "[✓]"
tui_press q ends "left" 0
"$rung" hand-in midterm-direct-call -o "$work/graded.rung" 2> "$work/said"
says "handed in" '"text":"a"' cat "$work/graded.rung"
fails "no tries" 1 grep -q '"wrong":' "$work/graded.rung"
cd "$work" || exit 1
says "and judged" "/9" \
	"$rung" check "$work/graded.rung" --set="$work/midterm/teacher"
finish
