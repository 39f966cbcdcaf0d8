-- One call with everything that SIP is for (RFC 3261, section 2):
-- Bob is located and asked, both agree on
-- their capabilities, the session is set up, changed twice and ended.
lab {
	title = "Five functions",
	topology = "five.gv",
	duration = "20s",
}

local alice, mobile, home = node "alice", node "mobile", node "home"

-- Bob has left home.
at("500ms", function() home:unregister() end)

-- He puts Alice on hold, resumes, and hangs up.
mobile:on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "2s"
		call:hold()
		sleep "1s"
		call:resume()
		sleep "2s"
		call:bye()
	end
end)

at("1s", function() alice:invite "sip:bob@example.com" end)
