-- Bob's password is one that many people have.  Mallory tries those.
lab {
	title = "Password guessing",
	topology = "guessing.gv",
	duration = "240s",
	live = false,
}
