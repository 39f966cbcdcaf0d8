#!/bin/sh
# A phone without a domain that listens at another port than 5060 is called by its
# name, and by its address-of-record, at that port (RFC 3261 19.1.2: no port means
# 5060).
. tests/fixtures/check.sh

cat > "$work/net.gv" <<'X'
graph {
	a [role=ua]
	e [role=ua, addr="192.0.2.9:5070", answer="1s"]
	six [role=ua, addr="[2001:db8::9]:5070", answer="1s"]
	b [role=ua, addr="2001:db8::1"]
	a -- e; b -- six
}
X
cat > "$work/lab.lua" <<'X'
lab { topology = "net.gv", duration = "30s" }
for _, pair in ipairs { { "a", "e" }, { "b", "six" } } do
	script(function()
		local from, to = node(pair[1]), node(pair[2])
		local c = from:invite(pair[2])
		note(pair[1] .. ": " .. tostring(wait(c, "confirmed", "9s")))
		c:bye()
		sleep "1s"
		local back = to:invite(pair[1])
		wait(back, "early", "9s")
		back:cancel()
	end)
end
X
"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl" > "$work/.output" 2>&1
empty "it runs"
for who in a b; do
	says "$who's call is answered" "\"$who: true\"" cat "$work/t.jsonl"
done
says "its From has the port" 'From: <sip:e@192.0.2.9:5070>' cat "$work/t.jsonl"
grep '"reason":"no-socket"' "$work/t.jsonl" > "$work/.output"
empty "nothing goes to another port"
finish
