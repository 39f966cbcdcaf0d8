#!/bin/sh
# Two user agents of one node: their calls had the same names, "srv/1" twice, and
# a verb said of the one's call was done to the other's.
. tests/fixtures/check.sh

cat > "$work/t.gv" <<-'GV'
graph t {
	graph [domain="example.com"]
	srv [role="ua controller", answer="0s", addr="192.0.2.1"]
	bob [role=ua, answer="0s", addr="192.0.2.3"]
	carol [role=ua, answer="0s", addr="192.0.2.4"]
	srv -- r; bob -- r; carol -- r
}
GV
cat > "$work/lab.lua" <<-'LUA'
lab { title = "t", topology = "t.gv" }
local srv, bob = node "srv", node "bob"
script(function()
	local mine = bob:invite("sip:srv@192.0.2.1")
	wait(mine, "confirmed", "5s")
	local first = srv:connect("sip:bob@192.0.2.3", "sip:carol@192.0.2.4")
	sleep "2s"
	note("controlled " .. first.state)
	first:bye()
	sleep "2s"
	note("hung up " .. first.state .. ", " .. mine.state)
	local third = srv:invite("sip:carol@192.0.2.4")
	wait(third, "confirmed", "5s")
	third:hold()
	sleep "2s"
	third:bye()
	mine:bye()
end)
LUA
ok "it runs" "$RUNG" run -q -o "$work/o.jsonl" "$work/lab.lua"
holds() { # WHAT TEXT
	check_what=$1
	if grep -q "\"text\":\"$2\"" "$work/o.jsonl"; then good; else
		grep '"kind":"note"' "$work/o.jsonl" > "$work/.output"
		bad "$1" "$2 is not said"
	fi
}
holds "the controller's call is hers" "controlled confirmed"
holds "its BYE ends that one" "hung up terminated, confirmed"
grep '"kind":"call"' "$work/o.jsonl" | grep -o '"id":"srv/[0-9]*"' |
	cut -d '"' -f 4 | sort -u | tr '\n' ' ' > "$work/names"
says "each call of the node has a name of its own" \
	"srv/1 srv/2 srv/3 srv/4 " cat "$work/names"
finish
