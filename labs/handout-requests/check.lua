-- The tasks of handout-requests; their texts are in README.md.
lesson { minutes = 30, level = 1 }
vary { "bob.answer=1500ms..4000ms:500ms", "seed=1..999:1" }

local function body(r)
	return (r.of.text or ""):match "\r\n\r\n(.*)$" or ""
end

-- R is as its first sender made it: no proxy has added its Via.
local function begins_here(r)
	return r.method ~= nil and r:header("Via", 2) == nil
end

-- The node of that NAME is one at which people speak: no gateway, no server.
local function is_phone(t, name)
	local node = name and t:node(name)
	for role in (node and node.role or ""):gmatch "[%w-]+" do
		if role == "ua" or role == "handset" then return true end
	end
	return false
end

-- R arrives with a body of several lines that is no session description.
local function is_other_body(r)
	return body(r):find "\n." ~= nil and r:arrival() ~= nil and
		(r:header "Content-Type" or ""):lower() ~= "application/sdp"
end

-- The final answer with STATUS to a request of SRC's with METHOD, and CALL_ID.
local function answer(t, status, method, src, call_id)
	return t:first("kind=send status=" .. status .. " cseq=" .. method .. " dst=" .. src, function(r)
		return r.call_id == call_id
	end)
end

-- A CANCEL that has ended its INVITE with 487; the 487.
local function taken_back(t)
	for _, cancel in ipairs(t:all "kind=send method=CANCEL") do
		local over = answer(t, 487, "INVITE", cancel.src, cancel.call_id)
		if over and over.branch == cancel.branch then return cancel, over end
	end
end

-- 1: the BYE of a phone that has called has its INVITE's branch
task {
	run = {
		{ "the sender of the first INVITE of a call hangs up, with another branch",
			zh = "发送呼叫的第一个 INVITE 的一方挂断，branch 不同",
			function(t)
				local first = {}
				for _, r in ipairs(t:all "kind=send proto=sip") do
					local call = begins_here(r) and r.call_id
					if call and r.method == "INVITE" and not first[call] then
						first[call] = r
					elseif call and r.method == "BYE" and is_phone(t, r.src) and
						first[call] and first[call].src == r.src and first[call].branch ~= r.branch then
						return true, r
					end
				end
				return false
			end,
			why = { "The BYE must come from the calling phone; a proxy's copy does not count.",
				zh = "BYE 必须由主叫的话机发送；代理服务器转发的不算。" } },
	},
	key = "rfc3665-3.7",
	rule = "branch-unique",
	why = { "The run needs a call in which the same phone sends INVITE and BYE; compare the branches of its two Vias.",
		zh = "这次运行里要有同一部话机发送 INVITE 和 BYE 的呼叫；比较它的两个 Via 中的 branch。" },
	hint = { "In many labs the callee hangs up: find one where `method=INVITE kind=send` and `method=BYE kind=send` begin at the same phone; RFC 3261 8.1.1.7 says what a branch identifies.",
		zh = "许多实验中由被叫挂断：找一个 `method=INVITE kind=send` 与 `method=BYE kind=send` 始于同一部话机的；branch 标识什么，见 RFC 3261 8.1.1.7。" },
}

-- 2: no other body than a session description has a Content-Length that counts the ends of lines
task {
	run = {
		{ "a body of several lines arrives that is no session description",
			zh = "一个多行的消息体到达，它不是会话描述",
			function(t)
				return t:first("kind=send proto=sip", is_other_body)
			end,
			why = { "Here each body is a session description, or a single line.",
				zh = "这里的消息体都是会话描述，或者只有一行。" } },
		{ "its Content-Length counts every byte, even those of the ends of lines",
			zh = "它的 Content-Length 计入每个字节，包括行尾的字节",
			function(t)
				return t:first("kind=send proto=sip", function(r)
					return is_other_body(r) and tonumber(r:header "Content-Length") == #body(r)
				end)
			end },
	},
	key = "presence",
	why = { "The run needs a body of several lines that is no session description; compare Content-Length with its bytes, ends of lines counted.",
		zh = "这次运行里要有不是会话描述的多行消息体；把 Content-Length 与它的字节数（包括行尾）比较。" },
	hint = { "`-m method=PUBLISH,NOTIFY,MESSAGE`: which requests carry a state, a document? RFC 3261 20.14 says what is counted.",
		zh = "`-m method=PUBLISH,NOTIFY,MESSAGE`：哪些请求携带状态或文档？计入什么见 RFC 3261 20.14。" },
}

-- 3: CANCEL is for sending the request again
task {
	run = {
		{ "a CANCEL ends an INVITE: 487", zh = "CANCEL 结束了一个 INVITE：487",
			function(t)
				local cancel, over = taken_back(t)
				return cancel ~= nil, over
			end, rule = "cancel-send" },
		{ "that INVITE is not sent again", zh = "这个 INVITE 不再发送",
			function(t)
				local cancel = taken_back(t)
				if not cancel then return false end
				for _, r in ipairs(t:all("kind=send method=INVITE src=" .. cancel.src)) do
					if r.call_id == cancel.call_id and r.seq > cancel.seq and
						r.dst == cancel.dst then
						return false, r
					end
				end
				return true, cancel
			end },
	},
	key = "cancel",
	rule = "cancel-send",
	why = { "The run needs a CANCEL that ends an INVITE with 487; see whether the caller sends that INVITE again.",
		zh = "这次运行里要有一个以 487 结束 INVITE 的 CANCEL；看主叫是否再次发送该 INVITE。" },
	hint = { "`method=INVITE,CANCEL kind=send`: what follows the 487? RFC 3261 9.1.",
		zh = "`method=INVITE,CANCEL kind=send`：487 之后是什么？RFC 3261 9.1。" },
}

-- 4: CANCEL ends an established call
task {
	run = {
		{ "a CANCEL reaches a phone that has answered the INVITE with 200",
			zh = "CANCEL 到达一部已用 200 响应 INVITE 的话机",
			function(t)
				for _, r in ipairs(t:all "kind=recv method=CANCEL") do
					for _, ok in ipairs(t:all("kind=send status=200 cseq=INVITE src=" .. r.node)) do
						if ok.seq < r.seq and ok.call_id == r.of.call_id then return true, r end
					end
				end
				return false
			end,
			why = { "The two must cross.", zh = "两者必须在途中交错。" } },
		{ "it ends nothing: the 200 is acknowledged, and a BYE is needed",
			zh = "它什么也没有结束：200 得到确认，还需要 BYE",
			function(t)
				for _, r in ipairs(t:all "kind=recv method=CANCEL") do
					for _, bye in ipairs(t:all "kind=send method=BYE") do
						if bye.call_id == r.of.call_id and bye.seq > r.seq then
							return true, bye
						end
					end
				end
				return false
			end },
	},
	key = "rfc5407-3.1.2",
	points = 2,
	rule = "cancel-none",
	why = { "The run needs a CANCEL that arrives after the phone has sent its 200; what ends the call then?",
		zh = "这次运行里要有一个在话机发送 200 之后才到达的 CANCEL；那么是什么结束呼叫？" },
	hint = { "`method=CANCEL kind=recv` after `status=200 cseq=INVITE kind=send` of the same phone: there is a group of labs about messages that cross.",
		zh = "同一部话机的 `status=200 cseq=INVITE kind=send` 之后的 `method=CANCEL kind=recv`：有一组实验讲的是交错的消息。" },
}

-- 5: who does not want to wait has to send BYE
task {
	run = {
		{ "a caller gives up while the phone rings: CANCEL, 487", zh = "主叫在振铃时放弃：CANCEL，487",
			function(t)
				local cancel, over = taken_back(t)
				return cancel ~= nil, over
			end, rule = "cancel-send" },
		{ "there is no BYE in that call", zh = "该呼叫中没有 BYE",
			function(t)
				local cancel = taken_back(t)
				if not cancel then return false end
				for _, bye in ipairs(t:all "kind=send method=BYE") do
					if bye.call_id == cancel.call_id then return false, bye end
				end
				return true, cancel
			end },
	},
	key = "rfc3665-3.8",
	rule = "cancel-send",
	why = { "The run needs a caller who gives up while the phone rings, and no BYE. Which method does the phone send instead?",
		zh = "这次运行里要有主叫在振铃时放弃，并且没有 BYE。话机发送的是哪个方法？" },
	hint = { "`cseq=CANCEL` and `method=BYE` in a call that is never answered, RFC 3261 15.",
		zh = "在从未接听的呼叫中看 `cseq=CANCEL` 和 `method=BYE`，RFC 3261 15。" },
}

-- 6: at most 70 proxies
task {
	goal = {
		{ "a request begins with a Max-Forwards over 70", zh = "一个请求的 Max-Forwards 起始值大于 70",
			function(t)
				return t:first("kind=send proto=sip", function(r)
					local n = r.method and tonumber(r:header "Max-Forwards")
					return n and n > 70
				end)
			end },
		{ "and is answered with 200", zh = "并得到 200 响应",
			function(t)
				for _, r in ipairs(t:all "kind=send proto=sip") do
					local n = r.method and tonumber(r:header "Max-Forwards")
					local ok = n and n > 70 and answer(t, 200, r.method, r.src, r.call_id)
					if ok then return true, ok end
				end
				return false
			end },
	},
	points = 2,
	rule = "proxy-max-forwards",
	hint = { "alice:send with method = \"OPTIONS\" takes your own headers (docs/SCENARIO.md).",
		zh = "alice:send 用 method = \"OPTIONS\" 时可以带自定的头字段（docs/SCENARIO.md）。" },
}
