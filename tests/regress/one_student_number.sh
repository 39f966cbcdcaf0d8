#!/bin/sh
# An input method's digits or a blank made another student of the same number,
# with other values, whom no roster knew.
. tests/fixtures/check.sh
rung=$(realpath "$RUNG")
RUNG_SHARE=$PWD
export RUNG_SHARE
cd "$work" || exit 1

alike() { # NAME COMMAND…: as with 2023001
	alike_name=$1
	shift
	"$rung" "$@" --student=2023001 > .one 2>&1
	for number in ２０２３００１ ' 2023001' '2023001 ' '　2023001　'; do
		"$rung" "$@" --student="$number" > .other 2>&1
		if [ -s .one ] && cmp -s .one .other; then
			good
		else
			bad "$alike_name" "“$number” is another student"
		fi
	done
}
alike run run lost-messages
alike worksheet worksheet busy -f md -o -
alike check check --teacher busy

refused() { # WHAT IS SAID, COMMAND…
	refused_said=$1
	shift
	"$rung" "$@" > .output 2>&1 < /dev/null
	if [ $? -eq 2 ] && grep -qF -- "$refused_said" .output; then
		good
	else
		bad "$*" "should say: $refused_said"
	fi
}
blank="a student's number contains no space, but “2023 001” does"
for number in '2023 001' '２０２３　００１'; do
	refused "$blank" run busy --student="$number"
	refused "$blank" copy busy no --student="$number"
	refused "$blank" worksheet busy --student="$number" -o no.pdf
	refused "$blank" check --teacher busy --student="$number"
	refused "$blank" play busy --student="$number"
done
if [ ! -e no ] && [ ! -e no.pdf ]; then good; else bad refused '?'; fi

# ---- in copies, hand-ins, classes and rosters ----
"$rung" copy busy mine --student=２０２３００１ > /dev/null 2>&1
if grep -qx 'student: 2023001' mine/answers.txt; then good; else bad copy '?'; fi
mkdir h
cp -r mine h/mine
sed -i 's/^student: .*/student:  ２０２３００１ /' h/mine/answers.txt
"$rung" hand-in mine -o h/a.rung 2> /dev/null
printf 'id,name\n ２０２３００１ ,Zhang\n2023 002,Li\n' > r.csv
"$rung" check --class h --roster=r.csv > .output 2>&1
if grep -qF 'not on the roster' .output || grep -q 'nothing from 2023001' .output
then
	bad class 'the same number is another one'
else
	good
fi
if grep -qF "line 3 of the roster: a student's number contains no space" .output
then good; else bad roster 'a blank in a number'; fi
if grep -q '^2023001' .output; then good; else bad class 'no 2023001'; fi
sed -i 's/^student: .*/student: 2023 001/' mine/answers.txt
refused "mine/answers.txt:" check mine
refused "$blank" check mine
printf '%s\n' '{"id":1,"ask":"open","student":"2023 001","texts":[{"path":"d.gv","text":"graph { a [role=ua] b [role=ua] a -- b }"}]}' |
	"$rung" engine > .output
if grep -qF "$blank" .output; then good; else bad serve '?'; fi
finish
