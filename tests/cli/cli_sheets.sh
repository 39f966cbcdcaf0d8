# Worksheets from outside: one for each student of a roster, in one file or a
# folder, with the student's own values, pages and name.
. tests/fixtures/check.sh
RUNG_SHARE=$(pwd)
export RUNG_SHARE

# has NAME TEXT FILE
has() {
	if grep -qF -- "$2" "$3"; then good; else bad "$1" "has no: $2"; fi
}

printf '学号,姓名,班级\n2023001,王小明,软件2班\n2023002,"Li, Na",\n20/3,=x,\n' \
	> "$work/class.csv"
sheets() { # OUTPUT MORE…
	file=$1
	shift
	"$RUNG" worksheet direct-call --roster="$work/class.csv" -o "$file" "$@"
}

# ---- one file ----
for form in pdf html md gift; do
	ok "a class in one $form" sheets "$work/all.$form"
done
has "its name and class" "student 2023001   name 王小明   class 软件2班" "$work/all.md"
has "room for what the roster does not say" 'name Li, Na   class \_\_' "$work/all.md"
ok "the page is XML" xmllint --noout "$work/all.html"
# Of each student the sheet that he would get alone.
for id in 2023001 2023002 20/3; do
	"$RUNG" worksheet direct-call --student=$id -o "$work/one.md"
	sed -n 's/^   [a-d]) /&/p' "$work/one.md" > "$work/one.$(echo $id | tr / _)"
done
sed -n 's/^   [a-d]) /&/p' "$work/all.md" > "$work/all.options"
cat "$work/one.2023001" "$work/one.2023002" "$work/one.20_3" > "$work/each.options"
same "the options of each in that student's order" "$work/each.options" "$work/all.options"
if cmp -s "$work/one.2023001" "$work/one.2023002"; then
	bad "own orders" "2023001 and 2023002 have the same"
else
	good
fi
if command -v pdftotext > /dev/null; then
	"$RUNG" worksheet direct-call --student=2023001 -o "$work/one.pdf"
	pages=$(pdfinfo "$work/one.pdf" | sed -n 's/^Pages: *//p')
	pdfinfo "$work/all.pdf" | sed -n 's/^Pages: *//p' > "$work/pages"
	echo $((3 * pages)) > "$work/thrice"
	same "each begins a page of its own" "$work/thrice" "$work/pages"
	pdftotext -f $((pages + 1)) -l $((pages + 1)) -layout "$work/all.pdf" "$work/second.txt"
	has "whose it says" "2023002" "$work/second.txt"
	if tr -d '\f' < "$work/second.txt" | sed '/^ *$/d' | tail -1 | grep -qE '^ *1 *$'; then
		good
	else
		bad "page numbers" "the second student's first page is not page 1"
	fi
fi

# ---- a folder ----
ok "a file each" sheets "$work/sheets/"
for file in 2023001 2023002 20%2F3; do
	ok "of $file" test -s "$work/sheets/$file.pdf"
done
ok "into a folder that is there" sheets "$work/sheets"
ok "keys, too" sheets "$work/keys/" --teacher
fails "nothing outside of it" 1 test -e "$work/sheets/20"

# ---- what can't be ----
fails "a roster and one student" 2 sheets "$work/x.pdf" --student=1
printf '学号\n' > "$work/nobody.csv"
fails "nobody" 2 "$RUNG" worksheet direct-call --roster="$work/nobody.csv" -o "$work/x.pdf"
says "which is said" "nobody on the roster" \
	"$RUNG" worksheet direct-call --roster="$work/nobody.csv" -o "$work/x.pdf"
fails "no roster" 2 "$RUNG" worksheet direct-call --roster="$work/none.csv" -o "$work/x.pdf"
fails "a form that is none" 2 sheets "$work/x.docx"
printf '学号\n1\n1\n2\n' > "$work/twice.csv"
says "a number twice is told" "stands there already" \
	"$RUNG" worksheet direct-call --roster="$work/twice.csv" -o "$work/x.pdf"
finish
