# What a node holds in the middle of a run is told: members of a conference, calls in a
# queue, circuits, bindings of a NAT, streams.  A crash takes all of it away, and a node
# that starts again begins anew.
. tests/fixtures/check.sh

at() { # TIME NODE
	"$RUNG" show --at="$1" --node="$2" "$work/t.jsonl"
}
plus() { # TIME MORE
	awk "BEGIN { print $1 + $2 }"
}
last_before() { # TIME: the last record until then
	awk -v t="$1" 'NR > 1 { at = substr($0, index($0, "\"t\":") + 4) / 1e9
		if (at <= t) seq = NR - 1 } END { print seq }' "$work/t.jsonl"
}
stands() { # TIME NODE HEADING PATTERN: a line like PATTERN stands below HEADING
	at "$1s" "$2" > "$work/at"
	awk -v heading="$3" -v like="$4" '/^[^ ]/ { mine = $0 == heading }
		mine && $0 ~ like { found = 1 } END { exit !found }' "$work/at"
}
# holds LAB TIME NODE HEADING PATTERN: it stands at TIME, but not after a crash, when the
# node has nothing, nor after a restart.
holds() {
	crash=$(plus "$2" 0.05)
	restart=$(plus "$2" 0.3)
	"$RUNG" run -q "$1" -o "$work/t.jsonl"
	ok "$1: $4 of $3" stands "$2" "$3" "$4" "$5"
	crash="$(last_before "$crash")@${crash}s:$3.crash"
	"$RUNG" run -q "$1" --act="$crash" -o "$work/t.jsonl"
	restart="$(last_before "$restart")@${restart}s:$3.restart"
	ok "$1: $3 crashes and starts again" "$RUNG" run -q "$1" --act="$crash" \
		--act="$restart" -o "$work/t.jsonl"
	says "$1: after its crash $3 has nothing" "Nothing is here now." \
		at "$(plus "$2" 0.2)s" "$3"
	fails "$1: $3 begins without" 1 stands "$(plus "$2" 0.301)" "$3" "$4" "$5"
}
holds labs/conference 12 conf Participants "conf/2 .*connected"
holds labs/call-centre 8 help "Calls in queues" talking
holds labs/call-queue 12 help "Pairs of calls" joined
holds labs/media-gateway 8 mg1 Contexts "active since"
holds labs/nat-keepalive 20 home "Mappings of the NAT" "open since"
holds labs/media-gateway 8 mg1 Streams "sending and receiving"
finish
