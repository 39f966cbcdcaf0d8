#!/bin/sh
# CR LF or NUL in a field that a script gives: `reply` said 200 in the trace and
# 500 on the wire, a URI ended at its NUL.  Each is an error with its line, and
# nothing is sent; bodies hold anything.
. tests/check.sh

cat > "$work/net.gv" <<'X'
graph net {
	graph [domain="a.example"]
	edge [delay="10ms"]
	alice [role=ua, addr="192.0.2.1"]
	box [role=script, addr="192.0.2.2", program="box.lua"]
	alone [role=script, addr="192.0.2.4", program="box.lua", transactions=false]
	bob [role=ua, addr="192.0.2.3"]
	alice -- box -- bob -- alice -- alone -- bob
}
X
cat > "$work/try.lua" <<'X'
local bad, tried = { "a\r\nX-Evil: y", "a\nX-Evil: y", "a\rb", "a\0b" }, 0
-- FN is given each of the values and must refuse it, saying where.
local function refuses(what, fn)
	for i, value in ipairs(bad) do
		local good, why = pcall(fn, value)
		tried = tried + 1
		if good or not tostring(why):find("%.lua:%d+: ") then
			print("BAD " .. what .. " " .. i .. " " .. tostring(why):sub(1, 200))
		end
	end
end
X
cat "$work/try.lua" - > "$work/box.lua" <<'X'
local bob = "sip:bob@192.0.2.3"
local function request(more)
	local r = { method = "OPTIONS", uri = bob }
	for k, v in pairs(more) do r[k] = v end
	return send(r)
end
local function try_reply(m)
	for _, key in ipairs { "reason", "type", "contact", "tag" } do
		refuses("reply " .. key, function(v) reply(m, 200, { [key] = v }) end)
	end
	refuses("reply contact", function(v) reply(m, 200, { contact = "<" .. bob .. ">" .. v }) end)
	refuses("reply value", function(v) reply(m, 200, { headers = { Subject = v } }) end)
	refuses("reply name", function(v) reply(m, 200, { headers = { [v] = "x" } }) end)
	refuses("what is no Contact", function() reply(m, 200, { contact = "<<<" }) end)
	refuses("too much", function() reply(m, 200, { type = "a/b", body = ("x"):rep(70000) }) end)
end
local function try_send(m)
	for _, key in ipairs { "method", "call_id", "type", "cseq" } do
		refuses("send " .. key, function(v) request { [key] = v } end)
	end
	for _, key in ipairs { "uri", "from", "to", "contact" } do
		refuses("send " .. key, function(v) request { [key] = bob .. ";a=" .. v } end)
	end
	refuses("send routes", function(v) request { routes = { "<sip:192.0.2.3;lr>" .. v } } end)
	refuses("send value", function(v) request { headers = { Subject = v } } end)
	refuses("send name", function(v) request { headers = { [v] = "x" } } end)
	refuses("forward", function(v) forward(m, bob .. ";a=" .. v) end)
	refuses("m.uri", function(v) m.uri = bob .. ";a=" .. v forward(m) end)
	refuses("m:add", function(v) m:add("Subject", v) end)
	refuses("m:set", function(v) m:set("Subject", v) end)
end
function on_request(m)
	if m.method == "ACK" then return end
	if m.method == "OPTIONS" then try_reply(m) else try_send(m) end
	reply(m, 202, { type = "text/plain", body = "one\r\ntwo\0three" })
	print("tried " .. tried)
end
X
{
	echo 'lab { title = "x", topology = "net.gv", duration = "20s" }'
	echo 'local alice, bob = node "alice", node "bob"'
	cat "$work/try.lua" -
} > "$work/lab.lua" <<'X'
local to = "sip:bob@192.0.2.3"
local verbs = {
	invite = "target replaces join", options = "target", register = "contact aor expires",
	message = "target type", subscribe = "target event", publish = "note status",
	refer = "to target", set = "aor forward answer", send = "method uri from to",
}
local of_calls = { type = "info", package = "info", method = "send", reason = "bye",
	to = "transfer", digits = "dtmf", add = "reinvite", how = "hold" }
script(function()
	sleep "1s"
	local k = alice:invite(to)
	sleep "3s"
	for verb, keys in pairs(verbs) do
		for key in keys:gmatch("%S+") do
			refuses(verb .. " " .. key, function(v)
				local args = { [key] = to .. ";a=" .. v }
				if key ~= "target" and verbs[verb]:find("target") then args.target = to end
				if verb == "message" then args.text = "x" end
				alice[verb](alice, args)
			end)
		end
	end
	for key, verb in pairs(of_calls) do
		refuses("call " .. verb, function(v) k[verb](k, { [key] = v }) end)
	end
	refuses("invite value", function(v) alice:invite { target = to, headers = { Subject = v } } end)
	refuses("invite name", function(v) alice:invite { target = to, headers = { [v] = "x" } } end)
	refuses("send value", function(v) k:send { method = "FOO", headers = { Subject = v } } end)
	refuses("on", function(v) alice:on("invite" .. v, function() end) end)
	alice:message { target = to, text = "one\r\ntwo\0three", type = "text/plain" }
	for i = 2, 4, 2 do
		alice:options("sip:x@192.0.2." .. i)
		alice:message("sip:x@192.0.2." .. i, "x")
	end
	print("tried " .. tried)
end)
X
t=$work/t.jsonl
"$RUNG" run -q "$work/lab.lua" -o "$t"
grep -o '"text":"BAD[^"]*"' "$t"
ok "all are refused with their line" [ "$(grep -c '"text":"BAD' "$t")" = 0 ]
ok "all were tried" [ "$(grep -c '"text":"tried' "$t")" = 5 ]
ok "nothing of it went out" [ "$(grep -c '"kind":"send".*X-Evil' "$t")" = 0 ]
ok "both answer" [ "$(grep -c '"kind":"send".*SIP/2.0 202' "$t")" = 4 ]
ok "nobody says 500" [ "$(grep -c '"SIP/2.0 500' "$t")" = 0 ]
finish
