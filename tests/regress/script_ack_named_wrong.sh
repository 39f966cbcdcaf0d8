#!/bin/sh
# An ACK that a program passed on later than it came was, in the trace, a copy of
# whatever had come last.
. tests/fixtures/check.sh

t=$work/t.jsonl
cat > "$work/net.gv" <<'GV'
graph {
	edge [delay="10ms"]
	alice [role=ua, addr="192.0.2.1", outbound=box]
	box [role=script, addr="192.0.2.2", program="box.lua"]
	bob [role=ua, addr="192.0.2.3", answer="1s"]
	alice -- box -- bob
}
GV
cat > "$work/box.lua" <<'LUA'
function on_request(m)
	if m.method == "ACK" then
		after("100ms", function() forward(m, "sip:bob@192.0.2.3") end)
	end
	forward(m, "sip:bob@192.0.2.3", { record_route = true })
end
LUA
cat > "$work/lab.lua" <<'LUA'
lab { topology = "net.gv", duration = "60s" }
script(function()
	sleep "1s"
	local alice = node "alice"
	local call = alice:invite "sip:x@192.0.2.2"
	wait(call, "confirmed")
	alice:message("sip:x@192.0.2.2", "hello")
	sleep "2s"
	call:bye()
end)
LUA
ok "it runs" "$RUNG" run -q "$work/lab.lua" -o "$t"
ack=$(sed -n 's/^{"seq":\([0-9]*\),.*"node":"box","kind":"recv".*/\1/p' "$t" |
	while read -r seq; do
		of=$(sed -n "s/^{\"seq\":$seq,.*\"of\":\([0-9]*\).*/\1/p" "$t")
		grep -q "^{\"seq\":$of,.*\"start\":\"ACK\"" "$t" && echo "$seq"
	done)
sed -n 's/.*"node":"box","kind":"send".*"start":"ACK".*"fwd":\([0-9]*\).*/\1/p' \
	"$t" > "$work/named"
ok "at once it is a copy of the ACK ($ack)" [ "$(head -n 1 "$work/named")" = "$ack" ]
ok "later of nothing else" [ "$(grep -c -v -x "$ack" "$work/named")" = 0 ]
finish
