-- The agent asks Bob's phone what it can do, and Carol's, whose line is cut.  Bob's
-- is down for the first two seconds.  Later Bob's phone asks back.
lab {
	title = "A transaction of one's own",
	topology = "agent-transaction.gv",
	duration = "60s",
}

local agent, bob = node "agent", node "bob"

-- Bob's phone that says 100 first (settings="slow=10s") hears all.
if (bob.settings or "") == "" then
	at("0s", function() link("lan", "bob"):down() end)
	at("2s", function() link("lan", "bob"):up() end)
end

script(function()
	-- A program asks by itself; rung's own phone in its place is told to.
	if agent.role == "script" then return end
	sleep "1s"
	agent:options "sip:bob@192.0.2.3"
	sleep "1s"
	agent:options "sip:carol@192.0.2.4"
end)
