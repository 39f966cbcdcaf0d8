-- Alice calls Bob, and later Carl, who has left both offices.
lab {
	title = "One call fills two servers",
	topology = "ring.gv",
	duration = "8s",
}

local alice = node "alice"

script(function()
	sleep "1s"
	local call = alice:invite "sip:bob@192.0.2.10"
	if wait(call, "confirmed", "8s") then
		sleep "1s"
		call:bye()
	end
	sleep "1s"
	call = alice:invite "sip:carl@192.0.2.10"
	sleep "1s"
	if call.state ~= "terminated" then call:cancel() end
end)
