-- Both change the session in the same moment; neither can take the other's
-- offer while its own is open (RFC 3261 21.4.27, 14.2).
lab {
	title = "491 Request Pending",
	topology = "phones.gv",
	duration = "10s",
}

local alice, bob = node "alice", node "bob"
local other

bob:on("invite", function(call)
	other = call
	call:answer()
end)

script(function()
	sleep "1s"
	local call = alice:invite(bob)
	wait(call, "confirmed")
	sleep "1s"
	call:reinvite()
	other:reinvite()
end)
