-- Alice calls Bob twice. In the first call he may know who she is; in the second she wants to be anonymous,
-- and only the proxies know (RFC 3325, RFC 3323).
lab {
	title = "Who calls, and who may know",
	topology = "trust.gv",
	duration = "12s",
}

local alice = node "alice"

local function call()
	local c = alice:invite "sip:bob@biloxi.example.com"
	if wait(c, "confirmed") then
		sleep "1s"
		c:bye()
	end
	sleep "1s"
end

script(function()
	sleep "1s"
	call()
	alice:set { privacy = "id" }
	call()
end)
