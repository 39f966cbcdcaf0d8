-- A recorder sends its catalogue to its platform, and does not reach the end.
lab {
	title = "A catalogue that is cut",
	topology = "recorder.gv",
	duration = "40s",
}
