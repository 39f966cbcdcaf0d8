-- Asks two phones what they can do.  Nothing is below it: what is lost is lost.
local function ask(to)
	send { method = "OPTIONS", uri = to }
end

function on_start()
	after("1s", function() ask "sip:bob@192.0.2.3" end)
	after("2s", function() ask "sip:carol@192.0.2.4" end)
end

function on_response(m)
	print("A response: " .. m.status)
end
