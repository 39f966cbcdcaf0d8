-- Four calls of an H.323 terminal through a gateway, which is a program.
lab {
	title = "H.323 meets SIP",
	topology = "h323.gv",
	duration = "32s",
}
