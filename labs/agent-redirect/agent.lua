-- A redirect server: it says where, and takes no part in what follows.  This
-- one knows nobody.
local where = {
	bob = { "<sip:bob@192.0.2.3>;q=0.8", "<sip:bob@192.0.2.4>;q=0.3" },
	carol = { "<sip:carol@192.0.2.5>" },
}

function on_request(m)
	if m.method == "ACK" then return end
	reply(m, 404)
end
