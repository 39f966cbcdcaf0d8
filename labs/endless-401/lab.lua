-- Bob has mistyped his password, and corrects it.  His phone registers by itself.
lab {
	title = "Never registered again",
	topology = "endless.gv",
	duration = "70s",
}
