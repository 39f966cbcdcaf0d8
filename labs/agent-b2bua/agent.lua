-- A box between two phones.  This one calls nobody.
function on_request(m)
	if m.method == "ACK" then return end
	reply(m, 503)
end
