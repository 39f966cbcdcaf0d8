#!/bin/sh
# Answers and rosters as Notepad and Excel write them, in UTF-16, were "no text".
. tests/fixtures/check.sh
if ! command -v iconv > /dev/null; then
	skip "no iconv"
	finish
fi

# FILE in UTF-16 of ORDER, with its mark.
widen() { # ORDER FILE
	case $1 in LE) printf '\377\376' ;; BE) printf '\376\377' ;; esac \
		> "$work/wide"
	sed 's/$/\r/' "$2" | iconv -f UTF-8 -t "UTF-16$1" >> "$work/wide"
	cp "$work/wide" "$2"
}

mkdir "$work/class"
"$RUNG" copy direct-call "$work/class/a" --student=2023001 > /dev/null
sed 's/^1:.*/1: 六/; s/^2:.*/2: INVITE/' "$work/class/a/answers.txt" > "$work/new"
cp "$work/new" "$work/class/a/answers.txt"
printf '学号,姓名,班级\n2023001,王五,一班\n2023002,李四,二班\n' > "$work/roster.csv"

judged() { # TO
	"$RUNG" check "$work/class/a" > "$work/$1.check"
	"$RUNG" check --class="$work/class" --roster="$work/roster.csv" \
		-o "$work/$1.csv" > /dev/null 2>&1
}
judged plain
says "there is something to compare" "王五" cat "$work/plain.csv"
says "an answer is read" "direct-call" cat "$work/plain.check"
cp "$work/roster.csv" "$work/roster.was"
for order in LE BE; do
	cp "$work/new" "$work/class/a/answers.txt"
	cp "$work/roster.was" "$work/roster.csv"
	widen $order "$work/class/a/answers.txt"
	widen $order "$work/roster.csv"
	judged $order
	ok "answers in UTF-16$order" cmp "$work/plain.check" "$work/$order.check"
	ok "a roster in UTF-16$order" cmp "$work/plain.csv" "$work/$order.csv"
	ok "handed in" "$RUNG" hand-in "$work/class/a" -o "$work/$order.rung"
done

# Names of addresses, from the same editors.
"$RUNG" run -q direct-call -o "$work/t.pcapng"
for encoding in UTF-8 UTF-16 GB18030; do
	printf '192.0.2.1 爱丽丝\r\n' | iconv -f UTF-8 -t "$encoding" \
		> "$work/aliases"
	says "aliases in $encoding" "爱丽丝" \
		"$RUNG" show "$work/t.pcapng" --alias "$work/aliases"
done

# Without its mark it could be anything.
iconv -f UTF-8 -t UTF-16LE "$work/new" > "$work/class/a/answers.txt"
says "what to do" "save it as UTF-8" "$RUNG" check "$work/class/a"
fails "is a mistake" 2 "$RUNG" check "$work/class/a"
iconv -f UTF-8 -t UTF-16LE "$work/roster.was" > "$work/roster.csv"
says "of a roster, too" "save it as UTF-8" \
	"$RUNG" check --class="$work/class" --roster="$work/roster.csv"
finish
