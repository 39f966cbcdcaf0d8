# A phone in a browser has WebSocket, with TLS or without, and reaches its proxy by
# it at the port where that waits for it, whatever the proxy itself prefers.
. tests/fixtures/check.sh

for phone in ws wss; do
	for server in udp tcp tls ws wss; do
		"$RUNG" run -q topologies/websocket.gv --set alice.transport=$phone \
			--set bob.transport=$phone --set px.transport=$server \
			-o "$work/t.jsonl"
		"$RUNG" show "$work/t.jsonl" kind=fsm > "$work/fsm"
		ok "a phone of $phone, a proxy of $server" \
			test "$(grep -c 'registering → registered' "$work/fsm")" = 2
	done
done
"$RUNG" run -q topologies/websocket.gv --set alice.transport=wss -o "$work/t.jsonl"
"$RUNG" show "$work/t.jsonl" kind=fsm > "$work/fsm"
ok "one of each" test "$(grep -c 'registering → registered' "$work/fsm")" = 2

# A phone of wss that is in no browser: over the flow that it has opened it is reached
# by who has no TLS, too (RFC 7118 8.1); without one it says sips, and that is told.
cp topologies/websocket.gv "$work"
cat > "$work/lab.lua" << 'EOF'
lab { title = "Called by UDP", topology = "websocket.gv", duration = "60s" }
local alice, bob = node "alice", node "bob"
alice:on("invite", function(call) sleep "1s" call:answer() end)
script(function()
	sleep "2s"
	local call = bob:invite "sip:alice@example.com"
	note(tostring(wait(call, "confirmed", "10s")))
	if call.state == "confirmed" then call:bye() end
end)
EOF
for by in udp tcp ws wss; do
	"$RUNG" run -q "$work/lab.lua" --set alice.browser=false --set alice.transport=wss \
		--set bob.browser=false --set bob.transport=$by -o "$work/t.jsonl" \
		2> "$work/said"
	says "called by $by" true "$RUNG" show "$work/t.jsonl" kind=note
	says "$by: it registers sip" "Contact: <sip:alice@" \
		"$RUNG" show -m "$work/t.jsonl" node=alice method=REGISTER
	fails "$by: nothing is told of alice" 1 grep -q "alice registers" "$work/said"
done
says "without a flow" "alice registers a sips URI" "$RUNG" run -q topologies/websocket.gv \
	--set alice.browser=false --set alice.transport=wss --set alice.flows=0
finish
