-- A call for Bob reaches three phones, and each makes an early dialog.  Two play
-- something before they are answered, with media of their own.  One refuses
-- while the others go on: the proxy keeps the 486 and tells Alice by a 199 (RFC
-- 6228).  Another one is answered.
lab {
	title = "Early dialogs begin and end",
	topology = "fork.gv",
	duration = "45s",
}

local alice, desk, mobile = node "alice", node "desk", node "mobile"

desk:set { progress = "183", codecs = "PCMA", answer = "never" }
mobile:set { progress = "183", codecs = "G729 PCMU", answer = "4s" }
alice:set { codecs = "PCMU PCMA G729" }

desk:on("invite", function(call)
	sleep "2s"
	call:reject(486)
end)

script(function()
	sleep "1s"
	local call = alice:invite "sip:bob@example.com"
	if wait(call, "confirmed") then
		sleep "3s"
		call:bye()
	end
end)
