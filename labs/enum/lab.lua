-- Alice dials three telephone numbers, one after the other.
lab {
	title = "ENUM: a number becomes an address",
	topology = "numbers.gv",
	duration = "60s",
}

local alice = node "alice"

local function dial(at, number)
	script(function()
		sleep(at)
		local c = alice:invite("tel:" .. number)
		if wait(c, "confirmed", "5s") then
			sleep "1s"
			c:bye()
		end
	end)
end

dial("1s", "+1-555-0100")
dial("15s", "+1-555-0101")
dial("30s", "+1-555-0102")
