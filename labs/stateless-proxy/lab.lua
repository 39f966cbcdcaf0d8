-- The same call with the same losses, once through a stateful proxy and once through a stateless one: which
-- node repairs them?
lab {
	title = "With and without a memory",
	topology = "side-by-side.gv",
	duration = "20s",
}

local alice, anna = node "alice", node "anna"

-- The first message that each of the two sends to the other domain is lost, and so is the first 200 that
-- comes back to it.
for _, proxy in ipairs { "full", "less" } do
	fault { method = "INVITE", src = proxy, dst = "bil", nth = 1, drop = true }
	fault { status = 200, cseq = "INVITE", src = "bil", dst = proxy, nth = 1,
		drop = true }
end

script(function()
	sleep "1s"
	note "Through the stateful proxy."
	alice:invite "sip:bob@biloxi.example.com"
	sleep "9s"
	note "Through the stateless proxy."
	anna:invite "sip:bob@biloxi.example.com"
end)
