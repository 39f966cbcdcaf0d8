-- Alice talks to four phones at one time, over one line; each waits in its own
-- way for what comes late.
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
