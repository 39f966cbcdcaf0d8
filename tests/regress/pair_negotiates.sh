# What a box agrees on by itself: a session interval below its min_se was taken;
# an INVITE without an offer that requires 100rel got an unreliable 180.  That, and
# a 421 that does not say what it asks for, is named by inspect.
. tests/fixtures/check.sh
LC_ALL=C.UTF-8
export LC_ALL

net() { # ROLE TRANSPORT
	cat > "$work/net.gv" << GV
graph net {
	edge [delay="5ms"]
	alice [role=ua, transport=$2, outbound=b1, addr="192.0.2.1", session_expires="90s"]
	b1 [role=$1, transport=$2, min_se="120s"]
	bob [role=ua, transport=$2, outbound=b1, addr="192.0.2.2", answer="500ms"]
	lan -- {alice b1 bob}
}
GV
}
lab() {
	cat > "$work/lab.lua" << LUA
lab { topology = "net.gv", duration = "40s" }
local alice = node "alice"
script(function()
	sleep "1s"
	local c = alice:invite("sip:bob@192.0.2.2", { $1 })
	wait(c, "confirmed", "10s") sleep "1s" c:hold() sleep "1s" c:bye()
end)
LUA
	"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl"
}
show() { "$RUNG" show "$work/t.jsonl" "$@" 2> "$work/said"; }

for box in b2bua sbc; do
	for transport in udp tcp; do
		net $box $transport
		lab ""
		says "$box $transport: too small" "Min-SE: 120" \
			show "status=422 dst=alice" -m
		says "$box $transport: the next is taken" 200 show \
			"status=200 dst=alice"
		lab 'sdp = false, reliable = "required"'
		show "status=180 dst=alice" > "$work/.output"
		empty "$box $transport: no 180 that is not reliable" "$work/.output"
		says "$box $transport: it is answered" 200 show \
			"status=200 dst=alice"
		"$RUNG" inspect "$work/t.jsonl" > "$work/report" 2>&1
		says "$box $transport: nothing is broken" \
			"Findings: errors 0, warnings 0" cat "$work/report"
	done
done

# A server that does both wrong.
cat > "$work/net.gv" << 'GV'
graph net {
	alice [role=ua, addr="192.0.2.1"]
	bad [role=script, addr="192.0.2.2", program="bad.lua"]
	alice -- bad
}
GV
cat > "$work/bad.lua" << 'LUA'
function on_request(m)
	if m.method ~= "INVITE" then return end
	reply(m, 180)
	after("1s", function() reply(m, 421) end)
end
LUA
cat > "$work/lab.lua" << 'LUA'
lab { topology = "net.gv", duration = "20s" }
script(function()
	sleep "1s" node "alice":invite("sip:bad@192.0.2.2", { reliable = "required" })
end)
LUA
"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl"
"$RUNG" inspect "$work/t.jsonl" > "$work/report" 2>&1
says "an unreliable 180 to Require: 100rel" "the INVITE requires 100rel" \
	cat "$work/report"
says "a 421 without Require" "Require" cat "$work/report"

# One that answers 491 though it has asked for nothing.
cat > "$work/bad.lua" << 'LUA'
local n = 0
function on_request(m)
	if m.method == "INVITE" then
		n = n + 1
		if n > 1 then return reply(m, 491) end
		return reply(m, 200, { type = "application/sdp", body =
			"v=0\r\no=- 1 1 IN IP4 192.0.2.2\r\ns=-\r\n" ..
			"c=IN IP4 192.0.2.2\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n" })
	end
	if m.method ~= "ACK" then reply(m, 200) end
end
LUA
cat > "$work/lab.lua" << 'LUA'
lab { topology = "net.gv", duration = "20s" }
script(function()
	sleep "1s"
	local c = node "alice":invite "sip:bad@192.0.2.2"
	wait(c, "confirmed", "5s") c:hold()
end)
LUA
"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl"
"$RUNG" inspect "$work/t.jsonl" > "$work/report" 2>&1
says "a 491 with nothing pending" "a 491, though nothing of this side's" \
	cat "$work/report"
for lab in rfc5407-3.3.1 rfc5407-3.3.2 rfc5407-3.1.5; do
	"$RUNG" run -q $lab -o "$work/t.jsonl" 2> "$work/said"
	"$RUNG" inspect "$work/t.jsonl" > "$work/report" 2>&1
	fails "$lab: its 491 is right" 1 grep "a 491, though" "$work/report"
done
finish
