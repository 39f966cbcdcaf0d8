#!/bin/sh
# CR LF or NUL in a field that a script gives: `reply` said 200 in the trace and
# 500 on the wire, a URI ended at its NUL.  Each is an error with its line, and
# nothing is sent; bodies hold anything.
. tests/fixtures/check.sh

cat > "$work/net.gv" <<'X'
graph net {
	alice [role=ua, addr="192.0.2.1"]
	box [role=script, addr="192.0.2.2", program="box.lua"]
	bob [role=ua, addr="192.0.2.3"]
	alone [role=script, addr="192.0.2.4", program="box.lua", transactions=false]
	alice -- box -- bob -- alice -- alone -- bob
}
X
cat > "$work/try.lua" <<'X'
local bad, tried, to = { "a\r\nX-Evil: y", "a\nX-Evil: y", "a\rb", "a\0b" }, 0, "sip:bob@192.0.2.3"
-- FN is given each of the values and must refuse it, saying where.
local function refuses(what, fn)
	for i, value in ipairs(bad) do
		local good, why = pcall(fn, value)
		tried = tried + 1
		if good or not why:find("%.lua:%d+: ") then print("BAD " .. what .. i) end
	end
end
X
cat "$work/try.lua" - > "$work/box.lua" <<'X'
local function request(key, value)
	local r = { method = "OPTIONS", uri = to }
	r[key] = value
	send(r)
end
local function try_reply(m)
	for key in ("reason type contact tag"):gmatch("%a+") do
		refuses("reply " .. key, function(v) reply(m, 200, { [key] = v }) end)
	end
	refuses("reply value", function(v) reply(m, 200, { headers = { Subject = v } }) end)
	refuses("reply name", function(v) reply(m, 200, { headers = { [v] = "x" } }) end)
	refuses("no Contact", function() reply(m, 200, { contact = "<<<" }) end)
	refuses("too much", function() reply(m, 200, { type = "a/b", body = ("x"):rep(70000) }) end)
end
local function try_send(m)
	for key in ("method call_id type cseq uri from to contact"):gmatch("[%a_]+") do
		refuses("send " .. key, function(v) request(key, #key > 4 and v or to .. ";a=" .. v) end)
	end
	refuses("send routes", function(v) request("routes", { "<sip:192.0.2.3;lr>" .. v }) end)
	refuses("send value", function(v) request("headers", { Subject = v }) end)
	refuses("send name", function(v) request("headers", { [v] = "x" }) end)
	refuses("forward", function(v) forward(m, to .. ";a=" .. v) end)
	refuses("m.uri", function(v) m.uri = to .. ";a=" .. v forward(m) end)
	refuses("m:add", function(v) m:add("Subject", v) end)
end
function on_request(m)
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
script(function()
	local k = alice:invite(to)
	sleep "3s"
	for verb, keys in pairs { invite = "target replaces join", options = "target",
		register = "contact aor expires", message = "target type", subscribe = "target event",
		publish = "note status", refer = "to target", set = "aor forward answer",
		send = "method uri from to" } do
		for key in keys:gmatch("%S+") do
			refuses(verb .. " " .. key, function(v)
				local args = { [key] = to .. ";a=" .. v }
				if key ~= "target" and keys:find("target") then args.target = to end
				if verb == "message" then args.text = "x" end
				alice[verb](alice, args)
			end)
		end
	end
	for key, verb in pairs { type = "info", package = "info", method = "send", reason = "bye",
		to = "transfer", digits = "dtmf", add = "reinvite", how = "hold" } do
		refuses("call " .. verb, function(v) k[verb](k, { [key] = v }) end)
	end
	refuses("value", function(v) alice:invite { target = to, headers = { Subject = v } } end)
	refuses("name", function(v) k:send { method = "FOO", headers = { [v] = "x" } } end)
	refuses("on", function(v) alice:on("invite" .. v, function() end) end)
	for i = 2, 4, 2 do
		alice:options("sip:x@192.0.2." .. i)
		alice:message("sip:x@192.0.2." .. i, "one\r\ntwo\0three")
	end
	print("tried " .. tried)
end)
X
t=$work/t.jsonl
"$RUNG" run -q "$work/lab.lua" -o "$t"
ok "all are refused with their line" [ "$(grep -o '"text":"BAD[^"]*"' "$t")" = "" ]
ok "all were tried" [ "$(grep -c '"text":"tried' "$t")" = 5 ]
ok "nothing of it went out" [ "$(grep -c '"kind":"send".*X-Evil' "$t")" = 0 ]
ok "each is answered" [ "$(grep -c '"kind":"send".*SIP/2.0 202' "$t")" = 4 ]
finish
