# What comes from outside, on the command line: from a file or a trace, seen
# wherever traces are, run again to the same bytes; what can't be is refused
# with a sentence.
. tests/check.sh
LC_ALL=C.UTF-8
XDG_STATE_HOME=$work/state
export LC_ALL XDG_STATE_HOME

list=examples/arrivals.jsonl
ok   "with arrivals" "$RUNG" run -q direct-call --arrivals=$list \
	-o "$work/t.jsonl"
ok   "its trace again" "$RUNG" run -q "$work/t.jsonl" -o "$work/again.jsonl"
same "its trace again" "$work/t.jsonl" "$work/again.jsonl"
ok   "as its trace has them" "$RUNG" run -q direct-call \
	--arrivals="$work/t.jsonl" -o "$work/taken.jsonl"
same "as its trace has them" "$work/t.jsonl" "$work/taken.jsonl"
for detail in messages network; do
	"$RUNG" run -q direct-call --arrivals=$list --detail=$detail \
		-o "$work/$detail.jsonl"
	ok   "$detail again" "$RUNG" run -q "$work/$detail.jsonl" \
		-o "$work/again.jsonl"
	same "$detail again" "$work/$detail.jsonl" "$work/again.jsonl"
done
ok   "compressed" "$RUNG" run -q direct-call --arrivals=$list -o "$work/t.jsonl.gz"
ok   "compressed, taken" "$RUNG" run -q direct-call \
	--arrivals="$work/t.jsonl.gz" -o "$work/taken.jsonl"
same "compressed, taken" "$work/t.jsonl" "$work/taken.jsonl"

says "the ladder"  "outside" "$RUNG" show --ladder "$work/t.jsonl"
says "the answer"  "200 OK → outside" "$RUNG" show "$work/t.jsonl"
says "explained"   "from outside, from 198.51.100.7:5060" \
	"$RUNG" explain "$work/t.jsonl" OPTIONS@outside
says "the calls"   "eve@198.51.100.7" "$RUNG" show --calls "$work/t.jsonl"
ok   "as packets"  "$RUNG" export "$work/t.jsonl" -o "$work/t.pcapng"
says "as packets"  "eve@198.51.100.7" "$RUNG" show --calls "$work/t.pcapng"
says "Chinese"     "来自外部" "$RUNG" --lang=zh explain "$work/t.jsonl" \
	OPTIONS@outside

# An act in it, by name, and one more look at all of it.
ok   "an act" "$RUNG" run -q direct-call --arrivals=$list \
	--act=200/OPTIONS@bob:bob.crash -o "$work/acted.jsonl"
ok   "the act again" "$RUNG" run -q "$work/acted.jsonl" -o "$work/again.jsonl"
same "the act again" "$work/acted.jsonl" "$work/again.jsonl"

refused() { # NAME SENTENCE FILE
	fails "$1" 2 "$RUNG" run -q direct-call --arrivals="$3"
	says "$1" "$2" sh -c '"$@" 2>&1; true' sh "$RUNG" run -q direct-call \
		--arrivals="$3"
}
refused "no file" "can't be read" "$work/nowhere"
refused "a topology" "no file of arrivals" topologies/star.gv
sed '$d' $list > "$work/cut.jsonl"
refused "cut off" "cut.jsonl:4: the arrivals break off here" "$work/cut.jsonl"
head -c 300 $list > "$work/cut.jsonl"
refused "cut in a line" "cut.jsonl:2: is no arrival" "$work/cut.jsonl"
sed 's/"to":"bob"/"to":"bib"/' $list > "$work/nobody.jsonl"
refused "nobody" "arrival 1: what comes from 198.51.100.7:5060 is for “bib”" \
	"$work/nobody.jsonl"
sed 's/"from":"198.51.100.7:5060"/"from":"192.0.2.1:5060"/' $list \
	> "$work/own.jsonl"
refused "a node's address" "that is the address of node alice" "$work/own.jsonl"
sed 's/"from":"198.51.100.7:40000"/"from":"nowhere"/' "$work/t.jsonl" \
	> "$work/hostile.jsonl"
refused "a trace with another address" "no address with a port" \
	"$work/hostile.jsonl"
printf 'graph { outside [role=ua]; bob [role=ua]; outside -- bob }\n' \
	> "$work/named.gv"
fails "a node called outside" 2 "$RUNG" run -q "$work/named.gv" \
	--arrivals=$list
ok "it may be called so" "$RUNG" run -q "$work/named.gv"
finish
