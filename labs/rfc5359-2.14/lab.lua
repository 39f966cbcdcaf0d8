-- Alice must not call Bob, and her proxy authenticates her (RFC 5359,
-- section 2.14).
lab {
	title = "Call management: outgoing call screening",
	topology = "screening.gv",
	duration = "5s",
}

local alice = node "alice"

script(function()
	sleep "1s"
	alice:invite "sip:bob@biloxi.example.com"
end)
