-- North has the calls, and South those that North does not take.
function on_request(request)
	if request.method == "INVITE" and not request:address("To").tag then
		return in_turn { "sip:help@north.example", "sip:help@south.example" }
	end
end
