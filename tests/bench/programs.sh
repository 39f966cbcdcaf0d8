#!/bin/sh
# Judging a class of 60 whose works are programs, each right and in a box of its own: the
# time on the wall, which a teacher waits, and how long one of them alone takes.
#
#	sh tests/bench/programs.sh BUILD
set -u
rung=$1/rung
students=60
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. tests/bench/figure.inc
case $rung in /*) ;; *) rung=$PWD/$rung ;; esac
lab=labs/python-redirect
mkdir "$work/class" "$work/one"

now() {
	cut -d' ' -f1 /proc/uptime
}

# The program that the lab's answers show, handed in by STUDENT.
hand_in() { # STUDENT
	rm -rf "$work/copy"
	"$rung" copy $lab "$work/copy" --student="$1" > "$work/said" 2>&1 &&
		cp "$work/right.py" "$work/copy/redirect.py" &&
		"$rung" hand-in "$work/copy" --lab=$lab -o "$work/class/$1.rung" > "$work/said" 2>&1
}

# The seconds in which all of FOLDER are judged; nothing where one is not right.
judge() { # FOLDER WORKS
	begun=$(now)
	"$rung" check --class="$1" --processes -o "$work/report.json" > "$work/said" 2>&1
	[ "$(grep -c '"points":6,"of":8,"failed":"","remarks":""' "$work/report.json")" = "$2" ] ||
		return
	awk -v a="$begun" -v b="$(now)" 'BEGIN { printf "%.1f", b - a }'
}

awk '$0 == "```python redirect.py" { on = 1; next } /^```$/ { on = 0 } on' \
	$lab/answers.md > "$work/right.py"
i=0
while [ $i -lt $students ]; do
	hand_in $((2023001 + i)) || { cat "$work/said"; exit 1; }
	i=$((i + 1))
done
cp "$work/class/2023001.rung" "$work/one"
echo "$students programs of a class, each right"
figure "one of them alone" "$(judge "$work/one" 1)" s "at most" 10
figure "all, judged" "$(judge "$work/class" $students)" s "at most" 180
