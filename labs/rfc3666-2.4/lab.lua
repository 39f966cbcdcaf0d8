-- Alice dials a number that is Bob's SIP phone, as the DNS knows (RFC 3666, section 2.4). Here her proxy
-- queries the DNS; in the RFC her phone does.
lab {
	title = "A number that ENUM finds",
	topology = "numbers.gv",
	duration = "16s",
}

local alice, bob = node "alice", node "bob"

bob:on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "5s"
		call:bye()
	end
end)

script(function()
	sleep "1s"
	alice:invite "tel:+1-972-555-2222"
end)
