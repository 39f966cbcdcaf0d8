-- The RFC reserves 402 for future use (RFC 3261 21.4.3), so no behaviour of a
-- phone gives it.  Here a person does: the prepaid card with which Bob pays for
-- incoming calls is empty.
lab {
	title = "402 Payment Required",
	topology = "phones.gv",
	duration = "10s",
}

local alice, bob = node "alice", node "bob"

bob:on("invite", function(call)
	call:reject(402)
end)

script(function()
	sleep "1s"
	alice:invite(bob)
end)
