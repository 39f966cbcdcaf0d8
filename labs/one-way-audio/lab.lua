-- Four calls; in each of them somebody hears nothing, each time for a different reason. The callee hangs up;
-- in Alice's call Alice does, since no BYE would reach her.
lab {
	title = "One-way audio",
	topology = "deaf.gv",
	duration = "20s",
}

local carol, hugo = node "carol", node "hugo"

local function hangs_up(name, after)
	node(name):on("invite", function(call)
		if wait(call, "confirmed") then
			sleep(after)
			call:bye()
		end
	end)
end

hangs_up("dora", "6s")
hangs_up("frank", "6s")
hangs_up("hugo", "6s")

at("1s", function()
	local call = node("alice"):invite "sip:bob@192.0.2.30"
	if wait(call, "confirmed") then
		sleep "6s"
		call:bye()
	end
end)

-- Carol looks for a pencil; then her phone refreshes the session with Dora's.
at("1200ms", function()
	local call = carol:invite "dora"
	if wait(call, "confirmed") then
		sleep "2s"
		call:hold()
		sleep "1s"
		call:reinvite()
	end
end)

at("1400ms", function() node("erin"):invite "sip:frank@192.0.2.70" end)

-- Hugo changes to another network.
at("1600ms", function()
	local call = node("gina"):invite "sip:hugo@192.0.2.90"
	if wait(call, "confirmed") then
		sleep "2500ms"
		hugo:set { addr = "192.0.2.91" }
	end
end)
