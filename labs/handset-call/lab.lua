-- A handset with real firmware registers, calls Bob and is called by him. The script does what a person can
-- do: it presses keys and reads the screen.
lab {
	title = "A phone that computes",
	topology = "handset.gv",
	duration = "20s",
}

local phone, bob = node "phone", node "bob"

-- What the screen shows, in the language it uses.
local says = { registered = "Registered", rings = "It rings",
	talking = "Talking", incoming = "Incoming" }
if phone.language == "zh" then
	says = { registered = "已注册", rings = "对方振铃",
		talking = "通话中", incoming = "来电" }
end

-- What the screen shows, in one line.
local function screen()
	local rows = {}
	for row in phone:screen():gmatch("[^\n]+") do
		rows[#rows + 1] = row:gsub("^ +", ""):gsub(" +", " ")
	end
	note(table.concat(rows, " / "))
end

script(function()
	phone:wait_screen(says.registered, "5s")
	screen()
	phone:press "1001#"
	phone:wait_screen(says.rings, "5s")
	phone:wait_screen(says.talking, "5s")
	sleep "2s"
	screen()
	phone:hangup()

	sleep "2s"
	local call = bob:invite(phone)
	phone:wait_screen(says.incoming, "5s")
	screen()
	sleep "1s"
	phone:answer()
	if wait(call, "confirmed", "5s") then
		sleep "2s"
		call:bye()
	end
end)
