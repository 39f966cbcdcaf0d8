# A report did not say of what is asked ahead that the run was looked at before the first try.
. tests/fixtures/check.sh

"$RUNG" copy direct-call "$work/mine" --student=7 > /dev/null
sed -i 's/^1:.*/1: a/; s/^2:.*/2: x/' "$work/mine/answers.txt"
mkdir "$work/class"
"$RUNG" hand-in "$work/mine" -o "$work/class/7.rung" > /dev/null
told() { "$RUNG" check --lang=en "$@" | grep -o 'task [0-9]*: looked first'; }
# One that an older rung has made, too.
gives "a hand-in" "" told "$work/class/7.rung"
gives "a class" "" told --class "$work/class"
# Only of what is asked ahead.
sed -i 's/{"task":[12],/&"looked":true,/g' "$work/class/7.rung"
ok "two tasks have it" test "$(grep -o '"looked":true' "$work/class/7.rung" | wc -l)" -eq 2
gives "a hand-in of who looked" "task 1: looked first" told "$work/class/7.rung"
gives "its class" "task 1: looked first" told --class "$work/class"
gives "its points" "$("$RUNG" check "$work/mine" | grep -o '^[12] .*')" sh -c \
	"\"$RUNG\" check \"$work/class/7.rung\" | grep -o '^[12] .*'"
finish
