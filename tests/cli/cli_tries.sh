# A wrong try of a choice that rung check has told costs as a hint does: it
# stands in the session of the folder or lab, and in what is handed in.
. tests/fixtures/check.sh
rung=$(cd "$(dirname "$RUNG")" && pwd)/$(basename "$RUNG")
RUNG_SHARE=$(pwd)
SOURCE_DATE_EPOCH=1795000000
export RUNG_SHARE SOURCE_DATE_EPOCH

right=$("$RUNG" check --teacher busy --student=7 | sed -n 's/^1: \(.\)) .*/\1/p')
wrong=$(printf '%s\n' a b c d | grep -v "$right")
first=$(echo $wrong | cut -d' ' -f1)
second=$(echo $wrong | cut -d' ' -f2)
ok "task 1 is a choice" test -n "$right" -a -n "$second"

# What answer LETTER to task 1 is worth in FOLDER.
worth() { # FOLDER LETTER
	printf 'lab: busy\nstudent: 7\n1: %s\n' "$2" > "$1/answers.txt"
	"$RUNG" check "$1" > "$1.said" 2>&1
	sed -n 's/^1 *[A-Z]* *\([0-9.]*\/[0-9.]*\).*/\1/p' "$1.said"
}

ok "a copy" "$RUNG" copy busy "$work/mine" --student=7
of=$(worth "$work/mine" "$right")
of=${of#*/}
quarter() { # HOW MANY
	awk -v n="$1" -v of="$of" 'BEGIN { print of * n / 4 "/" of }'
}
ok "at the first try" test "$(worth "$work/mine" "$right")" = "$(quarter 4)"
ok "a wrong one" test "$(worth "$work/mine" "$first")" = "0/$of"
ok "told again it is the same" \
	test "$(worth "$work/mine" "$first")" = "0/$of"
ok "it costs a quarter" test "$(worth "$work/mine" "$right")" = "$(quarter 3)"
says "and says so" "wrong options chosen before: 1" "$RUNG" check "$work/mine"
ok "another wrong one" test "$(worth "$work/mine" "$second")" = "0/$of"
ok "costs as much" test "$(worth "$work/mine" "$right")" = "$(quarter 2)"

# It is handed in; to look at what was handed in is no try.
ok "handed in" "$RUNG" hand-in "$work/mine" -o "$work/mine.rung"
says "with what was told" '"wrong":' cat "$work/mine.rung"
"$RUNG" check "$work/mine" > "$work/a" 2>&1
"$RUNG" check "$work/mine.rung" > "$work/b" 2>&1
ok "and worth as much" cmp "$work/a" "$work/b"
says "no run of a student's" '"runs":[{"name":"lab.lua"' cat "$work/mine.rung"
fails "but those of the folder" 1 grep -q '"name":"main"' "$work/mine.rung"
mkdir "$work/class"
cp "$work/mine.rung" "$work/class"
"$RUNG" check --class "$work/class" -o "$work/class.json"
says "also in a class" '"tries":5' cat "$work/class.json"

# A copied folder begins anew, another number has tries of its own.
cp -r "$work/mine" "$work/anew"
ok "a copied folder" test "$(worth "$work/anew" "$right")" = "$(quarter 4)"
"$RUNG" check --teacher "$work/mine" > "$work/said"
"$RUNG" check "$work/mine" --student=8 > "$work/said" 2>&1
ok "another's eyes are no try" \
	test "$(worth "$work/mine" "$right")" = "$(quarter 2)"

# Answers without a lab are nothing that is worked on.
mkdir "$work/alone"
ok "answers alone" test "$(worth "$work/alone" "$first")" = "0/$of"
fails "no word of tries" 1 grep -q tries "$work/alone.said"
ok "none counted" test "$(worth "$work/alone" "$right")" = "$(quarter 4)"

# Where nothing can be kept the verdict is told all the same.
XDG_STATE_HOME=/dev/null/x
ok "a wrong one that can't be kept" \
	test "$(worth "$work/anew" "$first")" = "0/$of"
says "is told" "tries can't be kept" "$RUNG" check "$work/anew"
finish
