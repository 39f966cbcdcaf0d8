-- Alice parks Bob at a server, walks to another phone of hers, and takes him back
-- there (RFC 3891, section 1).
lab {
	title = "Parked here, taken back there",
	topology = "parking.gv",
	duration = "20s",
}

local phone1, phone2 = node "phone1", node "phone2"
local bob, park = node "bob", node "park"

script(function()
	sleep "1s"
	local call = phone1:invite(bob)
	if not wait(call, "confirmed") then
		return
	end
	sleep "2s"
	call:transfer(park)
	if wait(call, "terminated", "5s") then
		sleep "4s"
		phone2:pickup(park, { early_only = false })
	end
end)
