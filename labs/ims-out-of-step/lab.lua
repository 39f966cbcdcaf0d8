-- Two SIMs that do not match the home subscriber server: Alice's has a higher sequence number, Bob's has a
-- different key.
lab {
	title = "Out of step",
	topology = "ims-sims.gv",
	duration = "5s",
}

local alice, bob = node "alice", node "bob"

script(function()
	alice:set { sim = "impi=alice_private@home.example k=465b5ce8b199b49faa5f0a2ee238a6bc opc=cd63cb71954a9f4e48a5994e37a02baf sqn=000000012345" }
	bob:set { sim = "impi=bob_private@home.example k=000102030405060708090a0b0c0d0e0f opc=1006020f0a478bf6b699f15c062e42b3" }
	sleep "1s"
	alice:register()
	sleep "1s"
	bob:register()
	sleep "1s"
end)
