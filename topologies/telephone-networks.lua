-- Which gateway a telephone number of proxy1's domain is behind; others are its
-- users', or nobody's.
local gateways = { ["+1212"] = "192.0.2.11", ["+1444"] = "192.0.2.12", ["+1918"] = "192.0.2.13" }

function on_request(request)
	local number = request.uri:match "^sips?:(%+%d+)@"
	local gateway = number and gateways[number:sub(1, 5)]
	if gateway then
		return "sip:" .. number .. "@" .. gateway
	elseif number == "+19725550000" then
		return reject(604, "Does Not Exist Anywhere")
	end
end
