-- The tasks of handout-dialogs; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "bob.answer=1000ms..4000ms:500ms", "bob.progress=180,183,none", "seed=1..999:1" }

-- 1: BYE without a To tag
task {
	find = {
		node = "bob",
		rule = { "dialog-none" },
		record = function(t) return t:first "kind=send status=481 src=bob" end,
	},
	points = 2,
	why = { "What is the response to Alice's BYE, as it arrives?",
		zh = "Alice 的 BYE 到达时，对方怎样响应？" },
	records = function(t) return t:first "kind=send status=481 src=bob" end,
	hint = { "`cseq=BYE from=6s`: what does Bob's phone send, and what does `rung explain` say about it? RFC 3261 12.2.2.",
		zh = "`cseq=BYE from=6s`：Bob 的话机怎样回答，`rung explain` 又怎样解释？RFC 3261 12.2.2。" },
	others = {
		{ draw = "cseq=BYE kind=send",
			rule = "dialog-request",
			ask = { "\"In BYE, INFO and re-INVITE the To is that of the first INVITE, without a tag.\" Draw the result in this run, both BYEs with their responses, one line each, `alice -> bob BYE`.\n\n    rung show handout-dialogs cseq=BYE",
				zh = "“BYE、INFO 和 re-INVITE 的 To 与最初的 INVITE 相同，没有 tag。”画出这次运行中的后果，即两个 BYE 及其响应，每条一行，如 `alice -> bob BYE`。\n\n    rung show handout-dialogs cseq=BYE" },
			hint = { "The first BYE arrives without its tag (RFC 3261 12.2.2): is the call over for Bob then? `node=bob kind=call from=6s` shows it.",
				zh = "第一个 BYE 到达时没有 tag（RFC 3261 12.2.2）：那么对 Bob 来说呼叫结束了吗？看 `node=bob kind=call from=6s`。" } },
		{ find = {
				node = "alice",
				record = function(t) local r = t:first "kind=send status=200 cseq=BYE src=alice" return { r, r:arrival() } end,
			},
			records = function(t) return t:first "kind=send status=200 cseq=BYE src=alice" end,
			ask = { "\"In BYE, INFO and re-INVITE the To is that of the first INVITE, without a tag.\" In this run one BYE has a tag in To, and is accepted. Find which node accepts it, and in which record: `node=… record=…`.\n\n    rung show handout-dialogs -m method=BYE",
				zh = "“BYE、INFO 和 re-INVITE 的 To 与最初的 INVITE 相同，没有 tag。”在这次运行中有一个 BYE 的 To 带 tag，并被接受。找出由谁、在哪条记录中接受：`node=… record=…`。\n\n    rung show handout-dialogs -m method=BYE" },
			why = { "It is not the first BYE of the run; which node gets the other one?",
				zh = "不是运行中的第一个 BYE；另一个由谁收到？" },
			hint = { "`status=200 cseq=BYE`, and RFC 3261 12.2.1.1 for the value of its To.",
				zh = "`status=200 cseq=BYE`；To 中写什么见 RFC 3261 12.2.1.1。" } },
	},
}

-- The dialogs that begin at a caller's before the 200, with a provisional
-- response: by node and name.
local function begun_early(t)
	local found, first = {}
	for _, d in ipairs(t:all "kind=dialog") do
		local cause = d.cause
		while cause and cause.kind ~= "recv" do cause = cause.cause end
		if d.from == "none" and d.to == "early" and cause and cause.status then
			found[d.node .. " " .. d.id] = d
			first = first or d
		end
	end
	return found, first
end

-- 2: from INVITE to 200 is called the dialog
task {
	run = {
		{ "a caller's dialog begins between its INVITE and the 200: with a provisional response",
			zh = "主叫的对话始于 INVITE 与 200 之间：从临时响应开始",
			function(t)
				local _, d = begun_early(t)
				return d ~= nil, d
			end, rule = "dialog-uac" },
		{ "that dialog lasts beyond the 200 to the INVITE, to the BYE",
			zh = "这个对话在 INVITE 的 200 之后继续存在，直到 BYE",
			function(t)
				local found, confirmed = begun_early(t), {}
				for _, d in ipairs(t:all "kind=dialog") do
					local name = d.node .. " " .. d.id
					if found[name] and d.to == "confirmed" then confirmed[name] = d end
					if confirmed[name] and d.to == "terminated" and d.time > confirmed[name].time and
					    t:first("kind=send cseq=BYE status=200 node=" .. d.node) then
						return true, d
					end
				end
				return false
			end, rule = "dialog-morgue" },
	},
	key = "direct-call",
	rule = "dialog-uac",
	why = { "The run needs a call that rings, is answered and ended; look at the records of kind dialog at the caller's phone: when does each begin and end?",
		zh = "这次运行里要有一次振铃、接听并挂断的呼叫；看主叫的 dialog 记录，各在何时开始和结束。" },
	hint = { "`kind=dialog` at the caller's phone: what is directly before the first, and what before the last?",
		zh = "主叫的 `kind=dialog`：第一条之前是什么，最后一条之前是什么？" },
}

-- 3: the same Call-ID is the same dialog
task {
	run = {
		{ "a node has two dialogs with the same Call-ID", zh = "一个节点有两个 Call-ID 相同的对话",
			function(t)
				local first = {}
				for _, d in ipairs(t:all "kind=dialog") do
					local name = d.node .. " " .. (d.call_id or "")
					local tags = (d.local_tag or "") .. " " .. (d.remote_tag or "")
					if d.call_id and first[name] and first[name] ~= tags then return true, d end
					if d.call_id then first[name] = first[name] or tags end
				end
				return false
			end, rule = "dialog-uac",
			why = { "More than one phone must answer one INVITE.",
				zh = "一个 INVITE 必须有多部话机响应。" } },
	},
	key = "forking",
	rule = "dialog-uac",
	why = { "The run needs one Call-ID with two dialogs at the same node; count the To tags in the responses to one INVITE.",
		zh = "这次运行里要有一个节点的两个对话具有同一 Call-ID；数一数对一个 INVITE 的响应的 To tag。" },
	hint = { "`kind=dialog` has an id of Call-ID and tags; which labs have more than one phone for an INVITE?",
		zh = "`kind=dialog` 的标识由 Call-ID 和 tag 组成；哪些实验中一个 INVITE 有不止一部话机？" },
}
