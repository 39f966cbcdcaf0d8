-- Bob calls Alice, whose phone is a page in her browser (RFC 7118).
lab {
	title = "A phone in a browser",
	topology = "browser.gv",
	duration = "20s",
}

local bob = node "bob"

script(function()
	sleep "1s"
	note "Bob calls Alice."
	local call = bob:invite "sip:alice@example.com"
	if wait(call, "confirmed", "8s") then
		sleep "1s"
		call:bye()
	end
	sleep "1s"
end)
