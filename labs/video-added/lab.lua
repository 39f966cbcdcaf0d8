-- Alice calls Bob, adds video, and removes it again; Bob hangs up.
lab {
	title = "Video added to a call",
	topology = "video.gv",
	duration = "20s",
}

script(function()
	sleep "1s"
	local call = node("alice"):invite "bob"
	if not wait(call, "confirmed") then return end
	sleep "2s"
	call:reinvite { add = "video" }
	sleep "2s"
	-- Nothing is to be removed if it was rejected.
	pcall(call.reinvite, call, { remove = "video" })
end)

node("bob"):on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "6s"
		call:bye()
	end
end)
