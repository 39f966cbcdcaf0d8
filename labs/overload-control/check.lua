-- The tasks of overload-control; their texts are in README.md.
lesson { minutes = 50, level = 3 }
vary { "alice--px.jitter=80ms..120ms:10ms", "seed=1..40:1" }

-- The first decision of that node by that rule.
local function decision(t, node, rule)
	return t:first("kind=route node=" .. node .. " rule=" .. rule)
end

-- The most that north asks to keep back, in percent, and the record.
local function most(t)
	local oc, record = 0, nil
	for _, r in ipairs(t:all "kind=route node=north rule=overload-asks") do
		if r.oc > oc then
			oc, record = r.oc, r
		end
	end
	return oc, record
end

-- Has the call of INVITE r, one of Alice's, an answer of that status?
local function has(t, r, status)
	return t:first("dst=alice kind=send cseq=INVITE status=" .. status, function(a) return a.call_id == r.call_id end) ~= nil
end

task {
	number = function(t) return t:count "status=503 kind=send src=north" end,
	unit = { "INVITEs", zh = "个 INVITE" },
	rule = "proxy-rate",
	why = { "Count the 503 that `north` sends to `px`, not those that go to Alice.",
		zh = "数 `north` 发给 `px` 的 503，不是发给 Alice 的。" },
	records = function(t) return t:first "status=503 kind=send src=north" end,
	hint = { "`status=503 src=north dst=px kind=send` leaves those out that go to Alice.", zh = "`status=503 src=north dst=px kind=send` 去掉发给 Alice 的。" },
}

task {
	number = function(t) return (most(t)) end,
	tolerance = 0.5,
	unit = { "%", zh = "%" },
	points = 2,
	rule = "overload-asks",
	why = { "Look at all reports of `north`, not only at the first: each new one is a `route` record with `oc`, and is in the top Via of the next responses of `north`.",
		zh = "看 `north` 的每一次要求，不只是第一次：新的要求是一条带 `oc` 的 `route` 记录，也写在 `north` 此后的响应最上面的 Via 中。" },
	records = function(t) return select(2, most(t)) end,
	hint = { "`kind=route node=north rule=overload-asks` has each new report; the first is not the largest.", zh = "`kind=route node=north rule=overload-asks` 列出每次新的要求；第一次不是最大的。" },
}

task {
	find = {
		node = "px",
		rule = "overload-obeyed",
		record = function(t) return decision(t, "px", "overload-obeyed") end,
	},
	points = 3,
	why = { "Look at what is decided after a reduction was requested: which record says why a request is not forwarded? `rung explain` with its number names the rule.",
		zh = "看提出要求之后的各个决定：哪条记录说明请求为什么不再往前？用它的编号运行 `rung explain`，会给出规则。" },
	hint = { "`px` can obey only after the request: look from the first of `kind=route node=north rule=overload-asks` on in `kind=route node=px from=2s to=3.5s`, for a line that names a status and no next hop.",
		zh = "`px` 被要求之后才会照办：从 `kind=route node=north rule=overload-asks` 的第一条起，在 `kind=route node=px from=2s to=3.5s` 中找写着状态码而没有下一跳的行。" },
	others = {
		{ find = { node = "north", rule = "overload-asks", record = function(t) return decision(t, "north", "overload-asks") end }, rule = "overload-asks",
			ask = { "Find the record in which `north` asks for the first time to hold requests back: `node=… rule=… record=…`.\n\n    rung show overload-control kind=route node=north", zh = "找出 `north` 第一次要求扣下一部分请求的记录：`node=… rule=… record=…`。\n\n    rung show overload-control kind=route node=north" },
			why = { "An overloaded server decides that by itself: one record names a percentage. `rung explain` with its number names the rule.", zh = "请求太多的服务器自己作出这个决定：有一条记录写明比例。用它的编号运行 `rung explain`，会给出规则。" },
			hint = { "Half a second of counting comes before it. In `kind=route node=north from=2s to=3s` most lines name a next hop: which is the first that names a percentage?",
				zh = "在它之前要先统计半秒。`kind=route node=north from=2s to=3s` 中大多数行写的是下一跳：第一个写比例的是哪一行？" },
			records = function(t) return decision(t, "north", "overload-asks") end },
		{ find = { node = "north", rule = "proxy-rate", record = function(t)
			local r = t:first "status=503 kind=send src=north"
			return { r, r:arrival() }
		end }, rule = "proxy-rate",
			ask = { "Find the first 503 by which `north` itself rejects an INVITE: `node=… rule=… record=…`.\n\n    rung show overload-control status=503", zh = "找出 `north` 自己拒绝 INVITE 的第一个 503：`node=… rule=… record=…`。\n\n    rung show overload-control status=503" },
			why = { "It goes to `px`, not to Alice; `rung explain` with its number names the rule.", zh = "它发给 `px`，不是发给 Alice；用它的编号运行 `rung explain`，会给出规则。" },
			hint = { "Begin with `status=503 src=north`, and explain the first record there.", zh = "从 `status=503 src=north` 看起，对第一条记录用 explain。" },
			records = function(t) return t:first "status=503 kind=send src=north" end },
	},
}

task {
	choice = {
		{ "It can't know how long the overload of the sites will last.", zh = "它无法知道站点的过载会持续多久。",
			why = { "It knows for how long each report is valid: oc-validity.", zh = "它知道每次的要求有效多久：oc-validity。" } },
		{ "Who obeys a Retry-After sends nothing at all; a share is to be kept back.", right = true,
			zh = "Retry-After 会让一切停止发送；这里只扣下一部分。" },
		{ "A proxy may never put a Retry-After into a 503 of its own.", zh = "代理服务器自己产生的 503 中一律不得带 Retry-After。",
			why = { "It may, if there is no overload control (RFC 3261 21.5.4; lab overloaded).",
				zh = "没有过载控制时可以（RFC 3261 第 21.5.4 节；实验 overloaded）。" } },
		{ "Alice's phone takes no part in overload control, so it would not understand it.",
			zh = "Alice 的话机不参与过载控制，所以看不懂它。",
			why = { "Retry-After is much older than that, and any phone knows it.", zh = "Retry-After 早得多，任何话机都懂。" } },
	},
	points = 2,
	rule = "server-rests",
	hint = { "RFC 3261 21.5.4 says what a client does that gets a Retry-After: what would a whole company do whose proxy is told \"not for ten seconds\"?",
		zh = "客户端收到 Retry-After 时怎样做，见 RFC 3261 21.5.4：如果一家公司的代理服务器得到“十秒内不要再来”，整个公司会怎样？" },
}

task {
	choice = {
		{ "It is as good as with both: whoever is rejected by one site finds the other one free.",
			zh = "与两个站点都参与一样好：被一个站点拒绝的呼叫会发现另一个是空闲的。",
			why = { "Both are fully loaded; what one is spared the other must handle. Look at the delay.",
				zh = "两个站点都已满负荷；一个省下的由另一个承担。请看时延。" } },
		{ "South gets what North is spared, on a full line where INVITEs wait and are sent again.", right = true,
			zh = "北站省下的都到了南站，在占满的线路上 INVITE 要等待，因此被重传。" },
		{ "It is as bad as with neither, since overload control needs all servers of a network.",
			zh = "与都不参与一样糟，因为过载控制要求网络中的所有服务器都参与。",
			why = { "It works between two neighbours; the delay is shorter than with neither.", zh = "它只是两个邻居之间的事；时延比都不参与时短。" } },
		{ "px also holds back what is for South: the word of one site counts for both.",
			zh = "px 把去南站的也扣下：一个站点的要求对两个都有效。",
			why = { "A report counts only for the address that it came from (RFC 7339 5.4).", zh = "要求只对它来自的地址有效（RFC 7339 第 5.4 节）。" } },
	},
	points = 2,
	rule = "ict-timer-a",
	hint = { "See by `method=INVITE src=px dst=south kind=send` which line the second INVITE of a call uses; RFC 3261 17.1.1.2 says what `px` does while it gets no response there.",
		zh = "从 `method=INVITE src=px dst=south kind=send` 看一个呼叫的第二个 INVITE 走哪条线路；`px` 在其上什么也没有收到时怎样做，见 RFC 3261 17.1.1.2。" },
	ahead = function() end,
}

task {
	goal = {
		{ "px holds at least three calls back", zh = "px 至少扣下三个呼叫",
			function(t)
				local n, first = 0, nil
				for _, r in ipairs(t:all "status=503 kind=send src=px dst=alice") do
					n = n + 1
					first = first or r
				end
				return n >= 3, first
			end, rule = "overload-obeyed" },
		{ "at least four calls have a Resource-Priority, after the first one was held back",
			zh = "在第一个呼叫被扣下之后，至少有四个呼叫带有 Resource-Priority",
			function(t)
				local kept, n = decision(t, "px", "overload-obeyed"), 0
				for _, r in ipairs(t:all "method=INVITE kind=send src=alice") do
					if kept and r.time > kept.time and r:header "Resource-Priority" then
						n = n + 1
					end
				end
				return n >= 4
			end },
		{ "each of these is answered", zh = "这些呼叫都被接听",
			function(t)
				local n, all = 0, true
				for _, r in ipairs(t:all "method=INVITE kind=send src=alice") do
					if r:header "Resource-Priority" then
						n = n + 1
						all = all and has(t, r, 200)
					end
				end
				return n > 0 and all
			end },
	},
	points = 3,
	hint = { "An action takes header fields by name (docs/SCENARIO.md): `headers = \"Resource-Priority: …\"`.",
		zh = "动词可以带头字段（docs/SCENARIO.md）：`headers = \"Resource-Priority: …\"`。" },
}
