# Systems of video surveillance (GB/T 28181) that are well were said to break RFC 3261, and
# exited with 1; what is amiss in the labs of surveillance that show a failure was named of
# half of them.  Each is inspected as a run and as the capture of it.
. tests/fixtures/check.sh

both() { # NAME UNTIL: the run and its capture
	"$RUNG" run -q "$1" $2 -o "$work/t.jsonl" 2> "$work/said"
	"$RUNG" export "$work/t.jsonl" -o "$work/t.pcapng" 2> "$work/said"
}

for name in gb28181-live ims-call ims-out-of-step ims-registration ims-triggers \
	topologies/gb28181.gv topologies/gb28181-cascade.gv topologies/gb28181-events.gv topologies/ims.gv; do
	case $name in
	*.gv) both "$name" --until=90s ;;
	*) both "$name" ;;
	esac
	case $name in
	*gb28181*) norm=gb-profile ;;
	*) norm=ims-profile ;;
	esac
	for f in t.jsonl t.pcapng; do
		ok "$name, $f: it is well" "$RUNG" inspect -o "$work/report.txt" "$work/$f"
		ok "$name, $f: its norm is said once" test "$(grep -c "^remark .*  $norm\$" "$work/report.txt")" -eq 1
	done
done

while read -r name rule; do
	both "$name"
	for f in t.jsonl t.pcapng; do
		"$RUNG" inspect "$work/$f" > "$work/report.txt" 2>&1
		says "$name, $f" "  $rule" grep -E '^(error|warning) ' "$work/report.txt"
	done
done << 'LABS'
gb28181-no-answer gb-reached
gb28181-no-stream gb-address
gb28181-ssrc media-source
gb28181-keepalive gb-beat-taken
gb28181-cascade gb-beat-anew
gb28181-private-sdp gb-address
gb28181-tcp-roles media-connection
gb28181-catalogue gb-body
LABS

# Keep-alives and answers are calls of their own: who looks at some does not miss the others.
both gb28181-live
for f in t.jsonl t.pcapng; do
	for few in --sample=5 --sample=9 --call=live; do
		"$RUNG" inspect $few "$work/$f" > "$work/report.txt" 2>&1
		fails "$few, $f: nothing is missed" 1 grep -E 'gb-(answered|sum|beat|media)' "$work/report.txt"
	done
done
finish
