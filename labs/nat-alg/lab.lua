-- Alice calls Bob through the server outside;
-- Erin calls Carol at the server inside, by the NAT's address.
lab {
	title = "A gateway that means well",
	topology = "office.gv",
	duration = "70s",
}

local pbx, bob, carol = node "pbx", node "bob", node "carol"

-- The callee hangs up.
for _, phone in ipairs { bob, carol } do
	phone:on("invite", function(call)
		if not wait(call, "confirmed") then return end
		sleep "3s"
		if call.state == "confirmed" then call:bye() end
	end)
end

-- The office's server has sent a request outside before: it has a mapping.
script(function()
	sleep "1s"
	pbx:send { method = "OPTIONS", uri = "sip:erin@192.0.2.40" }
end)

script(function()
	sleep "3s"
	node("alice"):invite "sip:bob@example.com"
	sleep "22s"
	node("erin"):invite "sip:carol@203.0.113.7:49152"
end)
