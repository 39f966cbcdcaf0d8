-- The tasks of gb28181-catalogue; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "recorder--platform.delay=10ms..90ms:10ms", "seed=1..999:1" }

local function query(t)
	return t:first "kind=send method=MESSAGE src=platform"
end

local function refusal(t)
	return t:first "kind=send status=400 src=platform"
end

-- The page that is refused.
local function refused(t)
	return t:first("kind=send method=MESSAGE src=recorder call=" .. refusal(t).call_id)
end

-- Pages that the platform has taken.
local function pages(t)
	return t:all("kind=recv method=MESSAGE dst=platform", function(r)
		local body = gb28181.read(r.body)
		return body ~= nil and body.CmdType == "Catalog"
	end)
end

task {
	number = function(t) return #pages(t) end,
	unit = { "cameras", zh = "路摄像机" },
	wrong = {
		{ function(t) return #pages(t) + 1 end, why = { "One of these pages was not accepted.", zh = "其中一页没有被接受。" } },
		{ 8, why = { "That is how many there should be.", zh = "本应有这么多。" } },
	},
	why = { "Count the pages that have got a 200.", zh = "数一数得到 200 的页。" },
	records = pages,
	ahead = true,
	hint = { "Each page has one camera; count the 200s in `cseq=MESSAGE src=platform kind=send from=2s`.",
		zh = "每页一路摄像机；数 `cseq=MESSAGE src=platform kind=send from=2s` 中的 200。" },
	others = {
		{
			number = function(t) return t:count("kind=send method=MESSAGE src=recorder from=2s") end,
			ahead = true,
			unit = { "messages", zh = "条消息" },
			wrong = {
				{ 8, why = { "It waits for a 200 that never arrives.", zh = "它等待的 200 始终没有来。" } },
				{ 3, why = { "The rejected one was sent as well.", zh = "被拒绝的那一页也发送了。" } },
			},
			why = { "Count those that were accepted, and the one that was not.",
				zh = "被接受的，再加没有被接受的那一页。" },
			hint = { "`400@platform` answers one of `src=recorder method=MESSAGE from=2s`: is that one counted, and does another follow it?",
				zh = "`400@platform` 响应 `src=recorder method=MESSAGE from=2s` 中的一个：它算不算，其后还有吗？" },
			ask = { "Before you look at the run: the fourth page will be rejected, and the recorder sends a page only after the 200 to the previous one. How many pages does it send?\n\n    rung show gb28181-catalogue 'cseq=MESSAGE kind=send'",
				zh = "先不看运行：第四页会被拒绝，而录像机要等上一页得到 200 才发下一页。它发送多少页？\n\n    rung show gb28181-catalogue 'cseq=MESSAGE kind=send'" },
		},
		{
			number = function(t) return 8 - #pages(t) end,
			ahead = true,
			unit = { "cameras", zh = "路摄像机" },
			wrong = {
				{ 4, why = { "The rejected one is missing as well.", zh = "被拒绝的那一路也缺。" } },
				{ 1, why = { "The pages after the rejected one are not sent.", zh = "被拒绝的之后的各页不再发送。" } },
			},
			why = { "Take the number of cameras of the recorder, minus the pages that were accepted.",
				zh = "用录像机拥有的数目减去被接受的页数。" },
			hint = { "`SumNum` in `src=recorder method=MESSAGE from=2s`, minus the pages with a 200.",
				zh = "用 `src=recorder method=MESSAGE from=2s` 中的 `SumNum` 减去得到 200 的页数。" },
			ask = { "Before you look at the run: the fourth page will be rejected, and the recorder sends a page only after the 200 to the previous one. How many of its cameras are missing from the platform's list at the end?\n\n    rung show gb28181-catalogue 'cseq=MESSAGE kind=send'",
				zh = "先不看运行：第四页会被拒绝，而录像机要等上一页得到 200 才发下一页。平台的列表最后缺少多少路摄像机？\n\n    rung show gb28181-catalogue 'cseq=MESSAGE kind=send'" },
		},
	},
}

task {
	find = {
		node = "recorder",
		record = function(t) return { refused(t), refused(t):arrival() } end,
	},
	why = { "Look at the MESSAGEs with pages and the response to each: the last one differs from the others.",
		zh = "看带各页的 MESSAGE 及其响应：最后一条的响应与其他的不同。" },
	records = refused,
	hint = { "Go back from `status=400` to the request that it answers, in `src=recorder method=MESSAGE`.",
		zh = "从 `status=400` 回到它所响应的请求，在 `src=recorder method=MESSAGE` 中。" },
	others = {
		{
			find = {
				node = "platform",
				record = function(t) return { query(t), query(t):arrival() } end,
			},
			why = { "It goes in the other direction than all the pages, and before them.",
				zh = "它与各页方向相反，并在它们之前。" },
			hint = { "Requests go in both directions: the recorder answers by a `Response`; the query is in `dst=recorder method=MESSAGE`.",
				zh = "两个方向都有请求：有摄像机的一方以 `Response` 应答，想知道的一方所问的在 `dst=recorder method=MESSAGE` 中。" },
			ask = { "Find the message that asks the recorder for its catalogue: `node=… record=…`.\n\n    rung show gb28181-catalogue 'cseq=MESSAGE kind=send'",
				zh = "找出询问录像机有些什么的那条消息：`node=… record=…`。\n\n    rung show gb28181-catalogue 'cseq=MESSAGE kind=send'" },
		},
		{
			find = {
				node = "recorder",
				record = function(t)
					local r = pages(t)[1]
					return { r, r.of }
				end,
			},
			why = { "It comes after the 200 to the query; what the recorder sent before is no answer.",
				zh = "它在对查询的 200 之后；此前同一方向的消息不是回答。" },
			hint = { "After 2 s, `src=recorder method=MESSAGE`: the MESSAGE before that is a keepalive.",
				zh = "2 s 之后的 `src=recorder method=MESSAGE`：此前的是保活。" },
			ask = { "Find the message with the first camera: `node=… record=…`.\n\n    rung show gb28181-catalogue 'cseq=MESSAGE kind=send'",
				zh = "找出带第一路摄像机的消息：`node=… record=…`。\n\n    rung show gb28181-catalogue 'cseq=MESSAGE kind=send'" },
		},
	},
}

task {
	time = function(t) return refusal(t):arrival().time - query(t).time end,
	tolerance = "2ms",
	points = 2,
	wrong = {
		{ function(t) return refusal(t).time - query(t).time end, why = { "That is when it is sent; when does it arrive?", zh = "那是发送的时刻；何时到达？" } },
	},
	why = { "Take the arrival of the 400, and the transmission of the query.", zh = "取 400 到达的时刻和查询发出的时刻。" },
	records = function(t) return { query(t), refusal(t):arrival() } end,
	hint = { "The time begins at `MESSAGE@platform`; `status=400` has two records, one at each end of the line.",
		zh = "从 `MESSAGE@platform` 开始；`status=400` 有两条记录，线路的两端各一条。" },
}

task {
	choice = {
		{ "Its SN is not one that the platform has asked with",
			zh = "它的 SN 不是平台查询时用的",
			why = { "All pages have the same SN.", zh = "各页的 SN 都相同。" } },
		{ "Its SumNum is less than what has come before it",
			zh = "它的 SumNum 小于此前到达的数目",
			why = { "It is the same in all pages.", zh = "各页都一样。" } },
		{ "Its name ends in the midst of a character", right = true,
			zh = "它的名称在一个字符中间结束" },
		{ "Its list is longer than a datagram may be",
			zh = "它的列表超过了数据报的长度",
			why = { "It has one camera, as the others have.", zh = "它和别的页一样只有一路摄像机。" } },
	},
	points = 2,
	hint = { "`400@platform` says what kind of error it is: compare `Name` in `MESSAGE@recorder#5` with the page before, byte by byte (`--layers`).", zh = "`400@platform` 说明是哪一类错误：把 `MESSAGE@recorder#5` 的 `Name` 与前一页逐字节比较（`--layers`）。" },
}

task {
	goal = {
		{ "All eight cameras arrive", zh = "八路摄像机都到达",
			function(t)
				local n = 0
				for _, r in ipairs(pages(t)) do n = n + #gb28181.read(r.body).DeviceList end
				return n == 8, pages(t)[1]
			end,
			why = { "Which of its settings cuts the name?", zh = "是哪个设置截断了名称？" } },
		{ "No page is rejected", zh = "没有一页被拒绝", function(t) return refusal(t) == nil end },
	},
	points = 2,
}
