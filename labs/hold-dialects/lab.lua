-- Dora, Ines and Otto call Alice, and put her on hold for two seconds, each in a different way. Alice hangs
-- up.
lab {
	title = "Hold in three dialects",
	topology = "hold.gv",
	duration = "25s",
}

local function calls(name, from, how)
	at(from, function()
		local call = node(name):invite "alice"
		if not wait(call, "confirmed") then return end
		sleep "2s"
		call:hold { how = how }
		sleep "2s"
		call:resume()
	end)
end

calls("dora", "1s", "sendonly")
calls("ines", "2s", "inactive")
calls("otto", "3s", "zero")

node("alice"):on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "6s"
		call:bye()
	end
end)
