# A lab of one's own, given by a path: copies did not find their lab again, and
# what was kept of it was taken for that of rung's lab of the same name.
. tests/fixtures/check.sh
unset RUNG_SHARE
rung=$(cd "$(dirname "$RUNG")" && pwd)/$(basename "$RUNG")
labs=$(pwd)/labs
cd "$work" || exit 1
mkdir -p "my labs" 课程/one elsewhere hand-ins
cp -R "$labs/direct-call" "my labs/first"
cp -R "$labs/direct-call" 课程/one/忙
ln -s ../课程/one/忙 "my labs/link"

# ---- every spelling of a folder, in every command that takes a lab ----
for lab in "my labs/first" "my labs/first/" "$work/my labs/first" \
	"elsewhere/../my labs/first" 课程/one/忙 "my labs/link"; do
	ok "run $lab" "$rung" run -q "$lab" -o trace.jsonl
	ok "explain $lab" "$rung" explain "$lab" 5
	ok "show $lab" "$rung" show "$lab" method=ACK
	ok "export $lab" "$rung" export "$lab" -o figure.txt
	ok "diff $lab" "$rung" diff trace.jsonl "$lab"
	fails "inspect $lab" 0 "$rung" inspect "$lab"
	ok "worksheet $lab" "$rung" worksheet "$lab" -o sheet.md
	ok "check --teacher $lab" "$rung" check --teacher "$lab"
	fails "check $lab" 1 "$rung" check "$lab"
	says "play $lab" "is not a terminal" "$rung" play "$lab"
	ok "report $lab" "$rung" report "$lab" -o report.html
	ok "hand-in $lab" "$rung" hand-in "$lab" --student=1 -o one.rung
done
ok "sweep" "$rung" sweep --jobs=1 --seed=1..1 "my labs/first" -o swept
(cd "my labs/first" && "$rung" check .; "$rung" worksheet .) > here 2>&1
says "of this folder" "first: 0/9" cat here
ok "a sheet is called like the lab" test -e "my labs/first/first.pdf"
(cd 课程/one/忙 && "$rung" hand-in . --student=3 -o - ) > by-dot 2> /dev/null
says "and so is a hand-in" '"lab":"忙"' cat by-dot
ok "a link is no other name" "$rung" worksheet "my labs/link"
ok "that of what it leads to" test -e 忙.pdf

# ---- a copy knows its lab, from everywhere ----
answer() { # FOLDER
	sed -i '1,/^4:/s/^1:.*/1: b/' "$1/answers.txt"
}
ok "a copy" "$rung" copy "my labs/link" "his copy" --student=2023001
answer "his copy"
points=$("$rung" check "his copy" | sed 1q)
says "it says where" "folder: $work/课程/one/忙" cat "his copy/answers.txt"
says "check" "忙, 2023001" "$rung" check "his copy"
mv "his copy" elsewhere/moved
check_in() { # FOLDER
	(cd "$1" && "$rung" check "$work/elsewhere/moved" | sed 1q)
}
ok "from elsewhere" test "$(check_in /)" = "$points"
(cd elsewhere && "$rung" hand-in moved -o ../hand-ins/a.rung && \
	"$rung" report moved -o ../report.html && "$rung" run -q moved) \
	> said 2>&1
says "its hand-in" "of 忙, for 2023001" cat said
says "names the lab" '"lab":"忙"' cat hand-ins/a.rung
none() { # NAME TEXT FILE
	fails "$1" 1 grep -qF -- "$2" "$3"
}
none "and no folder" "$work" hand-ins/a.rung
none "nor does a report" "$work" report.html

# ---- what is handed in is judged by what the teacher's command says ----
says "not by itself" "--lab=FOLDER" "$rung" check hand-ins/a.rung
for lab in 课程/one/忙 课程/one "$work/my labs/../课程/one/" "my labs/link"; do
	"$rung" check hand-ins/a.rung --lab="$lab" > said
	ok "one, by $lab" test "$(sed 1q said)" = "$points"
	says "a class, by $lab" "2023001, 忙: ${points#*: }" \
		"$rung" check --class hand-ins --lab="$lab"
done
says "not there" "there is no lab “忙” in elsewhere" \
	"$rung" check --class hand-ins --lab=elsewhere
ok "the reports of a class" "$rung" check --class hand-ins -o class.html \
	--lab=课程/one
says "names it" 忙 cat class.html
none "and no folder of the teacher's" "$work" class.html
# Another name draws other values.
cp -R 课程/one/忙 renamed
says "another name is said" "it was done as 忙" \
	"$rung" check hand-ins/a.rung --lab=renamed

# ---- a stranger's work leads nowhere ----
cp -R elsewhere/moved hostile
cp -R "$labs/busy" trap
sed -i "s,^folder:.*,folder: $work/trap," hostile/answers.txt
says "a folder that nobody here has named" "which is not known here yet" \
	"$rung" check hostile
mkdir strangers && cp -R hostile strangers/one
says "in a class it counts for nothing" "rung has no lab “忙”" \
	"$rung" check --class strangers
for said in "../trap" "$work/trap" "." "my labs/first"; do
	rm -rf strangers/*
	cp -R elsewhere/moved strangers/one
	sed -i -e "s,^lab:.*,lab: $said," -e /^folder:/d \
		strangers/one/answers.txt
	says "lab: $said" "rung has no lab" "$rung" check --class strangers
	says "lab: $said among those of --lab" "there is no lab" \
		"$rung" check --class strangers --lab="$work"
done
says "the user's word makes it known" "trap, 2023001: " \
	"$rung" check hostile --lab=trap
fails "from then on" 1 "$rung" check hostile

# ---- a lab called like one of rung's is another ----
mkdir own && cp -R 课程/one/忙 own/busy
"$rung" copy busy rungs > /dev/null 2>&1
none "of rung's no folder is kept" folder: rungs/answers.txt
"$rung" copy own/busy mine > /dev/null 2>&1
says "of one's own it is" "folder: $work/own/busy" cat mine/answers.txt
says "rung's has eight points" 0/8 "$rung" check rungs
says "the other nine" 0/9 "$rung" check mine
XDG_STATE_HOME=$work/none "$rung" check busy --student=5 > /dev/null
(cd "$labs/.." && printf 'lab: busy\n1: a\n' > "$work/rungs/answers.txt" &&
	"$rung" check "$work/rungs" > /dev/null)
says "nor is a session of the one that of the other" "of busy, for 8" \
	"$rung" hand-in own/busy --student=8 -o other.rung

# What was changed in it is told of where rung's own judges by its name.
cp -R "$labs/direct-call" changed-to && mkdir changed &&
	mv changed-to changed/direct-call
sed -i 's/sleep "5s"/sleep "6s"/' changed/direct-call/lab.lua
"$rung" hand-in changed/direct-call --student=9 -o changed.rung 2> /dev/null
says "another lab of this name" "another lab that is called direct-call" \
	"$rung" check changed.rung
"$rung" check changed.rung --lab=changed > said
none "not where it is named" "another lab" said

# ---- a lab that has moved away ----
fails "tries are kept" 1 "$rung" check elsewhere/moved
mv 课程/one/忙 课程/one/away
for command in "check" "hand-in" "run" "report"; do
	says "$command: where it was" "$work/课程/one/忙;" \
		"$rung" "$command" elsewhere/moved
done
says "and where it is" "away, 2023001" \
	"$rung" check elsewhere/moved --lab=课程/one/away
sed -i "s,^folder:.*,folder: $work/课程/one/away," elsewhere/moved/answers.txt
says "which is kept" "away, 2023001" "$rung" check elsewhere/moved
mv elsewhere/moved elsewhere/gone
says "resume says that a folder is gone" "no longer exists" \
	"$rung" play moved-1
finish
