#!/bin/sh
# One program that said the numbers of a class first handed in for all of it: the
# empty work counted, and the students' own work did not.
. tests/fixtures/check.sh
. tests/fixtures/serve.sh

command -v node > "$work/.output" || { skip "there is no node"; finish; }
mkdir "$work/own" "$work/in"
for n in 1 2 3; do
	"$RUNG" copy direct-call "$work/w" --student=202300$n > "$work/.output" 2>&1
	{
		printf 'lab: direct-call\nstudent: 202300%s\n' $n
		"$RUNG" check --teacher direct-call --student=202300$n --width=400 |
			grep -E '^[0-9]+:|^   [a-z]+ ->'
	} > "$work/w/answers.txt"
	"$RUNG" hand-in "$work/w" -o "$work/own/202300$n.rung" > "$work/.output" 2>&1
	rm -r "$work/w"
done
printf 'id,name\n2023001,Ann\n2023002,Bo\n2023003,Cy\n' > "$work/names.csv"
printf 'id,name,word\n2023001,Ann,ash\n2023002,Bo,birch\n2023003,Cy,cedar\n' > "$work/words.csv"

claims() { # STEP
	timeout "$patience" node tests/class/claims.js "$place" "$code" "$teacher" \
		"$work/own" "$1" 2023001 2023002 2023003
}
# judged: each work that is in the report, with its points, and how many are disputed.
judged() {
	"$RUNG" check --class "$work/in" --roster="$work/names.csv" -o "$work/r.csv" \
		> "$work/.output" 2>&1
	sed -n 's/^"\(202300[0-9]\)","[^"]*","","direct-call","\([^"]*\)","[^"]*","[^"]*",\([0-9.]*\),.*/\1 \2 \3/p' \
		"$work/r.csv"
	grep -c "another person has used this number" "$work/r.csv"
}
"$RUNG" check --class "$work/own" -o "$work/own.csv" > "$work/.output" 2>&1
# There are points to lose.
own=$(sed -n 's/^"2023001",.*Z","[^"]*",\([0-9.]*\),.*/\1/p' "$work/own.csv")
ok "points" [ "${own:-0}" != 0 ]

begin -o "$work/in" --roster="$work/names.csv" labs/direct-call
gives "the numbers are taken" "direct-call-2023001.rung false
direct-call-2023002.rung false
direct-call-2023003.rung false" claims take
gives "the students are told" "direct-call-2023001.other3.rung true
direct-call-2023002.other4.rung true
direct-call-2023003.other5.rung true" claims come
gives "the report has both" "2023001 direct-call-2023001.rung 0
2023001 direct-call-2023001.other3.rung $own
2023002 direct-call-2023002.rung 0
2023002 direct-call-2023002.other4.rung $own
2023003 direct-call-2023003.rung 0
2023003 direct-call-2023003.other5.rung $own
6" judged
gives "the list marks them" "2023001! 2023001! 2023002! 2023002! 2023003! 2023003!" claims assign
gives "the teacher has said whose they are" "2023001 direct-call-2023001.rung $own
2023002 direct-call-2023002.rung $own
2023003 direct-call-2023003.rung $own
0" judged
gives "later ones do not count" "direct-call-2023001.other6.out.rung true
direct-call-2023002.other7.out.rung true
direct-call-2023003.other8.out.rung true" claims take
gives "and the marks stay" "2023001 direct-call-2023001.rung $own
2023002 direct-call-2023002.rung $own
2023003 direct-call-2023003.rung $own
0" judged
end
rm -rf "$work/in"/* "$work/in/.numbers"

# With words none of it.
begin -o "$work/in" --roster="$work/words.csv" labs/direct-call
gives "a number with a word is not taken" \
	"to enter 2023001, type the word on this student's slip
to enter 2023002, type the word on this student's slip
to enter 2023003, type the word on this student's slip" claims take
gives "it is whose the word is" "direct-call-2023001.rung false
direct-call-2023002.rung false
direct-call-2023003.rung false" env WORDS="ASH Birch cedar" \
	timeout "$patience" node tests/class/claims.js "$place" "$code" "$teacher" \
	"$work/own" come 2023001 2023002 2023003
gives "in the report" "2023001 direct-call-2023001.rung $own
2023002 direct-call-2023002.rung $own
2023003 direct-call-2023003.rung $own
0" judged
end
finish
