# Labs as lessons from outside: a copy, its answers, the hand-in, the report, a
# class of them, worksheets; and what people and machines get wrong.
. tests/fixtures/check.sh
rung=$(cd "$(dirname "$RUNG")" && pwd)/$(basename "$RUNG")
RUNG_SHARE=$(pwd)
export RUNG_SHARE
SOURCE_DATE_EPOCH=1795000000
export SOURCE_DATE_EPOCH

# The model solution of LAB (answers.md) into FOLDER.
solve() { # LAB FOLDER
	awk -v folder="$2" '
	/^```answers/ { file = folder "/answers.txt"; next }
	/^```lua /    { file = folder "/" $2; next }
	/^```/        { file = ""; next }
	file != ""    { print > file }' "labs/$1/answers.md"
}

# A copy for STUDENT with every answer right, by what the teacher's key says.
answer() { # FOLDER STUDENT
	ok "a copy for $2" "$RUNG" copy direct-call "$1" --student="$2"
	{
		printf 'lab: direct-call\nstudent: %s\n' "$2"
		"$RUNG" check --teacher direct-call --student="$2" --width=400 |
			grep -E '^[0-9]+:|^   [a-z]+ ->'
	} > "$1/answers.txt"
}

# ---- one student ----

ok "copy" "$RUNG" copy direct-call "$work/mine" --student=2023001
for file in lab.lua direct-call.gv README.md README.zh.md answers.txt; do
	ok "the copy has $file" test -s "$work/mine/$file"
done
ok "its handout names the copy" grep -qF "    rung play $work/mine" \
	"$work/mine/README.md"
ok "in each language" grep -qF "rung show $work/mine cseq=INVITE" \
	"$work/mine/README.zh.md"
ok "so does the form" grep -qF "#     rung show $work/mine cseq" \
	"$work/mine/answers.txt"
ok "and not the lab" sh -c '! grep "rung [a-z]* direct-call" "$1"' - \
	"$work/mine/README.md"
for file in answers.md answers.zh.md check.lua; do
	fails "and not $file" 1 test -e "$work/mine/$file"
done
says "whose it is" "student: 2023001" cat "$work/mine/answers.txt"
"$RUNG" report "$work/mine" -o "$work/named.md"
ok "its report names the copy" grep -qF "rung show $work/mine cseq=INVITE" \
	"$work/named.md"
"$RUNG" worksheet direct-call --student=2023001 -o "$work/named.md"
ok "a student's sheet says the number" \
	grep -qF "rung show direct-call --student=2023001 cseq=INVITE" "$work/named.md"
fails "everywhere" 1 grep -q "rung show direct-call [^-]" "$work/named.md"
"$RUNG" worksheet direct-call --student=2023001 -o "$work/named.html"
ok "and whose it is" grep -qF "student 2023001" "$work/named.html"
fails "a copy over another" 2 "$RUNG" copy direct-call "$work/mine"
says "which is there already" "already" "$RUNG" copy direct-call "$work/mine"
fails "nothing is answered" 1 "$RUNG" check "$work/mine"
says "and said so" "MISSING" "$RUNG" check "$work/mine"

ok "a folder for the model" mkdir "$work/model"
solve direct-call "$work/model"
ok "the model solution" "$RUNG" check "$work/model" --lab=direct-call
says "all of it" "GOOD" "$RUNG" check "$work/model" --lab=direct-call

# What is no answer gets neither rule nor record: they would tell where to look.
ok "a folder for odd answers" mkdir "$work/noanswer"
printf 'lab: direct-call\nstudent: 1\n1: z\n3: soon\n9: x\n' > "$work/noanswer/answers.txt"
"$RUNG" check "$work/noanswer" > "$work/said.odd" 2>&1
says "no letter" "a letter from a to d" cat "$work/said.odd"
says "no time" "a time is asked for" cat "$work/said.odd"
fails "no rule" 1 grep -qE "RFC|record" "$work/said.odd"
says "no such task" "there is no task 9" cat "$work/said.odd"

answer "$work/right" 2023001
"$RUNG" check "$work/right" > "$work/said" 2>&1
fails "nothing of it is wrong" 1 grep -qE "BAD|PART|FAULTY" "$work/said"
ok "hand in" "$RUNG" hand-in "$work/right" -o "$work/right.rung"
ok "hand in again" "$RUNG" hand-in "$work/right" -o "$work/again.rung"
ok "the same bytes" cmp "$work/right.rung" "$work/again.rung"
"$RUNG" check "$work/right.rung" > "$work/said.file" 2>&1
ok "the file is worth the same" cmp "$work/said" "$work/said.file"
fails "whose is it?" 2 "$RUNG" hand-in "$work/model" --lab=direct-call

# What was changed by hand is judged, and told.
sed 's/"lab":"direct-call"/"lab":"direct-call" /' "$work/right.rung" \
	> "$work/edited.rung"
says "edited" "changed after rung" "$RUNG" check "$work/edited.rung"
fails "not edited" 1 grep -q "changed after rung" "$work/said.file"
head -c 300 "$work/right.rung" > "$work/cut.rung"
fails "cut off" 2 "$RUNG" check "$work/cut.rung"
says "and said so" "damaged" "$RUNG" check "$work/cut.rung"
says "no hand-in at all" "there is no hand-in in it" \
	"$RUNG" check labs/direct-call/README.md
says "something else" "is a script: rung run" \
	"$RUNG" check labs/direct-call/lab.lua
says "a lab that is none" "rung labs lists them" \
	"$RUNG" check "$work/right" --lab=nowhere

# ---- answers as people write them ----

bad_answers() { # NAME TEXT SENTENCE
	mkdir -p "$work/bad"
	printf "$2" > "$work/bad/answers.txt"
	says "$1" "$3" "$RUNG" check "$work/bad"
}
bad_answers "an unknown task" 'lab: direct-call\n99: x\n' "no task 99"
bad_answers "a task twice" 'lab: direct-call\n1: a\n1: b\n' "twice"
bad_answers "no number" 'lab: direct-call\nhello\n' "task's number"
bad_answers "no lab" 'lab: nowhere\n1: a\n' "no lab"
bad_answers "a way out" 'lab: ../../etc\n1: a\n' "no lab"
bad_answers "no text" 'lab: direct-call\n1: \000\n' "no text"
printf 'lab: direct-call\r\n1: a\r\n' > "$work/bad/answers.txt"
fails "CRLF" 1 "$RUNG" check "$work/bad"
printf '\357\273\277lab: direct-call\n1: a\n' > "$work/bad/answers.txt"
fails "a byte order mark" 1 "$RUNG" check "$work/bad"
printf '# \264\360\260\270\nlab: direct-call\n1: a\n' > "$work/bad/answers.txt"
fails "GBK" 1 "$RUNG" check "$work/bad"
cp "$work/right/answers.txt" "$work/bad/answers.txt"
printf 'lab { title = "x", topology = "direct-call.gv" }\nwhile true do end\n' \
	> "$work/bad/endless.lua"
mkdir "$work/bare"
says "no answers" "rung copy LAB FOLDER" "$RUNG" check "$work/bare"
says "nor a lab" "rung copy LAB FOLDER" "$RUNG" hand-in "$work/bare"
printf '1: a\n' > "$work/bare/answers.txt"
says "answers of no lab" "rung copy LAB FOLDER" "$RUNG" check "$work/bare"
fails "the lab can be said" 1 "$RUNG" check "$work/bare" --lab=direct-call
says "a run without end" "run endless.lua:2: " "$RUNG" check "$work/bad"

# ---- a report ----

for form in html md pdf; do
	ok "a report in $form" "$RUNG" report "$work/right" -o "$work/report.$form"
done
ok "the page is XML" xmllint --noout "$work/report.html"
for form in html md pdf; do
	"$RUNG" check "$work/report.$form" > "$work/said.$form" 2>&1
	ok "its code" cmp "$work/said" "$work/said.$form"
done
pdfinfo "$work/report.pdf" > "$work/said.info" 2>&1
ok "the PDF has pages" grep -q '^Pages:' "$work/said.info"
fails "and is whole" 1 grep -qi error "$work/said.info"
pdftoppm -r 20 -png "$work/report.pdf" "$work/page" 2> "$work/said.info"
ok "nothing of it is wrong" test ! -s "$work/said.info"
sed 's/<h2>/<h2>Mine: /' "$work/report.html" > "$work/mine.html"
"$RUNG" check "$work/mine.html" > "$work/said.mine" 2>&1
ok "the student's own words are no fault" cmp "$work/said" "$work/said.mine"
sed 's/-->/ -->/; s/rung-hand-in ey/rung-hand-in fy/' "$work/report.html" \
	> "$work/forged.html"
fails "another hand-in in it" 2 "$RUNG" check "$work/forged.html"
fails "no report" 2 "$RUNG" report "$work/right" -o "$work/report.txt"
says "which are" "one of .pdf, .html, .md" \
	"$RUNG" report "$work/right" -o "$work/report.txt"
says "a worksheet's, too" ".md, .gift" \
	"$RUNG" worksheet direct-call -o "$work/sheet.docx"
ok "no line is empty twice" sh -c 'test -z "$(cat -s "$1" | diff - "$1")"' - \
	"$work/report.md"

# ---- a class ----

class=$work/class
mkdir "$class"
students=6
sanitized && students=4
i=1
while [ $i -le $students ]; do
	id=20230$(printf %02d $i)
	answer "$work/w" "$id"
	[ $((i % 3)) != 0 ] || sed -i 's/^1: .*/1: z/' "$work/w/answers.txt"
	ok "hand in $id" "$RUNG" hand-in "$work/w" -o "$class/h$i.rung"
	rm -rf "$work/w"
	i=$((i + 1))
done
{
	printf '\357\273\277学号,姓名,班级\r\n'
	printf '2023001,张三,通信1班\r\n2023002,"李,四",通信1班\r\n'
	printf '2023099,王五,通信2班\r\n,赵六,\r\n2023002,李四,x\r\n'
} > "$class/class.csv"
head -c 500 "$class/h3.rung" > "$class/cut.rung"
mkdir "$class/endless" "$class/link" "$class/empty" "$class/own"
printf 'lab: direct-call\nstudent: 2023090\n' > "$class/endless/answers.txt"
printf 'while true do end\n' > "$class/endless/goal.lua"
ln -s /etc/passwd "$class/link/answers.txt"
ln -s /etc "$class/etc"
printf 'student: 2023091\n1: a\n' > "$class/own/answers.txt"
cp labs/direct-call/check.lua "$class/own/"
printf 'no work at all' > "$class/notes.docx"

class_check() { # OUTPUT OPTION…
	out=$1
	shift
	"$RUNG" check --class "$class" --roster="$class/class.csv" -o "$out" "$@"
}
for form in html csv json txt; do
	ok "a class as $form" class_check "$work/r.$form"
	ok "again" class_check "$work/s.$form"
	ok "the same bytes" cmp "$work/r.$form" "$work/s.$form"
done
ok "XML" xmllint --noout "$work/r.html"
says "a name" "张三" cat "$work/r.html"
says "a quoted name" '"李,四"' cat "$work/r.csv"
ok "a byte order mark" sh -c "head -c 3 '$work/r.csv' | od -An -tx1 | grep -q 'ef bb bf'"
says "who has no number" "赵六" cat "$work/r.txt"
says "who stands twice" "stands there already" cat "$work/r.txt"
says "who is missing" "2023099" cat "$work/r.txt"
says "what is cut off" "cut.rung" cat "$work/r.html"
says "what leads out" "leads out" cat "$work/r.html"
says "what is a link" "link to something else" cat "$work/r.html"
says "whose tasks" "of which lab" cat "$work/r.txt"
says "what is no work" "notes.docx" cat "$work/r.txt"
ok "each right answer counts" grep -q '2023001.*GOOD' "$work/r.txt"
fails "nobody is like another" 1 grep -q "alike" "$work/r.txt"
fails "no such form" 2 class_check "$work/r.xls"
fails "no such folder" 2 "$RUNG" check --class "$work/nowhere"
mkdir "$work/nobody"
says "an empty folder" "FAULTY, there is no work in it" "$RUNG" check --class "$work/nobody"
printf '学号,姓名\n;;,赵\n2023001,"张三\n2023002,李四\n' > "$work/open.csv"
"$RUNG" check --class "$work/nobody" --roster="$work/open.csv" > "$work/r.txt"
says "a quote that is open" "line 3 of the roster has a quote" cat "$work/r.txt"
says "no number" "line 2 of the roster has no student number: ;;" \
	cat "$work/r.txt"
printf 'a,b\n1,2\n' > "$work/other.csv"
fails "no roster" 2 "$RUNG" check --class "$class" --roster="$work/other.csv"

# The latest on time counts.  (Who computes for ever comes back below.)
mv "$class/endless" "$work/endless"
SOURCE_DATE_EPOCH=1795100000
answer "$work/w" 2023001
sed -i 's/^1: .*/1: z/' "$work/w/answers.txt"
ok "a second one, later" "$RUNG" hand-in "$work/w" -o "$class/later.rung"
class_check "$work/r.txt"
ok "the later one counts" grep -q '2023001.*BAD' "$work/r.txt"
class_check "$work/r.txt" --deadline=2026-11-18T20:00:00Z
ok "but not too late" grep -q '2023001.* GOOD' "$work/r.txt"
class_check "$work/r.txt" --deadline=2026-11-18
ok "a day is late when it is over" grep -q '2023001.* GOOD' "$work/r.txt"
class_check "$work/r.txt" --deadline=2026-11-19T23:00:00+08:00
ok "in time in China" grep -q '2023001.*BAD' "$work/r.txt"
class_check "$work/r.txt" --deadline=2026-11-19T23:00:00+23:00
ok "an offset is taken off" grep -q '2023001.* GOOD' "$work/r.txt"
says "who is not on the roster" "not on the roster" cat "$work/r.txt"
fails "a time without a zone" 2 \
	class_check "$work/r.txt" --deadline=2026-11-18T20:00:00
fails "no time" 2 class_check "$work/r.txt" --deadline=tomorrow

# A classmate's file with another's number in it does not take that one's place.
cp "$class/h1.rung" "$class/2023001.rung"
cp "$class/later.rung" "$class/2023002.rung"
rm "$class/later.rung"
class_check "$work/r.txt"
ok "the one's own counts" grep -q '2023001.* GOOD' "$work/r.txt"
says "the other's is told" \
	"2023002.rung: its name says 2023002, but the number in it is 2023001" \
	cat "$work/r.txt"
says "beside it" "2023002.rung does not count: its name says 2023002" \
	cat "$work/r.txt"
rm "$class/2023001.rung" "$class/2023002.rung"

# Of a file that is cut off the beginning tells whose it is.
rm -rf "$work/w"
answer "$work/w" 2023099
ok "one more" "$RUNG" hand-in "$work/w" -o "$work/99.rung"
head -c 300 "$work/99.rung" > "$class/sent.rung"
class_check "$work/r.txt"
class_check "$work/r.html"
says "whose is cut off" "2023099 王五, direct-call: FAULTY" cat "$work/r.txt"
fails "and nothing is missing" 1 grep -q "nothing from 2023099" "$work/r.txt"
says "on the page" "<li>2023099 王五, sent.rung" cat "$work/r.html"
sed 's/"version":1/"version":9/' "$work/99.rung" > "$class/sent.rung"
class_check "$work/r.txt"
says "whose rung is newer" "2023099 王五, direct-call: FAULTY" cat "$work/r.txt"
head -c 60 "$work/99.rung" > "$class/sent.rung"
class_check "$work/r.txt"
says "too little of it" "nothing from 2023099" cat "$work/r.txt"
rm "$class/sent.rung"
for form in html md pdf; do
	"$RUNG" report "$work/w" -o "$class/mine.$form"
	class_check "$work/r.txt"
	ok "a report, .$form" \
		grep -q "2023099 王五, direct-call: .* GOOD" "$work/r.txt"
	rm "$class/mine.$form"
done
class_check "$class/marks.html"
class_check "$work/r.txt"
fails "the class's own page is no work" 1 grep -q marks.html "$work/r.txt"
rm "$class/marks.html"
cp "$work/99.rung" "$class/sent.rung"
class_check "$work/r.txt"
ok "the whole" grep -q "2023099 王五, direct-call: .* GOOD" "$work/r.txt"
rm "$class/sent.rung"

# Zip files, with names in GBK and names that lead out.
if command -v zip > /dev/null && command -v python3 > /dev/null; then
	python3 - "$class" << 'END'
import sys, zipfile
folder = sys.argv[1]
body = open(folder + "/h2.rung", "rb").read()
with zipfile.ZipFile(folder + "/gbk.zip", "w") as z:
    info = zipfile.ZipInfo("x.rung")
    z.writestr(info, body)
raw = open(folder + "/gbk.zip", "rb").read()
name = "作业.rung".encode("gbk")
with zipfile.ZipFile(folder + "/up.zip", "w") as z:
    z.writestr("../../up.rung", body)
open(folder + "/cut.zip", "wb").write(raw[:60])
with zipfile.ZipFile(folder + "/large.zip", "w", zipfile.ZIP_DEFLATED) as z:
    z.writestr("zeros", b"\0" * (64 << 20))
END
	"$RUNG" check "$class/gbk.zip" > "$work/said" 2>&1
	says "a zip file is a class" "2023002, direct-call: " cat "$work/said"
	class_check "$work/r.txt"
	(cd "$work" && zip -qr all.zip class -i '*.rung')
	"$RUNG" check --class "$work/all.zip" -o "$work/all.txt"
	ok "a zipped folder is the class" \
		grep -q "2023001, direct-call: " "$work/all.txt"
	says "no work in a damaged one" "damaged" "$RUNG" check "$class/cut.zip"
	says "a name that leads out" "lead out of it" cat "$work/r.txt"
	says "too large" "more than" cat "$work/r.txt"
	fails "nothing outside" 1 test -e "$class/../../up.rung"
else
	skip "no zip files without python3 and zip"
fi
rm -f "$class"/*.zip

# Who computes for ever or eats all memory costs only itself.
mv "$work/endless" "$class/endless"
cat > "$class/endless/goal.lua" << 'END'
lab { title = "x", topology = "direct-call.gv" }
local t = {}
for i = 1, 1e9 do t[i] = ("x"):rep(1000) .. i end
END
class_check "$work/r.txt"
ok "the others are judged" grep -q '2023002.*GOOD' "$work/r.txt"

# ---- two who have copied ----
rm -rf "$class"/*.rung "$class"/endless "$class"/link "$class"/etc "$class"/own
i=1
while [ $i -le $students ]; do
	id=20230$(printf %02d $i)
	mkdir "$class/$i"
	printf 'lab: direct-call\nstudent: %s\n1: a\n2: %d.77s\n' "$id" $((i + 10)) \
		> "$class/$i/answers.txt"
	i=$((i + 1))
done
class_check "$work/r.txt"
fails "wrong in the same usual way is not alike" 1 grep -q "alike" "$work/r.txt"

# A script of the one with other names and comments is told with its lines.
rm -rf "$class"/*
for id in 2023001 2023002; do
	mkdir "$work/$id"
	printf 'lab: lost-messages\nstudent: %s\n1: a\n' $id \
		> "$work/$id/answers.txt"
done
cat > "$work/2023001/goal.lua" << 'END'
lab { title = "two ways", topology = "two-proxies.gv", duration = "60s" }
local alice, bob = node "alice", node "bob"
local function later(what, after)
	sleep(after)
	if what.state ~= "confirmed" then return false end
	what:bye()
	return true
end
fault { status = 200, src = "bob", nth = 2, drop = true }
bob:on("invite", function(call)
	for i = 1, 7 do
		if later(call, 0.37 * i) then break end
	end
end)
script(function()
	sleep(1.13)
	alice:invite "sip:bob@biloxi.example.com"
	sleep(4.25)
	alice:invite "sip:bob@biloxi.example.com"
end)
END
sed 's/later/hang/g; s/call/c/g; 3i -- mine' "$work/2023001/goal.lua" \
	> "$work/2023002/own.lua"
for id in 2023001 2023002; do
	ok "hand in a script" "$RUNG" hand-in "$work/$id" -o "$class/$id.rung"
done
for form in txt html json; do
	"$RUNG" check --class "$class" -o "$work/r.$form"
	says "its lines, $form" \
		"2023001.rung, goal.lua:1 and 2023002.rung, own.lua:1: alike" \
		cat "$work/r.$form"
done

# ---- answers that are none ----
mkdir "$work/aside"
printf 'lab: lost-messages\n1: z\n4: bob\n9: x\n13: y\n' > "$work/aside/answers.txt"
"$RUNG" check "$work/aside" > "$work/aside.txt" 2>&1
says "what was written for a letter" "0/1     z" cat "$work/aside.txt"
says "an answer to no task" "there is no task 9" cat "$work/aside.txt"
says "one that no lab has" "there is no task 13" cat "$work/aside.txt"
fails "no rule is given away" 1 grep -q "RFC" "$work/aside.txt"

# ---- worksheets ----
for form in pdf html md gift; do
	ok "a worksheet as $form" \
		"$RUNG" worksheet direct-call -o "$work/sheet.$form"
	ok "the key as $form" "$RUNG" worksheet direct-call --teacher \
		-o "$work/key.$form"
done
ok "it is a PDF" sh -c "pdftotext '$work/sheet.pdf' - | grep -q 'direct-call'"
fails "the sheet has no answers" 1 grep -q "Right answers" "$work/sheet.md"
says "the key has" "Right answers" cat "$work/key.md"
says "GIFT" "::direct-call 1 (1 point)::" cat "$work/sheet.gift"
says "a time in Moodle is a number of seconds" \
	'=2.02:0.0005#' cat "$work/sheet.gift"
says "a wrong one has its reason" '=%0%2.01:0.0005#That is when' \
	cat "$work/sheet.gift"
says "a question has its commands" 'rung show forking -m status' sh -c \
	"'$RUNG' worksheet forking -o '$work/forking.gift' 2>&1; cat '$work/forking.gift'"
says "tasks that are no questions are told" \
	"3 of 6 tasks are questions; Moodle can't ask direct-call 4" \
	"$RUNG" worksheet direct-call -o "$work/sheet.gift"
fails "no wording keeps its indent" 1 grep -q '[a-z]  [a-z]' "$work/sheet.gift"
fails "no such plan" 2 "$RUNG" worksheet nowhere -o "$work/x.pdf"
for plan in labs/plans/*.md; do
	[ -e "$plan" ] || continue
	case $plan in *.zh.md) continue ;; esac
	name=$(basename "$plan" .md)
	ok "plan $name" "$RUNG" worksheet "$name" -o "$work/$name.pdf"
	ok "its key" "$RUNG" worksheet "$name" --teacher -o "$work/$name.html"
	ok "in Chinese" "$RUNG" worksheet "$name" --lang=zh_CN -o "$work/zh.html"
	ok "which is there" test -s "${plan%.md}.zh.md"
	# Both have the same commands, minutes and tasks.
	for page in "$plan" "${plan%.md}.zh.md"; do
		sed -n -e '/^    /p' -e 's/^\(| [0-9]*–[0-9]*\).*/\1/p' \
			-e '/^```worksheet/,/^```$/p' "$page"
	done > "$work/both"
	sort "$work/both" | uniq -c | awk '$1 % 2' > "$work/none"
	ok "the same in both languages" test ! -s "$work/none"
	# A task with its choices stands on one page.
	pdftotext -layout "$work/$name.pdf" - | awk '/\f/ { lines = 0 }
		NF { lines++ } lines == 2 && NF && /^ *[b-z]\) / { print }' > "$work/torn"
	ok "no task is torn" test ! -s "$work/torn"
done
finish
