-- The tasks of python-registrar; their texts are in README.md.
lesson { minutes = 75, level = 3 }
vary { "bob.expires=500s..900s:20s", "lan--server.delay=2ms..20ms:1ms", "seed=1..999:1" }

local function answers(t)
	return t:all "status=200 cseq=REGISTER kind=send src=server dst=bob"
end

local function contacts(r)
	local n = 0
	while r:header("Contact", n + 1) ~= nil do n = n + 1 end
	return n
end

local function has_car(r)
	for i = 1, contacts(r) do
		if r:header("Contact", i):find("192.0.2.9", 1, true) then return true end
	end
	return false
end

local function number(r)
	return tonumber(r:header "CSeq":match "%d+")
end

local function seconds(r)
	local value = r and r:header "Contact"
	return value and tonumber(value:match "expires=(%d+)")
end

goal(function(t)
	return t:first("status=200 cseq=REGISTER kind=recv dst=bob", function(r) return contacts(r) > 0 end)
end, { "Bob's phone must hear that it is registered", zh = "Bob 的话机应得知它已注册" })

-- What Bob's phone asks last for the car is a minute.
goal(function(t)
	local filter = "status=200 cseq=REGISTER kind=send src=server dst=bob"
	local asked = t:last("method=REGISTER kind=send src=bob", has_car)
	local told = asked and t:first(filter, function(r) return number(r) == number(asked) end)
	local long = told and t:first(filter, function(r)
		return number(r) > number(asked) and r.time > told.time + 61 and has_car(r)
	end)
	return long == nil, long
end, { "A binding that was shortened must not become longer again", zh = "已缩短的绑定不应再变长" })

goal(function(t)
	local last = t:last "status=200 cseq=REGISTER kind=recv dst=bob"
	return last == nil or contacts(last) == 0, last
end, { "In the end nothing may be left of what was removed", zh = "最后，被取消的绑定应一个也不剩" })

task {
	choice = {
		{ "Both Contacts, that of the car with `expires=0`, as one which has gone.", zh = "两个 Contact，车里的那一个带 `expires=0`，表示它已离开。",
			why = { "A phone uses a parameter of 0 to remove a binding. The list contains what exists.", zh = "参数为 0 是话机请求取消时用的。列表中只有现存的绑定。" } },
		{ "The Contact of Bob's own phone, with the seconds that it has left.", zh = "Bob 自己的话机的 Contact，带它剩余的秒数。", right = true },
		{ "No Contact whatever, because the query itself has named none of them.", zh = "一个 Contact 也没有，因为询问本身没有提到任何一个。",
			why = { "Then a query would be useless. A REGISTER without Contact changes nothing, and its response lists the bindings.", zh = "那样就无法询问了。不提 Contact 的 REGISTER 不改变什么，而应答说明有哪些绑定。" } },
		{ "Both, each with the seconds that its phone was granted when it had asked.", zh = "两个都有，各带当初准许它的秒数。",
			why = { "The time of a binding runs down: the list has the remaining time.", zh = "绑定的时间也在流逝：列表说明此刻还剩多少。" } },
	},
	rule = "register-listed",
	hint = { "RFC 3261 10.3, step 8, says what a 200 to a REGISTER lists; it is the third from the end of `cseq=REGISTER src=server`.", zh = "REGISTER 的 200 列出什么，见 RFC 3261 第 10.3 节第 8 步；它是 `cseq=REGISTER src=server` 中倒数第三条。" },
	ahead = true,
}

task {
	number = function(t) return seconds(answers(t)[5]) end,
	unit = { "seconds", zh = "秒" },
	wrong = {
		{ function(t) return seconds(answers(t)[1]) end,
			why = { "That is what was granted at the start. The query comes two minutes later.", zh = "那是最初准许的时间。询问在两分钟之后。" } },
		{ function(t) return seconds(answers(t)[4]) end,
			why = { "That is in the response to the first query. There is another one.", zh = "那是第一次询问得知的。还有一次。" } },
	},
	why = { "The parameter `expires` of the Contact 192.0.2.1, in the fifth 200 that the registrar sends.",
		zh = "注册服务器发送的第五个 200 中，Contact 192.0.2.1 的参数 `expires`。" },
	records = function(t) return answers(t)[5] end,
	hint = { "Of `status=200 src=server` it is the last that lists a Contact before Bob's phone removes its own.", zh = "在 `status=200 src=server` 中，它是 Bob 取消绑定之前列出 Contact 的最后一个。" },
}

task {
	agent = {
		{ "The 200 has Bob's Contact, with the remaining seconds", zh = "200 中有 Bob 的 Contact，带它剩余的秒数",
			function(t)
				local r = answers(t)[1]
				local time = seconds(r)
				return time ~= nil and time <= 900 and r:header "Contact":find("192.0.2.1", 1, true) ~= nil, r
			end },
		{ "A query gets both bindings", zh = "询问时得知两个绑定",
			function(t)
				local r = answers(t)[4]
				return r ~= nil and contacts(r) == 2, r
			end,
			why = { "A REGISTER without Contact changes nothing; its 200 lists all bindings (10.3, step 8).", zh = "没有 Contact 的 REGISTER 不改变什么；它的 200 列出所有绑定（第 10.3 节第 8 步）。" } },
		{ "A minute later only Bob's own is left", zh = "一分钟之后只剩 Bob 自己的",
			function(t)
				local r = answers(t)[5]
				return r ~= nil and contacts(r) == 1 and r:header "Contact":find("192.0.2.1", 1, true) ~= nil, r
			end,
			why = { "`now` of the event is the time; an expired binding does not count.", zh = "事件的 `now` 是当前时间；到期的绑定不再存在。" } },
		{ "The header field Expires has the same effect as `expires`", zh = "头字段 Expires 中的时间与参数 `expires` 一样有效",
			function(t)
				local all = answers(t)
				local time = seconds(all[2])
				return #all == 3 and time ~= nil and time <= 70 and contacts(all[3]) == 0, all[2]
			end,
			set = "bob.busy=true",
			why = { "If a Contact has no `expires`, the header field Expires is its time (10.3, step 7).", zh = "Contact 没有 `expires` 时，头字段 Expires 就是它的时间（第 10.3 节第 7 步）。" } },
		{ "What was removed is gone", zh = "被取消的绑定不再存在",
			function(t)
				local all = answers(t)
				return #all == 7 and contacts(all[6]) == 0 and contacts(all[7]) == 0, all[7]
			end },
		program = "registrar.py",
		node = "server",
		points = 4,
		refuses = { good = "method=REGISTER src=bob dst=server kind=send",
			{ "extension", 420 },
			{ "method", 405 },
			{ "scheme", 416 },
			{ "star-beside", 400 },
			{ "star-time", 400 },
			{ "hops-word", 400 },
			points = 2,
		},
		survives = { "drop,double,late,overtaken", runs = 48, points = 2 },
	},
	hint = { "Use a dictionary in the program for the bindings; store for each when it expires, `event[\"now\"] + seconds`.",
		zh = "程序中的字典保存它得知的内容；每个绑定记住到期的时刻，即 `event[\"now\"] + 秒数`。" },
}
