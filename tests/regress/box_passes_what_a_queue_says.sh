#!/bin/sh
# A queue tells whoever waits his place in the reason phrase of its 182s; a box
# between the two passed on the 182s alone, so that the caller heard nothing.
. tests/fixtures/check.sh

t=$work/t.jsonl
cat > "$work/net.gv" <<'GV'
graph {
	edge [delay="10ms"]
	node [role=ua, hangup="15s"]
	alice [outbound=box]
	carol
	box [role=b2bua, hangup=""]
	{
		node [domain="shop.example.com"]
		help [role=queue, inbound=true, wrap_up="1s", hangup=""]
		ann  [register=true, answer="1s", hangup=""]
	}
	lan [shape=ellipse, role=""]
	{alice carol box help ann} -- lan
}
GV
cat > "$work/lab.lua" <<'LUA'
lab { topology = "net.gv", duration = "60s" }
local alice, carol = node "alice", node "carol"
script(function()
	sleep "1s"
	carol:invite "sip:help@shop.example.com"
	sleep "1s"
	carol:invite "sip:help@shop.example.com"
	sleep "1s"
	alice:invite "sip:help@shop.example.com"
end)
LUA
# said FROM TO: the status lines of the answers to its INVITE.
said() {
	"$RUNG" show --lang=en -m "$t" kind=send cseq=INVITE "src=$1" "dst=$2" |
		sed -n 's/^.*SIP\/2.0 \(1[0-9]* .*\)/\1/p' | grep -v '^100'
}
ok "it runs" "$RUNG" run -q "$work/lab.lua" -o "$t"
said help box > "$work/there"
said box alice > "$work/here"
ok "a place is told" grep -q '^182 Queued, 1 ahead of you' "$work/there"
ok "and another one" grep -q '^182 Queued, you are next' "$work/there"
ok "the box tells what it has heard" cmp "$work/there" "$work/here"
ok "words of its own are gone with a status of its own" \
	grep -q '^180 Ringing' "$work/here"
finish
