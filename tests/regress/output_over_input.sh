# What is read is never written over, under whatever name, by any command that
# takes -o: each is told to write over each of its inputs.
. tests/fixtures/check.sh

# untouched NAME FILE STATUS TEXT: FILE has the bytes that it had, and it was said
# why in one sentence with TEXT.
untouched() {
	if [ "$3" != 2 ]; then
		bad "$1" "status $3 instead of 2"
	elif ! cmp -s "$work/before" "$2"; then
		bad "$1" "$2 is not what it was"
	elif ! grep -qF "$4" "$work/.output"; then
		bad "$1" "does not say what to do: $(cat "$work/.output")"
	elif [ "$(wc -l < "$work/.output")" != 1 ]; then
		bad "$1" "more than one line"
	else
		good
	fi
}

destroys="is read here, and writing would destroy it; name another file with -o"

# walk FILE ENDING COMMAND…: COMMAND, which reads FILE, writes to it under each
# of its names; the links have the ENDING by which COMMAND knows what to write.
walk() {
	walk_file=$1
	walk_ending=$2
	walk_link=$work/links/symbolic$2 walk_hard=$work/links/hard$2
	shift 2
	walked="$walked $1"
	rm -rf "$work/links"
	mkdir "$work/links"
	cp "$walk_file" "$work/before"
	ln -s "$walk_file" "$walk_link"
	ln "$walk_file" "$walk_hard"
	for walk_name in "$walk_file" "$(dirname "$walk_file")/./$(basename "$walk_file")" \
		"$walk_link" "$walk_hard"; do
		walk_status=0
		"$RUNG" "$@" -o "$walk_name" > /dev/null 2> "$work/.output" \
			< "${walk_input:-/dev/null}" || walk_status=$?
		case $walk_name in
		*"$walk_ending") walk_says=$destroys ;;
		*) walk_says="$walk_name" ;;
		esac
		untouched "$* -o $walk_name" "$walk_file" $walk_status \
			"$walk_says"
	done
}

lab=$work/labs/mine
mkdir -p "$work/labs" "$work/topologies"
cp -R labs/redirection "$lab"
cp -R labs/two-proxies "$work/labs/shared"
cp topologies/*.gv "$work/topologies"
network=$(sed -n 's/.*topology *= *"\([^"]*\)".*/\1/p' "$lab/lab.lua")
shared=$(sed -n 's/.*topology *= *"\([^"]*\)".*/\1/p' "$work/labs/shared/lab.lua")
cp labs/direct-call/lab.lua "$work/lab.lua"
cp topologies/star.gv "$work/star.gv"
"$RUNG" run -q two-proxies -o "$work/t.jsonl"
"$RUNG" export two-proxies -o "$work/t.pcapng"
echo '192.0.2.1 phone' > "$work/names"

# A lab that is looked for in a place of its own, work on it, a class, a set.
RUNG_SHARE=$work/share
export RUNG_SHARE
mkdir -p "$work/share/labs" "$work/share/topologies"
cp -R labs/direct-call "$work/share/labs"
cp topologies/direct-call.gv "$work/share/topologies"
mine=$work/mine class=$work/class set=$work/set
"$RUNG" copy direct-call "$mine" --student=1 2> /dev/null
cp "$mine/lab.lua" "$mine/run.lua"
"$RUNG" hand-in "$mine" -o "$work/one.rung" 2> /dev/null
mkdir "$class"
cp "$work/one.rung" "$class"
"$RUNG" copy direct-call "$class/two" --student=2 2> /dev/null
cp "$class/two/lab.lua" "$class/two/run.lua"
printf 'id,name,class\n1,A,x\n2,B,x\n' > "$work/roster.csv"
"$RUNG" class new --labs=direct-call -o "$set" 2> /dev/null

# ---- what stands on the command line ----
walk "$work/lab.lua" .jsonl run "$work/lab.lua"
walk "$work/star.gv" "" run -q "$work/star.gv"
walk "$work/t.jsonl" "" run "$work/t.jsonl"
walk "$work/lab.lua" "" live -q --until=10ms "$work/lab.lua"
walk "$work/star.gv" "" live -q --until=10ms "$work/star.gv"
walk "$work/lab.lua" "" play --live "$work/lab.lua"
walk "$work/star.gv" "" play --live "$work/star.gv"
walk "$work/star.gv" "" export "$work/star.gv"
walk "$work/star.gv" "" export --what=topology "$work/star.gv"
walk "$work/t.jsonl" "" export -f json "$work/t.jsonl"
walk "$work/t.jsonl" "" export -f html "$work/t.jsonl"
walk "$work/t.pcapng" "" export "$work/t.pcapng"
walk "$work/t.pcapng" "" import "$work/t.pcapng"
walk "$work/t.pcapng" "" inspect -f json "$work/t.pcapng"
walk "$work/t.jsonl" "" inspect -f csv "$work/t.jsonl"
walk "$work/t.jsonl" "" search -f csv --only=drop "$work/t.jsonl"
walk "$work/t.jsonl" "" diff -f txt "$work/t.jsonl" busy
walk "$work/t.jsonl" "" diff -f txt busy "$work/t.jsonl"
walk_input=$work/t.jsonl
walk "$work/t.jsonl" "" export -f md -
walk_input=

# ---- other ways there ----
ln -s "$work/t.jsonl" "$work/symbolic"
walk "$work/t.jsonl" "" export -f md "$work/symbolic"
cp "$work/t.jsonl" "$work/before"
status=0
"$RUNG" export -f md "$work/t.jsonl" 1<> "$work/t.jsonl" 2> "$work/.output" ||
	status=$?
untouched "standard output" "$work/t.jsonl" $status "$destroys"

# ---- what is read on the way ----
walk "$lab/lab.lua" .jsonl run "$lab"
walk "$lab/$network" "" run -q "$lab"
walk "$lab/$network" .gv export "$lab"
mkdir -p "$work/engine"; : > "$work/engine/worker.js"; : > "$work/engine/engine.lzma"
walk "$lab/lab.lua" "" link "$lab"
walk "$lab/$network" "" link "$lab"
walk "$lab/lab.lua" "" page "$lab" --engine="$work/engine"
walk "$work/topologies/$shared" .gv export "$work/labs/shared"
walk "$work/names" "" import "$work/t.pcapng" --aliases="$work/names"
walk "$work/names" "" inspect -f json "$work/t.pcapng" --aliases="$work/names"

# What is written beside the script takes no part in the run, and stays.
walk "$lab/README.md" .md export "$lab"
walk "$lab/README.zh.md" .md export "$lab/lab.lua"
walk "$lab/answers.md" .md export "$lab"
# What was made there before is made again.
ok "a figure in the lab's folder" "$RUNG" export "$lab" -o "$lab/ladder.md"
ok "once more" "$RUNG" export "$lab" -o "$lab/ladder.md"

# ---- students' work, and what it is judged by ----
judged=$work/share/labs/direct-call
for file in "$mine/answers.txt" "$mine/run.lua" "$judged/check.lua" \
	"$judged/lab.lua" "$work/share/topologies/direct-call.gv"; do
	walk "$file" .json check "$mine"
	walk "$file" "" hand-in "$mine"
	walk "$file" .md report "$mine"
	walk "$file" "" link "$mine" --answers
done
walk "$judged/README.md" .md report "$mine"
walk "$mine/README.md" .md report "$mine"
walk "$mine/README.md" "" hand-in "$mine"
walk "$work/one.rung" .csv check "$work/one.rung"
walk "$work/one.rung" "" hand-in "$work/one.rung" --student=1
walk "$work/one.rung" .html report "$work/one.rung"
for file in "$class/one.rung" "$class/two/answers.txt" "$class/two/run.lua" \
	"$work/roster.csv" "$judged/check.lua"; do
	walk "$file" .csv check --class="$class" --roster="$work/roster.csv"
done
if command -v zip > /dev/null; then
	(cd "$work" && zip -qr class.zip class)
	walk "$work/class.zip" .json check "$work/class.zip"
else
	skip "a class's zip file, without zip"
fi
walk "$set/teacher/labs/set-direct-call/check.lua" .txt check --class="$class" \
	--set="$set/teacher"
walk "$judged/check.lua" .md worksheet direct-call
walk "$judged/README.md" .md worksheet direct-call
walk "$work/roster.csv" .gift worksheet direct-call --roster="$work/roster.csv"

# An earlier report among the work is none of it.
ok "a report among the work" "$RUNG" check --class="$class" -o "$class/report.html"
ok "is written again" "$RUNG" check --class="$class" -o "$class/report.html"

# ---- a name that nobody gave ----
cp "$work/one.rung" "$work/direct-call-1.rung"
cp "$work/one.rung" "$work/before"
program=$(cd "$(dirname "$RUNG")" && pwd)/$(basename "$RUNG")
status=0
(cd "$work" && "$program" hand-in direct-call-1.rung) > /dev/null \
	2> "$work/.output" || status=$?
untouched "the usual name of a hand-in" "$work/direct-call-1.rung" $status \
	"$destroys"

# ---- which commands there are ----
# A sweep and a set have folders of their own, which must be new or theirs.
for command in $("$RUNG" --help | awk '/^  [a-z]/ && $1 != "rung" { print $1 }'); do
	"$RUNG" help "$command" | grep -q -- '--output=FILE' || continue
	case " $walked " in
	*" $command "*) good ;;
	*) bad "$command" "takes -o, and nothing here tries it" ;;
	esac
done

# ---- and what is no input ----
echo old > "$work/other"
ok "another file is replaced" "$RUNG" run -q "$work/lab.lua" -o "$work/other"
ok "a device" "$RUNG" run -q "$work/lab.lua" -o /dev/null
ok "standard output" "$RUNG" export "$work/star.gv" -f gv -o -
ok "a device to a device" sh -c '"$1" export -f md - -o /dev/null < "$2"' - \
	"$RUNG" "$work/t.jsonl"
finish
