-- Bob is busy, and his calls are forwarded to an assistant:
-- how does she know who was called? (RFC 7044, RFC 5806)
lab {
	title = "For whom a call was",
	topology = "assistant.gv",
	duration = "8s",
}

local alice = node "alice"

script(function()
	sleep "1s"
	local call = alice:invite {
		target = "sip:bob@biloxi.example.com",
		headers = "Supported: histinfo",
	}
	if wait(call, "confirmed") then
		sleep "1s"
		call:bye()
	end
end)
