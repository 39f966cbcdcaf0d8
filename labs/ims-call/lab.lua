-- The phones are programs: alice.lua calls, bob.lua answers.
lab {
	title = "A call in an IMS network",
	topology = "ims-call.gv",
	duration = "8s",
}

script(function()
	sleep "8s"
end)
