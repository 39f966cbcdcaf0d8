-- Audio and video in one call (RFC 3264): a line is rejected with port 0,
-- is used by the next offer, changes
-- its codec, and ends; an offer without a common format is rejected, and the agreed session stays.
lab {
	title = "Lines of media come, change and go",
	topology = "direct-call.gv",
	duration = "20s",
}

local alice, bob = node "alice", node "bob"
local his

-- Bob's phone has no camera yet.
alice:set {
	streams = "audio,video", codecs = "PCMU PCMA H264", bandwidth = "512",
}
bob:set { streams = "audio", codecs = "PCMA PCMU" }

bob:on("invite", function(call)
	his = call
end)

script(function()
	sleep "1s"
	local hers = alice:invite(bob)
	if not wait(hers, "confirmed") then
		return
	end
	sleep "2s"
	note "Bob switches his camera on."
	bob:set { streams = "audio,video", codecs = "PCMA PCMU H264" }
	his:reinvite { add = "video" }

	sleep "2s"
	note "Alice offers nothing but G722 and VP8."
	alice:set { codecs = "G722 VP8" }
	hers:reinvite()

	sleep "2s"
	note "Alice offers PCMU alone, by UPDATE."
	alice:set { codecs = "PCMU H264" }
	hers:update()

	sleep "2s"
	note "Bob switches his camera off."
	his:reinvite { remove = "video" }

	sleep "2s"
	hers:bye()
end)
