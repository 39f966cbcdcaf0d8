-- Two calls from the telephone A1: to one at another gateway, and to a SIP phone.
lab {
	title = "A telephone without an opinion",
	topology = "softswitch.gv",
	duration = "32s",
}

local mg1, mg2 = node "mg1", node "mg2"

script(function()
	sleep "1s"
	mg1:off_hook "A1"
	sleep "1s"
	mg1:press("A1", "8003")
	sleep "4s"
	mg2:off_hook "B1"
	sleep "4s"
	mg1:on_hook "A1"
	sleep "2s"
	mg2:on_hook "B1"
end)

at("18s", function()
	mg1:off_hook "A1"
	sleep "1s"
	mg1:press("A1", "9001")
	sleep "8s"
	mg1:on_hook "A1"
end)
