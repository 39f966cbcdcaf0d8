-- Numbers of the telephone network: by the first gateway, else by the second.
function on_request(request)
	local number = request.uri:match "^sips?:(%+1972%d+)@"
	if number then
		return in_turn { "sip:" .. number .. "@192.0.2.11", "sip:" .. number .. "@192.0.2.12" }
	end
end
