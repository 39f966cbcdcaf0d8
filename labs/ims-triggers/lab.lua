-- Three calls: which of them an application server sees, and why.
lab {
	title = "Services in an IMS network",
	topology = "ims.gv",
	duration = "12s",
}

local bob, alice = node "bob", node "alice"

local function talk(call)
	if wait(call, "confirmed", "4s") then call:bye() end
end

script(function()
	sleep "1s"
	talk(alice:invite "bob")
	alice:set { answer = "100ms" }
	sleep "1s"
	talk(bob:invite "alice")
	sleep "1s"
	talk(bob:invite("alice", { headers = "Subject: urgent" }))
end)
