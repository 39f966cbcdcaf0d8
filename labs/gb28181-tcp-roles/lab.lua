-- RTP is to go over TCP, and nobody opens the connection.
lab {
	title = "Both wait: TCP roles confused",
	topology = "camera.gv",
	duration = "16s",
}
