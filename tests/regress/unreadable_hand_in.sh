#!/bin/sh
# A hand-in that may not be read was "no hand-in", in a folder it was passed over, and
# so was a folder; each ended with status 0.
. tests/fixtures/check.sh

# Root reads any file while it has these two capabilities.
bounds=
if [ "$(id -u)" = 0 ]; then
	bounds="setpriv --bounding-set=-dac_override,-dac_read_search"
	if ! $bounds true 2> "$work/.output"; then
		skip "setpriv, or the right to use it, is missing"
		finish
	fi
fi
# $bounds is empty or several words.
# shellcheck disable=SC2086
as_user() {
	$bounds "$RUNG" "$@"
}

mkdir "$work/all"
for n in 1 2 3; do
	"$RUNG" copy direct-call "$work/w$n" --student=202300$n > "$work/.output" 2>&1
	sed 's/^1:.*/1: a/' "$work/w$n/answers.txt" > "$work/answers"
	cp "$work/answers" "$work/w$n/answers.txt"
	"$RUNG" hand-in "$work/w$n" -o "$work/202300$n.rung" > "$work/.output" 2>&1
done
"$RUNG" report "$work/w1" -o "$work/2023001.html" > "$work/.output" 2>&1

# class_of FILE…: a class that has these.
class_of() {
	chmod -R u+rwx "$work/all"
	rm -rf "$work/all"
	mkdir "$work/all"
	[ $# = 0 ] || cp -R "$@" "$work/all"
}
# is_told NAME: NAME and the reason are in one line of the report, which is whole.
is_told() { # WHAT NAME
	fails "$1" 2 as_user check --class "$work/all"
	cp "$work/.output" "$work/said"
	ok "$1: its name and why" grep -q "$2.*Permission denied" "$work/said"
	says "$1: the others" "2023002, direct-call: " cat "$work/said"
	fails "$1, in a file" 2 as_user check --class "$work/all" -o "$work/r.csv"
	says "$1: the others, in a file" "\"2023002.rung\"" cat "$work/r.csv"
	ok "$1, in a file: its name and why" \
		grep -q "$2.*Permission denied" "$work/r.csv"
}

class_of "$work/2023001.rung" "$work/2023002.rung"
ok "all can be read" as_user check --class "$work/all"
chmod 0 "$work/all/2023001.rung"
is_told "a hand-in" 2023001.rung

class_of "$work/2023001.html" "$work/2023002.rung"
ok "all can be read" as_user check --class "$work/all"
chmod 0 "$work/all/2023001.html"
is_told "a report" 2023001.html

class_of "$work/2023002.rung"
mkdir "$work/all/zhang"
cp "$work/2023001.rung" "$work/2023003.rung" "$work/all/zhang"
ok "all can be read" as_user check --class "$work/all"
chmod 0 "$work/all/zhang/2023001.rung"
is_told "one of two in a folder" zhang/2023001.rung
says "and the other" "2023003, direct-call: " cat "$work/said"
chmod 0 "$work/all/zhang"
is_told "a folder" zhang
chmod 600 "$work/all/zhang"
is_told "a folder that may be listed alone" zhang

for file in answers.txt goal-6.lua call.svg lab.lua; do
	class_of "$work/2023002.rung" "$work/w1"
	touch "$work/all/w1/call.svg"
	cp labs/direct-call/lab.lua "$work/all/w1/goal-6.lua"
	as_user check --class "$work/all" > "$work/before" 2>&1
	lacks_why=$(grep -c "Permission" "$work/before")
	ok "all can be read" [ "$lacks_why" = 0 ]
	chmod 0 "$work/all/w1/$file"
	is_told "work in a folder, $file" "w1.*$file"
done

if command -v zip > "$work/.output"; then
	class_of "$work/2023002.rung"
	(cd "$work" && zip -q all/wang.zip 2023001.rung)
	ok "all can be read" as_user check --class "$work/all"
	chmod 0 "$work/all/wang.zip"
	is_told "a zip file" wang.zip
	says "a class as one" "Permission denied" \
		as_user check --class "$work/all/wang.zip"
	fails "a class as one" 2 as_user check "$work/all/wang.zip"
	says "a class as one" "Permission denied" cat "$work/.output"
fi

# A file that is damaged is nobody's mark, either.
class_of "$work/2023002.rung"
head -c 300 "$work/2023001.rung" > "$work/all/2023001.rung"
fails "a damaged file" 2 as_user check --class "$work/all"
says "and the others" "2023002, direct-call: " cat "$work/.output"

# One student's own.
chmod 0 "$work/w1/answers.txt"
fails "one's own answers" 2 as_user check "$work/w1"
says "and why" "answers.txt: Permission denied" cat "$work/.output"
chmod -R u+rwx "$work"
finish
