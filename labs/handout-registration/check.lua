-- The tasks of handout-registration; their texts are in README.md.
lesson { minutes = 30, level = 1 }
vary { "alice--lan.delay=5ms..30ms:5ms", "seed=1..999:1" }

local function uri(value)
	return value and (value:match "<([^>]+)>" or value:match "^([^;]+)")
end

-- The method of the request that led to R.
local function begun_by(r)
	while r do
		if r.kind == "recv" and r.method and r.method:find "^%u+$" then return r.method end
		r = r.cause
	end
end

-- The first lookup of the address that an INVITE has in its header field NAME.
local function asked_for(t, name)
	return t:first("kind=lookup op=query,answer", function(q)
		return t:first("kind=send method=INVITE", function(r) return uri(r:header(name)) == q.aor end)
	end)
end

local function refused(t, name)
	return t:first("kind=bad node=reg", function(bad) return bad.cause.of.src == name end)
end

-- 1: Via is optional
task {
	find = {
		node = "reg",
		record = function(t) return { refused(t, "alice"), refused(t, "alice").cause } end,
	},
	why = { "Look for the record about Alice's first REGISTER where it arrives.",
		zh = "请找 Alice 的第一个 REGISTER 到达之处说了什么。" },
	records = function(t) return refused(t, "alice") end,
	hint = { "`kind=bad node=reg` has two records: which arrival is before each?",
		zh = "`kind=bad node=reg` 有两条记录：各自之前到达的是什么？" },
	others = {
		{ draw = "node=alice kind=send",
			rule = "nict-timer-e",
			ask = { "\"Via may be left out of a REGISTER: nobody passes it on.\" Draw the result: everything that Alice's phone and the registrar send each other, one line each, `alice -> reg REGISTER`.\n\n    rung show handout-registration node=alice kind=send",
				zh = "“REGISTER 可以没有 Via：反正没有人转发它。”画出后果：Alice 的话机与注册服务器互相发送的一切，每条一行，如 `alice -> reg REGISTER`。\n\n    rung show handout-registration node=alice kind=send" },
			hint = { "The first one that arrives is discarded (`kind=bad node=reg`): what does a phone do by RFC 3261 17.1.2.2 if it gets no response at all?",
				zh = "先到达的那个被丢弃（`kind=bad node=reg`）：按 RFC 3261 17.1.2.2，什么也没有收到的话机怎样做？" } },
		{ text = { "E", "Timer E", "定时器 E", "NICT E" },
			rule = "nict-timer-e",
			wrong = {
				{ { "A", "Timer A", "定时器 A" }, why = { "Timer A is for INVITE. What is it called for other requests?", zh = "A 用于 INVITE。对其他请求叫什么？" } },
				{ { "F", "Timer F", "定时器 F" }, why = { "That timer would have ended it, after 32 s.", zh = "那个会在 32 s 之后结束它。" } },
				{ { "K", "Timer K", "定时器 K" }, why = { "That timer starts only when the final response has arrived.", zh = "那个要等响应到来才启动。" } },
			},
			ask = { "\"Via may be left out of a REGISTER: nobody passes it on.\" The registrar does not answer Alice's first REGISTER. Which timer makes her phone retransmit it?\n\n    rung show handout-registration node=alice",
				zh = "“REGISTER 可以没有 Via：反正没有人转发它。”注册服务器对 Alice 的第一个不作任何回应。哪个定时器使她的话机重传它？\n\n    rung show handout-registration node=alice" },
			why = { "Look which timer fires at her phone at 0.5 s; RFC 3261 17.1.2.2.",
				zh = "看 0.5 s 时她的话机上什么到期；RFC 3261 17.1.2.2。" },
			hint = { "`REGISTER@alice#2` is the second one: `node=alice kind=timer op=fire to=1s` shows what is directly before it.",
				zh = "第二个是 `REGISTER@alice#2`：紧接在它之前的见 `node=alice kind=timer op=fire to=1s`。" } },
	},
}

-- 2: so are Call-ID and CSeq
task {
	find = {
		node = "reg",
		record = function(t) return { refused(t, "bob"), refused(t, "bob").cause } end,
	},
	why = { "Look for the record about Bob's first REGISTER where it arrives.",
		zh = "请找 Bob 的第一个 REGISTER 到达之处说了什么。" },
	records = function(t) return refused(t, "bob") end,
	hint = { "`kind=bad node=reg`: `rung explain` with the number of the one that came from Bob; RFC 3261 8.1.1.",
		zh = "`kind=bad node=reg`：对来自 Bob 的那条用 `rung explain`；RFC 3261 8.1.1。" },
	others = {
		{ draw = "node=bob kind=send",
			rule = "nict-timer-e",
			ask = { "\"Nor does a REGISTER need Call-ID and CSeq: it belongs to no call.\" Draw the result of that: everything that Bob's phone and the registrar send each other, one line each, `bob -> reg REGISTER`.\n\n    rung show handout-registration node=bob kind=send",
				zh = "“REGISTER 也不需要 Call-ID 和 CSeq：它不属于任何呼叫。”画出后果：Bob 的话机与注册服务器互相发送的一切，每条一行，如 `bob -> reg REGISTER`。\n\n    rung show handout-registration node=bob kind=send" },
			hint = { "Until when does Bob's phone get no response, and which timer fires before that? `node=bob kind=timer,recv to=1s`; the second one arrives complete.",
				zh = "Bob 的话机到什么时候为止什么也没有收到，在那之前什么到期了？看 `node=bob kind=timer,recv to=1s`；第二次到达的是完整的。" } },
		{ time = function(t) return t:first("kind=recv status=200 node=bob").time - t:first("kind=send method=REGISTER src=bob").time end,
			tolerance = 0.002,
			rule = "nict-timer-e",
			wrong = {
				{ 0.02, why = { "That would be the time if the first had been complete.", zh = "若第一个是完整的，才是这样。" } },
				{ 0.5, why = { "At that time it is retransmitted; the response must still arrive.", zh = "那时才重传；响应还没有到。" } },
			},
			ask = { "\"Nor does a REGISTER need Call-ID and CSeq: it belongs to no call.\" How long does it take until Bob's phone has its 200, counted from its first REGISTER?\n\n    rung show handout-registration node=bob",
				zh = "“REGISTER 也不需要 Call-ID 和 CSeq：它不属于任何呼叫。”从第一个 REGISTER 算起，Bob 的话机多久才得到 200？\n\n    rung show handout-registration node=bob" },
			why = { "Count from its first transmission to the arrival of the response at Bob's phone.",
				zh = "从第一次发送到响应到达 Bob 的话机。" },
			hint = { "`node=bob kind=recv`, and the interval T1 in RFC 3261 17.1.2.2.",
				zh = "`node=bob kind=recv`，以及 RFC 3261 17.1.2.2 中的间隔 T1。" } },
	},
}

-- 3: To names the registrar
task {
	run = {
		{ "a REGISTER whose To is a user is accepted", zh = "一个 To 为用户的 REGISTER 被接受",
			function(t)
				for _, r in ipairs(t:all "kind=send method=REGISTER") do
					if (uri(r:header "To") or ""):find "@" then
						for _, ok in ipairs(t:all("kind=send status=200 cseq=REGISTER dst=" .. r.src)) do
							if ok.branch == r.branch then return true, ok end
						end
					end
				end
				return false
			end },
		{ "the URI in To, not that of the registrar, is bound", zh = "绑定的是 To 中的 URI，而不是注册服务器的",
			function(t)
				for _, b in ipairs(t:all "kind=binding") do
					for _, r in ipairs(t:all "kind=send method=REGISTER") do
						if uri(r:header "To") == b.aor and b.aor:find "@" then return true, b end
					end
				end
				return false
			end, rule = "register-aor" },
	},
	key = "registration",
	rule = "register-aor",
	why = { "The run needs a REGISTER that is accepted; compare its first line, its To, and the binding that it creates.",
		zh = "这次运行里要有一个被接受的 REGISTER；比较它的首行、To 和由它产生的绑定。" },
	hint = { "`-m method=REGISTER` and `kind=binding`: whose address is bound, RFC 3261 10.2?",
		zh = "`-m method=REGISTER` 和 `kind=binding`：绑定的是谁的地址，RFC 3261 10.2？" },
}

-- 4: the location service knows where the caller is
task {
	run = {
		{ "the location of the callee is looked up for an INVITE", zh = "为了 INVITE，查询的是被叫的位置",
			function(t)
				return asked_for(t, "To")
			end, rule = "location-query" },
		{ "no node looks up the location of a caller", zh = "没有人查询主叫的位置",
			function(t)
				local asked = asked_for(t, "From")
				return asked == nil, asked
			end },
	},
	key = "two-proxies",
	rule = "location-query",
	why = { "The run needs a call for which a node looks up an address: whose is it, according to the lookup?",
		zh = "这次运行里要有一次查询地址的呼叫：从 lookup 记录看，查的是谁的地址？" },
	hint = { "Any lab in which a proxy looks up a user has `kind=lookup op=query`: is its address that of From or of To in the INVITE to which `rung explain` leads?",
		zh = "代理服务器查找用户的实验都有 `kind=lookup op=query`：它的地址是 `rung explain` 追溯到的 INVITE 中 From 的，还是 To 的？" },
}

-- Requests whose Contact is another than that of the first with their From.
local function second_contacts(t)
	local first, list = {}, {}
	for _, r in ipairs(t:all "kind=send proto=sip") do
		local from, contact = uri(r:header "From"), uri(r:header "Contact")
		if r.method and from and contact and contact:find "^sips?:" then
			first[from] = first[from] or contact
			if first[from] ~= contact then list[#list + 1] = r end
		end
	end
	return list
end

-- 5: Contact and From are the same, so one From has one Contact
task {
	run = {
		{ "two requests have one URI in From, and two in Contact", zh = "两个请求的 From 的 URI 相同，Contact 的不同",
			function(t)
				for _, r in ipairs(second_contacts(t)) do return true, r end
				return false
			end },
		{ "a later request goes directly to the second Contact: it is its Request-URI",
			zh = "之后有请求发往第二个：它成为 Request-URI",
			function(t)
				for _, r in ipairs(second_contacts(t)) do
					for _, later in ipairs(t:all "kind=send proto=sip") do
						local to = later.method and (later.text or ""):match "^%u+ (%S+) SIP/2.0"
						if later.seq > r.seq and to == uri(r:header "Contact") then return true, later end
					end
				end
				return false
			end, rule = "dialog-target",
			why = { "A binding, or a dialog, keeps the Contact until a request is sent there.",
				zh = "绑定或对话会保存 Contact，直到有人呼叫那里。" } },
	},
	key = "forking",
	rule = "dialog-target",
	why = { "The run needs two requests with one From and two Contacts, and a later request with the second in its first line.",
		zh = "这次运行里要有 From 相同而 Contact 不同的两个请求，以及之后一个首行为第二个 Contact 的请求。" },
	hint = { "`-m method=REGISTER`: which user registers more than one phone? RFC 3261 20.10 and 20.20 define the two.",
		zh = "`-m method=REGISTER`：谁注册了不止一部话机？RFC 3261 20.10 和 20.20 区分了两者。" },
}

-- 6: the registrar asks the location service for callers
task {
	run = {
		{ "a REGISTER makes the registrar store where a user is, and look up nobody",
			zh = "REGISTER 使注册服务器存储用户的位置，而不查询任何人",
			function(t)
				local stored = false
				for _, q in ipairs(t:all "kind=lookup") do
					if begun_by(q) == "REGISTER" then
						if q.op == "query" or q.op == "answer" then return false, q end
						stored = stored or q
					end
				end
				return stored ~= false, stored or nil
			end, rule = "location-store",
			why = { "Look at what a REGISTER causes: kind=lookup.",
				zh = "请看 REGISTER 引起了什么：kind=lookup。" } },
		{ "an INVITE makes a proxy or a redirect server look up where the callee is",
			zh = "INVITE 使代理服务器或重定向服务器查询被叫的位置",
			function(t)
				return t:first("kind=lookup op=query,answer", function(q) return begun_by(q) == "INVITE" end)
			end, rule = "location-query" },
	},
	key = "not-found",
	points = 2,
	rule = "location-query",
	why = { "The run needs a REGISTER and a call: look at the records of kind lookup, which request caused each, and whose address it is about.",
		zh = "这次运行里要有一个 REGISTER 和一次呼叫：看各条 lookup 记录由哪个请求引起，问的是谁的地址。" },
	hint = { "In a lab with a registration and a call through a proxy compare `kind=lookup op=query,answer` with the other records of `kind=lookup`: to which request does `rung explain` lead from each?",
		zh = "在有注册又有经代理服务器的呼叫的实验中，比较 `kind=lookup op=query,answer` 与其他 `kind=lookup` 记录：`rung explain` 从各条追溯到哪个请求？" },
}
