# sips by RFC 5630: which scheme stands in REGISTERs, Contacts and routes, who
# is refused with which warning, what a proxy makes of sip and sips Contacts.
. tests/fixtures/check.sh
. tests/cli/trace_lines.sh

t=$work/t.jsonl
mkdir "$work/sips"
cat > "$work/sips/t.gv" <<'GV'
graph t {
	graph [domain="example.com"]
	node [transport=tls]
	alice [role=ua, aor="sips:alice@example.com", register=true, outbound=px]
	px [role="proxy registrar location", recurse=true]
	bob [role=ua, aor="sips:bob@example.com", register=true, outbound=px,
		answer="100ms"]
	carol [role=ua, register=true, outbound=px, answer="100ms"]
	dave [role=ua, transport=udp, answer="100ms"]
	erin [role=ua, aor="sips:erin@example.com", transport=udp, register=true,
		outbound=px]
	frank [role="redirect location", domain="frank.example"]
	old [role="proxy location", transport=udp, domain="old.example"]
	gina [role=ua, aor="sips:gina@far.example", register=true, outbound=near,
		domain="far.example"]
	near [role=proxy, domain="far.example"]
	far [role="registrar location", transport=udp, tls="1.3",
		domain="far.example"]
	alice -- px -- bob
	carol -- px -- dave
	erin -- px -- frank
	old -- px
	px -- gina
	px -- near
	px -- far
	px [ip_forward=true]
}
GV
cat > "$work/sips/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "60s" }
local function call(who, whom)
	local c = node(who):invite(whom)
	wait(c, "confirmed", "5s")
	if c.state == "confirmed" then c:bye() end
	sleep "1s"
end
script(function()
	node("old"):bind("sip:bob@old.example", "sips:bob@192.0.2.3")
	node("frank"):bind("sip:bob@frank.example", "sips:bob@192.0.2.3")
	node("px"):bind("grace", "sip:bob@frank.example")
	sleep "1s"
	call("alice", "sips:bob@example.com")
	call("alice", "sip:carol@example.com")
	call("carol", "sip:bob@example.com")
	call("alice", "sips:carol@example.com")
	call("alice", "sips:carol@192.0.2.4")
	call("alice", "sips:dave@192.0.2.5")
	call("alice", "sips:erin@example.com")
	call("carol", "sip:erin@example.com")
	call("dave", "sip:bob@old.example")
	call("carol", "sip:grace@example.com")
	node("carol"):register { contact = "sips:carol@192.0.2.4, sip:c@192.0.2.4" }
	sleep "1s"
end)
LUA
"$RUNG" run -q --detail=network "$work/sips" -o "$t"

# ---- 5.1.1.1, 5.2 ----
have "REGISTER for a sips Contact is sips" 2 '"text":"REGISTER sips:example.com ' \
	'Contact: <sips:' 'To: <sips:' 'Route: <sips:'
have "who has no TLS registers as sip" 1 '"src":"erin"' \
	'"text":"REGISTER sip:example.com ' 'Contact: <sip:' 'To: <sip:erin@'
have "it goes on to the registrar by TLS" 1 '"src":"near"' '"dst":"far"' \
	'"text":"REGISTER sips:far.example ' '"transport":"tls"'
have "a sips Contact beside one of sip" 1 '"dst":"carol"' '"text":"SIP/2.0 400' \
	'"rule":"sips-bind"'

# ---- from sips to sips ----
have "bob is called as sips" 2 '"src":"px"' '"text":"INVITE sips:bob@192.0.2.'
have "with a sips Contact" 3 '"src":"px"' '"text":"INVITE sips:' \
	'Contact: <sips:alice@'
have "and a sips Record-Route" 4 '"src":"px"' '"text":"INVITE sips:' \
	'Record-Route: <sips:'
have "by a sips Route" 5 '"src":"alice"' '"text":"INVITE sips:' 'Route: <sips:'
have "and a sips Contact in the 200" 1 '"src":"bob"' '"text":"SIP/2.0 200' \
	'"cseq":"1 INVITE"' 'Contact: <sips:bob@'
have "so its BYE is, too" 2 '"src":"px"' '"text":"BYE sips:bob@'
have "asked as sips a phone answers so" 1 '"src":"carol"' '"text":"SIP/2.0 200' \
	'"cseq":"1 INVITE"' 'Contact: <sips:carol@'
ok "no transport=tls in a sips URI" \
	sh -c "! grep -q '<sips:[^>]*;transport=tls' $t"
have "never but by TLS" 0 '"kind":"send"' '"text":"INVITE sips:' '"transport":"udp"'

# ---- from sip ----
have "a sip call has a sip Contact" 1 '"src":"alice"' '"text":"INVITE sip:carol@' \
	'Contact: <sip:alice@'
have "to a sips Contact as sip, the rest as it was, by TLS" 1 '"src":"px"' \
	'"text":"INVITE sip:bob@192.0.2.3:5061 SIP' '"transport":"tls"'
have "who answers with a sip Contact" 1 '"src":"bob"' '"text":"SIP/2.0 200' \
	'"cseq":"1 INVITE"' 'Contact: <sip:bob@'

# ---- refused: 5.3, RFC 3261 8.2.2.1 ----
have "sips: nothing goes on as sip" 2 '"kind":"bad"' '"fault":"no-sips"' \
	'"rule":"sips-kept"'
have "sips not allowed" 2 '"dst":"alice"' '"text":"SIP/2.0 480' \
	'Warning: 380 192.0.2.2:5060 \"SIPS Not Allowed\"'
have "erin is reached as sip" 1 '"dst":"erin"' '"text":"INVITE sip:erin@'
have "sips required" 1 '"dst":"dave"' '"text":"SIP/2.0 480' \
	'"rule":"sips-warning"' 'Warning: 381' 'SIPS Required'
have "who has no TLS knows no sips" 1 '"src":"dave"' '"text":"SIP/2.0 416'
have "from sip a proxy follows nobody to sips" 1 '"dst":"carol"' \
	'"text":"SIP/2.0 302' 'Contact: <sips:bob@'
have "a caller does, by sips alone" 1 '"src":"carol"' \
	'"text":"INVITE sips:bob@' 'Route: <sips:192.0.2.2:5061;lr>' \
	'Contact: <sips:carol@'

# ---- 5.1.1.3 ----
cat > "$work/sips/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "60s" }
script(function()
	sleep "1s"
	local c = node("alice"):invite("sips:bob@example.com")
	wait(c, "confirmed", "5s")
	c:transfer "sip:carol@192.0.2.4"
	sleep "3s"
	c:transfer "sips:carol@192.0.2.4"
	sleep "3s"
	node("frank"):bind("sip:zed@frank.example", "sip:dave@192.0.2.5")
	node("alice"):invite("sips:zed@frank.example")
	sleep "3s"
end)
LUA
"$RUNG" run -q --detail=network "$work/sips" -o "$t"
have "from a sips call no transfer leads to sip" 1 '"src":"bob"' \
	'"text":"SIP/2.0 603' '"rule":"sips-derived"'
have "nor a redirection" 1 '"kind":"bad"' '"node":"alice"' \
	'"fault":"no-sips"' '"rule":"sips-derived"'
have "nobody else is called" 0 '"dst":"dave"' '"text":"INVITE'
have "but to sips" 1 '"src":"bob"' '"text":"INVITE sips:carol@' \
	'Contact: <sips:bob@'

# ---- 5.1.1.4, 5.2.1: GRUUs of both schemes ----
cat > "$work/sips/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "60s" }
script(function()
	sleep "1s"
	for _, whom in ipairs { "sips:bob@example.com", "sip:carol@example.com" } do
		local c = node("alice"):invite(whom)
		wait(c, "confirmed", "5s")
		c:bye()
		sleep "1s"
	end
end)
LUA
"$RUNG" run -q --detail=network "$work/sips" -o "$t" --set=alice.gruu=temporary
have "a sips GRUU for a sips Contact" 1 '"src":"px"' '"dst":"alice"' \
	'"text":"SIP/2.0 200' 'pub-gruu=\"sips:alice@' 'temp-gruu=\"sips:tgruu.'
have "in a sips call" 1 '"src":"alice"' '"text":"INVITE sips:bob' \
	'Contact: <sips:tgruu.'
have "and as sip in a sip call" 1 '"src":"alice"' '"text":"INVITE sip:carol' \
	'Contact: <sip:tgruu.'
finish
