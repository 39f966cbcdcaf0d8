-- Alice calls Bob seven times, each time through another box.
lab {
	title = "Seven boxes, seven complaints",
	topology = "box-that-breaks-calls.gv",
	duration = "40s",
}

local alice, gate = node "alice", node "gate"

-- A call to TARGET, through the proxy and the inner address of the box.
local function call_by(box, target)
	local inner = node(box).faces:match "inside=(%S+)"

	sleep "1s"
	local call = alice:invite {
		target = target or "sip:bob@192.0.2.20",
		headers = "Route: <sip:" .. gate.addr .. ";lr>, <sip:" ..
		    inner .. ";lr>",
	}
	return call
end

script(function()
	-- Alice puts Bob on hold.
	local call = call_by "ash"
	wait(call, "confirmed")
	sleep "1s"
	call:hold()
	sleep "3s"
	call:bye()

	wait(call_by "birch", "confirmed")

	for _, box in ipairs { "cedar", "elm", "fir", "oak" } do
		call = call_by(box)
		wait(call, "confirmed")
		sleep "1s"
		call:bye()
	end

	-- Bob has two phones; after some time Alice gives up.
	call = call_by("pine", "sip:bob@example.com")
	sleep "10s"
	call:cancel()
end)
