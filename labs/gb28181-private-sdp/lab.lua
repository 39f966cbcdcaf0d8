-- The media server of an office must receive the video of a camera on the Internet.
lab {
	title = "A private address in the SDP",
	topology = "camera.gv",
	duration = "16s",
}
