# One call's ladder has its own remarks and no other call's.
. tests/fixtures/check.sh

t=$work/t.jsonl
"$RUNG" run labs/lying-location -q -o "$t"
sed -n 's/.*"kind":"send".*"call_id":"\([^"]*\)".*/\1/p' "$t" | awk '!n[$0]++' \
	> "$work/calls"
second=$(sed -n 2p "$work/calls")
ok "there are calls" test -n "$second"
"$RUNG" export -f txt --call="$second" "$t" -o "$work/two.txt"
ok "what was said of it" grep -q "It lies" "$work/two.txt"
for other in "It is right" "It is slow" "It is down"; do
	fails "$other: of another call" 1 grep -q "$other" "$work/two.txt"
done
"$RUNG" export -f txt "$t" -o "$work/all.txt"
for any in "It is right" "It lies" "It is slow" "It is down"; do
	ok "all calls have all" grep -q "$any" "$work/all.txt"
done
finish
