-- Bob takes the first call at his desk.  When the second one comes, he is not there.
lab {
	title = "The mobile can't take a call",
	topology = "fork.gv",
	duration = "60s",
}

at("10s", function() node("desk"):set { answer = "never" } end)
