-- Two calls over the trapezoid: the first one waits for name servers, the
-- second finds in a cache what they have said.
lab {
	title = "The trapezoid with name servers",
	topology = "trapezoid.gv",
	duration = "20s",
}

local alice = node "alice"

for _, at in ipairs { "1s", "10s" } do
	script(function()
		sleep(at)
		local call = alice:invite "sip:bob@biloxi.example.com"
		if wait(call, "confirmed", "5s") then
			sleep "1s"
			call:bye()
		end
	end)
end
