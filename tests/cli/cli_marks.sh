# Marks for other programs: a row for each student of the roster and each lab,
# also for who handed in nothing; and one work's marks as a file.
. tests/fixtures/check.sh
RUNG_SHARE=$(pwd)
export RUNG_SHARE

printf '学号,姓名,班级\n1,甲,一班\n2,=乙,一班\n3,"丙,丁",二班\n' > "$work/class.csv"
class=$work/class
work_of() { # STUDENT LAB ANSWER
	mkdir -p "$class/$1-$2"
	printf 'lab: %s\nstudent: %s\n1: %s\n' "$2" "$1" "$3" \
		> "$class/$1-$2/answers.txt"
}
work_of 1 direct-call a
work_of 1 busy b
work_of 2 direct-call c
marks() { # OUTPUT
	"$RUNG" check --class "$class" --roster="$work/class.csv" -o "$1"
}

ok "marks" marks "$work/marks.csv"
# student, name, class, lab, file, date, late, points, of …, remarks
cat > "$work/rows.py" << 'END'
import csv, sys
rows = list(csv.reader(open(sys.argv[1], encoding="utf-8-sig")))
head = rows[0]
for r in rows[1:]:
    assert len(r) == len(head), r
    print(r[0], r[1], r[2], r[3], "file" if r[4] else "-", r[8],
          "0" if float(r[7]) == 0 else "some" if r[4] else r[7], r[-1])
END
if command -v python3 > /dev/null; then
	python3 "$work/rows.py" "$work/marks.csv" |
		sed -e 's/ some / 0 /' -e 's/ *$//' | sort > "$work/rows"
	cat > "$work/wanted" << 'END'
1 甲 一班 busy file 9 0
1 甲 一班 direct-call file 9 0
2 '=乙 一班 busy - 9 0 nothing of this lab
2 '=乙 一班 direct-call file 9 0
3 丙,丁 二班 busy - 9 0 nothing handed in
3 丙,丁 二班 direct-call - 9 0 nothing handed in
END
	of=$("$RUNG" check "$class/1-busy" | sed -n '1s,.*/,,p')
	sed -i "s/busy file 9/busy file $of/; s/busy - 9/busy - $of/" "$work/wanted"
	same "a row for each of the roster and each lab" "$work/wanted" "$work/rows"
	rm -rf "$class"
	mkdir "$class"
	ok "nobody has handed in" marks "$work/none.csv"
	python3 "$work/rows.py" "$work/none.csv" | sort > "$work/rows"
	cat > "$work/wanted" << 'END'
1 甲 一班  - 0 0 nothing handed in
2 '=乙 一班  - 0 0 nothing handed in
3 丙,丁 二班  - 0 0 nothing handed in
END
	same "all of them have a row" "$work/wanted" "$work/rows"
else
	skip "there is no python3"
fi

# ---- one work ----
work_of 1 direct-call a
mine=$class/1-direct-call
fails "its marks as a file" 1 "$RUNG" check "$mine" -o "$work/mine.json"
ok "it is there" test -s "$work/mine.json"
if command -v python3 > /dev/null; then
	says "with each task" "1 direct-call 6 False" python3 -c '
import json, sys
e = json.load(open(sys.argv[1]))["entries"]
assert len(e) == 1
print(e[0]["student"], e[0]["lab"], len(e[0]["tasks"]), e[0]["late"])' \
		"$work/mine.json"
fi
for form in csv html txt; do
	fails "as $form" 1 "$RUNG" check "$mine" -o "$work/mine.$form"
	ok "which is there" test -s "$work/mine.$form"
done
"$RUNG" hand-in "$mine" -o "$work/1.rung"
fails "of a hand-in" 1 "$RUNG" check "$work/1.rung" -o "$work/1.json"
ok "too" test -s "$work/1.json"
fails "no such form" 2 "$RUNG" check "$mine" -o "$work/mine.pdf"
says "which is said" ".html, .csv, .json or .txt" \
	"$RUNG" check "$mine" -o "$work/mine.pdf"
fails "nothing on the screen" 1 sh -c \
	'"$1" check "$2" -o "$3" | grep .' - "$RUNG" "$mine" "$work/mine.json"
fails "a key is no marks" 2 \
	"$RUNG" check --teacher direct-call -o "$work/key.json"
says "and where it goes" "rung worksheet direct-call --teacher" \
	"$RUNG" check --teacher direct-call -o "$work/key.json"
# ---- a key in the reader's language ----
says "reasons in Chinese" "其他答案：" \
	"$RUNG" check --teacher --lang=zh direct-call
says "and what to say in class" "# 答案：没有服务器的呼叫" \
	"$RUNG" check --teacher --lang=zh direct-call
fails "nothing in English" 1 sh -c '"$1" check --teacher --lang=zh direct-call |
	grep -E "以下讲解要点是英文的|^# Answers"' - "$RUNG"
ok "a lab without a Chinese page" sh -c 'cp -r labs/direct-call "$1" &&
	rm "$1/answers.zh.md"' - "$work/english"
says "has the English one" "# Answers: " \
	"$RUNG" check --teacher --lang=zh "$work/english"
says "and says so" "以下讲解要点是英文的" \
	"$RUNG" check --teacher --lang=zh "$work/english"
fails "not to who reads English" 1 sh -c \
	'"$1" check --teacher --lang=en "$2" | grep "is in English"' - "$RUNG" \
	"$work/english"
finish
