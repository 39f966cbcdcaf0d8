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
finish
