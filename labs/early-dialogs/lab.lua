-- A call for Bob reaches three phones, and each creates an early dialog.
-- Two send sound before they are
-- answered, with their own media. One rejects while the others ring: the proxy keeps the 486 and tells
-- Alice's phone by a 199 (RFC 6228). Another one is answered.
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
