-- The tasks of handout-messages; their texts are in README.md.
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

-- 1
task {
	goal = {
		{ "the branch of the ACK differs from that of the INVITE", zh = "ACK 的 branch 与 INVITE 的不同",
			function(t)
				local ack = t:first "kind=send src=mallory dst=bob method=ACK"
				local invite = t:first "kind=send src=mallory dst=bob method=INVITE"
				if not ack or not invite or not ack:header "Via" then return false, ack end
				return branch(ack) ~= nil and branch(ack) ~= branch(invite) and
					branch(ack):find("z9hG4bK", 1, true) == 1, ack
			end,
			why = { "The ACK for a 200 is a separate transaction.",
				zh = "对 200 的 ACK 自成一个事务。" }, rule = "invite-ack" },
		{ "the ACK confirms Bob's dialog", zh = "ACK 确认了 Bob 一侧的对话",
			function(t)
				return t:first "kind=dialog node=bob left=moratorium into=confirmed"
			end },
	},
	rule = "invite-ack",
	points = 2,
	hint = { "RFC 3261 17.1.1.3 describes the ACK of a 486, 13.2.2.4 that of a 200: which of the two has a new Via? Look at the Via of `ACK@mallory`.",
		zh = "对 486 的 ACK 见 RFC 3261 17.1.1.3，对 200 的 ACK 见 13.2.2.4：其中哪一个有新的 Via？看 `ACK@mallory` 的 Via。" },
}

-- 2
task {
	goal = {
		{ "the BYE has the tag of Bob's phone in To", zh = "BYE 的 To 中有 Bob 话机的 tag",
			function(t)
				local ok = answer(t, "bob", 200, "INVITE")
				local bye = t:last "kind=send src=mallory dst=bob method=BYE"
				return ok ~= nil and bye ~= nil and tag(bye:header "To") ~= nil and
					tag(bye:header "To") == tag(ok:header "To"), bye
			end,
			why = { "Without it the request belongs to no dialog of Bob's phone.",
				zh = "没有它，请求就不属于 Bob 话机的任何对话。" } },
		{ "Bob's phone accepts it", zh = "Bob 的话机接受了它", is_accepted("bob", "BYE") },
	},
	rule = "dialog-request",
	points = 2,
	hint = { "The tag is in the To of `200@bob`, and differs in each run; in `lab.lua` the ACK takes it from a variable, a few lines above the BYE.", zh = "这个 tag 在 `200@bob` 的 To 中，运行不同，值也不同；`lab.lua` 中 ACK 从一个变量取得它，就在 BYE 之上几行。" },
}

-- 3
task {
	goal = {
		{ "Carol's phone accepts the CANCEL", zh = "Carol 的话机接受了 CANCEL",
			is_accepted("carol", "CANCEL"),
			why = { "It finds the INVITE by the branch, which must be the same.",
				zh = "它按两者共有的 branch 找到 INVITE。" } },
		{ "and answers the INVITE with 487", zh = "并用 487 响应 INVITE",
			function(t)
				local over = answer(t, "carol", 487, "INVITE")
				return over ~= nil, over
			end },
	},
	rule = "cancel-recv",
	points = 2,
}

-- 4
task {
	goal = {
		{ "Bob's phone accepts the MESSAGE", zh = "Bob 的话机接受了 MESSAGE",
			is_accepted("bob", "MESSAGE") },
		{ "its Content-Length is that of its body, which has two lines",
			zh = "Content-Length 等于消息体的长度，消息体有两行",
			function(t)
				local r = accepted(t, "bob", "MESSAGE")
				return r ~= nil and tonumber(r:header "Content-Length") == #body(r) and
					body(r):find "[^\r\n]+\r\n[^\r\n]+" ~= nil, r
			end,
			why = { "Each line of the body ends with two bytes, CR and LF, which count.",
				zh = "消息体的每一行以 CR 和 LF 两个字节结束，它们也要计入。" } },
	},
	points = 2,
	hint = { "`node=bob kind=note` shows where the text stops: how many of its bytes are missing after that, counted by RFC 3261 20.14?", zh = "`node=bob kind=note` 显示文本在哪里中断：按 RFC 3261 20.14 的算法，其后还缺多少字节？" },
}

-- 5
task {
	goal = {
		{ "the registrar accepts the REGISTER", zh = "注册服务器接受了 REGISTER",
			is_accepted("server", "REGISTER"),
			why = { "Via, Call-ID and CSeq are mandatory in every request.",
				zh = "Via、Call-ID 和 CSeq 是每个请求都必须有的。" } },
		{ "sip:mallory@example.com is bound to Mallory's phone",
			zh = "sip:mallory@example.com 绑定到 Mallory 的话机",
			function(t)
				return t:first("kind=binding aor=sip:mallory@example.com", function(b)
					return b.contact:find("sip:mallory@192.0.2.66", 1, true)
				end)
			end,
			why = { "To names the address that the registrar binds.", zh = "To 表示注册服务器为谁绑定。" },
			rule = "register-aor" },
	},
	points = 2,
	hint = { "`rung parse labs/handout-messages/register.sip` names what is missing, one after the other; RFC 3261 10.2 says whose address is in To.",
		zh = "`rung parse labs/handout-messages/register.sip` 逐一指出缺少什么；To 中是谁的地址，见 RFC 3261 10.2。" },
}

-- 6
task {
	goal = {
		{ "the server accepts the PUBLISH", zh = "服务器接受了 PUBLISH",
			is_accepted("server", "PUBLISH"),
			why = { "It must know which event is published.", zh = "它必须知道发布的是哪种事件。" } },
		{ "the PUBLISH has no Min-Expires", zh = "PUBLISH 中没有 Min-Expires",
			function(t)
				local r = accepted(t, "server", "PUBLISH")
				return r ~= nil and r:header "Min-Expires" == nil, r
			end,
			why = { "Only a 423 has it: there the server says which time is the minimum.",
				zh = "只有 423 才有它：服务器以此说明多短算过短。" } },
	},
	points = 2,
	hint = { "Read `489@server`: a header field lists the event packages that the server supports. RFC 3903 4 says in which field a PUBLISH names one of these, and RFC 3261 20.23 which message contains Min-Expires.",
		zh = "读 `489@server`：有一个头字段列出服务器认识的。PUBLISH 用哪个字段写明其中之一，见 RFC 3903 第 4 节；Min-Expires 由谁写，见 RFC 3261 20.23。" },
}
