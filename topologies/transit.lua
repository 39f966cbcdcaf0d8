-- Numbers of the other side are behind the gateway of this one; whose they are
-- says what comes before the seven digits of a telephone.
local gateways = { ["a.example.com"] = { "+1972", "192.0.2.11" },
	["b.example.com"] = { "+1314", "192.0.2.12" } }

function on_request(request)
	local number, domain = request.uri:match "^sips?:(%+%d+)@([^;]+)"
	local way = number and gateways[domain]
	if way and number:sub(1, 5) == way[1] then
		return "sip:" .. number .. "@" .. way[2]
	end
end
