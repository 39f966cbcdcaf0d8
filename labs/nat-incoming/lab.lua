-- Bob calls Alice, who hangs up; Carol calls him soon after,
-- and again some time later.
lab {
	title = "Why nobody can call Bob",
	topology = "home.gv",
	duration = "180s",
}

local bob, alice, carol = node "bob", node "alice", node "carol"

alice:on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "3s"
		call:bye()
	end
end)

script(function()
	sleep "2s"
	local call = bob:invite "sip:alice@example.com"
	if not wait(call, "confirmed", "8s") then
		if call.state ~= "terminated" then call:cancel() end
		note "Bob calls: no answer comes back"
	elseif wait(call, "terminated", "6s") then
		note "Bob calls: they talk until Alice hangs up"
	else
		note "Bob calls: he does not hear that Alice hangs up"
	end
end)

-- Carol hangs up, unless Bob's phone has done so.
local function calls(when)
	local call = carol:invite "sip:bob@example.com"
	if not wait(call, "confirmed", "10s") then
		if call.state ~= "terminated" then call:cancel() end
		note("Carol calls " .. when .. ": nothing comes back")
	elseif wait(call, "terminated", "34s") then
		note("Carol calls " .. when .. ": Bob's phone gives the call up")
	else
		note("Carol calls " .. when .. ": they talk until Carol hangs up")
		call:bye()
	end
end

script(function()
	sleep "15s"
	calls "soon"
end)

script(function()
	sleep "100s"
	calls "later"
end)
