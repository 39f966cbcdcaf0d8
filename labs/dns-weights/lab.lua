-- Alice's phone sends Bob's forty OPTIONS: for each of these requests px1 chooses at random which of Biloxi's
-- two proxies it tries first.
lab {
	title = "Weights: who gets how many?",
	topology = "weights.gv",
	duration = "60s",
}

local alice = node "alice"

script(function()
	for _ = 1, 40 do
		sleep "500ms"
		alice:options "sip:bob@biloxi.example.com"
	end
end)
