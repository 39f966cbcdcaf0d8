#!/bin/sh
# A 408 to a request that is no INVITE comes when nobody waits for it any more,
# and none may be sent (RFC 4320 4.2): a node whose program had sent one on did.
. tests/fixtures/check.sh

t=$work/t.jsonl
cat > "$work/net.gv" <<'GV'
graph {
	edge [delay="10ms"]
	alice [role=ua, addr="192.0.2.1", outbound=box]
	box [role=script, addr="192.0.2.2", program="box.lua"]
	bob [role=ua, addr="192.0.2.3"]
	alice -- box -- bob
}
GV
echo 'function on_request(m) forward(m, "sip:bob@192.0.2.3") end' > "$work/box.lua"
cat > "$work/lab.lua" <<'LUA'
lab { topology = "net.gv", duration = "200s" }
local alice, bob = node "alice", node "bob"
script(function()
	bob:crash()
	sleep "1s"
	alice:message("sip:x@192.0.2.2", "hi")
	sleep "60s"
	alice:invite "sip:x@192.0.2.2"
end)
LUA
ok "it runs" "$RUNG" run -q "$work/lab.lua" -o "$t"
"$RUNG" inspect "$t" > "$work/found"
ok "no clause is broken" grep -q 'errors 0, warnings 0' "$work/found"
n=$(grep '"node":"box","kind":"send"' "$t" | grep -c '"text":"SIP/2.0 408.*MESSAGE')
ok "no 408 to a MESSAGE ($n)" [ "$n" = 0 ]
ok "its transaction ends" grep -q '"rule":"proxy-408-too-late"' "$t"
ok "one to an INVITE" grep -q '"node":"box","kind":"send".*"text":"SIP/2.0 408.*INVITE' "$t"
finish
