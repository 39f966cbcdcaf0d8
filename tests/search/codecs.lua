-- Alice asks for codecs that Bob does not have, which he rejects; then she lets him
-- offer, and can't take what he has by then: she ends the call.
lab { title = "Codecs that do not fit", topology = "direct-call.gv", duration = "30s" }

local alice, bob = node "alice", node "bob"

script(function()
	sleep "1s"
	local call = alice:invite(bob)
	if not wait(call, "confirmed") then return end
	alice:set { codecs = "G722" }
	call:reinvite()
	sleep "2s"
	bob:set { codecs = "PCMA" }
	call:reinvite { sdp = false }
end)
