-- Alice says the same to three phones; the lines lose 1, 5 and 20 % of the packets.
lab {
	title = "What loss sounds like",
	topology = "loss.gv",
	duration = "25s",
}

local alice = node "alice"

for _, name in ipairs { "bob", "carol", "dora" } do
	script(function()
		local call = alice:invite(name)
		if wait(call, "confirmed") then
			sleep "12s"
			call:bye()
		end
	end)
end
