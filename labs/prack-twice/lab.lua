-- Alice's phone calls Bob by itself (phone.lua), from a ship.
lab {
	title = "Calls from the ship fail",
	topology = "satellite.gv",
	duration = "60s",
}
