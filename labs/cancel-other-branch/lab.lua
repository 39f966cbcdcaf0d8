-- Alice's phone calls Bob by itself (phone.lua).  Later Eve calls him with a phone
-- of rung's, and gives up as well.
lab {
	title = "Bob's phone rings on",
	topology = "branch.gv",
	duration = "75s",
}

script(function()
	sleep "50s"
	local call = node("eve"):invite "sip:bob@example.com"
	sleep "4s"
	if call.state == "early" then call:cancel() end
end)
