-- A hidden network, and what that costs: a caller who does not learn the reason of an error, and a loop of
-- SBCs in which no node recognizes its own request.
lab {
	title = "A hidden network",
	topology = "hidden-network.gv",
	duration = "10s",
}

local alice, core, bob, peer = node "alice", node "core", node "bob", node "peer"
local number = "sip:bob@192.0.2.20"
-- Through the proxy, and then to the inner address of the SBC.
local way = "Route: <sip:" .. core.addr .. ";lr>, <sip:10.0.0.1;lr>"
local picky = false

bob:on("invite", function(call)
	if picky then
		call:reject {
			code = 488,
			headers = 'Warning: 305 bob "No codec in common"',
		}
	end
end)

script(function()
	sleep "1s"
	local call = alice:invite {
		target = number,
		headers = way .. "\nOrganization: Atlanta Ltd.",
	}
	if wait(call, "confirmed") then
		sleep "1s"
		call:bye()
	end

	sleep "1s"
	picky = true
	call = alice:invite { target = number, headers = way }
	wait(call, "terminated")

	sleep "1s"
	note "The next operator's default route leads back."
	peer:set { outbound = "sbc" }
	alice:invite { target = number, headers = way .. "\nMax-Forwards: 10" }
end)
