#!/bin/sh
# A digit as a telephone event that lasts longer than the 16 bits of its duration
# say goes in segments (RFC 4733 2.5.1.3), and is heard once (2.5.2.3): by a phone,
# and in a capture.
. tests/fixtures/check.sh

cat > "$work/lab.lua" <<'E2'
lab { title = "Long", topology = "net.gv", duration = "40s" }
script(function()
	local call = node("alice"):invite "bob"
	wait(call, "confirmed")
	sleep "100ms"
	call:dtmf("5", { duration = "9s" })
	call:dtmf("5", { duration = "100ms" })
	sleep "15s"
	call:bye()
end)
E2
cat > "$work/net.gv" <<'E2'
graph net {
	alice [role=ua, media=true, dtmf=events, codecs="PCMU telephone-event", addr="192.0.2.1"]
	bob [role=ua, media=true, answer="0s", codecs="PCMU telephone-event", addr="192.0.2.2"]
	alice -- bob [delay="5ms"]
}
E2

# The reports of alice's first digit, in which segment: "stamp duration E M".
reports() {
	"$RUNG" run -q --detail=network "$work/lab.lua" "$@" -o "$work/t.jsonl"
	"$RUNG" export -f pcapng --node=bob "$work/t.jsonl" -o "$work/t.pcapng"
}
reports
ok "heard twice: it, and the one behind it" \
	[ "$("$RUNG" show "$work/t.jsonl" kind=media node=bob op=digit | grep -c 'digit 5')" = 2 ]
"$RUNG" export -f trace "$work/t.pcapng" > "$work/c.jsonl" 2> /dev/null
ok "in a capture, too" \
	[ "$(grep -c '"op":"digit"' "$work/c.jsonl")" = 2 ]

# Of the packets: stamps, durations, E and M as 2.5.1.3 has them.  CLOCK: ticks a
# second; the second digit has another stamp and lasts 100 ms.
segments() { # CLOCK SEGMENTS
	tshark -r "$work/t.pcapng" -Y "rtpevent && ip.src == 192.0.2.1" -T fields \
		-e rtp.timestamp -e rtpevent.duration -e rtpevent.end_of_event \
		-e rtp.marker 2> /dev/null |
		awk -v clock="$1" -v segments="$2" '
		function wrong(why) { print NR ": " $0 ": " why }
		NR == 1 { first = stamp = $1; n = 1; if ($4 != 1) wrong("no marker") }
		NR > 1 && $4 == 1 { over = 1 }
		over { next }
		NR > 1 && $4 != 0 { wrong("marker") }
		$1 != stamp {
			if (($1 - stamp + 4294967296) % 4294967296 != 65535) wrong("stamp")
			if (last != 65535) wrong("the segment ended at " last)
			if (end) wrong("behind the end")
			stamp = $1; n++
		}
		{ last = $2; end += $3 }
		END {
			if (n != segments) print n " segments"
			if ((n - 1) * 65535 + last != 9 * clock) print "lasts " last
			if (end != 3) print "its end is told " end " times"
		}' > "$work/.output"
	if [ -s "$work/.output" ]; then bad "segments at $1" "they are otherwise"
	else good; fi
}
if command -v tshark > /dev/null; then
	segments 8000 2
	reports --set=alice.codecs="opus telephone-event" \
		--set=bob.codecs="opus telephone-event"
	segments 48000 7
	ok "heard twice with another clock" \
		[ "$("$RUNG" show "$work/t.jsonl" kind=media node=bob op=digit | grep -c 'digit 5')" = 2 ]
else
	skip "tshark is missing"
fi

# In band it lasts as long as was asked for.
"$RUNG" run -q "$work/lab.lua" --set=alice.dtmf=in-band --set=bob.dtmf=in-band \
	-o "$work/t.jsonl"
ok "in band" \
	[ "$("$RUNG" show "$work/t.jsonl" kind=media node=bob op=digit | grep -c 'digit 5')" = 2 ]
finish
