# What rung exports as a capture comes back message for message when that is read
# again: ISUP in M3UA, Diameter, H.248, DNS, STUN (also beyond a NAT), locations,
# and the bodies of GB/T 28181: protocol, method, direction, order and octets.
# A few labs and topologies; with CAPTURES=all every one.
. tests/fixtures/check.sh
LC_ALL=C
export LC_ALL

# Empty lines that keep a flow alive (RFC 5626 3.5.1); what a NAT has changed of
# them can't be told from others.
cat > "$work/lines.gv" <<'E1'
graph { domain="example.com"; duration="400s"
	server [role="proxy registrar location", addr="192.0.2.10"]
	bob [role=ua, addr="192.0.2.20", outbound=server, register=true, flows=1, keepalive=crlf, keepalive_every="40s"]
	dora [role=ua, addr="192.0.2.21", outbound=server, register=true, flows=1, transport=tcp, keepalive=crlf]
	lan -- {server bob dora} }
E1
some='topologies/ims.gv topologies/transit.gv topologies/softswitch.gv
	topologies/stun.gv topologies/star.gv topologies/gb28181.gv
	labs/media-gateway labs/pstn-gateway labs/sip-bridging
	labs/rfc3666-4.2 labs/nat-two labs/trapezoid-dns labs/dns-failover
	labs/ims-out-of-step labs/gb28181-catalogue labs/h323-gateway'
some="$some $work/lines.gv"
[ "${CAPTURES:-}" != all ] ||
	some=$(ls -d labs/* topologies/*.gv |
		grep -vx 'labs/plans\|labs/nat-keepalive\|labs/handout-nat\|labs/sbc-for-homes')
protos='isup|diameter|megaco|dns|stun|location|h323|crlf'

# told FILE: what it sends of these protocols, in its order.
told() {
	grep '"kind":"send"' "$1" | grep -E "\"proto\":\"($protos)\"" |
		sed -E 's/.*"src_addr":"([^"]*)","dst_addr":"([^"]*)"/\1 \2/
			s/"(transport":"[a-z]*"|retx":[0-9]*),//g'
}

# bodies FILE: messages of SIP with a body of GB/T 28181.
bodies() {
	grep '"kind":"send"' "$1" | grep -i 'Application/MANSCDP' |
		sed -E 's/.*"src_addr":"([^"]*)","dst_addr":"([^"]*)".*("start":[^,]*),.*("cseq":"[^"]*").*("text":.*)/\1 \2 \3 \4 \5/'
}

sum=0 files=0
for f in $some; do
	find_trace "$f" protocol 2> "$work/.run" || continue
	told "$trace" > "$work/sent"
	bodies "$trace" >> "$work/sent"
	[ -s "$work/sent" ] || continue
	files=$((files + 1))
	sum=$((sum + $(wc -l < "$work/sent")))
	ok "$f as a capture" "$RUNG" export -f pcapng "$trace" \
		-o "$work/one.pcapng"
	ok "$f read" "$RUNG" export -f trace "$work/one.pcapng" -o "$work/back.jsonl"
	told "$work/back.jsonl" > "$work/came"
	bodies "$work/back.jsonl" >> "$work/came"
	same "$f: the same messages" "$work/sent" "$work/came"
done
echo "$sum messages in $files runs"
if [ "${CAPTURES:-}" = all ]; then least=61 fewest=650; else least=15 fewest=200; fi
ok "there were runs with such messages" test "$files" -ge "$least"
ok "and enough of them" test "$sum" -ge "$fewest"

# tshark sees as many, of what each link has (all but the first show H.248 twice).
seen() { # FILE FILTER
	tshark -r "$1" -Y "$2" -T fields -e frame.packet_id 2> /dev/null |
		sort -u | wc -l
}
counted() { # FILE PROTO FILTER
	find_trace "$1" protocol
	"$RUNG" export -f pcapng "$trace" -o "$work/one.pcapng"
	"$RUNG" export -f trace "$work/one.pcapng" -o "$work/back.jsonl" 2> /dev/null
	want=$(seen "$work/one.pcapng" "$3")
	got=$(grep '"kind":"send"' "$work/back.jsonl" |
		grep -c "\"proto\":\"$2\"")
	if [ "$want" = "$got" ] && [ "$got" -gt 0 ]; then
		good
	else
		bad "$1: $2" "$got instead of tshark's $want"
	fi
}
if command -v tshark > /dev/null; then
	counted labs/pstn-gateway isup isup
	counted topologies/transit.gv isup isup
	counted topologies/ims.gv diameter diameter
	counted labs/media-gateway megaco megaco
	counted topologies/stun.gv stun stun
else
	skip "no tshark"
fi

# No message of SIP need be there.
find_trace topologies/softswitch.gv protocol
"$RUNG" export -f pcapng "$trace" --to=0.1s -o "$work/alone.pcapng"
ok "H.248 alone" "$RUNG" show "$work/alone.pcapng" kind=send proto=megaco
says "… is a trace" ServiceChange "$RUNG" show --ladder "$work/alone.pcapng"
finish
