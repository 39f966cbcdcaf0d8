#!/bin/sh
# The date in a hand-in is its sender's: who wrote an earlier one was in time, and who wrote a
# later one replaced later work.  What the server took counts by when it came.
. tests/fixtures/check.sh
. tests/fixtures/serve.sh

command -v node > "$work/.output" || { skip "there is no node"; finish; }
mkdir "$work/own" "$work/in" "$work/copy"
"$RUNG" copy direct-call "$work/w" --student=2023001 > "$work/.output" 2>&1
echo "lab: direct-call" > "$work/w/answers.txt"
dated() { # DATE ANSWER
	printf 'lab: direct-call\nstudent: 2023001\n1: %s\n' "$2" > "$work/w/answers.txt"
	"$RUNG" hand-in "$work/w" -o "$work/one.rung" > "$work/.output" 2>&1
	sed "s/\"date\":\"[^\"]*\"/\"date\":\"$1\"/" "$work/one.rung" > "$work/own/2023001.rung"
	rm "$work/one.rung"
	timeout "$patience" node tests/class/claims.js "$place" "$code" "$teacher" "$work/own" come 2023001
}
# rows FOLDER ARGUMENTS: file, what its date is, whether it is late, whether it counts.
rows() {
	folder=$1
	shift
	"$RUNG" check --class "$folder" "$@" --format=json -o - 2> "$work/.output" | node -e '
		for (const e of JSON.parse(require("fs").readFileSync(0, "utf8")).entries) console.log(e.file,
			Math.abs(Date.parse(e.date) - Date.now()) < 600e3 ? "now" : e.date, e.late, e.counts)'
}
deadline=$(date -u -d '1 hour ago' +%Y-%m-%dT%H:%M:%SZ)

begin -o "$work/in" labs/direct-call
gives "the first" "direct-call-2023001.rung false" dated 2999-01-01T00:00:00Z 3
sleep 1.1
gives "the second" "direct-call-2023001.other1.rung true" dated 2020-01-01T00:00:00Z 4
first=$(sed -n 's/ direct-call-2023001.rung//p' "$work/in/.arrived")
gives "both came now" "direct-call-2023001.rung now false true
direct-call-2023001.other1.rung now false true" rows "$work/in"
gives "and late" "direct-call-2023001.rung now true true
direct-call-2023001.other1.rung now true true" rows "$work/in" --deadline="$deadline"
timeout "$patience" node tests/class/claims.js "$place" "$code" "$teacher" "$work/own" assign 2023001 \
	> "$work/.output"
end
gives "renamed files keep their time" "$first" \
	sed -n 's/ direct-call-2023001.other0.out.rung//p' "$work/in/.arrived"
gives "the second counts" "direct-call-2023001.other0.out.rung now true false
direct-call-2023001.rung now true true" rows "$work/in" --deadline="$deadline"
gives "only the teacher reads it" 600 stat -c %a "$work/in/.arrived"

# Files alone say what their senders say.
cp "$work/in"/*.rung "$work/copy"
gives "elsewhere" "direct-call-2023001.other0.out.rung 2999-01-01T00:00:00Z true false
direct-call-2023001.rung 2020-01-01T00:00:00Z false true" rows "$work/copy" --deadline="$deadline"

# A disk that was full has cut a line.
printf '\n2026-11' >> "$work/in/.arrived"
begin -o "$work/in" labs/direct-call
dated 2020-01-01T00:00:00Z 5 > "$work/.output"
end
ok "behind a line that was cut" grep -qx '20[0-9TZ:-]* direct-call-2023001.*rung' "$work/in/.arrived"
gives "all are known" 0 sh -c '"$0" check --class "$1" --format=json -o - 2> "$2" | grep -c 2020-01-01' \
	"$RUNG" "$work/in" "$work/.output"
finish
