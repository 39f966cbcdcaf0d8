-- The platform views a camera for ten seconds, and receives nothing.
lab {
	title = "200, and no stream",
	topology = "camera.gv",
	duration = "16s",
}
