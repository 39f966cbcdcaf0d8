-- Anna's company can call, and cannot be called,
-- since the first server of the provider is in maintenance.
lab {
	title = "Can call, cannot be called",
	topology = "unreachable.gv",
	duration = "20s",
}

local anna, bob = node "anna", node "bob"

-- The called party hangs up.
for _, who in ipairs { anna, bob } do
	who:on("invite", function(call)
		if wait(call, "confirmed") then
			sleep "1s"
			call:bye()
		end
	end)
end

local function dial(when, who, number)
	at(when, function() who:invite(number) end)
end

dial("1s", bob, "sip:02155500102@b.example")
at("4s", function() node("sp1"):set { capacity = 0 } end)
dial("5s", anna, "sip:02988800201@a.example")
dial("9s", bob, "sip:02155500102@b.example")
