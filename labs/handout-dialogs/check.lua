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
	why = { "What is said of the BYE that Alice has sent, as it arrives?",
		zh = "Alice 的 BYE 到达时，对方怎样响应？" },
	records = function(t) return t:first "kind=send status=481 src=bob" end,
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
	why = { "The run needs a call that rings, is answered and hung up; look at the records of kind dialog at the caller's, when each begins and ends.",
		zh = "这次运行里要有一次振铃、接听并挂断的呼叫；看主叫的 dialog 记录，各在何时开始和结束。" },
	hint = { "rung show LAB kind=dialog", zh = "rung show 实验 kind=dialog" },
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
			why = { "One INVITE has to be answered by more than one phone.",
				zh = "一个 INVITE 必须有多部话机响应。" } },
	},
	key = "forking",
	rule = "dialog-uac",
	why = { "The run needs one Call-ID with two dialogs at the same node; count To tags of the answers to one INVITE.",
		zh = "这次运行里要有一个节点的两个对话具有同一 Call-ID；数一数对一个 INVITE 的响应的 To tag。" },
}
