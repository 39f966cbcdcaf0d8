-- Four calls of an H.323 terminal by way of a gateway, which is a program.
lab {
	title = "H.323 meets SIP",
	topology = "h323.gv",
	duration = "32s",
}
