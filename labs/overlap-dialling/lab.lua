-- A telephone of the exchange dials Alice's number, the last part digit by digit.
lab {
	title = "Digit by digit",
	topology = "gateway.gv",
	duration = "20s",
}

local ngw1, exchange = node "ngw1", node "exchange"

ngw1:set { overlap = "collect" }

script(function()
	sleep "1s"
	exchange:dial { digits = "001314555", later = "1111" }
	sleep "16s"
	exchange:hang_up()
end)
