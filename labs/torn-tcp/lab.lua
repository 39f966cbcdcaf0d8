-- SIP over TCP, and a connection that breaks in the middle of an INVITE.
lab {
	title = "A torn stream",
	topology = "tcp.gv",
	duration = "45s",
}

local alice = node "alice"

-- The first INVITE from the proxy to Bob's phone: 200 bytes of it arrive.
fault { method = "INVITE", src = "px", dst = "bob", nth = 1, cut = 200 }

script(function()
	sleep "1s"
	local call = alice:invite "bob"
	if not wait(call, "confirmed", "36s") then
		note "That went wrong; once more."
		call = alice:invite "bob"
	end
	if wait(call, "confirmed", "5s") then
		sleep "1s"
		call:bye()
	end
end)
