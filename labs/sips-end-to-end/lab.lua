-- Alice calls a sips URI behind two proxies, then one whose phone has no TLS, and
-- then the same phone by its sip URI (RFC 5630).
lab {
	title = "A sips call from end to end",
	topology = "sips.gv",
	duration = "20s",
}

local alice = node "alice"

local function call(to)
	local c = alice:invite(to)
	if wait(c, "confirmed", "8s") then
		sleep "1s"
		c:bye()
	end
	sleep "1s"
end

script(function()
	sleep "1s"
	note "Alice calls Bob by his sips URI."
	call "sips:bob@biloxi.example.com"
	note "She calls Carol by a sips URI. Carol's phone has no TLS."
	call "sips:carol@biloxi.example.com"
	note "She calls Carol once more, by her sip URI."
	call "sip:carol@biloxi.example.com"
end)
