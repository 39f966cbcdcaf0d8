-- The platform calls a camera 40 s after it has registered.
lab {
	title = "No answer to INVITE",
	topology = "camera.gv",
	duration = "130s",
}
