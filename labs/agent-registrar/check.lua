-- The tasks of agent-registrar; their texts are in README.md.
lesson { minutes = 75, level = 3 }
vary { "bob--lan.delay=2ms..20ms:1ms", "lan--agent.delay=2ms..20ms:1ms", "seed=1..999:1" }

local function answers(t)
	return t:all "status=200 cseq=REGISTER kind=send src=agent dst=bob"
end

local function contacts(r)
	local n = 0
	while r:header("Contact", n + 1) ~= nil do n = n + 1 end
	return n
end

goal(function(t)
	return t:first("status=200 cseq=REGISTER kind=recv dst=bob", function(r) return contacts(r) > 0 end)
end, { "Bob's phone must hear that it is registered", zh = "Bob 的话机应得知它已注册" })

local function has_second(r)
	for i = 1, contacts(r) do
		if r:header("Contact", i):find("192.0.2.9", 1, true) then return true end
	end
	return false
end

local function number(r)
	return tonumber(r:header "CSeq":match "%d+")
end

-- What Bob's phone asks last for the second one is a minute.
goal(function(t)
	local filter = "status=200 cseq=REGISTER kind=send src=agent dst=bob"
	local asked = t:last("method=REGISTER kind=send src=bob", has_second)
	local told = asked and t:first(filter, function(r) return number(r) == number(asked) end)
	local long = told and t:first(filter, function(r)
		return number(r) > number(asked) and r.time > told.time + 61 and has_second(r)
	end)
	return long == nil, long
end, { "A binding that was shortened must not become longer again", zh = "已缩短的绑定不应再变长" })

goal(function(t)
	local last = t:last "status=200 cseq=REGISTER kind=recv dst=bob"
	return last == nil or contacts(last) == 0, last
end, { "In the end nothing may be left of what was removed", zh = "最后，被取消的绑定应一个也不剩" })

task {
	choice = {
		{ "It accepts what it says: whoever asks last is right.", zh = "它照办：最后到达的请求说了算。",
			why = { "Then a binding that was removed would come back. Which fields show which of two requests was made first?", zh = "那样用户取消的绑定又会回来。哪个请求在先，由什么得知？" } },
		{ "It rejects it, and leaves the binding as it is.", zh = "它拒绝这个请求并保留绑定原样。", right = true },
		{ "It says 200, and gives the binding the longer time.", zh = "它应答 200，并让绑定取较长的时间。",
			why = { "Then the request that shortened it would have no effect. Nothing is merged.", zh = "那样缩短时间的请求就不起作用了。绑定从不合并。" } },
		{ "It keeps both, one next to the other, until later.", zh = "它把两个都保留，一个与另一个并存。",
			why = { "They are about the same Contact, and each Contact has one binding.", zh = "它们说的是同一个 Contact，而一个 Contact 只有一个绑定。" } },
	},
	rule = "register-order",
	hint = { "By RFC 3261 10.2 a phone counts its REGISTERs and keeps the Call-ID: compare `REGISTER@bob` and `REGISTER@bob#2`. What would their order be worth if the registrar ignored it?", zh = "按 RFC 3261 第 10.2 节，话机给自己的 REGISTER 编号，而 Call-ID 不变：比较 `REGISTER@bob` 与 `REGISTER@bob#2`。若注册服务器不理会这个次序，编号还有什么用？" },
	ahead = true,
}

local function first(t)
	return t:first "method=REGISTER kind=send src=bob"
end

task {
	text = function(t) return first(t).call_id end,
	points = 2,
	rule = "register-cseq",
	wrong = {
		{ function(t) return first(t):header("From"):match ";%s*tag=([^;%s]+)" end,
			why = { "A registrar does not look at tags: 10.3 compares another field, and CSeq.", zh = "注册服务器不看 tag：第 10.3 节比较的是另一个头字段和 CSeq。" } },
		{ { "Call-ID", "CSeq" },
			why = { "That is a field's name. What is its value?", zh = "那是头字段的名字。它的值是什么？" } },
	},
	why = { "Two fields show which of two REGISTERs is the later one (10.3, step 7): one counts them, and the other is the same in all.",
		zh = "由两个头字段得知两个 REGISTER 哪个在后（第 10.3 节第 7 步）：一个给它们编号，另一个在各个请求中都相同。" },
	records = first,
	hint = { "Put `REGISTER@bob` and `REGISTER@bob#2` side by side: step 7 of RFC 3261 10.3 names the field that has to be equal.",
		zh = "把 `REGISTER@bob` 与 `REGISTER@bob#2` 并排：RFC 3261 第 10.3 节第 7 步说明什么必须相等。" },
}

task {
	agent = {
		{ "The 200 has Bob's Contact, with the remaining seconds", zh = "200 中有 Bob 的 Contact，带它剩余的秒数",
			function(t)
				local r = answers(t)[1]
				local value = r and r:header "Contact"
				local time = value and tonumber(value:match "expires=(%d+)")
				return value ~= nil and value:find("192.0.2.1", 1, true) ~= nil and time ~= nil and time <= 600, r
			end },
		{ "A query gets both bindings", zh = "询问时得知两个绑定",
			function(t)
				local r = answers(t)[4]
				return r ~= nil and contacts(r) == 2, r
			end,
			why = { "A REGISTER without Contact changes nothing; its 200 lists all bindings (10.3, step 8).", zh = "没有 Contact 的 REGISTER 不改变什么；它的 200 列出所有绑定（第 10.3 节第 8 步）。" } },
		{ "A minute later only the first is left", zh = "一分钟之后只剩第一个",
			function(t)
				local r = answers(t)[5]
				return r ~= nil and contacts(r) == 1 and r:header("Contact"):find("192.0.2.1", 1, true) ~= nil, r
			end,
			why = { "`now()` is the time; an expired binding does not count.", zh = "`now()` 是当前时间；到期的绑定不再存在。" } },
		{ "The header field Expires has the same effect as `expires`", zh = "头字段 Expires 中的时间与参数 `expires` 一样有效",
			function(t)
				local all = answers(t)
				local value = all[2] and all[2]:header "Contact"
				local time = value and tonumber(value:match "expires=(%d+)")
				return #all == 3 and time ~= nil and time <= 70 and contacts(all[3]) == 0, all[2]
			end,
			set = "bob.busy=true",
			why = { "If a Contact has no `expires`, the header field Expires is its time (10.3, step 7).", zh = "Contact 没有 `expires` 时，头字段 Expires 就是它的时间（第 10.3 节第 7 步）。" } },
		{ "What was removed is gone", zh = "被取消的绑定不再存在",
			function(t)
				local all = answers(t)
				return #all == 7 and contacts(all[6]) == 0 and contacts(all[7]) == 0, all[7]
			end },
		program = "agent.lua",
		node = "agent",
		like = { "agent.program=", "agent.role=registrar location" },
		points = 5,
		refuses = { good = "method=REGISTER src=bob dst=agent kind=send",
			{ "extension", 420 },
			{ "method", 405 },
			{ "scheme", 416 },
			{ "star-beside", 400 },
			{ "star-time", 400 },
			{ "hops-word", 400 },
			points = 2,
		},
		survives = { "drop,double,late,overtaken", runs = 150, points = 4 },
	},
	hint = { "Use a table in the program for the bindings; store for each when it expires, `now() + seconds`.",
		zh = "程序中的表会保存它得知的内容；每个绑定记住到期的时刻，即 `now() + seconds`。" },
}
