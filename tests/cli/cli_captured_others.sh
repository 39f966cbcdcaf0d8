#!/bin/sh
# What runs have of DNS, STUN, TLS and WebSocket is seen in their captures, read
# back; the second reader is tshark.
. tests/fixtures/check.sh

# Messages of protocol $2 that trace $1 sends.
sent() {
	grep -c "\"kind\":\"send\".*\"proto\":\"$2\"" "$1"
}

# back FILE: its trace, the capture of that and the trace of the capture.
back() {
	trace_of "$1" protocol "$work/run.jsonl"
	"$RUNG" export -f pcapng "$work/run.jsonl" -o "$work/run.pcapng" &&
		"$RUNG" import "$work/run.pcapng" -o "$work/back.jsonl" \
			2> "$work/import"
}

is() { # NAME EXPECTED SEEN
	if [ "$2" = "$3" ]; then good; else bad "$1" "$3 instead of $2"; fi
}

back labs/trapezoid-dns
is "DNS" "$(sent "$work/run.jsonl" dns)" "$(sent "$work/back.jsonl" dns)"
ok "the same questions and answers" test \
	"$(grep '"proto":"dns"' "$work/run.jsonl" | grep -o '"base64":.*')" = \
	"$(grep '"proto":"dns"' "$work/back.jsonl" | grep -o '"base64":.*')"
says "servers of names" '"role":"dns"' head -n 1 "$work/back.jsonl"
if command -v tshark > /dev/null; then
	is "tshark: DNS" "$(sent "$work/back.jsonl" dns)" \
		"$(tshark -r "$work/run.pcapng" -Y dns 2> /dev/null | wc -l)"
else
	skip "no tshark"
fi

# Whom it serves is told by the messages alone, in both alike.
for trace in run.jsonl back.jsonl run.pcapng; do
	says "$trace: lookups of a call" "8wl65mn3dpmo@192.0.2.1 + 8 dns" \
		"$RUNG" show --calls "$work/$trace"
done
for trace in run back; do
	is "$trace: … in its records" 8 "$("$RUNG" show "$work/$trace.jsonl" \
		--call=8wl65mn3dpmo kind=send proto=dns | wc -l)"
	is "$trace: … in its ladder" 4 "$("$RUNG" show --ladder \
		"$work/$trace.jsonl" --call=8wl65mn3dpmo | grep -c query)"
	fails "$trace: another call asks for nothing" 1 "$RUNG" show \
		"$work/$trace.jsonl" --call=dbrdb2ydi888 kind=send proto=dns
done
is "words for a ladder" 4 "$("$RUNG" show --ladder "$work/run.jsonl" \
	call=8wl65mn3dpmo proto=dns | grep -c query)"
ok "… which say that there are some" "$RUNG" show --ladder "$work/run.jsonl" \
	call=8wl65mn3dpmo proto=dns
is "one call of the capture" 8 "$("$RUNG" show "$work/run.pcapng" \
	--call=8wl65mn3dpmo kind=send proto=dns | wc -l)"
fails "the other one" 1 "$RUNG" show "$work/run.pcapng" \
	--call=dbrdb2ydi888 kind=send proto=dns
is "of two calls" 4 "$("$RUNG" show --ladder "$work/run.jsonl" \
	--call=8wl65mn3dpmo --call=dbrdb2ydi888 | grep -c query)"

# Beyond a NAT a message has other addresses: it may be seen on either side.
back topologies/stun.gv
stuns() { # FILE
	grep '"proto":"stun"' "$1" | grep -o '"base64":"[^"]*' | LC_ALL=C sort -u
}
ok "STUN" [ "$(stuns "$work/run.jsonl")" = "$(stuns "$work/back.jsonl")" ]
! command -v tshark > /dev/null || is "tshark: STUN" \
	"$(grep '"proto":"stun"' "$work/back.jsonl" | grep -o '"base64":"[^"]*' |
		sort -u | wc -l)" "$(
		tshark -r "$work/run.pcapng" -Y stun -T fields -e stun.id \
			-e stun.type 2> /dev/null | sort -u | wc -l
	)"

says "what keeps a flow open" "tf8641mwoxqo@192.168.1.20 + 2 stun" \
	"$RUNG" show --calls "$work/run.jsonl"

# Each record of a connection is one that is protected, or can be read.
back topologies/tls.gv
is "TLS" "$(grep -c '"kind":"send".*"transport":"tls"' "$work/run.jsonl")" \
	"$(sent "$work/back.jsonl" tls)"
says "a handshake" '"start":"ServerHello, ChangeCipherSpec' \
	cat "$work/back.jsonl"
says "what can't be read" "can't be read" cat "$work/import"
! command -v tshark > /dev/null || is "tshark: TLS" \
	"$(sent "$work/back.jsonl" tls)" \
	"$(tshark -r "$work/run.pcapng" -Y tls 2> /dev/null | wc -l)"

says "a handshake for a call" "dbrdb2ydi888@192.0.2.1 + 4 tls" \
	"$RUNG" show --calls "$work/run.jsonl"

# Of version 1.2 the server's certificate can be read.
"$RUNG" run -q topologies/tls.gv --set px.tls=1.2 -o "$work/old.jsonl"
"$RUNG" export "$work/old.jsonl" -o "$work/old.pcapng"
says "a certificate" "subject               px.example.com" "$RUNG" show \
	"$work/old.pcapng" "$("$RUNG" show "$work/old.pcapng" kind=send \
		2> /dev/null | awk '/ServerHello/ { print $1; exit }')"

back topologies/websocket.gv
is "WebSocket" "$(sent "$work/run.jsonl" websocket)" \
	"$(sent "$work/back.jsonl" websocket)"
is "SIP in WebSocket" "$(sent "$work/run.jsonl" sip)" \
	"$(sent "$work/back.jsonl" sip)"
says "… of WebSocket" "8wl65mn3dpmo@t80trqykpryz.invalid + 2 websocket" \
	"$RUNG" show --calls "$work/back.jsonl"

# No request goes out: the lookup is of the call that came for that name.
cp topologies/dns.gv "$work"
{
	echo 'lab { topology = "dns.gv", duration = "5s" }'
	echo 'script(function()'
	echo '	node "alice":invite "sip:carol@nowhere.example"'
	echo 'end)'
} > "$work/nowhere.lua"
ok "a name that is not" "$RUNG" run -q "$work/nowhere.lua" \
	-o "$work/nowhere.jsonl"
says "a lookup that failed" " dns" "$RUNG" show --calls "$work/nowhere.jsonl"
finish
