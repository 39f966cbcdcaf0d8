-- Alice calls Bob six times, by another box each time.
lab {
	title = "Six boxes, six complaints",
	topology = "box-that-breaks-calls.gv",
	duration = "32s",
}

local alice, gate = node "alice", node "gate"

-- A call by the proxy and the inner face of the box.
local function call_by(box)
	local inner = node(box).faces:match "inside=(%S+)"

	sleep "1s"
	local call = alice:invite {
		target = "sip:bob@192.0.2.20",
		headers = "Route: <sip:" .. gate.addr .. ";lr>, <sip:" ..
		    inner .. ";lr>",
	}
	return call, wait(call, "confirmed")
end

script(function()
	-- Alice puts Bob on hold.
	local call = call_by "ash"
	sleep "1s"
	call:hold()
	sleep "3s"
	call:bye()

	call_by "birch"

	for _, box in ipairs { "cedar", "elm", "fir", "oak" } do
		call = call_by(box)
		sleep "1s"
		call:bye()
	end
end)
