#!/bin/sh
# A 503 speaks of one server, not of the whole way (RFC 3261 16.7 step 6): a node
# whose program had sent a request on passed it back as it came.
. tests/fixtures/check.sh

t=$work/t.jsonl
cat > "$work/net.gv" <<'GV'
graph {
	edge [delay="10ms"]
	alice [role=ua, addr="192.0.2.1", outbound=box]
	box [role=script, addr="192.0.2.2", program="box.lua"]
	full [role=script, addr="192.0.2.3", program="full.lua"]
	lan [shape=ellipse]
	{alice box full} -- lan
}
GV
echo 'function on_request(m) reply(m, 503, { headers = { ["Retry-After"] = "9" } }) end' \
	> "$work/full.lua"
cat > "$work/lab.lua" <<'LUA'
lab { topology = "net.gv", duration = "100s" }
script(function()
	sleep "1s"
	node "alice":invite "sip:x@192.0.2.2"
end)
LUA
# run NAME LINE: box's on_reply has LINE.
run() {
	printf '%s\n' 'local asked' \
		'function on_request(m) asked = m forward(m, "sip:x@192.0.2.3") end' \
		"function on_reply(m, r) $2 end" > "$work/box.lua"
	ok "$1 runs" "$RUNG" run -q "$work/lab.lua" -o "$t"
	"$RUNG" inspect "$t" > "$work/found"
	ok "$1: no clause is broken" grep -q 'errors 0, warnings 0' "$work/found"
}
back() { # STATUS
	grep '"node":"box","kind":"send"' "$t" |
		grep -q "\"dst\":\"alice\".*\"text\":\"SIP/2.0 $1"
}
run "by itself" ''
ok "it is a 500" back 500
ok "and no 503" [ "$(back 503; echo $?)" = 1 ]
run "as the program likes" 'reply(asked, 503) return false'
ok "it may say 503 itself" back 503
finish
