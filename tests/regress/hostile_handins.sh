#!/bin/sh
# A class in which four students have their points and the other hand-ins are links,
# pipes, folders, unreadable, too large or no text: each is named, the status is 2,
# and nothing outside is read, changed or left.
. tests/fixtures/check.sh

rung=$(realpath "$RUNG")
chmod 755 "$work"
cd "$work" || exit 1
mkdir class out
for i in 1 2 3 4; do
	"$rung" copy direct-call w --student=$i > .output 2>&1
	{
		printf 'lab: direct-call\nstudent: %s\n' $i
		"$rung" check --teacher direct-call --student=$i --width=400 |
			grep -E '^[0-9]+:|^   [a-z]+ ->'
	} > w/answers.txt
	"$rung" hand-in w -o class/$i.rung > .output 2>&1
	rm -r w
done
echo "a secret" > out/secret.txt
cp class/1.rung out/other.rung
begin_answers() { # STUDENT
	mkdir "class/$1"
	printf 'lab: direct-call\nstudent: %s\n' "$1"
}

ln -s ../out/other.rung class/5.rung # another's hand-in
mkfifo class/6.rung
mkdir -p class/7/answers.txt class/8 class/9
mkfifo class/8/answers.txt
ln -s ../../out/secret.txt class/9/answers.txt
begin_answers 10 > .said
{ cat .said; head -c 2000 /dev/zero; printf '\n1: 3\n'; } > class/10/answers.txt
begin_answers 11 > .said
{ cat .said; head -c 30000000 /dev/zero | tr '\0' y; } > class/11/answers.txt
cp class/1.rung class/12.rung
ln class/2.rung class/13.rung # the same file
ln -s . class/14
ln -s / class/15
chmod -R a+rX class
chmod 000 class/12.rung
who="env"
[ "$(id -u)" != 0 ] || who="setpriv --reuid=12345 --regid=12345 --clear-groups"

mkdir -m 777 temp report
state() {
	{ find class out -printf '%p %m %T@ %s %l\n'; ls -A temp; } | LC_ALL=C sort
}
state > before
# shellcheck disable=SC2086
TMPDIR=$work/temp fails "what can't be read" 2 timeout "$patience" $who \
	"$rung" check --class class -o report/r.csv
state > after
same "nothing is changed or left" before after
for i in 1 3 4; do
	ok "$i has the points" grep -q "^\"$i\",.*\"$i.rung\",[^,]*,\"\",7,9,.*,\"\"" report/r.csv
done
ok "so has 2, once" grep -q '^"2",.*,7,9,.*"13.rung does not count, because 2.rung does"' report/r.csv
while IFS='|' read -r file why; do
	ok "$file: $why" grep -qF "\"\",\"\",\"\",\"\",\"$file\",\"\",\"\",0,0,,,,,,,\"$why\"" report/r.csv
done <<- 'WHY'
	5.rung|it is a link to something else
	6.rung|it is not a file
	7|can't be read: Is a directory
	8|can't be read: A pipe or a device, not a file
	9|answers.txt leads out of its folder
	10|this is not text in UTF-8, UTF-16 or GB 18030; save it as UTF-8
	11|is longer than 262144 bytes
	12.rung|Permission denied
	14|it is a link to something else
	15|it is a link to something else
WHY
gives "nothing of the secret" 0 grep -c secret report/r.csv
finish
