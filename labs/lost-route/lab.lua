-- Eve calls Bob with a phone of rung's.  Then Alice's phone calls him (phone.lua).
lab {
	title = "Calls that never end",
	topology = "route.gv",
	duration = "30s",
}

script(function()
	sleep "1s"
	local call = node("eve"):invite "sip:bob@biloxi.example.com"
	if wait(call, "confirmed", "8s") then
		sleep "2s"
		call:bye()
	end
end)
