-- Alice calls the desk and asks for Carol. The secretary puts her on hold, asks Carol whether she is
-- available, and connects the two.
lab {
	title = "Put through by keys",
	topology = "transfer.gv",
	duration = "30s",
}

local alice, desk, carol = node "alice", node "desk", node "carol"

-- Carol hangs up when she has spoken for five seconds.
carol:on("invite", function(call)
	if not wait(call, "confirmed", "30s") then
		return
	end
	sleep "5s"
	if call.state == "confirmed" then
		call:bye()
	end
end)

script(function()
	desk:wait_screen("Registered", "5s")
	alice:invite(desk)
	desk:wait_screen("Incoming", "5s")
	desk:answer()
	desk:wait_screen("Talking", "5s")
	sleep "2s"

	note "Options, a new call, Carol of the phone book"
	desk:press "{ok}1{down}{down}{ok}"
	desk:wait_screen("Held: Alice", "5s")
	desk:wait_screen("Talking", "8s")
	sleep "1s"

	note "Options, join both"
	desk:press "{ok}1"
	desk:wait_screen("Transferred", "8s")
	desk:wait_screen("Menu", "8s")
end)
