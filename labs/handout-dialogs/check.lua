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

-- 2: from INVITE to 200 is called the dialog
task {
	run = {
		{ "a caller's dialog begins later than its INVITE: with a response",
			zh = "主叫的对话晚于它的 INVITE：从响应开始",
			function(t)
				for _, d in ipairs(t:all "kind=dialog") do
					local cause = d.cause
					while cause and cause.kind ~= "recv" do cause = cause.cause end
					if d.from == "none" and cause and cause.status then return true, d end
				end
				return false
			end, rule = "dialog-uac" },
		{ "it lasts beyond the 200 to the INVITE, to the end of the call",
			zh = "它在 INVITE 的 200 之后继续存在，直到呼叫结束",
			function(t)
				for _, d in ipairs(t:all "kind=dialog") do
					if d.to == "confirmed" then
						for _, over in ipairs(t:all "kind=dialog") do
							if over.id == d.id and over.node == d.node and
								over.to == "terminated" and over.time > d.time then
								return true, over
							end
						end
					end
				end
				return false
			end, rule = "dialog-morgue" },
	},
	key = "direct-call",
	rule = "dialog-uac",
	why = { "The run needs a call that is answered and hung up; look at the records of kind dialog at the caller's, when each begins and ends.",
		zh = "这次运行里要有一次接听并挂断的呼叫；看主叫的 dialog 记录，各在何时开始和结束。" },
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
