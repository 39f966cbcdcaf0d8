# Where requests go beside what the DNS says (RFC 3263): each fault, planted in
# the trace of a run by another address or URI, is found in it and, as far as
# its packets prove it, in the capture of it; what is right is no finding.
. tests/fixtures/check.sh

cat > "$work/two.gv" <<'X'
graph {
	subgraph cluster_a { label="a.example" domain="a.example"
		alice [role=ua, addr="192.0.2.1", outbound=px1]
		px1 [role=proxy, addr="192.0.2.2", dns=ns]
	}
	subgraph cluster_b { label="b.example" domain="b.example"
		px2 [role=proxy, addr="198.51.100.2", location=loc,
		     inbound=true, srv="10 60"]
		px3 [role=proxy, addr="198.51.100.3", location=loc, srv="20 60"]
		loc [role="registrar location", addr="198.51.100.4"]
		bob [role=ua, addr="198.51.100.5", registered=true, answer="1s"]
		ns [role=dns, addr="198.51.100.6"]
	}
	net [role=""]
	net -- { alice px1 px2 px3 loc bob ns }
}
X
# Two calls; before the third its first server dies.
cat > "$work/lab.lua" <<'X'
lab { title = "Located", topology = "two.gv", duration = "120s" }
local function call()
	local c = node "alice":invite "sip:bob@b.example"
	if wait(c, "confirmed", "60s") then c:bye() end
	sleep "1s"
end
script(function()
	call()
	call()
	node "px2":crash()
	call()
end)
X
run=$work/located.jsonl
"$RUNG" run -q "$work/lab.lua" -o "$run"

# found FILE: "rule node", of what is found.
found() {
	"$RUNG" inspect -f csv "$1" 2> /dev/null |
		awk -F, 'NR > 1 { gsub(/"/, "", $9); print $2, $9 }' |
		grep -v '^plain-signalling' | sort -u | tr '\n' ';' |
		sed 's/;$//'
}

# plant NAME RUN CAPTURE AWK: what is found when AWK has changed the records.
plant() {
	awk "$4 { print }" "$run" > "$work/planted.jsonl"
	"$RUNG" export "$work/planted.jsonl" -o "$work/planted.pcapng" \
		> /dev/null 2>&1
	for plant_in in planted.jsonl planted.pcapng; do
		plant_seen=$(found "$work/$plant_in")
		plant_want=$2
		[ $plant_in = planted.jsonl ] || plant_want=$3
		if [ "$plant_seen" = "$plant_want" ]; then
			good
		else
			bad "$1 ($plant_in)" \
				"\"$plant_seen\" instead of \"$plant_want\""
		fi
	done
}

# The INVITEs of px1: n counts those that are no repetitions, one in the first
# and second call, in the third one to each server; go(NAME, ADDRESS) sends one
# elsewhere.
invite='function go(name, addr) {
	sub(/"dst":"[^"]*"/, "\"dst\":\"" name "\"")
	sub(/"dst_addr":"[^:]*/, "\"dst_addr\":\"" addr)
}
/"node":"px1","kind":"send"/ && /"start":"INVITE"/ && !/"retx"/ { n++ }
{ sent = /"node":"px1","kind":"send"/ && /"start":"INVITE"/ ? n : 0 }
'

plant "all is right" "" "" ""
plant "the reserve first, though the first server answers" \
	"dns-srv px1" "dns-srv 192.0.2.2" \
	"$invite"'sent == 2 { go("px3", "198.51.100.3") }'
plant "an address that the DNS does not have" \
	"dns-place px1" "dns-place 192.0.2.2" \
	"$invite"'sent == 1 { go("bob", "198.51.100.5") }'
plant "once more to the server that has failed" \
	"uac-failover px1" "uac-failover 192.0.2.2" \
	"$invite"'sent == 4 { go("px2", "198.51.100.2") }'
plant "not the next server, but some other host" \
	"dns-place px1" "dns-place 192.0.2.2" \
	"$invite"'sent == 4 { go("bob", "198.51.100.5") }'
plant "addresses of a name of which SRV was not asked" \
	"dns-addresses px1" "" \
	"$invite"'sent == 1 { sub(/sip:bob@b.example SIP/,
	"sip:bob@px2.b.example SIP") }'
plant "SRV for a name with a port" \
	"dns-port-given px1" "" \
	"$invite"'sent == 1 { sub(/sip:bob@b.example SIP/,
	"sip:bob@b.example:5070 SIP") }'
plant "the same, by a Route" \
	"dns-port-given px1" "dns-port-given 192.0.2.2" \
	"$invite"'sent == 1 { sub(/Max-Forwards:/,
	"Route: <sip:b.example:5070;lr>\\r\\nMax-Forwards:") }'
plant "another transport than the domain has first" \
	"dns-naptr px1" "dns-naptr 192.0.2.2" \
	"$invite"'sent == 2 { sub(/"transport":"udp"/, "\"transport\":\"tcp\"")
	gsub(/SIP\/2.0\/UDP 192.0.2.2/, "SIP/2.0/TCP 192.0.2.2") }'

# A refusal becomes a 503: then the next server is due.
sed 's/^script/node "bob":on("invite", function(c) c:reject(486) end)\n&/' \
	"$work/lab.lua" > "$work/busy.lua"
"$RUNG" run -q "$work/busy.lua" -o "$run"
plant "a busy phone" "" "" ""
plant "the next server is not tried" \
	"proxy-503 px2;proxy-503 px3;uac-failover px1" \
	"proxy-503 198.51.100.2;proxy-503 198.51.100.3" '
/"src":"bob"|"dst":"px1"/ { gsub(/486/, "503") }'
finish
