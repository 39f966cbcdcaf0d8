-- The tasks of handout-more-messages; their texts are in README.md.
lesson { minutes = 40, level = 2 }
vary { "seed=1..999:1" }

local function body(r)
	return (r.of.text or ""):match "\r\n\r\n(.*)$" or ""
end

local function tag(value)
	return value and value:match ";%s*tag=([^;]+)"
end

local function branch(r)
	return r:header("Via"):match "branch=([^;,]+)"
end

-- No node has refused to read a request with METHOD.
local function is_read(t, method)
	local r = t:first("kind=bad", function(bad) return bad.cause and bad.cause.method == method end)
	return r == nil, r
end

-- The answer of NODE with STATUS to a request of Mallory's with METHOD.
local function answer(t, node, status, method)
	return t:first("kind=send src=" .. node .. " dst=mallory status=" .. status ..
		" cseq=" .. method)
end

-- The request with METHOD that NODE has heard from Mallory and answered 200.
local function accepted(t, node, method)
	local ok = answer(t, node, 200, method)
	if not ok or not is_read(t, method) then return nil end
	for _, r in ipairs(t:all("kind=send src=mallory dst=" .. node .. " method=" .. method)) do
		if branch(r) == branch(ok) then return r, ok end
	end
end

local function is_accepted(node, method)
	return function(t)
		local r, ok = accepted(t, node, method)
		return r ~= nil, ok
	end
end

-- The number in CSeq.
local function number(r)
	return tonumber(r:header("CSeq"):match "^%d+")
end

-- 1
task {
	goal = {
		{ "the ACK has the number of the INVITE in CSeq", zh = "ACK 的 CSeq 序号与 INVITE 相同",
			function(t)
				local ack = t:first "kind=send src=mallory dst=bob method=ACK"
				local invite = t:first "kind=send src=mallory dst=bob method=INVITE"
				return ack ~= nil and invite ~= nil and number(ack) == number(invite), ack
			end,
			why = { "ACK has the INVITE's number, and its own method.",
				zh = "ACK 用 INVITE 的序号和自己的方法。" }, rule = "invite-ack" },
		{ "Bob's phone accepts it, and does not retransmit its 200", zh = "Bob 的话机接受了它，不再重发 200",
			function(t)
				for _, d in ipairs(t:all "kind=dialog node=bob") do
					if d.from == "moratorium" and d.to == "confirmed" then
						for _, ok in ipairs(t:all "kind=send src=bob status=200 cseq=INVITE") do
							if ok.seq > d.seq then return false, ok end
						end
						return true, d
					end
				end
				return false
			end, rule = "invite-acked" },
	},
	rule = "invite-ack",
	points = 2,
}

-- 2
task {
	goal = {
		{ "the BYE has a higher number than the INVITE", zh = "BYE 的序号大于 INVITE 的",
			function(t)
				local bye = t:last "kind=send src=mallory dst=bob method=BYE"
				local invite = t:first "kind=send src=mallory dst=bob method=INVITE"
				return bye ~= nil and invite ~= nil and number(bye) > number(invite), bye
			end,
			why = { "Within a dialog each request has a higher number than the one before.",
				zh = "对话中每个请求的序号都大于前一个。" }, rule = "dialog-cseq" },
		{ "Bob's phone accepts it", zh = "Bob 的话机接受了它", is_accepted("bob", "BYE") },
	},
	rule = "dialog-cseq",
	points = 2,
}

-- 3
task {
	goal = {
		{ "Bob's phone accepts both MESSAGEs", zh = "Bob 的话机接受了两个 MESSAGE",
			function(t)
				local n, last = 0, nil
				for _, ok in ipairs(t:all "kind=send src=bob dst=mallory status=200 cseq=MESSAGE") do
					n = n + 1
					last = ok
				end
				return n >= 2 and is_read(t, "MESSAGE"), last
			end,
			why = { "The bytes that the first one does not count become the beginning of the second.",
				zh = "第一条没有计入的部分成了第二条的开头。" } },
		{ "they are sent by TCP, and each Content-Length is that of its body",
			zh = "它们经 TCP 传输，每个 Content-Length 都等于正文的长度",
			function(t)
				local n = 0
				for _, r in ipairs(t:all "kind=send src=mallory dst=bob method=MESSAGE") do
					if r.transport ~= "tcp" or tonumber(r:header "Content-Length") ~= #body(r) or
						#body(r) == 0 then
						return false, r
					end
					n = n + 1
				end
				return n >= 2
			end },
	},
	points = 2,
	hint = { "What remains of the first one becomes the beginning of the next: `kind=bad node=bob` shows it. RFC 3261 20.14 says which bytes of `MESSAGE@mallory` must be counted.", zh = "第一条剩下的成了下一条的开头：见 `kind=bad node=bob`。`MESSAGE@mallory` 要数什么的每个字节，见 RFC 3261 20.14。" },
}

-- 4
task {
	goal = {
		{ "the OPTIONS that Mallory sends to the server reaches Bob's phone",
			zh = "Mallory 发给服务器的 OPTIONS 到达 Bob 的话机",
			function(t)
				local r = t:first "kind=send src=server dst=bob method=OPTIONS"
				return r ~= nil and r:arrival() ~= nil, r
			end,
			why = { "A proxy forwards nothing that has no hop left.",
				zh = "跳数已尽的请求，代理服务器不转发。" }, rule = "proxy-max-forwards" },
		{ "and the 200 returns to Mallory", zh = "200 回到 Mallory",
			is_accepted("server", "OPTIONS") },
	},
	rule = "proxy-max-forwards",
	points = 2,
}

-- 5
task {
	goal = {
		{ "the registrar accepts the REGISTER", zh = "注册服务器接受了 REGISTER",
			is_accepted("server", "REGISTER"),
			why = { "With * only one value of Expires is allowed.", zh = "与 * 搭配的 Expires 只有一个值有意义。" },
			rule = "register-star" },
		{ "Bob has no binding any more", zh = "Bob 不再有绑定",
			function(t)
				return t:first "kind=binding op=remove aor=sip:bob@example.com"
			end },
	},
	rule = "register-star",
	points = 2,
}

-- 6
task {
	goal = {
		{ "the server accepts the SUBSCRIBE", zh = "服务器接受了 SUBSCRIBE",
			is_accepted("server", "SUBSCRIBE"),
			why = { "It must say which event package Mallory subscribes to.", zh = "它必须说明 Mallory 想得知什么。" },
			rule = "subscribe-event" },
		{ "and sends her a NOTIFY", zh = "并向她发送 NOTIFY",
			function(t)
				local r = t:first "kind=send src=server dst=mallory method=NOTIFY"
				return r ~= nil, r
			end, rule = "notify-first" },
	},
	points = 2,
	hint = { "`400@server#2` names a field that is missing; RFC 6665 4.1.2.1 says what a subscriber writes there, and the lab `presence` has one in `method=SUBSCRIBE`.", zh = "`400@server#2` 写出缺少的字段；订阅者在其中写什么，见 RFC 6665 4.1.2.1，实验 `presence` 的 `method=SUBSCRIBE` 中有一个。" },
}
