-- Alice's phone has a lamp for her mailbox: it subscribes, is notified of a message, refreshes, and finally
-- ends the subscription (RFC 3842, section 4.1).
lab {
	title = "The lamp of a mailbox",
	topology = "mailbox.gv",
	duration = "30s",
}

local alice, carol = node "alice", node "carol"
local mailbox = "sip:alice@vmail.example.com"

script(function()
	sleep "1s"
	local s = alice:subscribe(mailbox, { event = "message-summary", expires = "24h" })
	wait(s, "active")
	wait(s, "news")
	sleep "2s"
	s:refresh()
	sleep "3s"
	s:unsubscribe()
end)

at("3s", function()
	local call = carol:invite(mailbox)
	if wait(call, "confirmed") then
		sleep "4s"
		call:bye()
	end
end)
