-- A P-CSCF (TS 24.229 5.2): says in which network the user is (RFC 7315 4.3).
function on_request(m)
	if m.method == "REGISTER" then
		m:set("P-Visited-Network-ID", "visited.example")
	end
end
