-- All phones use TLS. Alice calls Bob by a sips URI,
-- which he has not registered, and then by his sip URI.
lab {
	title = "What a tutorial says of TLS and the voice",
	topology = "tls.gv",
	duration = "15s",
}

local alice, bob = node "alice", node "bob"

script(function()
	sleep "1s"
	alice:invite "sips:bob@example.com"
	sleep "1s"
	local call = alice:invite(bob)
	if wait(call, "confirmed", "10s") then
		sleep "2s"
		call:bye()
	end
end)
