-- A recorder tells its platform what it has, and does not come to the end.
lab {
	title = "A catalogue that is cut",
	topology = "recorder.gv",
	duration = "40s",
}
