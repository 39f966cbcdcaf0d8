-- Alice calls Bob with a phone of rung's; at 12 s Dora's phone calls him (dora.lua).
lab {
	title = "Dora hears nothing",
	topology = "formats.gv",
	duration = "25s",
}

script(function()
	sleep "1s"
	local call = node("alice"):invite "sip:bob@192.0.2.2"
	if wait(call, "confirmed", "8s") then
		sleep "5s"
		call:bye()
	end
end)
