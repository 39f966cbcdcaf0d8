-- Alice proves who she is, and wants to register an address for Bob: that is
-- not hers to do (RFC 3261 21.4.4, 10.3 step 4).
lab {
	title = "403 Forbidden",
	topology = "servers.gv",
	duration = "10s",
}

local alice, reg = node "alice", node "reg"

reg:set { auth = "true" }

script(function()
	sleep "1s"
	alice:register {
		aor = "sip:bob@example.com", contact = "sip:alice@192.0.2.5",
	}
end)
