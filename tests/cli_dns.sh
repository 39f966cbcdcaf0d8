# Name servers: a trace has the zones of its run; exported packets are DNS to
# tshark, by UDP and TCP; messages are shown as lines.
. tests/check.sh
LC_ALL=C.UTF-8
export LC_ALL

expect() { # WHAT IS SEEN WANTED
	if [ "$2" = "$3" ]; then good
	else bad "$1" "$2 instead of $3"; fi
}

mkdir "$work/lab" "$work/elsewhere"
cat > "$work/lab/t.gv" <<'GV'
graph {
	duration="10s"
	domain="b.example"
	alice [role=ua]
	bob [role=ua, register=true]
	px [role="proxy registrar location", addr="192.0.2.10"]
	ns [role=dns, zone="b.zone"]
	net [role=""]
	net -- { alice bob px ns }
}
GV
cat > "$work/lab/b.zone" <<'ZONE'
$ORIGIN b.example.
$TTL 60
@ SOA ns hostmaster 1 7200 900 1209600 60
@ NS ns
@ NAPTR 10 10 "s" "SIP+D2U" "" _sip._udp
_sip._udp SRV 10 0 5060 px
px A 192.0.2.10
ZONE
t=$work/elsewhere/t.jsonl
"$RUNG" run -q "$work/lab/t.gv" --set=ns.reply=truncated -o "$t"
expect "a call goes on behind a name server" \
	"$(grep -c '"state":"confirmed"' "$t")" 2

# The trace alone is run again.
rm "$work/lab/b.zone"
"$RUNG" run -q "$t" -o "$work/again.jsonl"
if cmp -s "$t" "$work/again.jsonl"; then good
else bad "a trace has the zones of its run" "another run"; fi
"$RUNG" run -q "$work/lab/t.gv" > "$work/.output" 2>&1
expect "a zone that is not there is named" \
	"$(grep -c 'there is no zone “b.zone”' "$work/.output")" 1

# What is shown of the first answer that came over TCP.
seq=$(sed -n '/"kind":"send"/{/"transport":"tcp"/{/"start":"answer"/{s/.*"seq":\([0-9]*\).*/\1/p;q}}}' "$t")
"$RUNG" show "$t" "$seq" > "$work/.output"
expect "an answer is shown as lines" \
	"$(grep -c '^ANSWER  *b.example  60  NAPTR 10 10 "s" "SIP+D2U"' \
		"$work/.output")" 1

if command -v tshark > /dev/null 2>&1; then
	"$RUNG" export "$t" --format=pcapng -o "$work/t.pcapng"
	tshark -n -r "$work/t.pcapng" -Y dns -T fields -e ip.proto \
		-e dns.resp.type -e _ws.malformed \
		2> /dev/null | sort -u > "$work/.output"
	expect "tshark reads them by UDP and TCP" \
		"$(tr '\t\n' ' |' < "$work/.output")" \
		"17 41 |6 35,33,1,41 |6 41 |"
else skip "no tshark"; fi

finish
