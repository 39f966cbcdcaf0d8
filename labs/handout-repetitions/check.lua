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

-- Whether NODE sends a message of SIP to HOST.
local function sends_to(t, node, host)
	return t:first("kind=send proto=sip src=" .. node, function(s)
		local to = s.dst and t:node(s.dst)
		return to and to.addr == host
	end) ~= nil
end

-- 1: every message is acknowledged, 180 and refusals too
task {
	run = {
		{ "a caller gets 180 and sends no ACK before the final response",
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
		{ "a rejection of a request other than INVITE has no ACK either",
			zh = "对 INVITE 以外的请求的拒绝也没有 ACK",
			function(t)
				for _, r in ipairs(t:all "kind=recv proto=sip") do
					local number, method = (r.of.cseq or ""):match "^(%d+) (%a+)$"
					if r.status and r.status >= 300 and method ~= "INVITE" then
						for _, ack in ipairs(t:all("kind=send method=ACK src=" .. r.node)) do
							if ack.call_id == r.of.call_id and ack.cseq == number .. " ACK" then
								return false, ack
							end
						end
						return true, r
					end
				end
				return false
			end, rule = "invite-ack",
			why = { "A registrar that asks for a password, or a phone that does not accept a request, rejects it and gets no ACK.",
				zh = "要求密码的注册服务器、不接受某种请求的话机，拒绝之后都听不到 ACK。" } },
	},
	key = "dtmf",
	rule = "invite-ack",
	why = { "The run needs a 180, and a final response above 299 to a request that is no INVITE; look for an ACK after each.",
		zh = "这次运行里要有一个 180，以及对非 INVITE 请求的大于 299 的最终响应；看它们之后有没有 ACK。" },
	hint = { "`method=ACK kind=send` after `status=180`, and after a rejection of `cseq=REGISTER` or another request; RFC 3261 17.1.",
		zh = "看 `status=180` 之后以及对 `cseq=REGISTER` 等的拒绝之后有没有 `method=ACK kind=send`；RFC 3261 17.1。" },
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
		{ "its sender sends it again because of a timer, not of a message",
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
	why = { "The run needs a lost request that is retransmitted: `rung explain` with the second shows its cause.",
		zh = "这次运行里要有一个丢失后重传的请求：对第二次发送用 `rung explain`，看是什么引起的。" },
	hint = { "`kind=drop` shows what is lost, and `kind=timer op=fire` comes before the retransmission.",
		zh = "丢失的看 `kind=drop`，重传之前看 `kind=timer op=fire`。" },
}

-- 3: the ACK for a 200 has the INVITE's branch, as that for a refusal
task {
	run = {
		{ "a caller gets 200 to its INVITE, and its ACK has another branch than the INVITE",
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
			why = { "A caller must be answered in the end.", zh = "要有一个主叫最后得到接听。" } },
		{ "the ACK of the same caller for a rejection has its INVITE's branch",
			zh = "同一主叫对拒绝的 ACK 的 branch 与其 INVITE 相同",
			function(t)
				for _, no in ipairs(t:all "kind=recv cseq=INVITE") do
					if no.status and no.status >= 300 and t:count("kind=recv status=200 cseq=INVITE node=" .. no.node) > 0 then
						for _, ack in ipairs(t:all("kind=send method=ACK src=" .. no.node)) do
							if ack.call_id == no.of.call_id and ack.branch == no.of.branch then
								return true, ack
							end
						end
					end
				end
				return false
			end, rule = "ict-ack",
			why = { "It must also get a rejection, such as a challenge.", zh = "它还要收到拒绝，例如质询。" } },
	},
	key = "rfc3665-3.2",
	rule = "invite-ack",
	why = { "The run needs a caller that gets a rejection and a 200; compare the branches of its INVITEs and its ACKs.",
		zh = "这次运行里要有一个既收到拒绝又收到 200 的主叫；比较它的 INVITE 和 ACK 的 branch。" },
	hint = { "If a password is required, a caller first gets a rejection and later a 200: compare its ACKs with `method=INVITE kind=send`, the one by RFC 3261 17.1.1.3, the other by 13.2.2.4.",
		zh = "要求密码时，主叫先收到拒绝，后收到 200：把它的 ACK 与 `method=INVITE kind=send` 对照，一个按 RFC 3261 17.1.1.3，另一个按 13.2.2.4。" },
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
	why = { "The run needs a 180 or an ACK that is lost after a proxy; see whether the proxy sends it again by itself.",
		zh = "这次运行里要有一个在代理服务器之后丢失的 180 或 ACK；看代理服务器是否自行再次发送它。" },
	hint = { "This run has one of each in `kind=drop`: does either of them appear a second time in `src=px kind=send`, and is its cause a timer or an arrival (`rung explain`)?",
		zh = "这次运行的 `kind=drop` 中两种各有一个：它们在 `src=px kind=send` 中有第二次吗，起因是定时器还是到达的消息（`rung explain`）？" },
}

-- 5: first a connection is made
task {
	run = {
		{ "a call is set up", zh = "呼叫建立",
			function(t)
				return t:first "kind=call state=confirmed"
			end },
		{ "every message was sent by UDP, which has no connections",
			zh = "每条消息都经 UDP 传输，而 UDP 没有连接",
			function(t)
				local r = t:first("kind=send proto=sip", function(s) return s.transport ~= "udp" end)
				return r == nil, r
			end },
		{ "a phone must send its media to a host to which it sends no SIP",
			zh = "一部话机要把媒体发往它从不发送 SIP 消息的主机",
			function(t)
				return t:first("kind=recv proto=sip", function(r)
					local host = (media(r.of) or "0.0.0.0:"):match "^(.*):"
					return t:node(r.node).role == "ua" and host ~= "0.0.0.0" and not sends_to(t, r.node, host)
				end)
			end,
			why = { "If the two phones send to each other directly, one connection might still carry both.",
				zh = "两部话机直接对话时，一条连接仍可能兼作两用。" } },
	},
	key = "two-proxies",
	why = { "Look for a call over UDP alone in which the messages take another path than the media. `rung show LAB -m` shows where a message goes, and what `c=` says.",
		zh = "找一次只用 UDP、消息与媒体路径不同的呼叫。消息发往哪里、`c=` 写着什么，`rung show LAB -m` 都会显示。" },
	hint = { "`transport` of `kind=send`, and the `c=` of RFC 4566 5.7: do they lead to the same host?",
		zh = "`kind=send` 的 `transport`，以及 RFC 4566 5.7 的 `c=`：它们通向同一主机吗？" },
}
