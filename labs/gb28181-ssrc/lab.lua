-- The camera sends, and the media server takes nothing of it.
lab {
	title = "An SSRC that differs",
	topology = "camera.gv",
	duration = "16s",
}
