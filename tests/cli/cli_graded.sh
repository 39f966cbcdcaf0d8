# A graded set from outside: what students have answers no question, whichever
# way one asks; what they hand in is judged by what their teacher has.
. tests/fixtures/check.sh
rung=$(cd "$(dirname "$RUNG")" && pwd)/$(basename "$RUNG")
RUNG_SHARE=$(pwd)
SOURCE_DATE_EPOCH=1795000000
export RUNG_SHARE SOURCE_DATE_EPOCH
labs=$RUNG_SHARE/labs

cd "$work" || exit 1
ok "a set" "$rung" class new --labs=direct-call,busy -o midterm
says "where what is" "--set=other/teacher" "$rung" class new --labs=busy -o other
fails "not twice" 2 "$rung" class new --labs=busy -o midterm
says "needs labs" "needs --labs" "$rung" class new -o more
says "and a place" "needs --labs" "$rung" class new --labs=busy
says "the word new" "the word new" "$rung" class --labs=busy -o more
says "labs that are there" "no lab “nowhere”" \
	"$rung" class new --labs=busy,nowhere -o more
fails "else there is nothing" 1 test -e more

for file in answers.md answers.zh.md answers.txt; do
	fails "no $file" 1 sh -c "find midterm/students -name $file | grep -q ."
done
fails "no reason" 1 grep -rqE "why *=|hint *=|right *=|records *=|function" \
	midterm/students --include=check.lua
for part in students teacher; do
	ok "$part: the handout names the lab of the set" \
		grep -q "rung show midterm-direct-call" \
		midterm/$part/labs/midterm-direct-call/README.zh.md
done
ok "a copy keeps its name" sh -c '! grep -rn "rung copy busy" midterm/students'

# ---- every way to ask ----

cd midterm/students || exit 1
none() { # NAME COMMAND…: fails, and tells no key
	none=$1
	shift
	fails "$none" 2 "$@"
	"$@" > "$work/none" 2>&1
	ok "$none: says why" grep -qE "set “midterm”|in this folder" "$work/none"
	fails "$none: and nothing else" 1 grep -qE "^[1-9]: " "$work/none"
}
ok "a copy" "$rung" copy midterm-direct-call mine --student=7
none "its key" "$rung" check --teacher midterm-direct-call --student=7
none "another number's" "$rung" check --teacher midterm-direct-call --student=8
none "of the copy" "$rung" check --teacher mine
none "of the lab as rung has it" "$rung" check --teacher direct-call
none "by its path" "$rung" check --teacher "$labs/direct-call"
cp -r "$labs/direct-call" renamed
none "by another name" "$rung" check --teacher renamed
ln -s "$labs/direct-call" linked
none "by a link" "$rung" check --teacher linked
none "its verdicts" "$rung" check mine --lab=direct-call
none "by its path, too" "$rung" check mine --lab="$labs/direct-call"
none "a key on paper" "$rung" worksheet midterm-direct-call --teacher -o k.md
none "for Moodle" "$rung" worksheet midterm-direct-call -o k.gift
none "of the lab as it is" "$rung" worksheet direct-call --teacher -o k.md
printf 'id,name\n7,A\n8,B\n' > class.csv
none "for each of a class" "$rung" worksheet midterm-direct-call --teacher \
	--roster=class.csv -o k.md
none "questions for each" "$rung" worksheet midterm-direct-call \
	--roster=class.csv -o k.gift
none "a plan's" "$rung" worksheet first-call --teacher -o k.md
none "nor is it copied" "$rung" copy direct-call ours
none "nor played" "$rung" play direct-call < /dev/null
(cd mine && "$rung" check --teacher direct-call) > "$work/said" 2>&1
says "from deeper" "in this folder" cat "$work/said"
(cd / && "$rung" check --lab=direct-call "$work/midterm/students/mine") \
	> "$work/said" 2>&1
says "from elsewhere" "in this folder" cat "$work/said"
# Cut out of the lab, one question is enough, in whatever order of options.
tasks() { # FILE AWK-CONDITION: the tasks N for which it is true
	awk "/^task \\{/ { n++ } n == 0 || $2" "$1"
}
for part in "n == 1" "n != 2" "n > 5"; do
	rm -rf cut
	cp -r "$labs/direct-call" cut
	tasks "$labs/direct-call/check.lua" "$part" > cut/check.lua
	none "cut to tasks $part" "$rung" check --teacher cut
done
none "its verdicts" "$rung" check mine --lab=cut
sed -i '/^task/q' cut/check.lua
echo '	choice = { "yes", { "no", right = true } }
}' >> cut/check.lua
says "a question of one's own has a key" "1: b" "$rung" check --teacher cut
rm -r cut

rm -r renamed linked
ok "what happened can be explained" \
	"$rung" explain midterm-direct-call INVITE@alice --student=7
ok "a sheet without key" "$rung" worksheet midterm-direct-call -o sheet.md

# Practice is judged as ever.
fails "practice" 1 "$rung" check two-proxies
says "has keys" "1: " "$rung" check --teacher two-proxies

# ---- answered, handed in, judged ----

teacher=$work/midterm/teacher
key() { # STUDENT
	(cd "$teacher" && "$rung" check --teacher midterm-direct-call \
		--student="$1" --width=400) | grep -E '^[0-9]+:|^   [a-z]+ ->'
}
key 7 > "$work/key7"
key 8 > "$work/key8"
fails "each number has its own" 1 cmp -s "$work/key7" "$work/key8"
"$rung" check --teacher "$labs/direct-call" --student=7 > "$work/practice" 2>&1
for student in 7 8; do
	rm -rf mine
	ok "a copy of $student's" \
		"$rung" copy midterm-direct-call mine --student=$student
	{
		printf 'lab: midterm-direct-call\nstudent: %s\n' $student
		cat "$work/key7"
	} > mine/answers.txt
	fails "one run is missing" 1 "$rung" check mine
	says "the rest is taken" "5 of 6 answered · your teacher judges them" \
		"$rung" check mine
	says "right or wrong" "1   TAKEN     -/1" "$rung" check mine
	"$rung" check mine > "$work/said" 2>&1
	"$rung" check mine -o mark.json
	ok "a program is told no more" grep -q '"verdict":"TAKEN","points":0,' \
		mark.json
	fails "of any task" 1 grep -qE '"(GOOD|BAD|PART)"|"why":"[^"]' mark.json
	fails "nothing is told" 1 grep -qE "GOOD|BAD|PART|RFC|records? [0-9]" \
		"$work/said"
	ok "handed in" "$rung" hand-in mine -o "$work/$student.rung"
	ok "reported" "$rung" report mine -o "$work/$student.md"
	fails "without a verdict" 1 grep -qE "GOOD|BAD|PART|TAKEN" \
		"$work/$student.md"
done
sed -i 's/^1:.*/1: zzz/' mine/answers.txt
says "anything is taken" "1   TAKEN" "$rung" check mine
(cd mine && "$rung" check .) > "$work/said"
says "from within" "5 of 6 answered" cat "$work/said"
(cd / && "$rung" check "$work/midterm/students/mine") > "$work/said"
says "and from elsewhere" "5 of 6 answered" cat "$work/said"

cd "$work" || exit 1
mkdir in
mv 7.rung 8.rung in
says "without the set" "no lab “midterm-direct-call”" \
	"$rung" check --class in
"$rung" check --class in --set=midterm/teacher > said
says "who had the key" "7, midterm-direct-call: 7/9 GOOD GOOD GOOD GOOD GOOD MISSING" \
	cat said
fails "another's key is wrong" 1 grep -q "^8, midterm-direct-call: 7/9" said
ok "judged all the same" grep -q "^8, midterm-direct-call: .*BAD" said
says "one by one" "GOOD" "$rung" check in/7.rung --set=midterm/teacher
says "a report" "GOOD" "$rung" check 7.md --set=midterm/teacher
cd midterm/teacher || exit 1
"$rung" check --class "$work/in" > "$work/said.here"
ok "the teacher's folder has the labs" cmp "$work/said" "$work/said.here"
ok "and their keys" "$rung" worksheet midterm-direct-call --teacher -o k.md
says "with what to say of them" "Those who draw the ACK" \
	"$rung" check --teacher midterm-direct-call
says "whose letters are the lab's" "outside of the set" \
	"$rung" check --teacher midterm-direct-call
says "without the set's order" "1: b" \
	"$rung" check --teacher "$labs/busy"
cd "$work" || exit 1
says "no set" "is no folder for teachers" \
	"$rung" check --class in --set=in

# The students' half judges nobody.
fails "the students' half" 2 "$rung" check --class in --set=midterm/students
fails "of one" 2 "$rung" check in/7.rung --set=midterm/students
says "which is meant" "the folder teacher beside it" \
	"$rung" check --class in --set=midterm/students
says "in Chinese, too" "旁边的 teacher 文件夹" \
	"$rung" --lang=zh check --class in --set=midterm/students
cd midterm/students || exit 1
says "nor from within" "questions of a set without their keys" \
	"$rung" check --class "$work/in"
says "in Chinese" "没有答案" "$rung" --lang=zh check --class "$work/in"
fails "with no marks" 2 "$rung" check --class "$work/in" -o "$work/marks.csv"
fails "in no file" 1 test -e "$work/marks.csv"
cd "$work" || exit 1

# Work of the lab as rung has it is none of the set.
ok "practice" "$rung" copy direct-call own --student=9
ok "handed in" "$rung" hand-in own -o in/9.rung
"$rung" check --class in > said
says "without its set it is asked for" "a graded set by --set=FOLDER" cat said
"$rung" check --class in --set=midterm/teacher > said
says "does not count" "no lab “direct-call” in midterm/teacher" cat said

# A lab of one's own.
mkdir mylab
cp "$labs/busy/lab.lua" mylab
printf 'task { number = 42, ask = "How many?", why = "SECRET" }\n' \
	> mylab/check.lua
printf 'lab { title = "SECRET" }\n' > mylab/solution.lua
printf 'SECRET\n' > mylab/notes.md
ok "a set of one's own lab" "$rung" class new --labs=./mylab -o oral
fails "without what is the teacher's" 1 grep -rqE "SECRET|42" \
	oral/students/labs/oral-mylab
says "which asks" "How many?" cat oral/students/labs/oral-mylab/check.lua
says "and has its key" "SECRET" cat oral/teacher/labs/oral-mylab/check.lua
says "questions are no lab for a set" "has no keys" \
	"$rung" class new --labs=oral/students/labs/oral-mylab -o again
finish
