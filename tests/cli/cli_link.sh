# Links: a lab in an address is the same run, an answer the same mark, a column
# of a table a class; and links that are cut, huge or of somewhere else.
. tests/fixtures/check.sh
rung=$(cd "$(dirname "$RUNG")" && pwd)/$(basename "$RUNG")
RUNG_SHARE=$(pwd)
SOURCE_DATE_EPOCH=1795000000
export RUNG_SHARE SOURCE_DATE_EPOCH

# ---- runs ----

# The trace of FILE with OPTIONS and that of its link, at most MOST characters,
# are the same bytes.
linked() { # NAME MOST FILE OPTION...
	name=$1 most=$2
	shift 2
	link=$("$RUNG" link "$@" 2>&1)
	"$RUNG" run "$@" -q -o "$work/run.jsonl"
	ok "$name: runs" "$RUNG" run "$link" -q -o "$work/link.jsonl"
	same "$name: the same run" "$work/run.jsonl" "$work/link.jsonl"
	ok "$name: $most characters hold ${#link}" test "${#link}" -le "$most"
}

linked "a lab" 200 two-proxies
linked "settings, a seed" 230 two-proxies --set bob.busy=true --seed=7
linked "an act" 220 two-proxies --act=INVITE@atl:message.drop
linked "a student's" 230 lost-messages --student=2023001
linked "programs" 250 programmed-proxy
linked "a topology" 700 topologies/star.gv
mkdir "$work/labs" && cp -R labs/two-proxies "$work/labs/own"
linked "a lab of one's own" 1500 "$work/labs/own"
linked "from outside" 2000 two-proxies --arrivals=examples/arrivals.jsonl

link=$("$RUNG" link two-proxies --page=https://example.org/a/rung.html)
data=${link#*#}
says "the page" "https://example.org/a/rung.html#1.H4sI" echo "$link"
"$RUNG" run two-proxies -q -o "$work/run.jsonl"
for form in "#$data" "rung:$data" "  file:///rung.html#$data " "HTTP://x/?a&b#$data=="; do
	"$RUNG" run "$form" -q -o "$work/link.jsonl"
	same "$form" "$work/run.jsonl" "$work/link.jsonl"
done
echo "$link" > "$work/a.link"
says "a file with one" "INVITE" "$RUNG" show "$work/a.link" method=INVITE
says "standard input" "Call through" sh -c "\"$rung\" run - < \"$work/a.link\""
"$RUNG" link "$work/run.jsonl" --page=https://example.org/a/rung.html > "$work/b.link"
same "of the trace" "$work/a.link" "$work/b.link"
"$RUNG" link "$link" --page=https://example.org/a/rung.html > "$work/b.link"
same "of a link" "$work/a.link" "$work/b.link"
"$RUNG" export two-proxies -f html --link=https://example.org/a/rung.html \
	-o "$work/a.html"
ok "a figure's" grep -qF "href=\"$link\"" "$work/a.html"
"$RUNG" export "$link" -f svg -o "$work/a.svg"
"$RUNG" export two-proxies -f svg -o "$work/b.svg"
same "its figure" "$work/a.svg" "$work/b.svg"

"$RUNG" run lost-messages --student=2023001 -q -o "$work/run.jsonl"
"$RUNG" run "$("$RUNG" link lost-messages)" --student=2023001 -q -o "$work/link.jsonl"
same "for a student" "$work/run.jsonl" "$work/link.jsonl"

# ---- what is none ----

wrong() { # NAME SENTENCE LINK
	"$RUNG" run "$3" -q > "$work/said" 2>&1
	ok "$1" test "$?" = 2
	says "$1, in words" "$2" cat "$work/said"
}

# Any bytes as a link.
packed() {
	printf '#1.%s\n' "$(gzip -9nc | base64 -w 0 | tr '+/' '-_' | tr -d '=')"
}

wrong "nothing" "contains no lab" https://example.org/
wrong "no data" "damaged" "#1."
wrong "cut" "damaged" "$(echo "$link" | cut -c1-150)"
wrong "a byte changed" "damaged" "$(echo "$link" | sed 's/H4sI\(.\{30\}\)./H4sI\1~/')"
wrong "another version" "version 2" "#2.$data"
wrong "no version" "contains no lab" "https://x/#99999999999.$data"
wrong "no JSON" "the link does not contain a run of rung" "$(echo nonsense | packed)"
wrong "no run" "the link does not contain a run of rung" "$(echo '{"inputs":[]}' | packed)"
wrong "another's lab" "does not have" \
	"$(echo '{"inputs":{"lab":"../x","topology":{"file":"a","text":""}},"same":"0000000000000000"}' | packed)"
wrong "another version of the lab" "differs from the lab for which the link was" \
	"$(echo '{"inputs":{"lab":"busy","topology":{"file":"two-proxies.gv","text":""}},"same":"0000000000000000"}' | packed)"
# Nothing is read that lies where a link is opened, nor beside it.
here() { # NAME TEXT-OF-TOPOLOGY FILE
	link=$(printf '{"inputs":{"topology":{"file":"a.gv","text":"%s"}}}' "$2" | packed)
	mkdir -p "$work/here"
	echo 'error("read")' > "$work/here/$3"
	(cd "$work/here" && "$rung" run "$link" -q > "$work/said" 2>&1)
	says "$1" "the link refers to “$3” but does not contain it" cat "$work/said"
}
here "a program here" 'graph { p [role=proxy, route=\"p.lua\"] }' p.lua
here "a zone here" 'graph { p [role=dns, zone=\"z.zone\"] }' z.zone
here "a firmware here" 'graph { p [role=handset, firmware=\"f.elf\"] }' f.elf
here "a sound here" 'graph { p [role=ua, sound=\"s.wav\"] q [role=ua] p -- q }' s.wav
wrong "a topology here" "the link refers to “two-proxies.gv” but does not contain it" \
	"$(echo '{"inputs":{"script":{"file":"a","text":"lab { topology = \"two-proxies.gv\" }"}}}' | packed)"
wrong "a file elsewhere" "but does not contain it" \
	"$(echo '{"inputs":{"script":{"file":"a","text":"lab { topology = \"../x.gv\" }"}}}' | packed)"
# Who opens it may name one.
says "a program that is set" "p.lua:1: read" sh -c "cd '$work/here' && \
	'$rung' run '$("$RUNG" link topologies/star.gv)' --set px.route=p.lua"
wrong "a bomb" "too long" "$(head -c 20000000 /dev/zero | packed)"
{ printf '{"inputs":{"topology":{"file":"a.gv","text":"'
	head -c 2000000 /dev/zero | tr '\0' ' '
	printf '"}}}'; } > "$work/long"
wrong "a long text" "too long" "$(packed < "$work/long")"
wrong "a long link" "too long" "#1.$(head -c 110000 /dev/zero | tr '\0' A)"
fails "no page" 2 "$RUNG" link two-proxies --page="javascript:alert(1).html"
head -c 300000 /dev/urandom | base64 > "$work/labs/own/noise.lua"
{ echo '--[['; cat "$work/labs/own/noise.lua"; echo ']]'; } >> "$work/labs/own/lab.lua"
says "too much for one" "100000 characters" "$RUNG" link "$work/labs/own"

# ---- answers ----

answer() { # FOLDER STUDENT
	"$RUNG" copy direct-call "$1" --student="$2" 2> /dev/null
	{
		printf 'lab: direct-call\nstudent: %s\n' "$2"
		"$RUNG" check --teacher direct-call --student="$2" --width=400 |
			grep -E '^[0-9]+:|^   [a-z]+ ->'
	} > "$1/answers.txt"
	"$RUNG" link "$1" --answers > "$1.link"
}

answer "$work/mine" 2023001
answer "$work/other" 2023002
"$RUNG" hand-in "$work/mine" -o "$work/mine.rung" 2> /dev/null
"$RUNG" check "$work/mine.rung" > "$work/file"
"$RUNG" check "$(cat "$work/mine.link")" > "$work/linked"
same "judged as the file" "$work/file" "$work/linked"
"$RUNG" run direct-call --student=2023001 -q -o "$work/run.jsonl"
"$RUNG" run "$work/mine.link" -q -o "$work/link.jsonl"
same "its lab" "$work/run.jsonl" "$work/link.jsonl"
fails "a lab is no answer" 2 "$RUNG" check "$link"
says "which is said" "contains no answers" "$RUNG" check "$link"

one=$(cat "$work/mine.link") two=$(cat "$work/other.link")
{
	printf '时间\t学号\t姓名\t答案\n'
	printf '2026-11-21 10:00\t2023001\t张三\t%s\n' "$one"
	printf '2026-11-21 10:01\t2023009\t李四\t"%s"\n' "$two"
	printf '2026-11-21 10:02\t2023003\t../王五\t%s\n' "$(echo "$one" | cut -c1-200)"
	printf '2026-11-21 10:02\t2023004\t\t\n'
} > "$work/table.tsv"
printf '学号,姓名\n2023001,张三\n2023002,A\n2023009,李四\n2023003,王五\n' > "$work/roster.csv"
"$RUNG" check --class "$work/table.tsv" --roster="$work/roster.csv" > "$work/class" 2>&1
says "the first" "2023001 张三, direct-call" cat "$work/class"
says "one in the place of another" "its name says 2023009, but the number in it is 2023002" cat "$work/class"
says "one that is cut" "truncated" cat "$work/class"
mkdir "$work/class.d" && cp "$work"/*.link "$work/class.d"
says "files with links" "2023002, direct-call" "$RUNG" check --class "$work/class.d"
fails "a table without" 2 "$RUNG" check --class "$work/roster.csv"
says "which is said" "a table with links" "$RUNG" check --class "$work/roster.csv"
finish
