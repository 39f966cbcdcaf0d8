-- Asks 250 times in a second.
local function again()
	send { method = "OPTIONS", uri = "sip:bob@192.0.2.2" }
	after("4ms", again)
end

function on_start() after("1ms", again) end
