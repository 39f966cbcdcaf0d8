# What comes from outside, on the command line: from a file or a trace, seen
# wherever traces are, run again to the same bytes; what can't be is refused
# with a sentence.
. tests/fixtures/check.sh
XDG_STATE_HOME=$work/state
export XDG_STATE_HOME

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

# A message of STUN is named as one of a node's.
printf '{"kind":"arrivals","version":1}\n{"t":1000,"to":"bob","from":"198.51.100.7:3478","base64":"%s"}\n{"kind":"end"}\n' \
	"$(printf '\0\001\0\0\041\022\244\102abcdefghijkl' | base64)" > "$work/stun.jsonl"
ok   "with STUN"   "$RUNG" run -q direct-call --arrivals="$work/stun.jsonl" -o "$work/s.jsonl"
says "with STUN"   "Binding request → bob" "$RUNG" show "$work/s.jsonl"

# An act in it, by name, and one more look at all of it.
ok   "an act" "$RUNG" run -q direct-call --arrivals=$list \
	--act=200/OPTIONS@bob:bob.crash -o "$work/acted.jsonl"
ok   "the act again" "$RUNG" run -q "$work/acted.jsonl" -o "$work/again.jsonl"
same "the act again" "$work/acted.jsonl" "$work/again.jsonl"

# A source of nobody's that a phone takes: it is seen and heard beside the other
# side, which says little here, and its figures are not those of the call.
packet() { # NUMBER: of SSRC 77, PCMU
	printf "$(printf '\\200\\0\\0\\%o\\0\\0\\%o\\%o\\0\\0\\0\\115' "$1" \
		$(($1 * 160 / 256)) $(($1 * 160 % 256)))"
	printf %0160d 0 | tr 0 '\220'
}
{
	echo '{"kind":"arrivals","version":1}'
	for i in 1 2 3 4 5 6; do
		printf '{"t":%d000000,"to":"bob","port":49170,"from":"198.51.100.7:4000","base64":"%s"}\n' \
			$((4000 + i * 20)) "$(packet $i | base64 | tr -d '\n')"
	done
	echo '{"kind":"end"}'
} > "$work/stray.jsonl"
"$RUNG" run -q direct-call --arrivals="$work/stray.jsonl" --set alice.media=true \
	--set bob.media=true --set alice.sound=silence \
	--set 'alice.codecs=PCMU CN' --set 'bob.codecs=PCMU CN' -o "$work/heard.jsonl"
says "a stranger in the table" "═ 198.51.100.7" \
	"$RUNG" show --at=4.2s "$work/heard.jsonl"
says "half a second after its last packet" "Nothing comes from 198.51.100.7:4000 any more" \
	"$RUNG" show --at=5s "$work/heard.jsonl"
says "in the plot" "bob ← 198.51.100.7:4000" \
	sh -c '"$0" export --what=media -f svg "$1"' "$RUNG" "$work/heard.jsonl"
says "in the verdict" "bob hears CN, which is silent, and 198.51.100.7:4000, which is nobody of the call" \
	"$RUNG" inspect -f json "$work/heard.jsonl"
"$RUNG" export --hear bob --from=4s --to=5s "$work/heard.jsonl" -o "$work/t.wav"
ok   "in what is heard" [ "$(tail -c +45 "$work/t.wav" |
	od -An -v -td2 -w2 | awk '$1 > 8000' | wc -l)" -gt 600 ]

refused() { # NAME SENTENCE FILE
	fails "$1" 2 "$RUNG" run -q direct-call --arrivals="$3"
	says "$1" "$2" sh -c '"$@" 2>&1; true' sh "$RUNG" run -q direct-call \
		--arrivals="$3"
}
refused "no file" "can't be read" "$work/nowhere"
refused "a topology" "is a topology" topologies/star.gv
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
