-- The tasks of gb28181-catalogue; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "recorder--platform.delay=10ms..90ms:10ms", "seed=1..999:1" }

local function query(t)
	return t:first "kind=send method=MESSAGE src=platform"
end

local function refusal(t)
	return t:first "kind=send status=400 src=platform"
end

-- Pages that the platform has taken.
local function pages(t)
	return t:all("kind=recv method=MESSAGE dst=platform", function(r)
		local body = gb28181.read(r.body)
		return body ~= nil and body.CmdType == "Catalog"
	end)
end

task {
	number = 8,
	unit = { "cameras", zh = "路摄像机" },
	wrong = {
		{ 1, why = { "That is Num: so many are in this page.", zh = "那是 Num：这一页里的数目。" } },
		{ { 3, 4 }, why = { "So many pages there are; each says how many there are in all.", zh = "那是页数；每一页都说总数。" } },
	},
	why = { "It is an element beside the list.", zh = "它是列表旁边的一个元素。" },
	records = pages,
}

task {
	number = function(t) return #pages(t) end,
	unit = { "cameras", zh = "路摄像机" },
	wrong = {
		{ function(t) return #pages(t) + 1 end, why = { "One of these pages was not taken.", zh = "其中一页没有被接受。" } },
		{ 8, why = { "So many there should be.", zh = "本应有这么多。" } },
	},
	why = { "Count the pages that have got a 200.", zh = "数一数得到 200 的页。" },
	records = pages,
}

task {
	time = function(t) return refusal(t):arrival().time - query(t).time end,
	tolerance = "2ms",
	points = 2,
	wrong = {
		{ function(t) return refusal(t).time - query(t).time end, why = { "Then it is sent; when does it arrive?", zh = "那是发送的时刻；何时到达？" } },
	},
	why = { "Take the arrival of the 400, and the sending of the query.", zh = "取 400 到达的时刻和查询发出的时刻。" },
	records = function(t) return { query(t), refusal(t):arrival() } end,
}

task {
	choice = {
		{ "Its SN is none that the platform has asked with",
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
	hint = { "The reason phrase of the 400 says it.", zh = "400 的原因短语说明了这一点。" },
}

task {
	goal = {
		{ "All eight cameras come", zh = "八路摄像机都到达",
			function(t)
				local n = 0
				for _, r in ipairs(pages(t)) do n = n + #gb28181.read(r.body).DeviceList end
				return n == 8, pages(t)[1]
			end,
			why = { "Which of its settings cuts the name?", zh = "是哪个设置截断了名称？" } },
		{ "No page is refused", zh = "没有一页被拒绝", function(t) return refusal(t) == nil end },
	},
	points = 2,
}
