-- Alice talks to four phones at the same time, over one line;
-- each has a different buffer for late packets.
lab {
	title = "Jitter and the buffer",
	topology = "lines.gv",
	duration = "25s",
}

local alice = node "alice"

for _, name in ipairs { "bob", "carol", "dora", "erin" } do
	script(function()
		local call = alice:invite(name)
		if wait(call, "confirmed") then
			sleep "20s"
			call:bye()
		end
	end)
end
