-- The tasks of history; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "assistant.answer=1s..3s:1s", "seed=1..999:1" }

local function forwarded(t)
	return t:first "method=INVITE dst=assistant kind=send"
end

local function entries(t)
	local list = {}
	for entry in forwarded(t):header("History-Info"):gmatch "[^,]+" do
		list[#list + 1] = entry
	end
	return list
end

task {
	number = function(t) return #entries(t) end,
	unit = { "entries", zh = "个条目" },
	rule = "history-added",
	wrong = {
		{ 2, why = { "Bob himself is an entry as well: the URI that Alice called.", zh = "Bob 本身也是一个条目：Alice 呼叫的 URI。" } },
		{ 1, why = { "There is one field; its entries are separated by commas.", zh = "字段是一个；条目以逗号分隔。" } },
	},
	why = { "Count the URIs in History-Info of the INVITE to the assistant: each has an index.",
		zh = "数发给助理的 INVITE 的 History-Info 中的 URI：每个都有 index。" },
	records = forwarded,
	ahead = true,
	hint = { "Each URI that was called or tried is an entry, RFC 7044 9.1; then look at `INVITE@proxy#2`.",
		zh = "呼叫找过的每个 URI 是一个：被呼叫的和试过的，RFC 7044 9.1；然后看 `INVITE@proxy#2`。" },
	others = {
		{ number = function(t)
				return select(2, t:first("method=INVITE dst=bob kind=send"):header("History-Info"):gsub("index=", ""))
			end,
			unit = { "entries", zh = "个条目" },
			rule = "history-added",
			wrong = {
				{ 1, why = { "Alice has called an address; the phone is another one.", zh = "Alice 呼叫的是一个地址；话机是另一处。" } },
				{ 3, why = { "The assistant has not been tried yet.", zh = "那时还没有试助理。" } },
			},
			records = function(t) return t:first "method=INVITE dst=bob kind=send" end,
			ask = { "Before you look at the run: how many entries will History-Info have in the INVITE that goes to Bob's phone?\n\n    rung show history -m method=INVITE dst=bob",
				zh = "先不看运行：发往 Bob 的话机的 INVITE 的 History-Info 会有多少个条目？\n\n    rung show history -m method=INVITE dst=bob" },
			why = { "Count what has an index in History-Info of the INVITE to Bob's phone.",
				zh = "数发给 Bob 的话机的 INVITE 的 History-Info 中带 index 的。" },
			hint = { "What the proxy was asked for, and what it has looked up; then see `INVITE@proxy`.",
				zh = "代理服务器收到的，以及它查到的；然后看 `INVITE@proxy`。" },
			ahead = true },
		{ number = function(t) return t:count "src=bob kind=send" end,
			unit = { "messages", zh = "条消息" },
			rule = "ict-ack",
			wrong = {
				{ 0, why = { "It has received the call, and rejects it.", zh = "它得知了呼叫，并且拒绝。" } },
				{ { 2, 3 }, why = { "A busy phone does not ring, and does not take part in the rest.", zh = "忙的话机不振铃，也与其余部分无关。" } },
			},
			records = function(t) return t:first "src=bob kind=send" end,
			ask = { "Before you look at the run: how many messages will Bob's phone send in total?\n\n    rung show history kind=send",
				zh = "先不看运行：Bob 的话机一共会发送多少条消息？\n\n    rung show history kind=send" },
			why = { "Only what it sends itself counts.",
				zh = "只算它自己发送的。" },
			hint = { "`dst=bob kind=send` is everything that reaches it: which of these needs a response? RFC 3261 21.4.18 is about a phone that is busy, 17.1.1.3 about what follows.",
				zh = "`dst=bob kind=send` 是到达它的一切：其中哪些需要响应？话机忙时怎样，见 RFC 3261 21.4.18；随后怎样，见 17.1.1.3。" },
			ahead = true },
	},
}

task {
	text = function(t)
		for _, entry in ipairs(entries(t)) do
			if entry:find("assistant", 1, true) then
				return entry:match "index=([%d.]+)"
			end
		end
	end,
	points = 2,
	rule = "history-added",
	wrong = {
		{ "2", why = { "Each index begins with that of the entry from which it comes: Bob, 1.", zh = "每个索引以它所来自的条目的索引开头：Bob，1。" } },
		{ "1.1.1", why = { "That would be a branch from Bob's phone. The proxy took another branch from Bob.", zh = "那是从 Bob 的话机继续走的路。代理服务器是从 Bob 走了另一条路。" } },
		{ "1.1", why = { "That is Bob's phone, which was tried first.", zh = "那是先试过的 Bob 的话机。" } },
	},
	why = { "Each entry ends with `index=`: read that of the entry with the assistant's URI.",
		zh = "每个条目末尾有 `index=`：读助理的 URI 所在条目的那个。" },
	records = forwarded,
	hint = { "Split the History-Info of `INVITE@proxy#2` at its commas.",
		zh = "把 `INVITE@proxy#2` 的 History-Info 按逗号拆开。" },
	others = {
		{ text = function(t)
				for _, entry in ipairs(entries(t)) do
					if entry:find("Reason", 1, true) then return entry:match "index=([%d.]+)" end
				end
			end,
			rule = "history-added",
			wrong = {
				{ "1", why = { "That is Bob as Alice has called him; this entry was not tried at a phone.", zh = "那是 Alice 呼叫的 Bob；那里没有试过什么。" } },
				{ "1.2", why = { "That is the assistant, whose response has not arrived yet.", zh = "那是助理，他的响应还没有来。" } },
			},
			records = forwarded,
			ask = { "Which index has the entry of Bob's phone, with the reason why the call was forwarded?\n\n    rung show history -m method=INVITE dst=assistant",
				zh = "Bob 的话机的条目带有呼叫从那里转走的原因。它的索引是什么？\n\n    rung show history -m method=INVITE dst=assistant" },
			why = { "Each entry ends with `index=`: read that of the entry that has a Reason.",
				zh = "每个条目末尾有 `index=`：读带 Reason 的那个条目的。" },
			hint = { "In History-Info of `dst=assistant` one URI has a `?` in it.",
				zh = "`dst=assistant` 的 History-Info 中有一个 URI 带 `?`。" } },
		{ text = { "mp", "mp=1" },
			rule = "history-added",
			wrong = {
				{ { "rc", "rc=1" }, why = { "That one is for the same user: Bob at his phone.", zh = "它写在用户不变之处：Bob 在他的话机上。" } },
				{ { "index", "index=1.2" }, why = { "All entries have it; it says where they are in the tree.", zh = "每个条目都有它；它说明在树中的位置。" } },
			},
			records = forwarded,
			ask = { "By which parameter does the assistant's entry say that she is another user than the one before (RFC 7044, section 10.1)?\n\n    rung show history -m method=INVITE dst=assistant",
				zh = "助理的条目用哪个参数说明她是另一个用户，不是之前那个（RFC 7044 第 10.1 节）？\n\n    rung show history -m method=INVITE dst=assistant" },
			why = { "It is after the index of the last entry.",
				zh = "它写在最后一个条目的索引之后。" },
			hint = { "RFC 7044 5 lists the parameters and what each says about the user: which of them does the last entry of `INVITE@proxy#2` have, and the one before it not?",
				zh = "RFC 7044 5 列出那里可以写什么，以及各自对用户的说明：`INVITE@proxy#2` 的最后一个条目有其中哪一个，而前一个条目没有？" } },
	},
}

task {
	number = function(t) return tonumber(forwarded(t):header("History-Info"):match "cause%%3D(%d+)") end,
	rule = "history-added",
	wrong = {
		{ 302, why = { "Nobody redirected; the phone refused.", zh = "没有重定向；是话机拒绝了。" } },
		{ 181, why = { "That is what the proxy sends to Alice; the reason is the response of Bob's phone.", zh = "那是代理服务器告诉 Alice 的；原因是 Bob 的话机所说的。" } },
	},
	why = { "Look in History-Info for `Reason`, which is escaped: its cause is the status from Bob's phone.",
		zh = "在 History-Info 中找以转义形式写出的 `Reason`：它的 cause 是 Bob 的话机返回的状态码。" },
	records = function(t) return { forwarded(t), t:first "status=486 kind=send" } end,
	hint = { "In History-Info of `INVITE@proxy#2` (RFC 7044 9.2) the `Reason` is a header field within a URI, so `;` is written as `%3B` and `=` as `%3D` (RFC 3261 19.1.1).",
		zh = "`INVITE@proxy#2` 的 History-Info（RFC 7044 9.2）中，`Reason` 是 URI 中的头字段，所以其中 `;` 写作 `%3B`，`=` 写作 `%3D`（RFC 3261 19.1.1）。" },
	others = {
		{ text = { "user-busy", "reason=user-busy" },
			rule = "diversion-added",
			wrong = {
				{ { "486", "cause=486" }, why = { "That is in History-Info; Diversion has its own word.", zh = "History-Info 这样写；Diversion 有自己的词。" } },
				{ { "unconditional", "no-answer" }, why = { "That would be for another kind of forwarding.", zh = "那是说另一种前转的。" } },
			},
			records = forwarded,
			ask = { "Which reason does Diversion contain?\n\n    rung show history -m method=INVITE dst=assistant",
				zh = "Diversion 写的原因是什么？\n\n    rung show history -m method=INVITE dst=assistant" },
			why = { "It is a parameter after Bob's address.",
				zh = "它是 Bob 的地址之后的参数。" },
			hint = { "The last header field of `INVITE@proxy#2`; RFC 5806 has a list of reasons.",
				zh = "看 `INVITE@proxy#2` 的最后一个头字段；RFC 5806 有原因的清单。" } },
		{ number = function(t) return t:first("dst=alice kind=send", function(r) return r.status and r.status > 100 end).status end,
			rule = "proxy-181",
			wrong = {
				{ 486, why = { "Bob's phone sends that to the proxy, which does not forward it.", zh = "那是 Bob 的话机对代理服务器说的，没有传出去。" } },
				{ 180, why = { "That comes when the assistant's phone rings.", zh = "那在助理的话机振铃时才到。" } },
				{ 302, why = { "Then her phone would have to send a new INVITE.", zh = "那样她的话机就要重新呼叫。" } },
				{ 100, why = { "That is sent for every INVITE, at once.", zh = "对每个 INVITE 都立即这样说。" } },
			},
			records = function(t) return t:all "dst=alice kind=send to=1.1s" end,
			ask = { "By which status does the proxy tell Alice's phone that the call is forwarded?\n\n    rung show history dst=alice kind=send",
				zh = "代理服务器用哪个状态码告诉 Alice 的话机，呼叫转到了别处？\n\n    rung show history dst=alice kind=send" },
			why = { "It is sent when Bob's phone has rejected the call, before anything rings.",
				zh = "在 Bob 的话机拒绝之后、振铃之前发出。" },
			hint = { "Read `dst=alice kind=send to=1.1s` from its 100 on; RFC 3261 21.1 lists the provisional ones.",
				zh = "读 `dst=alice kind=send to=1.1s`，从 100 开始；临时响应的清单见 RFC 3261 21.1。" } },
	},
}

task {
	choice = {
		{ "Every response carries all the request's fields back.", zh = "每个响应都带回请求的全部字段。", rule = "history-told",
			why = { "Only Via, From, To, Call-ID and CSeq are copied to every response.", zh = "只有 Via、From、To、Call-ID 和 CSeq 会自动返回。" } },
		{ "Her INVITE asks for it, by Supported: histinfo.", right = true, rule = "history-told",
			zh = "她用 Supported: histinfo 要求它。" },
		{ "The assistant wants her to know, and puts it into the 200.", zh = "助理想让她知道，把它写进了 200。", rule = "history-told",
			why = { "The assistant's 200 has no such field; the proxy adds it.", zh = "助理的 200 没有这个字段；是代理服务器加上的。" } },
		{ "She is a user of the proxy's own domain, who may know.", zh = "她是该代理服务器本域的用户，可以知道。", rule = "history-told",
			why = { "She belongs to atlanta.example.com, and the proxy to biloxi.example.com.", zh = "她属于 atlanta.example.com，代理服务器属于 biloxi.example.com。" } },
	},
	points = 2,
	records = function(t) return { t:first "method=INVITE src=alice kind=send", t:first "status=200 cseq=INVITE dst=alice kind=send" } end,
}

task {
	build = {
		{ "the assistant answers the call", zh = "助理接听呼叫",
			function(t)
				local r = t:first "status=200 cseq=INVITE src=assistant kind=send"
				return r ~= nil, r
			end },
		{ "Bob's phone receives nothing of it", zh = "Bob 的话机没有收到任何消息",
			function(t) return t:count "method=INVITE dst=bob kind=send" == 0 end, rule = "service-forward" },
		{ "Diversion says reason=unconditional", zh = "Diversion 写着 reason=unconditional",
			function(t)
				local r = forwarded(t)
				local d = r and r:header "Diversion"
				return d ~= nil and d:find("reason=unconditional", 1, true) ~= nil and
				    d:find("sip:bob@biloxi.example.com", 1, true) ~= nil, r
			end, rule = "diversion-added" },
	},
	points = 3,
}
