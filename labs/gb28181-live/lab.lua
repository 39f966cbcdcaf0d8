-- A recorder registers, tells what it has, and is looked at.
lab {
	title = "From registration to live view",
	topology = "gb28181.gv",
	duration = "20s",
}
