-- Alice's phone: registers, then calls Bob once both have the bandwidth that
-- they ask the network for (RFC 3312, RFC 3262, RFC 3311).
local home, pcscf = "sip:home.example", "<sip:192.0.2.10;lr>"
local me, bob = "<sip:alice@home.example>", "<sip:bob@home.example>"
local where = "3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=0010100010000101"
local called, reserves = false, false

local function sdp(ready)
	return table.concat({ "v=0", "o=alice 1 " .. (ready and 2 or 1) ..
		" IN IP4 192.0.2.1", "s=-", "c=IN IP4 192.0.2.1", "t=0 0",
		"m=audio 49170 RTP/AVP 8", "a=rtpmap:8 PCMA/8000",
		"a=curr:qos local " .. (ready and "sendrecv" or "none"),
		"a=curr:qos remote none",
		"a=des:qos mandatory local sendrecv",
		"a=des:qos mandatory remote sendrecv", "" }, "\r\n")
end

-- The answer is there: now the network is asked for the bandwidth.
local function reserve(c)
	if reserves then return end
	reserves = true
	c:after("300ms", "bandwidth", function()
		c:send("UPDATE", { body = sdp(true), type = "application/sdp" })
	end)
end

-- RFC 3262 4: each response that asks for it is acknowledged.
local function progress(c, reply)
	local rseq = reply:get "RSeq"
	if not rseq then return end
	c:send("PRACK", { headers = { RAck = rseq .. " 1 INVITE" },
		on_answer = function() reserve(c) end })
end

local function invite(routes)
	call { uri = "sip:bob@home.example", to = bob, from = me, routes = routes,
		body = sdp(), headers = { Supported = "100rel, precondition",
			["P-Preferred-Identity"] = me, ["P-Access-Network-Info"] = where },
		within = { ["P-Access-Network-Info"] = where },
		on_ring = progress,
		on_answer = function(c)
			c:after("2s", "end", function() c:hangup() end)
		end }
end

function on_start()
	register { uri = home, to = me, from = me, expires = 600,
		headers = { Supported = "path", ["P-Access-Network-Info"] = where },
		on_registered = function(_, reply)
			local routes = { pcscf }
			for _, r in ipairs(reply:all "Service-Route") do table.insert(routes, r) end
			if called then return end
			called = true
			after("1s", "call", function() invite(routes) end)
		end }
end
