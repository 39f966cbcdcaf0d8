-- The tasks of sbc-for-homes; their texts are in README.md.
lesson { minutes = 40, level = 3 }
vary { "nat1.timeout=26s..34s:2s", "seed=1..999:1" }

local function latched(t, home)
	return t:first("kind=media node=sbc op=latch", function(r)
		return r.peer:find(home, 1, true) == 1
	end)
end

-- The mapping of Bob's signalling, as it is made or forgotten.
local function mapping(t, op)
	return t:first("kind=nat node=nat1 op=" .. op .. " inner=192.168.1.20:5060")
end

local function answer(t)
	return t:first "kind=send status=200 cseq=INVITE src=server dst=sbc"
end

local function noted(r)
	return tonumber(r:header("Contact"):match "~(%d+)~")
end

local function pings(t, phone)
	return t:all("kind=send proto=crlf src=" .. phone)
end

task {
	choice = {
		{ "To the private one that the description names, as RFC 3264 has it",
			zh = "描述所写的私有地址，如 RFC 3264 所规定",
			why = { "There is no route to it from outside. What does the SBC see of Bob's audio?", zh = "从外面没有路由到那里。SBC 看到 Bob 的声音从哪里来？" } },
		{ "To the one that the server has noted in the Contact of the 200",
			zh = "服务器在 200 的 Contact 中记下的地址",
			why = { "Its port is for signalling. Audio has another mapping.", zh = "那个端口是信令的。声音有另一个映射。" } },
		{ "To the one from which the first packet of Bob's sound has come", right = true,
			zh = "Bob 的声音的第一个包所来自的地址" },
		{ "To the one that Bob's phone has asked its NAT for before the call",
			zh = "Bob 的话机在呼叫之前向 NAT 要来的地址",
			why = { "The phone does not know that there is a NAT.", zh = "话机不知道有 NAT。" } },
	},
	rule = "media-latch",
	records = function(t) return latched(t, "203.0.113.7") end,
	ahead = true,
}

task {
	number = function(t) return noted(answer(t)) end,
	rule = "alias-route",
	wrong = {
		{ 5060, why = { "That is the port that the phone itself uses. Read on after `alias=`.", zh = "那是话机自己写的端口。继续看 `alias=` 之后。" } },
		{ function(t) return tonumber(latched(t, "203.0.113.7").peer:match ":(%d+)$") end,
			why = { "That is the port of his audio.", zh = "那是他的声音的端口。" } },
	},
	why = { "The server writes the address, the port and the transport after `alias=`, with `~` between them.", zh = "服务器在 `alias=` 之后写地址、端口和传输协议，中间用 `~`。" },
	records = answer,
	hint = { "Compare the Contact before the server (`-m status=200 src=bob to=7s`) with the one after it.", zh = "把服务器之前的 Contact（`-m status=200 src=bob to=7s`）与之后的比较。" },
	others = {
		{ number = function(t) return tonumber(latched(t, "203.0.113.7").peer:match ":(%d+)$") end, rule = "media-latch",
			ask = { "To which port of Bob's NAT does the SBC send Alice's audio?\n\n    rung show sbc-for-homes kind=media to=9s", zh = "SBC 把 Alice 说的话发往 Bob 的 NAT 的哪个端口？\n\n    rung show sbc-for-homes kind=media to=9s" },
			wrong = { { function(t) return noted(answer(t)) end, why = { "That is the port of his signalling.", zh = "那是他的信令的端口。" } } },
			why = { "The record `latches` has the address from which Bob's audio comes.", zh = "记录 `latches` 写着 Bob 的声音所来自的地址。" },
			records = function(t) return latched(t, "203.0.113.7") end,
			hint = { "Look at the first record of `kind=media node=sbc to=9s`.", zh = "看 `kind=media node=sbc to=9s` 的第一条。" } },
	},
}

task {
	find = {
		node = "sbc",
		rule = "media-latch",
		record = function(t) return latched(t, "203.0.113.7") end,
	},
	rule = "media-latch",
	why = { "Look for the first record about media of the node that relays them.", zh = "找转发媒体的节点关于媒体的第一条记录。" },
	hint = { "Bob's phone sends audio first (`kind=media node=bob to=9s`): what does the SBC record when that packet arrives?", zh = "Bob 的话机先说话（`kind=media node=bob to=9s`）：那个包到达时 SBC 写下什么？" },
	records = function(t) return latched(t, "203.0.113.7") end,
	others = {
		{ find = { node = "sbc", rule = "media-latch", record = function(t) return latched(t, "203.0.113.8") end }, rule = "media-latch",
			ask = { "Find the record in which the SBC learns where Dora's audio comes from: `node=… rule=… record=…`.\n\n    rung show sbc-for-homes kind=media from=60s", zh = "找出 SBC 得知 Dora 的声音从哪里来的记录：`node=… rule=… record=…`。\n\n    rung show sbc-for-homes kind=media from=60s" },
			why = { "Look for the first record about media, in the last call, of the node that relays them.", zh = "找最后一个呼叫中转发媒体的节点关于媒体的第一条记录。" },
			hint = { "Dora's phone sends audio first (`kind=media node=dora`): what does the SBC record when that packet arrives?", zh = "Dora 的话机先说话（`kind=media node=dora`）：那个包到达时 SBC 写下什么？" },
			records = function(t) return latched(t, "203.0.113.8") end },
	},
}

task {
	find = {
		node = "nat1",
		rule = "nat-timer",
		record = function(t) return mapping(t, "expired") end,
	},
	rule = "nat-timer",
	why = { "Look for the `nat` record that says that the mapping of port 5060 has expired.", zh = "找说明 5060 端口的映射到期的 `nat` 记录。" },
	hint = { "Two other mappings, of audio and its reports, end at nearly the same time: `kind=nat node=nat1 from=30s to=45s`.", zh = "另外两个映射（声音及其报告）几乎同时结束：`kind=nat node=nat1 from=30s to=45s`。" },
	records = function(t) return mapping(t, "expired") end,
}

task {
	choice = {
		{ "The registrar has removed his registration, since no ping came in time",
			zh = "没有及时收到 ping，注册服务器丢弃了他的注册",
			why = { "The server sends the INVITE, so it has a Contact.", zh = "服务器发出了 INVITE，所以它知道一个 Contact。" } },
		{ "The SBC has latched on to the first call, and lets no other one through",
			zh = "SBC 已锁定第一个呼叫，不让别的呼叫通过",
			why = { "It sends the second INVITE to the server.", zh = "它把第二个 INVITE 发给了服务器。" } },
		{ "The server uses a port that the NAT has given up; nobody has told it so", right = true,
			zh = "服务器使用 NAT 已经放弃的端口，而没有人告诉它" },
		{ "The NAT lets nothing in that comes from the server, only from the SBC",
			zh = "NAT 不让服务器发来的进入，只让 SBC 的进入",
			why = { "The first INVITE also came from the server.", zh = "第一个 INVITE 也来自服务器。" } },
	},
	points = 2,
	rule = "nat-timer",
	hint = { "Compare where the two INVITEs of `-m method=INVITE src=server to=59s` were sent, and what `kind=nat node=nat1 to=59s` says about that port.", zh = "比较 `-m method=INVITE src=server to=59s` 的两个 INVITE 发往哪里，再看 `kind=nat node=nat1 to=59s` 怎样说这个端口。" },
}

-- Bob's answers that Alice has got, one for each call.
local function reached(t)
	local n, seen, last = 0, {}, nil
	for _, r in ipairs(t:all "kind=send status=200 cseq=INVITE src=bob") do
		local id = r.call_id
		if not seen[id] then
			seen[id], last = true, r
			n = n + 1
		end
	end
	return n, last
end

task {
	goal = {
		{ "Bob's phone answers two calls, the second one more than 50 s after the beginning", zh = "Bob 的话机接听两个呼叫，第二个在开始 50 s 之后",
			function(t)
				local n, last = reached(t)
				return n >= 2 and last.time > 50, last
			end, rule = "nat-timer",
			why = { "How often must the phone send something, so that this NAT keeps the mapping?", zh = "须多久有数据出去一次，这个 NAT 才保留映射？" } },
		{ "Bob's phone has sent five keep-alives at most, and two at least", zh = "Bob 的话机最多发送五次保活，至少两次",
			function(t)
				local n = #pings(t, "bob") + t:count "kind=send proto=stun src=bob"
				return n >= 2 and n <= 5, pings(t, "bob")[1]
			end, rule = "keepalive-send",
			why = { "Count what it sends that is not SIP.", zh = "数它发送的、不是 SIP 的数据。" } },
		{ "It registers once", zh = "它只注册一次",
			function(t) return t:count "kind=send method=REGISTER src=bob" == 1 end },
	},
	points = 3,
}
