-- Three phones press the same digits for a voice mailbox, each in its own way; later a node in the path
-- rejects every INFO.
lab {
	title = "Digits in three ways",
	topology = "ways.gv",
	duration = "40s",
}

local box = node "box"

for _, name in ipairs { "ines", "eve", "tom" } do
	script(function()
		local call = node(name):invite "box"
		if not wait(call, "confirmed", "7s") then
			return
		end
		sleep(8 - now())
		if not pcall(call.dtmf, call, "1234567890", { duration = "60ms" }) then
			note(name .. " can't press digits.")
		end
		if name == "ines" then
			sleep(20 - now())
			call:dtmf "9"
		end
	end)
end

-- The mailbox hangs up, one call after the other.
local taken = 0
box:on("invite", function(call)
	taken = taken + 1
	local when = 20.5 + taken / 2
	sleep(when - now())
	call:bye()
end)

at("19s", function()
	fault { method = "INFO", respond = 501 }
end)
