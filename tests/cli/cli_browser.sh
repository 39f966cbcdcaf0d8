# Phones in browsers (RFC 7118): their names, that they are called over their own
# connections, which are kept open; sessions that are resumed over wss.
. tests/fixtures/check.sh
. tests/cli/trace_lines.sh

t=$work/t.jsonl
mkdir "$work/lab"
cat > "$work/lab/t.gv" <<'GV'
graph t {
	graph [domain="example.com"]
	alice [role=ua, transport=wss, browser=true, flows=1, register=true,
		outbound=px, answer="100ms"]
	px [role="proxy registrar location", edge_proxy=true, tls="1.2 1.3"]
	bob [role=ua, register=true, outbound=px, answer="100ms"]
	alice -- px -- bob
	px [ip_forward=true]
}
GV
cat > "$work/lab/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "300s" }
local function call(who, whom)
	local c = node(who):invite(whom)
	wait(c, "confirmed", "5s")
	if c.state == "confirmed" then c:bye() end
	sleep "1s"
end
script(function()
	sleep "1s"
	call("bob", "sip:alice@example.com")
	call("alice", "sip:bob@example.com")
	sleep "230s"
end)
LUA
run() { "$RUNG" run -q --detail=network "$work/lab" -o "$t" "$@"; }
invite='"cseq":"1 INVITE"'

run
host=$(sed -n 's,.*"text":"REGISTER [^"]*WSS \([a-z0-9]*\.invalid\);.*,\1,p' "$t" |
	sed -n 1p)
ok "a name of twelve: $host" [ "${#host}" = 20 ]
have "it stands in its Vias" 0 '"src":"alice"' '"text":"INVITE' \
	'Via: SIP/2.0/WSS 192'
have "in its Contact" 1 '"text":"REGISTER' \
	"Contact: <sip:alice@$host;transport=ws>;"
have "and its Call-IDs" 1 '"src":"alice"' '"text":"INVITE' "Call-ID: " "@$host"
have "its Route, as RFC 7118 8.2 has it" 1 '"src":"alice"' '"text":"INVITE' \
	'Route: <sip:192.0.2.2:443;transport=ws;lr>'
have "its page is secure" 1 'GET / HTTP/1.1' '"proto":"websocket"' '"kind":"send"'
have "it is called over its connection" 1 '"dst":"alice"' \
	"\"text\":\"INVITE sip:alice@$host;transport=ws " '"transport":"wss"'
have "whoever else is there has a route of his own" 1 '"dst":"alice"' \
	'"text":"INVITE' ';transport=ws;lr>, <sip:192.0.2.2:5060;transport=udp;lr>'
have "both calls are answered" 2 '"text":"SIP/2.0 200' "$invite" '"src":"px"'
have "and ended" 2 '"text":"SIP/2.0 200' 'BYE"' '"src":"px"'
have "nobody connects to it" 0 '"kind":"packet"' '"link":"px>alice"' '"flags":"syn"'
have "empty lines are its keep-alive" 2 '"proto":"crlf"' '"start":"pong"' \
	'"kind":"send"'
have "nothing is bad" 0 '"kind":"bad"'
have "registered once" 1 '"src":"alice"' '"text":"REGISTER'

run --set=alice.keepalive=ping
have "its own pings" 2 '"start":"Ping"' '"kind":"send"' '"rule":"keepalive-send"'
have "its own pongs" 2 '"start":"Pong"' '"kind":"send"' '"rule":"websocket-pong"'
have "ping: registered once" 1 '"src":"alice"' '"text":"REGISTER'

run --set=alice.flows=0
have "without flows it is not reached" 0 '"dst":"alice"' '"text":"INVITE'
have "and the caller hears of it" 1 '"dst":"bob"' '"text":"SIP/2.0 500' "$invite"
run --set=alice.flows=0 --set=px.alias=true
have "by what the server has noted it is" 1 '"dst":"alice"' '"text":"INVITE'

sed 's/^}/ns [role=dns] px -- ns }/' "$work/lab/t.gv" > "$work/dns.gv"
mv "$work/dns.gv" "$work/lab/t.gv"
run --set=alice.flows=0
have "nobody is asked for .invalid" 0 '"proto":"dns"' invalid
have "with a name server, too, it is not reached" 1 '"dst":"bob"' \
	'"text":"SIP/2.0 500' "$invite"

# ---- what is no UTF-8 ----
cat > "$work/lab/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "30s" }
script(function()
	sleep "1s"
	node("alice"):message("sip:bob@example.com", "x\255y")
	sleep "1s"
	node("bob"):message("sip:alice@example.com", "xy")
	sleep "1s"
end)
LUA
run --set=alice.transport=ws
have "either message is answered" 2 '"src":"px"' '"start":200' '"cseq":"1 MESSAGE"'
have "and nothing is bad" 0 '"kind":"bad"'
if command -v tshark > "$work/which"; then
	"$RUNG" export "$t" -o "$work/t.pcapng" > "$work/log" 2>&1
	tshark -r "$work/t.pcapng" -T fields -e websocket.opcode -e sip.Method \
		2> "$work/err" | grep MESSAGE | tr '\t' ' ' > "$work/opcodes"
	ok "what is no UTF-8 goes as binary" grep -q '^2' "$work/opcodes"
	ok "the rest as text" grep -q '^1 MESSAGE' "$work/opcodes"
else
	skipped=$((skipped + 1))
fi

# ---- a server that has forgotten a flow ----
cat > "$work/lab/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "150s" }
script(function()
	sleep "1s"
	node("px"):crash()
	sleep "1s"
	node("px"):restart()
end)
LUA
run --set=alice.keepalive=ping --set=alice.keepalive_every=20s
have "a new flow in the place of one that is broken" 1 '"rule":"flow-broken"'
have "by one REGISTER, which goes out once" 2 '"src":"alice"' '"text":"REGISTER'

# ---- sessions over wss, by tickets; a server that has forgotten them ----
cat > "$work/lab/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "900s" }
script(function()
	sleep "1s"
	node("alice"):register()
	sleep "400s"
	node("alice"):register()
	sleep "3s"
	node("px"):crash()
	sleep "1s"
	node("px"):restart()
	sleep "1s"
	node("alice"):register()
	sleep "5s"
end)
LUA
for v in 1.2 1.3; do
	run --set=alice.tls=$v --set=alice.flows=0 --set=alice.register=false
	have "$v: three connections" 3 '"start":"ClientHello"' '"kind":"send"'
	have "$v: two with certificates" 2 '"kind":"auth"' '"op":"verify"'
	have "$v: each becomes a WebSocket" 3 '101 Switching Protocols' \
		'"kind":"send"'
	have "$v: all are answered" 3 '"dst":"alice"' '"text":"SIP/2.0 200'
	have "$v: nothing is bad" 0 '"kind":"bad"'
done
finish
