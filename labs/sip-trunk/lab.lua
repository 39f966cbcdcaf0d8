-- Calls over two trunks: numbers as people dial them, all lines taken, an emergency, and a server of the
-- provider that is overloaded.
lab {
	title = "A SIP trunk",
	topology = "trunk.gv",
	duration = "36s",
}

local bob, alice, anna, aldo = node "bob", node "alice", node "anna", node "aldo"

local function dial(when, who, number, length)
	at(when, function()
		local call = who:invite(number)
		if wait(call, "confirmed", "10s") then
			sleep(length)
			call:bye()
		end
	end)
end

dial("1s", alice, "sip:02988800201@a.example", "11s")
dial("3s", anna, "tel:+86-29-8880-0202", "9s")
dial("5s", aldo, "sip:02988800201@a.example", "1s")
dial("7s", alice, "sip:02988800202@a.example", "1s")
dial("8s", alice, "sip:110@a.example", "2s")

at("15s", function() node("sp1"):set { capacity = 0 } end)
dial("16s", bob, "sip:021-5550-0102@b.example", "2s")
dial("20s", alice, "sip:00862988800201@a.example", "2s")
