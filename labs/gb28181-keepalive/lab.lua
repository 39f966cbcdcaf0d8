-- A camera sends keepalives, and the platform considers it offline again and again.
lab {
	title = "Off-line while beating",
	topology = "camera.gv",
	duration = "300s",
}
