-- Alice calls somebody at mallory.example, then Bob at once, and Bob again when the poisoned record has
-- expired.
lab {
	title = "A poisoned cache",
	topology = "poisoned.gv",
	duration = "60s",
}

local alice = node "alice"

local function call(at, who)
	script(function()
		sleep(at)
		local c = alice:invite(who)
		if wait(c, "confirmed", "5s") then
			sleep "1s"
			c:bye()
		end
	end)
end

call("1s", "sip:prize@mallory.example")
call("10s", "sip:bob@biloxi.example.com")
call("45s", "sip:bob@biloxi.example.com")
