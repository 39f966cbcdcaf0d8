#!/bin/sh
# What a program is refused it is refused the same way each time, whatever it is
# of: dead calls of a menu kept their stacks.  And who may not be meant is no lack
# of memory: `logon` of one whom `staff` does not name said so.
. tests/fixtures/check.sh

cat > "$work/t.gv" <<'X'
graph {
	alice [role=ua, addr="192.0.2.1"]
	box [role=script, addr="192.0.2.2", program="on_request.lua"]
	px [role=proxy, addr="192.0.2.3", route="on_request.lua"]
	mn [role=menu, addr="192.0.2.4", menu="on_call.lua"]
	help [role=queue, domain="x.example", staff="ann ben=bills"]
	alice -- box alice -- px alice -- mn help -- carl
	carl [role=ua]
}
X
for event in on_request on_call; do
	cat > "$work/$event.lua" <<-X
	local n, deep = 0, function() local function f() return 1 + f() end f() end
	local bodies = { [0] = deep, function() pcall(deep) end, function() coroutine.wrap(deep)() end,
		function() local m = setmetatable({}, {}) getmetatable(m).__call = m m() end,
		function() local s = "x" while true do s = s .. s end end }
	function $event(c) n = n + 1 bodies[n % 5]() end
	X
done
cat > "$work/lab.lua" <<'X'
lab { title = "refused", duration = "400s", topology = "t.gv" }
script(function()
	node("help"):logon { agent = "carl" }
	for i = 0, 59 do node("alice"):invite("sip:x@192.0.2." .. 2 + i % 3) sleep "6s" end
end)
X
t=$work/t.jsonl
ok "it ends, and carl has logged on" timeout 60 "$RUNG" run -q "$work/lab.lua" -o "$t"
for node in box px mn; do
	grep "\"node\":\"$node\".*\"verdict\":\"failed\"" "$t" > "$work/$node"
	ok "$node: one of five by its hook" [ "$(grep -c '"fault":"endless"' "$work/$node")" = 4 ]
	ok "$node: four by what they want" [ "$(grep -c '"fault":"memory"' "$work/$node")" = 16 ]
done
finish
