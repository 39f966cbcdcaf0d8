# Nodes with several addresses: what goes to either side comes from the face that
# looks there, in the IP header, in Via, Contact, Record-Route and the session
# description, whatever carries it and whatever is lost; what is wrong in a
# topology gets a sentence.
. tests/fixtures/check.sh
. tests/cli/trace_lines.sh

t=$work/t.jsonl
# none NAME FROM TO: nothing is sent from an address to another.
none() {
	found=$(grep '"kind":"send"' "$t" |
		grep -c "\"src_addr\":\"$2[^\"]*\",\"dst_addr\":\"$3")
	ok "$1: $found" [ "$found" = 0 ]
}
# either side never sees the other's address below
keeps_apart() {
	none "$1: from inside out" "10\.0\.0\.1:" 192
	none "$1: from outside in" "192\.0\.2\.7:" 10
}

# ---- a proxy ----
in=10.0.0.1:5060 out=192.0.2.7:5060
for by in udp tcp; do
	"$RUNG" run -q topologies/two-faces.gv --set gate.transport=$by \
		--set alice.transport=$by --set bob.transport=$by \
		--set world.transport=$by --detail=network -o "$t"
	keeps_apart "$by"
	have "$by: INVITE leaves outside" 1 '"kind":"send"' '"src":"gate"' \
		'"text":"INVITE ' "\"src_addr\":\"192.0.2.7:"
	have "$by: its Via" 1 '"src":"gate"' '"text":"INVITE ' \
		"/$(echo $by | tr a-z A-Z) $out;"
	have "$by: two Record-Routes" 1 '"src":"gate"' '"text":"INVITE ' \
		"Record-Route: <sip:$out;transport=$by;lr>, <sip:$in;transport=$by;lr>"
	have "$by: alice's BYE by both" 1 '"src":"alice"' '"text":"BYE ' \
		"Route: <sip:$in;transport=$by;lr>" "Route: <sip:$out;transport=$by;lr>"
	have "$by: and on without either" 1 '"src":"gate"' '"text":"BYE ' \
		"Via: SIP/2.0/$(echo $by | tr a-z A-Z) $out;"
	have "$by: answered" 2 '"kind":"send"' '"text":"SIP/2.0 200 OK' ' BYE\r\n' \
		'"src_addr":"192.0.2.'
	have "$by: inside" 1 '"kind":"send"' '"text":"SIP/2.0 200 OK' ' BYE\r\n' \
		'"src_addr":"10.0.0.1:5060"'
	have "$by: nothing is lost" 0 '"kind":"drop"'
	have "$by: nothing is bad" 0 '"kind":"bad"'
done
have "a head with faces" 1 \
	'"addr":"10.0.0.1 192.0.2.7","faces":[{"name":"inside","addr":"10.0.0.1"},{"name":"outside","addr":"192.0.2.7"}]'
have "and links of them" 1 '"b":"gate","b_face":"inside"' \
	'"a":"gate","a_face":"outside"'
"$RUNG" show --at 2s --node=gate "$t" > "$work/node"
says "what is known of it" "192.0.2.7 (outside)" cat "$work/node"
"$RUNG" export --what=topology -f gv "$t" -o "$work/net.gv"
says "the figure" "gate:inside" cat "$work/net.gv"
"$RUNG" export -f pcapng topologies/two-faces.gv -o "$work/t.pcapng"
if command -v tshark > /dev/null; then
	tshark -r "$work/t.pcapng" -T fields -e ip.src -e ip.dst \
		-e sip.Method 2> /dev/null | sort -u > "$work/frames"
	tab=$(printf '\t')
	ok "a capture: inside" grep -q "^10.0.0.11${tab}10.0.0.1${tab}INVITE" \
		"$work/frames"
	ok "a capture: outside" grep -q "^192.0.2.7${tab}192.0.2.9${tab}INVITE" \
		"$work/frames"
	fails "a capture: nothing across" 1 \
		grep -q "^10.*${tab}192\|^192.*${tab}10" "$work/frames"
else
	skip "no tshark"
fi

# ---- loss, a crash, and a face that moves ----
cat > "$work/calls.lua" <<'X'
lab { topology = "two-faces.gv", duration = "80s" }
local alice, gate = node "alice", node "gate"
local function call()
	local c = alice:invite "sip:bob@biloxi.example.com"
	if wait(c, "confirmed") then sleep "2s" c:bye() end
	sleep "3s"
end
script(function()
	alice:register {}
	node "bob":register {}
	sleep "4s"
	call()
	if alice.q == "0.5" then
		gate:crash()
		sleep "1s"
		gate:restart()
	else
		gate:set { faces = "outside=192.0.2.77" }
	end
	alice:register {}
	sleep "4s"
	call()
end)
X
cp topologies/two-faces.gv "$work/two-faces.gv"
"$RUNG" run -q "$work/calls.lua" --set loss=10% --set alice.q=0.5 -o "$t"
keeps_apart "with loss"
ok "something was lost" [ "$(lines '"kind":"drop"')" -gt 0 ]
have "calls before and after the crash" 2 '"kind":"call"' '"node":"bob"' \
	'"state":"confirmed"'
"$RUNG" run -q "$work/calls.lua" -o "$t"
keeps_apart "having moved"
have "the first call from there" 1 '"src":"gate"' '"text":"INVITE ' \
	'"src_addr":"192.0.2.7:5060"' 'Via: SIP/2.0/UDP 192.0.2.7:5060'
have "the second from the new one" 1 '"src":"gate"' '"text":"INVITE ' \
	'"src_addr":"192.0.2.77:5060"' 'Via: SIP/2.0/UDP 192.0.2.77:5060' \
	'Record-Route: <sip:192.0.2.77:5060;'
have "both were calls" 2 '"kind":"call"' '"node":"bob"' '"state":"confirmed"'

# ---- a phone and a registrar; IPv4 on one side, IPv6 on the other ----
cat > "$work/both.gv" <<'X'
graph {
	domain="a.example"
	carol [role=ua, faces="six=2001:db8::1 four=192.0.2.1", answer="1s"]
	dan [role=ua, addr="192.0.2.2", answer="1s"]
	erin [role=ua, addr="2001:db8::2", answer="1s"]
	reg [role="proxy registrar location",
	     faces="four=192.0.2.9 six=2001:db8::9"]
	r4; r6 [addr="2001:db8::ff"]
	carol:four:n -- r4 -- dan
	carol:six -- r6 -- erin
	reg:four -- r4
	r6 -- reg:"six"
}
X
cat > "$work/both.lua" <<'X'
lab { topology = "both.gv", duration = "60s" }
local function hold(c) if wait(c, "confirmed") then sleep "1s" c:bye() end end
script(function()
	for _, n in ipairs { "carol", "dan", "erin" } do node(n):register {} end
	sleep "1s"
	hold(node "carol":invite "sip:dan@192.0.2.2")
	hold(node "carol":invite "sip:erin@[2001:db8::2]")
	hold(node "dan":invite "sip:carol@192.0.2.1")
	hold(node "erin":invite "sip:carol@[2001:db8::1]")
	hold(node "erin":invite "sip:carol@a.example")
end)
X
"$RUNG" run -q "$work/both.lua" -o "$t"
have "nothing is lost between families" 0 '"kind":"drop"'
have "all calls came about" 5 '"kind":"call"' '"node":"carol"' '"state":"confirmed"'
have "her session by IPv4" 1 '"src":"carol"' '"text":"INVITE ' \
	'Contact: <sip:carol@192.0.2.1:5060>' 'c=IN IP4 192.0.2.1' \
	'Via: SIP/2.0/UDP 192.0.2.1:5060'
have "her session by IPv6" 1 '"src":"carol"' '"text":"INVITE ' \
	'Contact: <sip:carol@[2001:db8::1]:5060>' 'c=IN IP6 2001:db8::1' \
	'Via: SIP/2.0/UDP [2001:db8::1]:5060'
have "as she answers" 2 '"src":"carol"' '"text":"SIP/2.0 200 OK' \
	' INVITE\r\n' 'Contact: <sip:carol@[2001:db8::1]:5060>' 'c=IN IP6 2001:db8::1'
have "bindings from both sides" 3 '"kind":"binding"' '"op":"add"'
"$RUNG" export -f pcapng "$t" -o "$work/both.pcapng"
if command -v tshark > /dev/null; then
	tshark -r "$work/both.pcapng" -T fields -e ip.src -e ipv6.src 2> /dev/null |
		sort -u > "$work/frames"
	ok "both in one capture" grep -q "2001:db8::1$" "$work/frames"
	ok "and IPv4" grep -q "^192.0.2.1" "$work/frames"
fi

# ---- a face that takes one transport ----
sed 's|outside=192.0.2.7|outside=192.0.2.7/tcp|' topologies/two-faces.gv \
	> "$work/tcp.gv"
cat > "$work/tcp.lua" <<'X'
lab { topology = "tcp.gv", duration = "5s" }
script(function()
	for _, by in ipairs { "udp", "tcp" } do
		node "bob":send { method = "OPTIONS", uri = "sip:192.0.2.7",
			to = "192.0.2.7:5060", transport = by }
		sleep "1s"
	end
end)
X
"$RUNG" run -q "$work/tcp.lua" -o "$t"
ok "not by UDP" [ "$(lines '"reason":"no-socket"')" -gt 0 ]
have "by TCP" 1 '"src":"gate"' '"text":"SIP/2.0 200' ' OPTIONS\r\n' '/TCP '

# ---- what is wrong ----
wrong() { # SENTENCE NODE LINK
	printf 'graph {\na [role=ua]\nb [role=ua%s]\na -- %s\n}\n' "$2" "$3" \
		> "$work/wrong.gv"
	says "$1" "$1" "$RUNG" run -q "$work/wrong.gv" -o /dev/null
}
two=', faces="in=10.0.0.1 out=10.0.0.2"'
wrong 'wrong.gv:4: link a -- b: b has no face “on”' "$two" b:on
wrong 'b has no face “ine”, did you mean “in”' "$two" b:ine
wrong 'wrong.gv:3: node b: it has two faces called “in”' \
	', faces="in=10.0.0.1 in=10.0.0.2"' b
wrong 'node b: node b has the address 10.0.0.1 already' \
	', faces="in=10.0.0.1 out=10.0.0.1"' b
wrong 'node b has the address 10.0.0.1 already' \
	', addr="10.0.0.1", faces="in=10.0.0.1"' b
wrong "a node can't have the address 224.0.0.1" ', faces="in=224.0.0.1"' b
wrong 'expected faces such as' ', faces="10.0.0.1"' b
wrong 'expected faces such as' ', faces="in=here"' b
wrong 'expected faces such as' ', faces="in=10.0.0.1/sctp"' b
wrong "“ne” can't be a face's name: to Graphviz" ', faces="ne=10.0.0.1"' b
wrong "can't be a face's name: letters" ', faces="i/n=10.0.0.1"' b
wrong 'more than 8 faces' ', faces="a1=10.0.0.1 a2=10.0.0.2 a3=10.0.0.3 a4=10.0.0.4 a5=10.0.0.5 a6=10.0.0.6 a7=10.0.0.7 a8=10.0.0.8 a9=10.0.0.9"' b
printf 'graph {\na [role=ua]\nb [role=ua%s]\na:w -- b:in:e\n}\n' "$two" \
	> "$work/right.gv"
ok "points of the compass" "$RUNG" run -q "$work/right.gv" -o /dev/null
printf 'graph {\na [role=ua]\nb [role=ua]\na:w -- b:on\n}\n' > "$work/port.gv"
says "a port without faces" "port.gv:4: b has no faces, so the port “on” says" \
	"$RUNG" run "$work/port.gv" -o /dev/null
printf 'graph {\na [role=ua]\nb [role=handset,faces="x=10.0.0.1"]\na -- b\n}\n' \
	> "$work/wrong.gv"
says "a handset" "a handset has one address" \
	"$RUNG" run -q "$work/wrong.gv" -o /dev/null
cat > "$work/move.lua" <<'X'
lab { topology = "two-faces.gv" }
script(function() node "gate":set { faces = "beside=10.0.0.5" } end)
X
says "moving none" "gate has no face “beside”" \
	"$RUNG" run -q "$work/move.lua" -o /dev/null
finish
