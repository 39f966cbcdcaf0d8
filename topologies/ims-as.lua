-- An application server (TS 24.229 5.7): learns who is registered, and stays in
-- the way of calls that it is asked about, which it marks.
function on_request(m)
	if m.method == "REGISTER" then
		local expires = m:get "Expires"
		store[m:address("To").uri] = expires ~= "0" and expires or nil
		return reply(m, 200, { contact = expires ~= "0" and
			m:get "Contact" .. ";expires=" .. expires or nil })
	end
	if m.method == "INVITE" then m:add("X-Service", "seen") end
	return forward(m, nil, { record_route = true })
end
