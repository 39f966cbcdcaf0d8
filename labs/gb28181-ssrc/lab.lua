-- The camera sends, and the media server accepts none of its packets.
lab {
	title = "An SSRC that differs",
	topology = "camera.gv",
	duration = "16s",
}
