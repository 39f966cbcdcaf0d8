-- Alice makes three emergency calls: at the second one the emergency centre is down, at the third one her
-- phone is not registered.
lab {
	title = "Calls for help in an IMS network",
	topology = "volte-telephone.gv",
	duration = "26s",
}

local alice, centre = node "alice", node "centre"

local function help()
	local call = alice:invite "urn:service:sos"
	if wait(call, "confirmed", "9s") then
		sleep "1s"
		call:bye()
	end
	sleep "1s"
end

script(function()
	sleep "1s"
	help()
	centre:crash()
	help()
	centre:restart()
	alice:unregister()
	sleep "1s"
	alice:invite "bob"
	sleep "1s"
	help()
end)
