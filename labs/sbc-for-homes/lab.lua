-- Alice calls two phones at home: Bob's just after it has registered, and once more when its NAT has deleted
-- the mapping; Dora's, which keeps its mapping.
lab {
	title = "A border controller for phones at home",
	topology = "homes.gv",
	duration = "90s",
}

local alice = node "alice"

local function talk(whom)
	local call = alice:invite("sip:" .. whom .. "@example.com")
	if wait(call, "confirmed", "8s") then
		sleep "2s"
		call:bye()
	elseif call.state ~= "terminated" then
		call:cancel()
	end
end

script(function()
	sleep "5s"
	talk "bob"
	sleep "50s"
	talk "bob"
	talk "dora"
end)
