-- A camera keeps itself alive, and the platform takes it for off-line again and again.
lab {
	title = "Off-line while beating",
	topology = "camera.gv",
	duration = "300s",
}
