-- Flow IV of RFC 3725, section 4.4, as in its figure:
-- the controller first calls Alice without any media,
-- then Bob, who makes the offer. The phones do not ring in the figure; it ends when the two can talk.
lab {
	title = "A controller connects two phones: flow IV",
	topology = "third-party.gv",
	duration = "5s",
}

local alice, bob, controller = node "alice", node "bob", node "controller"

alice:set { progress = "none", answer = "100ms" }
bob:set { progress = "none", answer = "100ms" }

script(function()
	sleep "1s"
	controller:connect("alice", "bob", { flow = "IV" })
end)
