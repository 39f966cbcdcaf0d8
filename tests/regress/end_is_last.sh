# A run that is cut while a TCP connection is being made ends with its `end`
# record: what its nodes still hold is freed without a word.
. tests/fixtures/check.sh
for topology in topologies/tcp.gv topologies/two-proxies.gv; do
	for until in 1ms 20ms 2500ms; do
		for detail in protocol network; do
			"$RUNG" run -q --until=$until --detail=$detail \
			    "$topology" -o - > "$work/t.jsonl"
			says "$topology until $until, $detail" \
			    '"kind":"end"' tail -n 1 "$work/t.jsonl"
		done
	done
	says "figure of $topology" '<svg' "$RUNG" export --until=1ms \
	    --what=topology -f svg "$topology" -o -
done
finish
