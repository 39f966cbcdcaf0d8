-- Alice calls Bob by his telephone number; he calls her by her name.
lab {
	title = "A telephone number is a name",
	topology = "volte-telephone.gv",
	duration = "14s",
}

local alice, bob = node "alice", node "bob"

local function talk(call)
	if wait(call, "confirmed", "6s") then
		sleep "1s"
		call:bye()
	end
end

script(function()
	sleep "1s"
	talk(alice:invite "tel:+12015550102")
	sleep "2s"
	talk(bob:invite "alice")
	sleep "1s"
end)
