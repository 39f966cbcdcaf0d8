-- Server 1 dies at 20 s, and nobody notices.  Bob calls Alice, and then Eve.
lab {
	title = "Unreachable all night",
	topology = "servers.gv",
	duration = "130s",
}

at("20s", function() node("s1"):crash() end)

script(function()
	sleep "120s"
	for _, user in ipairs { "alice", "eve" } do
		local call = node("bob"):invite("sip:" .. user .. "@example.com")
		if wait(call, "confirmed", "8s") then
			sleep "2s"
			call:bye()
		end
		sleep "1s"
	end
end)
