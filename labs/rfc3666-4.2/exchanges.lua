-- Numbers of PBX C: by GW 2, else by GW 3.
function on_request(request)
	local number = request.uri:match "^sips?:(%+1918%d+)@"
	if number then
		return in_turn { "sip:" .. number .. "@192.0.2.12", "sip:" .. number .. "@192.0.2.13" }
	end
end
