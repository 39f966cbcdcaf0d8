# Comments on marks: students' questions and the teacher's notes, files of their own, stand in
# each report of a class, with the mark that they are about; nothing in them gets out of its
# place; and what is too long, or is not whole, is told.
. tests/fixtures/check.sh

in=$work/in
mkdir -p "$in/notes" "$in/zhang san"
printf 'id,name\n2023001,Ann <b>\n2023002,Bo\n' > "$work/class.csv"
for n in 2023001 2023002; do
	"$RUNG" copy direct-call "$work/$n" --student=$n > "$work/.output" 2>&1
	printf 'lab direct-call\n1: b\n' > "$work/$n/more"
	"$RUNG" hand-in "$work/$n" -o "$in/direct-call-$n.rung" > "$work/.output" 2>&1
done
# comment HEAD STUDENT TASK TEXT
comment() { printf 'rung-%s\nlab: direct-call\nstudent: %s\n%sdate: 2026-11-21T16:00:00Z\n\n%b\n' "$1" "$2" "${3:+task: $3
}" "$4"; }
comment question 2023001 3 'Why is </li><script>alert(1)</script> & "this" wrong?' > "$in/direct-call-2023001.question"
comment question 2023002 2 '=cmd|A1, or: +1;\n-2 in two lines' > "$in/zhang san/any name.txt"
comment note 2023001 '' '很好。You should look at the ACK.' > "$in/notes/direct-call-2023001.txt"
comment question 2023002 1 'It was put out.' > "$in/direct-call-2023002.out.question"
"$RUNG" check --class "$in" --roster="$work/class.csv" > "$work/text" 2>&1
for form in html csv json; do "$RUNG" check --class "$in" --roster="$work/class.csv" -o "$work/report.$form" > "$work/.output" 2>&1; done
gives "text" '2023001 Ann <b>, direct-call, question on task 3 (0/1): Why is </li><script>alert(1)</script> & "this" wrong? [direct-call-2023001.question]
2023001 Ann <b>, direct-call, note on the lab: 很好。You should look at the ACK. [notes/direct-call-2023001.txt]
2023002 Bo, direct-call, question on task 2 (0/1): =cmd|A1, or: +1; -2 in two lines [zhang san/any name.txt]' \
	sh -c "grep -E ', (note|question)' '$work/text' | sed 's,(0/[0-9.]*),(0/1),'"
gives "no one else's work is lost" 2 grep -c '^202300[12] .*: [0-9.]*/' "$work/text"
ok "a page" grep -q '<li>2023001 Ann &lt;b&gt;, direct-call: question on task 3 (0/[0-9.]*): Why is &lt;/li&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;this&quot; wrong?' "$work/report.html"
gives "no script" 0 grep -c '<script' "$work/report.html"
if command -v node > /dev/null; then
	gives "JSON" 'question 3 2023001,note 0 2023001,question 2 2023002' node -e '
const r = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
console.log(r.comments.map((c) => [c.comment, c.task, c.student].join(" ")).join());' "$work/report.json"
fi
ok "CSV" grep -q '^"2023001","Ann <b>",.*,"question on task 3 (0/[0-9.]*): Why is </li><script>alert(1)</script> & ""this"" wrong?; note on the lab: 很好。You should look at the ACK."' "$work/report.csv"
LC_ALL=zh_CN.UTF-8 "$RUNG" check --class "$in" > "$work/zh" 2>&1
gives "as many lines in Chinese" "$(wc -l < "$work/text")" sh -c "wc -l < '$work/zh'"

# A number in another spelling is the student's where the roster says so; a folder's name puts
# nobody out.
mkdir -p "$work/spelt/x.out.y"
printf 'id,name\n2023003A,Cy\n' > "$work/spelt.csv"
"$RUNG" copy direct-call "$work/3" --student=2023003A > "$work/.output" 2>&1
"$RUNG" hand-in "$work/3" -o "$work/spelt/3.rung" > "$work/.output" 2>&1
comment question 2023003a 1 'Why?' > "$work/spelt/x.out.y/3.question"
"$RUNG" check --class "$work/spelt" --roster="$work/spelt.csv" -o "$work/spelt-report.csv" > "$work/.output" 2>&1
ok "another spelling" grep -q '^"2023003A","Cy".*question on task 1 (0/[0-9.]*): Why' "$work/spelt-report.csv"

# What is told.
refused() { # NAME SENTENCE
	mkdir -p "$work/bad"
	cat > "$work/bad/c.question"
	"$RUNG" check --class "$work/bad" > "$work/.output" 2>&1
	grep -q "c.question.*: .*$2" "$work/.output" && echo "$1" >> "$work/refused"
}
: > "$work/refused"
comment note 2023001 1 'I am the teacher.' | refused note 'a note counts only in the class.s folder notes'
comment question 2023001 1 "$(head -c 2001 /dev/zero | tr '\0' x)" | refused long 'at most 2000 bytes'
comment question 2023001 1 "$(head -c 5000 /dev/zero | tr '\0' x)" | refused longer 'at most 2000 bytes'
comment question 2023001 13 'Why?' | refused task 'no lab has so many tasks'
comment question 2023001 x 'Why?' | refused line 'begins with lines'
comment question 2023001 1 '' | refused empty 'a text'
comment question '' 1 'Why?' | refused nobody 'a text'
comment question 2023001 1 'a \033[31mred one' | refused escape 'control characters'
comment question 2023001 1 'not \377 UTF-8' | refused bytes 'UTF-8'
gives "what is no comment" "note long longer task line empty nobody escape bytes" sh -c "tr '\n' ' ' < '$work/refused' | sed 's/ $//'"
finish
