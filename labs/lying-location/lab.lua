-- The proxy believes what the location service answers: when it is right, when it is wrong, when it is slow,
-- and when it does not answer at all.
lab {
	title = "A location service that lies",
	topology = "lying.gv",
	duration = "25s",
}

local alice, loc = node "alice", node "loc"

local function call()
	alice:invite "sip:bob@example.com"
	sleep "5s"
end

script(function()
	sleep "1s"
	note "It is right."
	call()
	note "It lies: Bob is said to be at Carl's phone."
	loc:unbind "sip:bob@example.com"
	loc:bind("sip:bob@example.com", "carl")
	call()
	note "It is slow."
	loc:set { think = "700ms" }
	call()
	note "It is down."
	loc:crash()
	call()
end)
