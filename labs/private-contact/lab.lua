-- Dora calls the server from its own network, and then Alice calls it from outside.
lab {
	title = "Over after 32 seconds",
	topology = "cloud.gv",
	duration = "115s",
}

local alice, dora = node "alice", node "dora"

script(function()
	sleep "1s"
	dora:invite "sip:server@10.0.0.5"
end)

at("50s", function() alice:invite "sip:server@203.0.113.7" end)
