# Media beside everything else: labs (those with handsets, of the others one of
# twelve; ALL=1: each) with all their phones and services talking end as they
# should, and each stream is told the same whether its packets are folded or
# recorded one by one; no record has a cause that is not there.
. tests/fixtures/check.sh

expect() { # WHAT IS SEEN WANTED
	if [ "$2" = "$3" ]; then good
	else bad "$1" "$2 instead of $3"; fi
}

n=0
for lab in labs/*/lab.lua; do
	lab=${lab%/lab.lua}
	name=${lab#labs/}
	n=$((n + 1))
	case $name in
	handset-malformed | handset-memory | handset-slow) continue ;;
	handset-*) ;;
	*) [ $((n % 12)) -eq 0 ] || [ -n "${ALL:-}" ] || continue ;;
	esac
	find_trace "labs/$name" protocol
	set --
	for phone in $(head -n 1 "$trace" |
		jq -r '.nodes[] | select((.role // "") | split(" ") |
			any(IN("ua", "conference", "menu", "voicemail"))) | .name'); do
		set -- "$@" "--set=$phone.media=true"
	done
	[ $# -gt 0 ] || continue
	for detail in protocol network; do
		"$RUNG" run -q "$@" --detail=$detail "$lab" -o "$work/t.jsonl" 2> "$work/.output" ||
			bad "$name, $detail" "$(cat "$work/.output")"
		sed -n '/"kind":"media"/{s/"seq":[0-9]*,//;s/"cause":[0-9]*,//;p;}' \
			"$work/t.jsonl" > "$work/$detail"
		late=$(sed -n 's/^{"seq":\([0-9]*\),.*"cause":\([0-9]*\),.*/\1 \2/p' \
			"$work/t.jsonl" | awk '$2 >= $1' | head -n 1)
		expect "$name, $detail: no cause comes later" "$late" ""
	done
	if cmp -s "$work/protocol" "$work/network"; then good
	else bad "$name" "folded media are others"; fi
done

# A controller of flow III had answered with all keys of the offer, so that the
# call broke (RFC 4568 5.1.2).
"$RUNG" run -q --set=alice.media=true --set=bob.media=true --set=alice.srtp=offer \
	--set=bob.srtp=offer labs/third-party -o "$work/t.jsonl" 2> "$work/.output"
expect "three flows, sealed" "$? $(grep -c '"op":"heard"' "$work/t.jsonl")" "0 6"

finish
