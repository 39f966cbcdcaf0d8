-- A recorder registers, sends its catalogue, and is viewed.
lab {
	title = "From registration to live view",
	topology = "gb28181.gv",
	duration = "20s",
}
