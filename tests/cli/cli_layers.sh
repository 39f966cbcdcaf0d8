# rung show FILE RECORD --layers: the packets of a message, byte by byte, as
# rung export -f pcapng writes them; the second reader is tshark.
. tests/fixtures/check.sh

layers() { # FILE RECORD OPTION…
	file=$1 record=$2
	shift 2
	"$RUNG" show "$file" "$record" --layers "$@" > "$work/out" 2>&1
}

# All bytes, in order, as numbers: of rows that tell all of theirs.
headers() {
	LC_ALL=C sed -nE 's/^[EIFUT] [0-9a-f]{4} (( [0-9a-f]{2})+).*/\1/p' \
		"$work/out" | tr -d ' \n'
}

layers labs/two-proxies INVITE@atl --width=80
same "UDP and SDP" tests/golden/layers.txt "$work/out"
# Numbers of records differ by how much a trace tells.
sed 1,2d tests/golden/layers.txt > "$work/first"
trace_of labs/two-proxies messages "$work/m.jsonl"
trace_of labs/two-proxies network "$work/t.jsonl"
for of in m t; do
	layers "$work/$of.jsonl" INVITE@atl --width=80
	sed 1,2d "$work/out" > "$work/again"
	ok "the same of another detail, $of" cmp "$work/first" "$work/again"
done
layers "$work/t.jsonl" INVITE@atl --width=160
says "more bytes where there is room" "S 002a  49 4e 56 49 54 45 20 73 69 70 3a" \
	cat "$work/out"
query=$("$RUNG" show labs/lying-location kind=send |
	awk '/query → loc/ { print $1; exit }')
says "what a node asks another" "JSON · 57 bytes" \
	"$RUNG" show labs/lying-location "$query" --layers
says "no message" "is about no message" "$RUNG" show "$work/t.jsonl" 1 --layers
fails "no message: status" 2 "$RUNG" show "$work/t.jsonl" 1 --layers
says "no record" "is for single records" "$RUNG" show "$work/t.jsonl" --layers
says "fewer bytes where there is none" "S 002a  49 4e 56 49 … INVITE" \
	"$RUNG" show "$work/t.jsonl" INVITE@atl --layers --width=58
says "in Chinese" "校验和" \
	"$RUNG" --lang=zh show "$work/t.jsonl" INVITE@atl --layers

# ---- IPv6, TCP in segments, fragments ----
cat > "$work/t.gv" <<'GV'
graph t {
	graph [domain="example.com"]
	edge [mtu=400]
	alice [role=ua, addr="2001:db8::1", outbound=px]
	bob [role=ua, addr="2001:db8::2", answer="1s", registered=true]
	px [role="proxy registrar location", addr="2001:db8::3"]
	alice -- r; bob -- r; px -- r
}
GV
cat > "$work/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "5s" }
script(function() node("alice"):invite "sip:bob@example.com" end)
LUA
"$RUNG" run -q --detail=network "$work/lab.lua" -o "$work/six.jsonl"
layers "$work/six.jsonl" INVITE@alice
says "IPv6" "next header       6: TCP" cat "$work/out"
ok   "three segments" [ "$(grep -c 'sequence number' "$work/out")" = 3 ]
says "of which the last has the end" "packet 3 of 3" cat "$work/out"
# No byte is left out and none is twice: heads and bodies of all add up.
size=$(sed -nE '1s/,//g; 1s/.* ([0-9]+) bytes.*/\1/p' "$work/out")
ok   "all of it" [ "$(awk '/^(SIP|SDP) · / { gsub(/,/, ""); n += $3 } END { print n }' \
	"$work/out")" = "$size" ]
"$RUNG" run -q --detail=network labs/handset-long-invite \
	--set long--lan.mtu=800 -o "$work/cut.jsonl"
layers "$work/cut.jsonl" INVITE@long
says "a fragment" "from byte 0, more follow" cat "$work/out"
says "and the last" "from byte 776, none follows" cat "$work/out"
ok   "UDP stands in the first alone" [ "$(grep -c '^UDP' "$work/out")" = 1 ]
ok   "all of both" [ "$(awk '/^(SIP|SDP) · / { gsub(/,/, ""); n += $3 } END { print n }' \
	"$work/out")" = 1135 ]

# ---- the capture ----
if ! command -v tshark > /dev/null; then
	skip "no tshark"
	finish
fi
"$RUNG" export "$work/t.jsonl" -o "$work/t.pcapng"
layers "$work/t.jsonl" INVITE@atl
seen=$(headers)
tshark -r "$work/t.pcapng" -Y 'sip.Method == INVITE' -x 2> /dev/null |
	awk 'NF == 0 { print ""; next } { for (i = 2; i <= 17; i++)
		if ($i ~ /^[0-9a-f][0-9a-f]$/) printf "%s", $i }' > "$work/frames"
ok   "has a packet with these headers" grep -q "^$seen" "$work/frames"
ok   "of 42 bytes" [ ${#seen} = 84 ]
# What serves calls: each field a row, and every byte in one part alone.
parts() { # NAME: those of $work/out follow each other
	next=0 twice=
	for part in $(sed -nE \
		's/^[A-Z].* ([0-9a-f]{4}) to ([0-9a-f]{4})$/\1-\2/p' "$work/out"); do
		[ $((0x${part%-*})) = $next ] || twice=$part
		next=$((0x${part#*-} + 1))
	done
	ok "$1: no byte twice ($twice)" [ "$next$twice" = "$next" ]
	ok "$1: all of its parts" [ "$next" -gt 42 ]
}
trace_of topologies/dns.gv protocol "$work/dns.jsonl"
layers "$work/dns.jsonl" "$(grep -m 1 '"start":"answer"' "$work/dns.jsonl" |
	sed 's/{"seq":\([0-9]*\).*/\1/')" --width=120
says "DNS: flags" "flags             NOERROR · QR · AA" cat "$work/out"
says "DNS: a record" "ADDITIONAL        px2.biloxi.example.com  300  A 198.51.100.1" \
	cat "$work/out"
says "DNS: EDNS" "ADDITIONAL        OPT" cat "$work/out"
parts DNS
trace_of topologies/websocket.gv protocol "$work/websocket.jsonl"
layers "$work/websocket.jsonl" INVITE@alice --width=120
says "WebSocket: opcode" "opcode            1: text · FIN" cat "$work/out"
says "WebSocket: length" "MASK" grep "length            729" "$work/out"
says "WebSocket: what is masked" "INVITE sip:bob@example.com SIP/2.0" \
	grep "^S 003e" "$work/out"
parts WebSocket
layers "$work/websocket.jsonl" "$(grep -m 1 '"start":"GET"' \
	"$work/websocket.jsonl" | sed 's/{"seq":\([0-9]*\).*/\1/')"
says "WebSocket: handshake" "GET / HTTP/1.1" cat "$work/out"
trace_of topologies/stun.gv protocol "$work/stun.jsonl"
layers "$work/stun.jsonl" "$(grep -m 1 'Binding success' "$work/stun.jsonl" |
	sed 's/{"seq":\([0-9]*\).*/\1/')"
says "STUN" "XOR-MAPPED-ADDRESS 203.0.113.7:5060" cat "$work/out"
parts STUN
finish
