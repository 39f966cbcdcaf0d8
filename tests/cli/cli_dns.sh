# Name servers: a trace has the zones of its run; exported packets are DNS to
# tshark, by UDP and TCP; messages are shown as lines.  A host with addresses of
# both families (RFC 6157, RFC 8305).
. tests/fixtures/check.sh

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

# ---- both families ----
mkdir "$work/both"
cat > "$work/both/t.gv" <<'GV'
graph {
	alice [role=ua, tls="1.3", faces="four=192.0.2.1 six=2001:db8::1"]
	px [role="proxy registrar location", domain="b.example", tls="1.3",
	    certificate="name=old.b.example",
	    faces="four=192.0.2.10 six=2001:db8::10"]
	old [role=ua, transport=tls, addr="2001:db8::66",
	    certificate_fault=expired]
	ns [role=dns, addr="192.0.2.53", zone="b.zone"]
	r [role="", addr="192.0.2.254"]
	s [role="", addr="2001:db8::254"]
	hole [role=ua, addr="2001:db8::99"]
	hole -- s [loss="100%"]
	alice:four -- r
	alice:six -- s
	px:four -- r
	px:six -- s
	old -- s
	ns -- r
}
GV
cat > "$work/both/b.zone" <<'ZONE'
$ORIGIN b.example.
$TTL 60
@ SOA ns hostmaster 1 7200 900 1209600 60
px A 192.0.2.10
px AAAA 2001:db8::10
dark A 192.0.2.10
dark AAAA 2001:db8::99
shut A 192.0.2.10
shut AAAA 2001:db8::254
old A 192.0.2.10
old AAAA 2001:db8::66
gone A 192.0.2.99
gone AAAA 2001:db8::99
ZONE
# When and where Alice's requests go, and by which rule the addresses are used.
both() { # TRANSPORT [FAULT [HOST [PORT]]]
	cat > "$work/both/lab.lua" <<LUA
lab { title = "t", topology = "t.gv", duration = "60s" }
${2-}
script(function()
	node("alice"):options "sip:${3-px}.b.example:${4-5060};transport=$1"
end)
LUA
	"$RUNG" run -q -o "$work/both.jsonl" "$work/both/lab.lua"
	grep '"node":"alice"' "$work/both.jsonl" > "$work/both.alice"
	sed -n -e '/"op":"a[dt]/s/.*"rule":"\([a-z-]*\)".*/\1/p' \
		-e '/"start":"OPTIONS"/s/.*"t":\([0-9]*\)000000,.*"dst_addr":"\([^"]*\)".*/\1 \2/p' \
		"$work/both.alice" | tr '\n' ' '
}
asked_at() {
	sed -n '/"start":"query"/s/.*"t":\([0-9]*\),.*/\1/p' \
		"$work/both.alice" | tr '\n' ' '
}
expect "IPv6 comes first" "$(both tcp)" \
	"dns-family 40 [2001:db8::10]:5060 "
both udp > "$work/.output"
expect "AAAA and A are asked for at once" "$(asked_at)" "0 0 "
expect "what comes a little late is waited for" \
	"$(both tcp 'fault { method = "answer", nth = 1, delay = "30ms" }')" \
	"dns-family 70 [2001:db8::10]:5060 "
expect "IPv4 does not wait for longer" \
	"$(both tcp 'fault { method = "answer", nth = 1, delay = "1s" }')" \
	"dns-eyeballs 70 192.0.2.10:5060 "
expect "IPv6 waits for nothing" \
	"$(both tcp 'fault { method = "answer", nth = 2, delay = "1s" }')" \
	"dns-eyeballs 20 [2001:db8::10]:5060 "
expect "by UDP all addresses are waited for" \
	"$(both udp 'fault { method = "answer", nth = 1, delay = "1s" }')" \
	"dns-family 1020 [2001:db8::10]:5060 "

# RFC 8305 5: where IPv6 leads nowhere.
expect "another connection is tried 250 ms later" \
	"$(both tcp '' dark)" \
	"dns-family dns-attempt 290 192.0.2.10:5060 "
expect "and at once where one has failed" \
	"$(both tcp '' shut)" \
	"dns-family dns-attempt 50 192.0.2.10:5060 "
expect "also by its certificate" "$(both tls '' old 5061)" \
	"dns-family dns-attempt 100 192.0.2.10:5061 "
# Several have one connection; one that is taken back leaves it to the other, and
# a crash ends all.
cat > "$work/both/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "60s" }
local alice = node "alice"
script(function()
	local c = alice:invite "sip:dark.b.example:5060;transport=tcp"
	alice:options "sip:dark.b.example:5060;transport=tcp"
	sleep "100ms"
	c:cancel()
	sleep "10s"
	alice:options "sip:dark.b.example:5060;transport=tcp"
	sleep "1s"
	alice:options "sip:shut.b.example:5060;transport=tcp"
	alice:invite "sip:gone.b.example:5060;transport=tcp"
	sleep "200ms"
	alice:crash()
end)
LUA
"$RUNG" run -q -o "$work/both.jsonl" "$work/both/lab.lua"
expect "several go by what is made first, and by what there is" \
	"$(sed -n '/"src":"alice","dst":"px"/s/.*"t":\([0-9]*\)000000,.*"start":"\([A-Z]*\)".*/\1 \2/p' \
		"$work/both.jsonl" | tr '\n' ' ')" \
	"290 OPTIONS 10100 OPTIONS 11120 OPTIONS "

# ---- RFC 3263 5: responses to a name ----
# A proxy forgets its connection, and is gone as a new one is made to it: the
# answer goes to the other server of the name in its Via, which needs no state.
for by in tcp:sip:5060:1075 tls:sips:5061:1115; do
	IFS=: read -r word service port ms <<-BY
		$by
	BY
	cat > "$work/lab/back.gv" <<-GV
	graph {
		domain="b.example"
		alice [role=ua, outbound=p1, transport=$word]
		bob [role=ua, addr="192.0.2.40", transport=$word, answer="3s"]
		node [role=proxy, stateless=true, via="px.b.example"]
		p1 [addr="192.0.2.11"]
		p2 [addr="192.0.2.12", inbound=true]
		ns [role=dns, zone="back.zone"]
		net [role=""]
		net -- { alice bob p1 p2 ns }
	}
	GV
	cat > "$work/lab/back.zone" <<-ZONE
	\$ORIGIN b.example.
	@ 60 SOA ns hostmaster 1 7200 900 1209600 60
	_$service._tcp.px 60 SRV 10 0 $port p1
	_$service._tcp.px 60 SRV 20 0 $port p2
	p1 60 A 192.0.2.11
	p2 60 A 192.0.2.12
	ZONE
	cat > "$work/lab/lab.lua" <<-LUA
	lab { title = "t", topology = "back.gv", duration = "60s" }
	local p1 = node "p1"
	script(function()
		node("alice"):invite "sip:bob@192.0.2.40;transport=$word"
		sleep "1s"
		p1:crash()
		sleep "1s"
		p1:restart()
		sleep "${ms}ms"
		p1:crash()
	end)
	LUA
	"$RUNG" run -q -o "$t" "$work/lab/lab.lua"
	expect "$word: the servers of the name are found" \
		"$(sed -n 's/.*"op":"servers".*"targets":\[\(.*\)\],"tr.*/\1/p' "$t")" \
		"\"p1.b.example:$port (10 0)\",\"p2.b.example:$port (20 0)\""
	expect "$word: the response goes to the second" \
		"$(grep -c '"kind":"route".*"rule":"transport-sent-by-name".*"192.0.2.12:'"$port"'"' "$t")" 1
	expect "$word: and alice has a call" \
		"$(grep -c '"node":"alice".*"state":"confirmed"' "$t")" 1
done

# ---- its own name ----
cp labs/trapezoid-dns/trapezoid.gv "$work/lab/"
cat > "$work/lab/lab.lua" <<LUA
lab { title = "t", topology = "trapezoid.gv" }
script(function()
	sleep "1s"
	node("alice"):options "sip:px2.biloxi.example.com"
end)
LUA
"$RUNG" run -q -o "$t" "$work/lab/lab.lua"
expect "a proxy knows its host's name for its own" \
	"$(grep -c '"kind":"send".*"dst":"alice".*"start":200' "$t")" 1

# ---- why a request goes by its transport ----
find_trace labs/trapezoid-dns protocol
"$RUNG" explain "$trace" INVITE@px1 > "$work/why.txt"
says "the domain's NAPTR has chosen it" "px1 has chosen udp for" cat "$work/why.txt"
fails "and not that the URI names none" 1 grep -q "It goes by" "$work/why.txt"
"$RUNG" explain "$trace" INVITE@alice > "$work/why.txt"
says "which it is where no name is asked for" "It goes by UDP: the URI" \
	cat "$work/why.txt"

finish
