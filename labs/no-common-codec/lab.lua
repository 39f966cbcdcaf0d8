-- Alice calls Dora, Carol and Bob in turn; not all of them can talk with her.
lab {
	title = "No codec in common",
	topology = "codecs.gv",
	duration = "20s",
}

local alice = node "alice"

script(function()
	wait(alice, "registered")
	sleep "1s"
	for _, who in ipairs { "dora", "carol", "bob" } do
		local call = alice:invite("sip:" .. who .. "@example.com")
		if wait(call, "confirmed", "5s") then
			sleep "2s"
			call:bye()
		end
		sleep "1s"
	end
end)
