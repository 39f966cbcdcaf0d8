-- The tasks of agent-redirect; their texts are in README.md.
lesson { minutes = 60, level = 3 }
vary { "car.answer=1000ms..3000ms:250ms", "lan--agent.delay=2ms..20ms:1ms", "seed=1..999:1" }

goal(function(t)
	return t:first "status=200 cseq=INVITE kind=recv src=car dst=alice"
end, { "Alice's phone must reach Bob in his car", zh = "Alice 的话机应接通 Bob 的车载电话" })

goal(function(t)
	return t:first "status=200 cseq=INVITE kind=recv src=carol dst=alice"
end, { "Alice's phone must reach Carol", zh = "Alice 的话机应接通 Carol" })

task {
	choice = {
		{ "It forwards the caller's BYE, and keeps the call's state till then.", zh = "它转发主叫的 BYE，并保留呼叫的状态到那时为止。",
			why = { "A server that must receive the BYE is a proxy that has added a Record-Route.", zh = "留在 BYE 路径上的是插入了 Record-Route 的代理服务器。" } },
		{ "It waits for the phones' answers, and forwards the best of them.", zh = "它等待各话机的响应，再把其中最好的一个传回去。",
			why = { "It never asks a phone: a forking proxy does.", zh = "它从不询问话机：那是分叉代理服务器做的事。" } },
		{ "It has its final answer acknowledged, and forgets about the call.", zh = "它的最终响应得到确认，此后它忘记这个呼叫。", right = true },
		{ "It sends the same INVITE again, to the first of the addresses it has.", zh = "它重新发送同一个 INVITE，发给它知道的第一个地址。",
			why = { "Its response sends the caller there: the server sends no request of its own.", zh = "它的响应让主叫去那里：它自己不发送请求。" } },
	},
	rule = "redirect-300",
	hint = { "RFC 3261 8.3 says what a redirect server keeps of a request; 17.2.1 says what its transaction waits for after a 3xx.", zh = "重定向服务器为请求保存什么，见 RFC 3261 第 8.3 节；3xx 之后它的事务还等什么，见第 17.2.1 节。" },
	ahead = true,
}

local function sent(t, filter)
	return t:first("kind=send src=agent dst=alice cseq=INVITE " .. filter)
end

-- The INVITE that a response of the agent answers.
local function to_of(t, user)
	return t:first("method=INVITE kind=send src=alice dst=agent text=sip:" .. user .. "@biloxi.example.com")
end

local function answer_to(t, user, status)
	local invite = to_of(t, user)
	local r = invite and sent(t, "status=" .. status .. " call=" .. invite.call_id)
	return r, invite
end

local function first_404(t)
	return t:first "status=404 cseq=INVITE kind=recv dst=alice"
end

task {
	time = function(t) return first_404(t).time - t:first("method=INVITE kind=send src=alice").time end,
	wrong = {
		{ function(t) return t:first("method=INVITE kind=recv dst=agent").time - t:first("method=INVITE kind=send src=alice").time end,
			why = { "That is the time of the INVITE alone. The response must also come back.", zh = "这只是 INVITE 单程的时间。它的响应还要返回。" } },
		{ function(t) return first_404(t).time end,
			why = { "That is the time since the start of the run.", zh = "那是运行的时刻。" } },
	},
	why = { "Two records are needed: the one where her phone sends the first INVITE, and the one where the first 404 arrives at it.",
		zh = "两条记录：她的话机发送第一个 INVITE 之处，以及第一个 404 到达它之处。" },
	records = function(t) return { t:first "method=INVITE kind=send src=alice", first_404(t) } end,
	hint = { "The time begins at `INVITE@alice` and ends at a record of `kind=recv` at her phone.", zh = "从 `INVITE@alice` 开始，到她的话机的一条 `kind=recv` 记录为止。" },
}

task {
	agent = {
		{ "Bob has two phones: 300 with both Contacts, the one with the higher q first", zh = "Bob 有两部话机：300，带两个 Contact，q 值高的在前",
			function(t)
				local r = answer_to(t, "bob", 300)
				if r == nil then return false end
				local first, second = r:header "Contact", r:header("Contact", 2)
				return first ~= nil and second ~= nil and first:find("192.0.2.3", 1, true) ~= nil and
					second:find("192.0.2.4", 1, true) ~= nil, r
			end,
			why = { "In the `headers` of `reply`, a list is a header field with several values.", zh = "`reply` 的 `headers` 中，列表就是有多个值的头字段。" } },
		{ "Carol has one: 302 with her Contact", zh = "Carol 有一部：302，带她的 Contact",
			function(t)
				local r = answer_to(t, "carol", 302)
				return r ~= nil and (r:header "Contact" or ""):find("192.0.2.5", 1, true) ~= nil, r
			end },
		{ "A user whom it does not know: 404", zh = "它不认识的用户：404",
			function(t) return answer_to(t, "nobody", 404) end },
		{ "It sends no request", zh = "它不发送任何请求",
			function(t)
				return t:count("kind=send src=agent", function(r) return r.method ~= nil end) == 0
			end, rule = "redirect-300" },
		program = "agent.lua",
		node = "agent",
		like = { "agent.program=", "agent.role=redirect location" },
		points = 2,
		refuses = { good = "method=INVITE src=alice dst=agent kind=send",
			{ "scheme", 416 },
			{ "sips", "3xx" },
			{ "domain", 404 },
			{ "method", "3xx" },
			{ "extension", "3xx" },
			{ "no-call-id", 400 },
			{ "bad-utf8", "3xx" },
			points = 2,
		},
		survives = { "drop,double,late,down", runs = 150, points = 2 },
	},
	hint = { "`uri(m.uri)` has the parts of the Request-URI: `scheme`, `user`, `host`.", zh = "`uri(m.uri)` 给出请求 URI 的各部分：`scheme`、`user`、`host`。" },
}
