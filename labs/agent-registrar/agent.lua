-- A registrar.  This one says yes, and remembers nothing.
function on_request(m)
	if m.method == "ACK" then return end
	reply(m, 200)
end
