-- The platform looks at a camera for ten seconds, and sees nothing.
lab {
	title = "200, and no stream",
	topology = "camera.gv",
	duration = "16s",
}
