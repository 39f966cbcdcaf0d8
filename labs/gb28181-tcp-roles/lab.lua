-- RTP should be sent over TCP, and no node opens the connection.
lab {
	title = "Both wait: TCP roles confused",
	topology = "camera.gv",
	duration = "16s",
}
