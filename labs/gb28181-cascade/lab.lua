-- The upper platform is restarted, and the lower one does not register again.
lab {
	title = "A cascade that stays off-line",
	topology = "cascade.gv",
	duration = "300s",
}

at("100s", function() node("upper"):crash() end)
at("110s", function() node("upper"):restart() end)
