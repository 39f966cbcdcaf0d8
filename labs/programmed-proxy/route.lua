-- Where px sends calls.
local day = { "sip:bob@192.0.2.3", "sip:carol@192.0.2.4" }
local night = "sip:box@192.0.2.5"
function on_request(request)
	if request.method ~= "INVITE" then return end
	if request:address("From").user == "mallory" then return reject(403, "Not Welcome") end
	if date().hour >= 18 then return night end
	return in_turn(day)
end
function on_failure(request, status)
	if status == 486 or status == 408 then return night end
end
