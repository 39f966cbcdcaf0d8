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
	"$RUNG" live "$work/t.gv" --outside=bob -o "$work/t.jsonl" "$@" > "$work/said" 2>&1 &
	run=$!
	until grep -q "INVITE → bob" "$work/said" || ! kill -0 "$run" 2> /dev/null; do
		sleep 0.1
	done
	sleep 0.5
}
echo before > "$work/t.jsonl"
begin
kill -9 "$run"
wait "$run" 2> /dev/null
ok "what stood there stays" grep -q before "$work/t.jsonl"
says "its messages are there" "INVITE → bob" "$RUNG" show "$work/t.jsonl.part" kind=send
ok "it has no end" test "$(grep -c '"kind":"end"' "$work/t.jsonl.part")" = 0
ok "its last record is whole" sh -c 'tail -c 2 "$1" | grep -q "}"' - "$work/t.jsonl.part"
lines=$(wc -l < "$work/t.jsonl.part")
ok "it runs again" sh -c '"$1" run -q "$2/t.jsonl.part" -o "$2/again.jsonl" &&
	head -n "$3" "$2/again.jsonl" | cmp - "$2/t.jsonl.part"' - "$RUNG" "$work" "$lines"

# Two of them do not write into one file.
begin
first=$run
begin
kill "$run" "$first"
wait "$run" "$first"
ok "ended in order" grep -q '"kind":"end"' "$work/t.jsonl"
ok "… and whole" "$RUNG" run -q "$work/t.jsonl" -o "$work/again.jsonl"
fails "nothing is left aside" 1 test -e "$work/t.jsonl.part"
finish
