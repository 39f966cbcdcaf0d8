-- The tasks of early-dialogs; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "alice--lan.delay=2ms..20ms:2ms", "seed=1..999:1" }

local function to_tag(r)
	return r:header("To"):match "tag=([^;]+)"
end

-- The phone whose To tag the 199 has.
local function ended(t)
	local tag = to_tag(t:first "status=199")
	for _, r in ipairs(t:all "status=1xx kind=send dst=px") do
		if to_tag(r) == tag then return r.src end
	end
end

-- The end of the early dialog that lasts longest at Alice's phone.
local function last_end(t)
	return t:last "kind=dialog node=alice left=early into=terminated"
end

local function answered(t)
	return t:first "status=200 cseq=INVITE kind=recv node=alice"
end

task {
	number = function(t)
		return t:count "kind=dialog node=alice to=2s into=early"
	end,
	unit = { "early dialogs", zh = "个早期对话" },
	rule = "dialog-uac",
	wrong = {
		{ 1, why = { "One call, one Call-ID; but each To tag makes a dialog of its own.",
			zh = "一个呼叫，一个 Call-ID；但每个 To tag 各建立一个对话。" } },
		{ 2, why = { "A session description is not needed for a dialog: the 180 makes one, too.",
			zh = "建立对话不需要会话描述：180 也建立一个。" } },
		{ 0, why = { "A dialog begins with the first answer that has a To tag, not with the 200.",
			zh = "对话从第一个带 To tag 的响应开始，而不是从 200 开始。" } },
	},
	why = { "Count the different To tags of the provisional responses that have reached Alice's phone by then.",
		zh = "数到那时为止到达 Alice 的话机的临时响应中不同的 To tag。" },
	records = function(t) return t:all "kind=dialog node=alice to=2s" end,
}

task {
	choice = {
		{ "A 486 speaks of the server alone, and not of Bob's phones.", zh = "486 说的只是服务器，不是 Bob 的话机。",
			why = { "It speaks of the desk phone; of servers a 503 does.", zh = "它说的是桌面话机；说服务器的是 503。" } },
		{ "It would end Alice's whole call, though two phones still ring.",
			zh = "它会结束整个呼叫，而两部话机还在振铃。", right = true },
		{ "It has to wait first until Alice's phone has sent its ACK.", zh = "它要先等 Alice 的话机发送 ACK。",
			why = { "It has acknowledged the 486 itself, hop by hop.", zh = "它自己逐跳确认了 486。" }, rule = "ict-ack" },
		{ "It drops all answers but the best, which the 486 is not.",
			zh = "除了最好的，它丢弃所有响应，而 486 不是最好的。",
			why = { "It keeps the 486: were nobody to answer, that could be the best.",
				zh = "它保留着 486：如果没有人接听，它可能就是最好的。" }, rule = "proxy-final" },
	},
	rule = "proxy-final",
	records = function(t) return { t:get "486@desk", t:first "status=199" } end,
}

task {
	text = ended,
	rule = "proxy-199",
	wrong = {
		{ "px", why = { "The proxy sends it, with a tag that is not its own.", zh = "代理服务器发送它，但 tag 不是自己的。" } },
		{ "mobile", why = { "That one is answered two seconds later.", zh = "两秒后它被接听。" } },
		{ "home", why = { "That one goes on ringing.", zh = "它还在振铃。" } },
	},
	why = { "Read the To tag of the 199 and look for the phone whose 180 or 183 has the same.",
		zh = "读 199 的 To tag，找出 180 或 183 带有同一 tag 的话机。" },
	records = function(t) return t:first "status=199" end,
}

task {
	text = { "199", "Supported: 199" },
	rule = "proxy-199",
	wrong = {
		{ "100rel", why = { "That is for provisional responses that are acknowledged.", zh = "那是用于需要确认的临时响应。" } },
		{ "Supported", why = { "That is the field; which of its tags?", zh = "那是字段；是其中的哪个选项标签？" } },
	},
	why = { "Read Supported in her INVITE: it lists several tags, and one is named as the response itself.",
		zh = "读她的 INVITE 的 Supported：它列出几个选项标签，其中一个与该响应同名。" },
	records = function(t) return t:get "INVITE@alice" end,
}

task {
	time = function(t) return last_end(t).time - answered(t).time end,
	wrong = {
		{ 0, why = { "The other phone's 200 ends no other early dialog at once: another 200 may still come.",
			zh = "一部话机的 200 并不立即结束其他早期对话：还可能再来一个 200。" } },
		{ function(t) return last_end(t).time end,
			why = { "That is the time of the run; count from the 200.", zh = "那是运行的时刻；应从 200 算起。" } },
	},
	why = { "Take the record in which the last dialog of Alice's phone ends, less the arrival of the 200. The RFC says how long it waits for further 200s.",
		zh = "用 Alice 的话机最后一个对话结束的时刻减去 200 到达的时刻。RFC 规定了它为其他 200 等待多久。" },
	records = last_end,
}

task {
	goal = {
		{ "the desk phone refuses with 486", zh = "桌面话机以 486 拒绝",
			function(t)
				local r = t:first "status=486 kind=send src=desk"
				return r ~= nil, r
			end },
		{ "nobody sends a 199", zh = "没有人发送 199",
			function(t)
				local r = t:first "status=199"
				return r == nil, r
			end, rule = "proxy-199" },
		{ "the mobile phone is answered after that", zh = "之后手机被接听",
			function(t)
				local no, ok = t:first "status=486 kind=send src=desk", t:first "status=200 cseq=INVITE kind=send src=mobile"
				return no ~= nil and ok ~= nil and ok.time > no.time, ok
			end },
	},
	points = 3,
}
