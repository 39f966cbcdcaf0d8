-- RFC 3725, section 4: a controller connects Alice and Bob, with each of the three flows that it recommends;
-- then Bob is busy (section 6).
lab {
	title = "Third-party call control: three flows",
	topology = "third-party.gv",
	duration = "45s",
}

local controller = node "controller"

script(function()
	sleep "1s"
	for _, flow in ipairs { "I", "III", "IV" } do
		note("Flow " .. flow .. ".")
		local call = controller:connect("alice", "bob", { flow = flow })
		sleep "8s"
		call:bye()
		sleep "1s"
	end
	note "Flow IV, and Bob is busy."
	node("bob"):set { busy = true }
	controller:connect("alice", "bob", { flow = "IV" })
end)
