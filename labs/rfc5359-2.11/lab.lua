-- Carol asks Bob to let her join his call with Alice (RFC 5359, section 2.11).
lab {
	title = "Three-way conference: a third party joins",
	topology = "three-phones.gv",
	duration = "15s",
}

local alice, bob, carol = node "alice", node "bob", node "carol"
local first

bob:on("invite", function(call)
	if first == nil then
		first = call
		return
	end
	sleep "500ms"
	first:reinvite()
end)

script(function()
	sleep "1s"
	local call = alice:invite(bob)
	sleep "4s"
	carol:invite(bob, { join = call })
end)
