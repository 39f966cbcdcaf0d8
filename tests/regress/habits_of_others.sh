#!/bin/sh
# Habits of other languages were answered by Lua's own words, by a sentence of
# something else, or by nothing.
. tests/fixtures/check.sh
rung=$(realpath "$RUNG")
RUNG_SHARE=$PWD
export RUNG_SHARE
cd "$work" || exit 1

line() { # SAID LINE: of a line within script(…), where there is a call
	{
		echo 'lab { topology = "two-proxies.gv", duration = "10s" }'
		echo 'local alice, bob = node "alice", node "bob"'
		echo 'script(function()'
		echo 'local call = alice:invite "sip:bob@biloxi.example.com"'
		echo 'sleep "5s"'
		printf '%s\n' "$2"
		echo 'end)'
	} > lab.lua
	timeout "$patience" "$rung" run lab.lua > .output 2>&1 < /dev/null
	if [ $? -eq 2 ] && grep -qF -- "lab.lua:6: " .output &&
		grep -qF -- "$1" .output; then
		good
	else
		bad "$2" "should say: $1"
	fi
}
line 'Lua writes function() … end, not () => { … }' 'at("7s", () => { bob:crash() })'
line 'Lua writes >=, not =>' 'if now() => 3 then return end'
line 'Lua writes x and a or b, not x ? a : b' \
	'note(call.state == "early" ? "a" : "b")'
line 'Lua writes then, not :' 'if call.state == "confirmed": call:bye() end'
line 'Lua writes do, not :' 'while now() < 7: sleep(1) end'
line 'Lua writes "…", not `…`' 'note(`x`)'
line 'Lua writes title = "…", not title: "…"' 'local t = { title: "t" }'
line 'Lua writes name = …, not name: …' 'local t = { n: 5 }'
line 'several values stand in brackets: print("a", "b")' \
	'print "hello", "world"'
line 'a name with - stands so: ["X-Test"] = …' \
	'alice:message("sip:bob@biloxi.example.com", { headers = { X-Test = "1" } })'
line 'Lua has no f"…": texts are joined by ..' 'note(f"now {now()}")'
line 'did you mean “error”?' 'raise("x")'
line 'did you mean “error”?' 'throw("x")'
line 'a text can'"'"'t be calculated with; texts are joined by .., not by +' \
	'print("state: " + call.state)'
line 'a state is a text in small letters, such as "confirmed"' \
	'if call.state == CONFIRMED then call:bye() end'
line 'a state is a text in small letters' 'if call.state ~= Early then return end'
for nothing in None null undefined; do
	line "there is no “$nothing”; did you mean “nil”?" \
		"if call.target == $nothing then return end"
	line "there is no “$nothing”; did you mean “nil”?" \
		"if call.state ~= $nothing then return end"
done
line 'Lua has no switch: if … then … elseif … then' \
	'switch (call.state) { case "early": note("x") }'
line 'Lua has no switch' 'switch call.state do end'
line 'Lua has no try: local ok, why = pcall(function() … end)' \
	'try { call:bye() } catch (e) { }'
line 'Lua has no try' 'local ok = try(function() end)'
line 'a text is filled in by string.format("%d", n), not by %' \
	'note("now %d" % now())'
line 'for goes through a list by ipairs' 'for n in nodes() do note(n) end'
line 'the list has nothing there (nil): its entries are numbered from 1' \
	'local n = nodes() note(n[0].name)'
line 'a text has no “crash”; the node of that name is node(…)' \
	'for _, n in pairs(nodes()) do n:crash() end'
line 'a target is a text, a URI, and has no “host”; what is behind its @ is' \
	'note(call.target.host)'
line 'a text has no “name”' 'note(nodes()[1].name)'
line 'upper needs a text; of one it is said with a colon: name:upper()' \
	'note(alice.name.upper())'
line 'format: argument 2 is to be a number, and is: string' \
	'note(string.format("%d s", "x"))'
line 'rep: argument 1 is to be a number, and is: no value' 'note(("x"):rep())'
line 'a number and a string have no order' 'if now() < "5" then return end'
line 'a nil and a nil have no order' 'local t = {} if t.a < t.b then return end'
line 'alice/1 has no “response”; a call has id, state and target, and its verbs' \
	'note("answer: " .. call.response.status)'
line 'on is said of a node, alice, not of its call' \
	'call:on("bye", function() end)'

# ---- what is well is left alone ----
well() {
	{
		echo 'lab { topology = "two-proxies.gv", duration = "1s" }'
		printf '%s\n' "$1"
	} > lab.lua
	if "$rung" run lab.lua > .output 2>&1; then good; else bad "$1" '?'; fi
}
well 'local s = "abc" note(s:upper() .. s:sub(1, 1) .. #s .. tostring(s[1]))'
well 'local t = { ["a-b"] = 1, f = 2 } note(t.f + t["a-b"])'
well 'local x = "7" note(x % 3) note(tostring(x:match "@(.+)"))'
well 'local ok, why = pcall(function() return 1 < "2" end) note(tostring(ok))'
finish
