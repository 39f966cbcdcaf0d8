# Of a live run that was ended by force nothing was left: what has come up to then is in FILE.part, and
# runs again; a run that ends in order leaves none.
. tests/fixtures/check.sh

cat > "$work/t.gv" <<'G'
graph {
	alice [role=ua, register=true, outbound=px]
	px [role="proxy registrar location", domain="example.com"]
	bob [role=ua]
	alice -- px -- bob
}
G
begin() {
	: > "$work/said"
	"$RUNG" live "$work/t.gv" --outside=bob "$@" > "$work/said" 2>&1 &
	run=$!
	until grep -q "INVITE → bob" "$work/said" || ! kill -0 "$run" 2> /dev/null; do
		sleep 0.1
	done
	sleep 0.5
}
echo before > "$work/t.jsonl"
begin -o "$work/t.jsonl"
kill -9 "$run"
wait "$run" 2> /dev/null
ok "what stood there stays" grep -q before "$work/t.jsonl"
says "its messages are there" "INVITE → bob" "$RUNG" show "$work/t.jsonl.part" kind=send
ok "it has no end" test "$(grep -c '"kind":"end"' "$work/t.jsonl.part")" = 0
ok "its last record is whole" sh -c 'tail -c 2 "$1" | grep -q "}"' - "$work/t.jsonl.part"
lines=$(wc -l < "$work/t.jsonl.part")
ok "it runs again" sh -c '"$1" run -q "$2/t.jsonl.part" -o "$2/again.jsonl" &&
	head -n "$3" "$2/again.jsonl" | cmp - "$2/t.jsonl.part"' - "$RUNG" "$work" "$lines"

# What a killed run has left is not lost where the same command runs again.
cp "$work/t.jsonl.part" "$work/first"
for i in 1 2; do
	begin -o "$work/t.jsonl"
	kill -9 "$run"
	wait "$run" 2> /dev/null
	ok "run $i: it is kept, to the byte" cmp "$work/first" "$work/t.jsonl.part.$i"
	ok "… which is said" grep -q "t.jsonl.part.$i has what an earlier run left in .*t.jsonl.part" "$work/said"
	ok "… and runs again" "$RUNG" run -q "$work/t.jsonl.part.$i" -o "$work/again.jsonl"
	cp "$work/t.jsonl.part" "$work/first"
done
rm "$work/t.jsonl.part"*

# Compressed likewise, some tenths of a second behind.
begin -o "$work/z.jsonl.gz"
sleep 1
kill -9 "$run"
wait "$run" 2> /dev/null
says "compressed: its messages are there" "INVITE → bob" "$RUNG" show "$work/z.jsonl.gz.part" kind=send
ok "… it runs again, to the same records" sh -c 'gzip -dc "$2/z.jsonl.gz.part" > "$2/z" 2> /dev/null
	"$1" run -q "$2/z.jsonl.gz.part" -o "$2/again.jsonl" && test -s "$2/z" &&
	head -n "$(wc -l < "$2/z")" "$2/again.jsonl" | cmp - "$2/z"' - "$RUNG" "$work"
begin -o "$work/z.jsonl.gz"
kill "$run"
wait "$run"
ok "… it is kept, too" "$RUNG" run -q "$work/z.jsonl.gz.part.1" -o "$work/again.jsonl"

# Two of them do not write into one file.
begin -o "$work/t.jsonl"
first=$run
begin -o "$work/t.jsonl"
kill "$run" "$first"
wait "$run" "$first"
ok "ended in order" grep -q '"kind":"end"' "$work/t.jsonl"
ok "… and whole" "$RUNG" run -q "$work/t.jsonl" -o "$work/again.jsonl"
fails "nothing is left aside" 1 test -e "$work/t.jsonl.part"
finish
