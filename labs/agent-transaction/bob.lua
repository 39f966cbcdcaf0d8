-- Bob's phone: says what it can do.  With settings="slow=10s" it says 100 at once,
-- and the rest so much later.
settings "slow=text"

function on_start()
	if not settings.slow then
		after("40s", function()
			send { method = "OPTIONS", uri = "sip:agent@192.0.2.2" }
		end)
	end
end

function on_request(m)
	if m.method ~= "OPTIONS" then return end
	if not settings.slow then return reply(m, 200) end
	reply(m, 100)
	after(settings.slow, function() reply(m, 200) end)
end
