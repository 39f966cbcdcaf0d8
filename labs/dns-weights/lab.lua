-- Alice's phone asks Bob's forty times what it can do: for each of these
-- requests px1 draws which of Biloxi's two proxies has its turn first.
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
