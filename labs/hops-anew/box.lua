-- The box of an office, a B2BUA: whoever calls is put through to a phone of the
-- office, or else to the other office's box.
local phones = { bob = "sip:bob@192.0.2.2" }

local function next_hop(user)
	return phones[user] or "sip:" .. user .. "@" .. settings.other
end

function on_call(a)
	local invite = a.invite
	local b = call {
		uri = next_hop(uri(invite.uri).user),
		from = "<" .. invite:address("From").uri .. ">",
		headers = { ["Max-Forwards"] = "70", Subject = invite:get "Subject" },
		body = invite.body,
		on_ring = function() a:ring() end,
		on_answer = function(_, answer) a:answer { body = answer.body } end,
	}
	pair(a, b)
end
