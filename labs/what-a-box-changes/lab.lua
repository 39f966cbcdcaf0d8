-- One call, which is two: Alice's with the B2BUA, and the B2BUA's with Bob. What one side sends is carried
-- over, changed, or answered at once.
lab {
	title = "What a box changes",
	topology = "what-a-box-changes.gv",
	duration = "320s",
}

local alice, bob = node "alice", node "bob"

script(function()
	sleep "1s"
	local call = alice:invite { target = bob, headers = "Subject: Lunch" }
	if not wait(call, "confirmed") then
		return
	end
	sleep "1s"
	call:dtmf "5"
	sleep "1s"
	call:hold()
	sleep "290s"
	call:bye()
end)
