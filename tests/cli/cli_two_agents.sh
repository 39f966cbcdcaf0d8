#!/bin/sh
# Two programs call each other, each by its own hand, and rung inspect says who of both
# breaks the rule.
. tests/fixtures/check.sh

cd "$work" || exit
rung=$(cd "$OLDPWD" && readlink -f "$RUNG")
cat > two.gv << 'GV'
graph two {
	graph [label="Two agents", duration="40s"]
	edge [delay="10ms"]
	a [role=script, program="none.lua"]
	b [role=script, program="none.lua"]
	a -- b
}
GV
cat > none.lua << 'LUA'
function on_request(m) reply(m, 501) end
LUA
cat > caller.lua << 'LUA'
local sdp = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n" ..
	"m=audio 4000 RTP/AVP 0\r\n"

local function ask(r, method, cseq)
	send { method = method, uri = r:address("Contact").uri, call_id = "one", cseq = cseq,
		from = r:get "From", to = r:get "To" }
end

function on_start()
	after("1s", function()
		send { method = "INVITE", uri = "sip:b@192.0.2.2", call_id = "one", cseq = 1,
			from = "<sip:a@192.0.2.1>;tag=a", type = "application/sdp", body = sdp }
	end)
end

function on_reply(m, r)
	if m.method ~= "INVITE" or r.status ~= 200 then return end
	ask(r, "ACK", 1)
	after("2s", function() ask(r, "BYE", 2) end)
end
LUA
cat > callee.lua << 'LUA'
local sdp = "v=0\r\no=- 1 1 IN IP4 192.0.2.2\r\ns=-\r\nc=IN IP4 192.0.2.2\r\nt=0 0\r\n" ..
	"m=audio 4000 RTP/AVP 0\r\n"

function on_request(m)
	if m.method == "ACK" then return end
	if m.method ~= "INVITE" then return reply(m, 200) end
	reply(m, 180, { tag = "b" })
	after("1s", function() reply(m, 200, { tag = "b", type = "application/sdp", body = sdp }) end)
end
LUA
sed '/ask(r, "ACK", 1)/d' caller.lua > no_ack.lua
sed 's/ask(r, "BYE", 2)/ask(r, "BYE", 1)/' caller.lua > old_cseq.lua
sed 's/return reply(m, 200) end/return end/' callee.lua > silent.lua
sed 's/to = r:get "To"/to = method == "BYE" and "<sip:b@192.0.2.2>;tag=c" or r:get "To"/' \
	caller.lua > other_tag.lua

sed 's/reply(m, 200, { tag = "b", type/reply(m, 200, { tag = "c", type/' callee.lua > two_tags.lua

# What rung inspect finds where CALLER calls CALLEE.
found() { # CALLER CALLEE
	"$rung" run two.gv --set "a.program=$1.lua" --set "b.program=$2.lua" -q \
		-o two.jsonl && "$rung" inspect two.jsonl
}
says "both keep the rules" "errors 0, warnings 0" found caller callee
says "who does not acknowledge (13.2.2.4)" "a (terminal): no ACK for the 2xx" \
	found no_ack callee
says "who counts its requests wrongly (12.2.1.1)" "a (terminal): CSeq 1, and the last one" \
	found old_cseq callee
says "who answers nothing (8.2)" "b (terminal): no final response to this BYE" \
	found caller silent
says "who says yes to a dialog that it does not have (12.2.2)" \
	"b (terminal): 200 to the BYE of a dialog that there is not" found other_tag callee
says "and who has asked there (12.2.1.1)" \
	"a (terminal): BYE with tags of no dialog that this side has" found other_tag callee
says "who answers under two tags (8.2.6.2)" \
	"b (terminal): 200 with another tag in To than an answer" \
	found caller two_tags
finish
