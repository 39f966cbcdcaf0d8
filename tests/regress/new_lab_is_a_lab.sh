# A lab that a teacher writes begins with rung new lab: what it makes is as good
# as rung's own labs by the tests that walk those, in both languages, and the
# whole way leads from it to a class's marks.
. tests/fixtures/check.sh
unset RUNG_SHARE
rung=$(cd "$(dirname "$RUNG")" && pwd)/$(basename "$RUNG")
here=$(pwd)
builds=$(dirname "$rung")
cd "$work" || exit 1

# ---- what it refuses ----
fails "no name" 2 "$rung" new lab ""
for name in . .. .x -x "x y" 'a`b' 'a:b' "a	b" "a‮b" \
	"$(printf '%0101d' 1)" "$(printf 'gbk\261\276')"; do
	fails "no name: $name" 2 "$rung" new lab -- "$name"
	fails "nor in a path: $name" 2 "$rung" new lab "$work/more/$name"
done
fails "nothing was made" 1 test -e more
says "the name of a lab of rung's" "work is judged by the name of its lab" \
	"$rung" new lab busy
for words in "" lab "lab a b" "lib a" "lab --seed=1 a"; do
	# shellcheck disable=SC2086  # words
	fails "new $words" 2 "$rung" new $words
done
touch file
fails "below a file" 2 "$rung" new lab file/hello
ln -s nowhere link.gv
for taken in link . .. more.gv/ file/net; do
	fails "a topology in place of $taken" 2 "$rung" new topology "$taken"
done
ls > left
printf '%s\n' file left link.gv > nothing
same "nothing else is there" nothing left

# ---- a topology ----
for lang in en zh; do
	ok "a topology, $lang" "$rung" --lang=$lang new topology nets/$lang
	ok "it runs" "$rung" run nets/$lang.gv
	ok "it is drawn" "$rung" export --what=topology nets/$lang.gv \
		-o nets/$lang.svg
	cp nets/$lang.gv before
	says "not twice" "already exists" "$rung" new topology nets/$lang.gv
	same "it is as it was" before nets/$lang.gv
done
without() { # REMARK FILE: the file without remarks and titles
	grep -vE "^[[:space:]]*($1|title = )|label=\"Two|label=\"两" "$2"
}
for name in network.gv check.lua lab.lua; do
	without '//|--' "$here/templates/new-lab/$name" > en
	without '//|--' "$here/templates/new-lab/zh/$name" > zh
	same "$name differs in remarks alone" en zh
done

# ---- a lab, by the tests of rung's own ----
# Those of all labs that count them, or want one of rung's, find no such here.
expected='n > 100|tasks > 200|choices > 100|page: '
expected=$expected'|own network: |many students: '
mkdir tree
for name in assets docs src tests topologies templates; do
	ln -s "$here/$name" "tree/$name"
done
for lang in en zh; do
	rm -rf tree/labs
	ok "a lab, $lang" "$rung" --lang=$lang new lab tree/labs/hello
	cp -R tree/labs/hello as-made
	says "not twice" "already exists" "$rung" new lab tree/labs/hello
	ok "it is as it was" diff -r as-made tree/labs/hello
	rm -rf as-made
	for name in lessons lesson_models lesson_untold answers \
		lesson_choices; do
		for test in "$builds/tests/lesson/test_$name" \
			"$builds/san/tests/lesson/test_$name"; do
			[ ! -x "$test" ] || break
		done
		# What is excused may leave something behind.
		(cd tree && unset LAB_RUNS &&
			ASAN_OPTIONS=detect_leaks=0 "$test") > said 2>&1
		says "$lang: $name ran" "$name: " tail -n 1 said
		grep '^tests/' said | grep -vE "$expected" > .bad
		same "$lang: $name, by that of rung's labs" /dev/null .bad
	done
done
ok "in English" "$rung" new lab plain
says "its remarks" "What happens in the lab" cat plain/lab.lua
says "in Chinese" "实验里发生什么" cat tree/labs/hello/lab.lua

# ---- the whole way ----
lab=课程/hello
ok "new" "$rung" new lab $lab
ok "run" "$rung" run $lab
ok "a change" sed -i 's/sleep "1s"/sleep "1500ms"/' $lab/lab.lua
says "is seen" "1.520" "$rung" run $lab
ok "the right answers" "$rung" check --teacher $lab
says "play" "is not a terminal" "$rung" play $lab
ok "a sheet" "$rung" worksheet $lab -o sheet.html
ok "for Moodle" "$rung" worksheet $lab -o sheet.gift
ok "a set" "$rung" new exam midterm $lab
ok "a copy" "$rung" copy $lab mine --student=2023001
none_of_it() { # NAME FILE
	fails "no key in $1" 1 test -e "$2"
}
none_of_it "a copy" mine/check.lua
none_of_it "a copy's answers" mine/answers.md
fails "nothing is right yet" 1 "$rung" check mine
key() { # TASK: what the teacher is told
	"$rung" check --teacher $lab --student=2023001 |
		sed -n "s/^$1: //p" | sed 's/) .*//; q'
}
time=$(key 1) letter=$(key 2) find=$(key 3)
sed -i -e "s/^1:.*/1: $time/" -e "s/^2:.*/2: $letter/" -e "s/^3:.*/3: $find/" \
	mine/answers.txt
sed -n '/^```lua/,/^```/p' $lab/answers.md | sed '1d;$d' > mine/goal.lua
ok "all is right" "$rung" check mine
ok "report" "$rung" report mine -o report.html
mkdir handed-in
ok "hand-in" "$rung" hand-in mine -o handed-in/2023001.rung
says "a class" "2023001, hello: 5/5" \
	"$rung" check --class handed-in --lab=课程
ok "its report" "$rung" check --class handed-in --lab=$lab -o class.csv
finish
