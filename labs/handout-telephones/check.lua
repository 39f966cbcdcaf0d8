-- The tasks of handout-telephones; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "exchange.pick_up=2s..5s:1s", "seed=1..999:1" }

local function is(t, name, role)
	local node = name and t:node(name)
	return node ~= nil and node.role:find(role, 1, true) ~= nil
end

-- The arrival of a message of ISUP called NAME that was followed by record R, at its node.
local function after(r, name)
	local c = r.cause
	while c and c.node == r.node do
		if c.kind == "recv" then return c.of and c.of.proto == "isup" and c.of.start == name and c or nil end
		c = c.cause
	end
end

-- 1: each REL has a response of SIP
task {
	run = {
		{ "a gateway maps a REL to a request, BYE, and not to a response", zh = "网关由 REL 得到的不是响应，而是请求：BYE",
			function(t)
				return t:first("kind=send method=BYE", function(r) return is(t, r.src, "gateway") and after(r, "REL") ~= nil end)
			end, rule = "gateway-hangup" },
		{ "which the phone answers", zh = "由话机响应",
			function(t)
				for _, r in ipairs(t:all "kind=send method=BYE") do
					local ok = is(t, r.src, "gateway") and after(r, "REL") and
						t:first("kind=send status=200 cseq=BYE", function(s) return s.call_id == r.call_id and is(t, s.src, "ua") end)
					if ok then return true, ok end
				end
				return false
			end },
	},
	key = "handout-telephones",
	rule = "gateway-hangup",
	why = { "The run needs a REL that arrives when the call has been answered: is there still a transaction to respond to?",
		zh = "这次运行里要有一个在呼叫接听之后到来的 REL：还有什么事务可以响应吗？" },
	hint = { "`proto=isup kind=recv`, and what the gateway sends directly after each REL, before an answer and after; look at the lab of this handout, RFC 3398 7.2.4 and 10.2.1.",
		zh = "`proto=isup kind=recv`，以及每个 REL 之后网关发送什么，接听之前和之后；先看眼前，RFC 3398 7.2.4 和 10.2.1。" },
}

-- 2: 183 means answered
local function refused_later(t)
	for _, r in ipairs(t:all "kind=send status=183 cseq=INVITE") do
		local final = r:arrival() and t:first("kind=send cseq=INVITE dst=" .. r.dst, function(s)
			return s.status and s.status >= 300 and s.call_id == r.call_id and s.seq > r.seq
		end)
		local ok = final and t:count("kind=send cseq=INVITE status=2xx dst=" .. r.dst, function(s) return s.call_id == r.call_id end)
		if ok == 0 and is(t, r.src, "gateway") then return r, final end
	end
end
task {
	run = {
		{ "a 183 with a session description comes from the telephone network's side", zh = "从电话网一侧来了带会话描述的 183",
			function(t)
				local r = refused_later(t)
				return r ~= nil and r.body ~= nil and #r.body > 0, r
			end, rule = "gateway-early-acm" },
		{ "and the call is never answered: no 2xx, and no ANM", zh = "而呼叫从未被接听：没有 2xx，也没有 ANM",
			function(t)
				local r, final = refused_later(t)
				return r ~= nil and t:count("kind=send proto=isup", function(s)
					return (s.start == "ANM" or s.start == "CON") and s.seq > r.seq and s.seq < final.seq
				end) == 0, final
			end },
	},
	key = "rfc3666-2.5",
	rule = "gateway-early-acm",
	why = { "The run needs an announcement of the telephone network that is heard before any answer, in a call that is never answered.",
		zh = "这次运行里要有电话网的录音通知，在有人接听之前听到，而最终无人接听。" },
	hint = { "Under \"The telephone network\" in `rung labs` there are failures with an announcement: `status=183 cseq=INVITE`, and which status ends that INVITE?",
		zh = "`rung labs` 的“电话网”中有带录音通知的失败呼叫：看 `status=183 cseq=INVITE`，那个 INVITE 以哪个状态码结束？" },
}

-- 3: ENUM finds where the callee is
task {
	run = {
		{ "ENUM names a URI for a telephone number", zh = "ENUM 为电话号码给出一个 URI",
			function(t)
				return t:first("kind=lookup op=enum", function(r) return (r.targets or ""):find("sip:", 1, true) ~= nil end)
			end, rule = "enum-lookup" },
		{ "a location service is asked afterwards where its user is, and returns another address",
			zh = "随后还要询问位置服务器其用户在哪里，得到的是另一个地址",
			function(t)
				for _, e in ipairs(t:all "kind=lookup op=enum") do
					local uri = (e.targets or ""):match '"([^"]+)"'
					local where = uri and t:first("kind=lookup op=query", function(r)
						return r.seq > e.seq and r.aor == uri and r.targets and not r.targets:find('"' .. uri .. '"', 1, true)
					end)
					if where then return true, where end
				end
				return false
			end, rule = "location-query" },
	},
	key = "enum",
	rule = "enum-lookup",
	why = { "The run needs a call to a number that the DNS knows: which lookups are needed until the INVITE reaches a phone?",
		zh = "这次运行里要有一个呼叫，其号码在 DNS 中：INVITE 到达话机之前要询问几次？" },
	hint = { "`kind=lookup`: after `op=enum`, which `op=query` comes, and at which node? RFC 6116 1.",
		zh = "`kind=lookup`：`op=enum` 之后是哪个 `op=query`，在哪个节点？RFC 6116 1。" },
}

-- 4: a 503 says that the server is dead
task {
	run = {
		{ "a node answers an INVITE with 503", zh = "一个节点用 503 响应 INVITE",
			function(t)
				return t:first "kind=send status=503 cseq=INVITE"
			end, rule = "gateway-no-circuit" },
		{ "and accepts the next call normally", zh = "而下一个呼叫它照常接受",
			function(t)
				for _, r in ipairs(t:all "kind=send status=503 cseq=INVITE") do
					local ok = not r.fwd and t:first("kind=send status=200 cseq=INVITE src=" .. r.src, function(s)
						return s.seq > r.seq and s.call_id ~= r.call_id
					end)
					if ok then return true, ok end
				end
				return false
			end },
	},
	key = "handout-telephones",
	rule = "gateway-no-circuit",
	why = { "The run needs a node that has no capacity for a call, and has it later.",
		zh = "这次运行里要有一方，起先没有资源接受呼叫，后来有了。" },
	hint = { "`status=503`, and what its `src` sends afterwards: the pane `Machines` shows a gateway's circuits. RFC 3261 21.5.4 and RFC 3398 7.2.1.",
		zh = "`status=503`，以及它的 `src` 此后发送什么：`Machines` 面板显示网关的电路。RFC 3261 21.5.4 和 RFC 3398 7.2.1。" },
}

-- 5: it always rings before the answer
task {
	run = {
		{ "an INVITE is answered with 200 without a response from 101 to 199 before it", zh = "INVITE 得到 200，之前没有 101 至 199 的响应",
			function(t)
				return t:first("kind=send status=200 cseq=INVITE", function(ok)
					return t:count("kind=send status=1xx cseq=INVITE", function(s)
						return s.call_id == ok.call_id and s.status > 100
					end) == 0
				end)
			end },
		{ "and the telephone network gets one message, CON, instead of ACM and ANM", zh = "电话网只收到一条消息 CON，代替 ACM 和 ANM",
			function(t)
				local con = t:first("kind=send proto=isup", function(r) return r.start == "CON" end)
				return con and t:count("kind=send proto=isup", function(r)
					return r.start == "ACM" and r.src == con.src and r.dst == con.dst
				end) == 0, con
			end, rule = "gateway-2xx" },
	},
	key = "rfc3666-3.2",
	rule = "gateway-2xx",
	why = { "The run needs a phone that answers a call from the telephone network at once.",
		zh = "这次运行里要有一方立即接听电话网的呼叫。" },
	hint = { "Compare `proto=isup kind=send` with `status=1xx`: which of the two is missing, and what is sent instead? RFC 3398 8.2.4.",
		zh = "`proto=isup kind=send` 与 `status=1xx` 对照：缺了什么，又用什么代替？RFC 3398 8.2.4。" },
}
