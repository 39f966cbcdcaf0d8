# A capture sees what is sent to somebody.  Whether he hears it only his reports
# of RTCP tell (RFC 3550 6.4): of captures at each node of labs with media nothing
# says "hears", and what reports say is what the run has counted.
. tests/fixtures/check.sh
COLUMNS=200
export COLUMNS
t=$work/t.jsonl
c=$work/c.pcapng

# What the run has counted of each source whenever it reported, and at the end:
# SSRC/lost, percent.
counted() {
	jq -r 'select(.kind == "media" and (.op == "heard" or .op == "quality") and .packets + .lost > 0)
		| "\(.ssrc)/\(.lost) \(100 * .lost / (.packets + .lost))"' "$t"
}

# What reports say in the capture: the same.
reported() {
	"$RUNG" show -f json "$c" op=report 2> "$work/err" |
		jq -r '.records[].record | select(.share != null) | "\(.ssrc)/\(.lost) \(.share / 100)"'
}

# What is said of the media of FILE, a line for each side of a call.
verdicts() {
	"$RUNG" inspect -f json "$1" 2> "$work/err" | jq -r '.media[].text' | tr ';' '\n'
}

# NAME: its trace is in $t.
check_captures() {
	counted | sort -u > "$work/counted"
	verdicts "$t" > "$work/run"
	for node in $(jq -r 'select(.kind == "media") | .node' "$t" | sort -u); do
		"$RUNG" export -f pcapng --node="$node" "$t" -o "$c" 2> "$work/err" || continue
		captures=$((captures + 1))
		verdicts "$c" > "$work/inspect"
		"$RUNG" show "$c" kind=media > "$work/show" 2> "$work/err"
		: > "$work/explain"
		for who in $("$RUNG" show -f json "$c" op=hear 2> "$work/err" | jq -r '.records[].node' | sort -u); do
			"$RUNG" explain "$c" --hear="$who" 2> "$work/err" |
				sed "/^What led to this/,\$d" >> "$work/explain"
		done
		# Who hears nothing by the descriptions does so wherever one looks.
		# That nothing arrives at a private address is so, where the run says it.
		grep -q "does not arrive" "$work/run" && sed -i "/hears no.*does not arrive/d" "$work/inspect"
		if grep -h "hears\|MOS [0-9]" "$work/explain" "$work/inspect" "$work/show" |
			grep -v "whether it hears that\|and from when$\|A side that offers sendrecv\|hears nothing because\|MOS [0-9.]* at most\|reports.*MOS\|RTCP ←.*MOS\|has reported by RTCP" > "$work/says"; then
			bad "$1 at $node says: $(head -1 "$work/says")"
		fi
		reported | sort -u > "$work/reported"
		compared=$((compared + $(join "$work/counted" "$work/reported" | wc -l)))
		# As many may be lost for a while.
		join "$work/counted" "$work/reported" | awk '
			{ off = ($2 - $3) ^ 2; k = $1 " " $3 }
			!(k in best) || off < best[k] { best[k] = off; line[k] = $0 }
			END { for (k in best) if (best[k] > 4) print line[k] }' > "$work/off"
		if [ -s "$work/off" ]; then
			bad "$1 at $node: counted, reported: $(head -1 "$work/off")"
		fi
	done
}

captures=0 compared=0
# Each third of them; with CAPTURES=all every one.
third=3 least=20 fewest=60
if [ "${CAPTURES:-}" = all ]; then third=1 least=50 fewest=120; fi
for lab in $(grep -l "media=true" labs/*/*.gv | xargs -n 1 dirname | sort -u |
	awk -v n=$third 'NR % n == 1 || n == 1'); do
	"$RUNG" run -q "$lab" -o "$t" 2> "$work/err"
	check_captures "$lab"
done
for topology in direct-call nat sbc; do
	for loss in 3 19; do
		"$RUNG" run -q topologies/$topology.gv --set alice.media=true --set bob.media=true \
			--set loss=$loss% -o "$t" 2> "$work/err"
		check_captures "$topology, $loss %"
	done
done
says "captures at all nodes" "many" sh -c '[ "$0" -gt "$1" ] && echo many' "$captures" $least
says "reports in them" "many" sh -c '[ "$0" -gt "$1" ] && echo many' "$compared" $fewest

finish
