-- The agent sends OPTIONS to Bob's phone and to Carol's, whose line is cut. Bob's is down for the first two
-- seconds. Later Bob's phone sends OPTIONS back.
lab {
	title = "A transaction of one's own",
	topology = "agent-transaction.gv",
	duration = "60s",
}

local agent, bob = node "agent", node "bob"

-- If Bob's phone sends 100 first (settings="slow=10s"), it hears everything.
if (bob.settings or "") == "" then
	at("0s", function() link("lan", "bob"):down() end)
	at("2s", function() link("lan", "bob"):up() end)
end

script(function()
	-- A program sends its requests by itself; rung's own phone in its place is told to do so.
	if agent.role == "script" then return end
	sleep "1s"
	agent:options "sip:bob@192.0.2.3"
	sleep "1s"
	agent:options "sip:carol@192.0.2.4"
end)
