-- A telephone calls a phone of an IMS network, and a number that nobody has.
lab {
	title = "From a telephone to VoLTE",
	topology = "volte-telephone.gv",
	duration = "12s",
}

local exchange = node "exchange"

script(function()
	sleep "1s"
	exchange:dial "2015550101"
	sleep "6s"
	exchange:hang_up "3145552222"
	sleep "1s"
	exchange:dial "2015550199"
	sleep "2s"
end)
