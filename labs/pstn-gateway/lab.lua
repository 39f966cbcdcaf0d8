-- Four calls that fail, each for a different reason.
lab {
	title = "Why the call failed",
	topology = "gateway.gv",
	duration = "25s",
}

local alice, exchange = node "alice", node "exchange"

exchange:set { pick_up = "never", rings_out = "8s" }

local function call(number)
	alice:invite("sip:" .. number .. "@gw.example.com;user=phone")
end

script(function()
	sleep "1s"
	call "+19725553333"
	sleep "3s"
	call "+19725554444"
	sleep "3s"
	call "+19725552222"
	sleep "14s"
	for i = 1, 4 do
		exchange:block("ngw1:" .. i)
	end
	sleep "1s"
	call "+19725552222"
end)
