-- RFC 5359, section 2.17: Bob talks with Carol when Alice calls him; her phone
-- calls again as soon as he is free.
lab {
	title = "Automatic redial",
	topology = "three-phones.gv",
	duration = "30s",
}

local alice, bob, carol = node "alice", node "bob", node "carol"

alice:set { redial = true }
bob:set { lines = 1, answer = "500ms" }

script(function()
	sleep "1s"
	local first = carol:invite(bob)
	sleep "3s"
	alice:invite(bob)
	sleep "4s"
	first:bye()
end)
