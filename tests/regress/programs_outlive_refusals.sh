#!/bin/sh
# What a program is refused costs its node the same each time, whatever the
# program is of: its stack doubled at each event.  And who may not be meant is no
# lack of memory: `logon` of one whom `staff` does not name said so.
. tests/check.sh

cat > "$work/bodies.lua" <<'X'
local bodies = {
	function() local function f() return 1 + f() end f() end,
	function() local function f() return 1 + f() end pcall(f) end,
	function() local m = setmetatable({}, {}) getmetatable(m).__call = m m() end,
	function() coroutine.wrap(function() local function f() return 1 + f() end f() end)() end,
	function() local s = "x" while true do s = s .. s end end,
}
local n = 0
local function event() n = n + 1 bodies[n % #bodies + 1]() end
X
for file in on_request:box on_request:px on_call:mn; do
	cat "$work/bodies.lua" - > "$work/${file#*:}.lua" <<-X
	function ${file%:*}(c) event() end
	X
done
cat > "$work/t.gv" <<'X'
graph {
	alice [role=ua, addr="192.0.2.1"]
	box [role=script, addr="192.0.2.2", program="box.lua"]
	px [role=proxy, addr="192.0.2.3", route="px.lua"]
	mn [role=menu, addr="192.0.2.4", menu="mn.lua"]
	help [role=queue, domain="x.example", staff="ann ben=bills"]
	ann [role=ua] carl [role=ua]
	alice -- box alice -- px alice -- mn help -- ann -- carl
}
X
cat > "$work/lab.lua" <<'X'
lab { title = "refused", duration = "400s", topology = "t.gv" }
script(function()
	node("help"):logon { agent = "carl" }
	for i = 1, 20 do
		for to = 2, 4 do
			node("alice"):invite("sip:x@192.0.2." .. to)
			sleep "6s"
		end
	end
end)
X
t=$work/t.jsonl
ok "it ends" timeout 60 "$RUNG" run -q "$work/lab.lua" -o "$t"
for node in box px mn; do
	grep "\"node\":\"$node\".*\"verdict\":\"failed\"" "$t" |
		grep -o '"fault":"[a-z]*"' > "$work/$node"
	ok "$node: one of five by its hook" [ "$(grep -c endless "$work/$node")" = 4 ]
	ok "$node: four by what they want" [ "$(grep -c memory "$work/$node")" = 16 ]
done
ok "carl has logged on" grep -q '"text":"sip:carl@.* has logged on"' "$t"
finish
