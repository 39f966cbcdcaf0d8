-- The tasks of handout-repetitions; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "bob.answer=1000ms..4000ms:500ms", "seed=1..999:1" }

-- Whether A and B are of one transaction or call, and say the same.
local function says_the_same(a, b)
	return a.start == b.start and a.call_id == b.call_id and a.cseq == b.cseq
end

-- What the run has lost: sends.
local function lost(t)
	local list = {}
	for _, drop in ipairs(t:all "kind=drop") do
		if drop.of and drop.reason ~= "unmatched" then list[#list + 1] = drop.of end
	end
	return list
end

-- Where the SDP of message R wants media: "192.0.2.1:49170".
local function media(r)
	local sdp = (r.text or ""):match "\r\n\r\n(.*)$" or ""
	local host, port = sdp:match "\nc=IN IP%d (%S+)", sdp:match "\nm=%S+ (%d+)"
	return host and port and host .. ":" .. port
end

-- 1: every message is acknowledged, 180 too
task {
	run = {
		{ "a caller hears 180 and sends no ACK before the final response",
			zh = "主叫收到 180，在最终响应之前没有发送 ACK",
			function(t)
				for _, ring in ipairs(t:all "kind=recv status=180") do
					for _, final in ipairs(t:all("kind=recv cseq=INVITE node=" .. ring.node)) do
						if final.of.call_id == ring.of.call_id and final.status and
							final.status >= 200 and final.seq > ring.seq then
							for _, ack in ipairs(t:all("kind=send method=ACK src=" .. ring.node)) do
								if ack.call_id == ring.of.call_id and ack.seq < final.seq then
									return false, ack
								end
							end
							return true, ring
						end
					end
				end
				return false
			end, rule = "ict-1xx" },
		{ "there are fewer ACKs than final responses: that to a BYE or another request has none",
			zh = "ACK 比最终响应少：对 BYE 或其他请求的响应没有 ACK",
			function(t)
				for _, r in ipairs(t:all "kind=send status=200") do
					local method = r.cseq:match "%a+$"
					if method ~= "INVITE" then
						local ack = t:first("kind=send method=ACK src=" .. (r.dst or ""))
						if not ack or ack.cseq ~= r.cseq:gsub(method, "ACK") or
							ack.call_id ~= r.call_id then
							return true, r
						end
					end
				end
				return false
			end },
	},
	key = "direct-call",
	rule = "invite-ack",
	why = { "The run needs a 180 and a final response that no ACK follows, such as that to a BYE. Count the ACKs.",
		zh = "这次运行里要有一个 180，以及之后没有 ACK 的最终响应，例如对 BYE 的。数一数 ACK。" },
}

-- 2: the receiver says NACK
task {
	run = {
		{ "a request is lost", zh = "一个请求丢失",
			function(t)
				for _, s in ipairs(lost(t)) do
					if s.method then return true, s end
				end
				return false
			end },
		{ "who has sent it sends it again because of a timer, not of a message",
			zh = "发送方因定时器而不是因消息重传它",
			function(t)
				for _, s in ipairs(lost(t)) do
					for _, again in ipairs(t:all("kind=send src=" .. s.src)) do
						local cause = again.cause
						if again.seq > s.seq and again.branch == s.branch and s.method and
							again.method == s.method then
							while cause and cause.seq > s.seq and cause.kind ~= "timer" and
								cause.kind ~= "recv" do
								cause = cause.cause
							end
							if cause and cause.kind == "timer" then return true, again end
						end
					end
				end
				return false
			end, rule = "ict-timer-a" },
	},
	key = "lost-messages",
	rule = "ict-timer-a",
	why = { "The run needs a lost request that is sent again: `rung explain` with the second tells what caused it.",
		zh = "这次运行里要有一个丢失后重传的请求：对第二次发送用 `rung explain`，看是什么引起的。" },
}

-- 3: the ACK for a 200 has the INVITE's branch
task {
	run = {
		{ "a caller hears 200 to its INVITE, and its ACK has another branch than the INVITE",
			zh = "主叫收到对 INVITE 的 200，它的 ACK 的 branch 与 INVITE 不同",
			function(t)
				for _, ok in ipairs(t:all "kind=recv status=200 cseq=INVITE") do
					for _, ack in ipairs(t:all("kind=send method=ACK src=" .. ok.node)) do
						if ack.call_id == ok.of.call_id and ack.seq > ok.seq and
							not ack.fwd and ack.branch ~= ok.of.branch then
							return true, ack
						end
					end
				end
				return false
			end,
			why = { "The ACK of a refusal has the INVITE's; that of a 200 is meant.",
				zh = "对拒绝的 ACK 才用 INVITE 的 branch；这里指的是对 200 的 ACK。" } },
	},
	key = "handout-repetitions",
	rule = "invite-ack",
	why = { "The run needs a call that is answered; compare the branches of the INVITE and of the ACK as the caller sends them.",
		zh = "这次运行里要有一次接听的呼叫；比较主叫发送的 INVITE 和 ACK 的 branch。" },
}

-- 4: a proxy repeats whatever is lost
task {
	run = {
		{ "a 180 or an ACK that a proxy has sent is lost", zh = "代理服务器发送的 180 或 ACK 丢失",
			function(t)
				for _, s in ipairs(lost(t)) do
					if (s.status == 180 or s.method == "ACK") and
						t:node(s.src).role:find "proxy" then
						return true, s
					end
				end
				return false
			end },
		{ "the proxy does not send it again unless it gets it again",
			zh = "除非再次收到，代理服务器不会再次发送它",
			function(t)
				local any = false
				for _, s in ipairs(lost(t)) do
					if s.fwd and (s.status == 180 or s.method == "ACK") then
						any = true
						for _, again in ipairs(t:all("kind=send src=" .. s.src)) do
							if again.seq > s.seq and says_the_same(again, s) and
								(not again.fwd or again.fwd <= s.seq) then
								return false, again
							end
						end
					end
				end
				return any
			end },
	},
	key = "lost-messages",
	points = 2,
	rule = "ist-1xx",
	why = { "The run needs a 180 or an ACK that is lost behind a proxy; look whether the proxy sends it again by itself.",
		zh = "这次运行里要有一个在代理服务器之后丢失的 180 或 ACK；看代理服务器是否自行再次发送它。" },
}

-- 5: first a connection is made
task {
	run = {
		{ "a call comes about", zh = "呼叫建立",
			function(t)
				for _, c in ipairs(t:all "kind=call") do
					if c.state == "confirmed" then return true, c end
				end
				return false
			end },
		{ "every message went by UDP, which has no connections",
			zh = "每条消息都经 UDP 传输，而 UDP 没有连接",
			function(t)
				for _, s in ipairs(t:all "kind=send proto=sip") do
					if s.transport ~= "udp" then return false, s end
				end
				return true
			end },
		{ "media are to go to another port than SIP", zh = "媒体要送往与 SIP 不同的端口",
			function(t)
				for _, s in ipairs(t:all "kind=send proto=sip") do
					if media(s) and not media(s):find ":5060$" then return true, s end
				end
				return false
			end },
	},
	key = "two-proxies",
	why = { "Look for a run in which a call comes about over UDP alone. Which transport a message has, and which port the media, `rung show LAB -m` shows.",
		zh = "找一次只用 UDP 就建立了呼叫的运行。消息用哪种传输、媒体用哪个端口，`rung show LAB -m` 都会显示。" },
}
