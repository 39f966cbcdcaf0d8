-- A media server of GB/T 28181: it waits for the stream of whoever its platform calls, and is told by the ACK who that
-- is and by which SSRC it sends (9.2, RFC 3725 4.1).  Its settings: address, what it says where it waits; tcp, active
-- or passive; port=single: all streams come to one port, where their SSRCs tell them apart.
settings "address=text tcp=active|passive port=single"
local gb = require "gb"
local streams = {}   -- SSRC → the call whose stream has it

function on_call(c)
	local own = gb.sdp { addr = settings.address, way = "recvonly", setup = settings.tcp,
		port = settings.port and 30010 or gb.port(30008) }
	c:answer { body = own }
	c:watch(60)
	function c.on_ack(_, ack)
		local y = ack.body:match "y=(%d+)"
		if #ack.body == 0 then return c:hangup() end
		if y and settings.port and streams[y] then
			print("- y=" .. y)
			return c:hangup()
		end
		if y then streams[y] = c end
		function c.on_end()
			if y and streams[y] == c then streams[y] = nil end
		end
		c:stream { own = own, theirs = ack.body, answered = true, awaits = y }
	end
end
