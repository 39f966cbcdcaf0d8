-- The tasks of co-located; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "lan1--lan2.delay=10ms..60ms:10ms", "lan1--lan3.delay=10ms..60ms:10ms", "seed=1..999:1" }

-- What Alice's phone sends first in each call, and when it hears the ringing.
local function asked(t, to)
	return t:first("method=INVITE kind=send src=alice text=<sip:" .. to)
end

local function rung(t, to)
	return t:first("status=180 kind=recv node=alice text=<sip:" .. to)
end

local BOB, OLD = "bob@biloxi", "bob@old"

-- Requests for Carol that come to the server.
local function for_carol(t)
	return t:all("kind=recv dst=srv text=<sip:carol@", function(r) return r.method end)
end

task {
	choice = {
		{ "the port that it came to: a redirect server has its own", zh = "它到达的端口：重定向服务器有自己的端口",
			why = { "srv listens at one port, 5060, for all of its roles.", zh = "srv 的所有角色都监听同一个端口 5060。" },
			rule = "redirect-302" },
		{ "whom its Request-URI names: Carol, and not Bob", zh = "它的 Request-URI 指明的人：Carol，不是 Bob", right = true },
		{ "the location service, which has no binding for Carol", zh = "位置服务器：那里没有 Carol 的绑定",
			why = { "There is a binding: its Contact is what the 302 has.", zh = "绑定是有的：302 中的 Contact 就来自它。" },
			rule = "redirect-302" },
		{ "the order: a redirect server answers before a proxy", zh = "先后次序：重定向服务器先于代理服务器响应",
			why = { "Then it would answer for Bob as well, whose binding it could read.", zh = "那样它也会替 Bob 响应，他的绑定它同样读得到。" },
			rule = "redirect-302" },
	},
	rule = "redirect-302",
	records = function(t) return t:first "status=302 kind=send src=srv" end,
}

task {
	draw = "method=INVITE text=<sip:bob@old",
	points = 2,
}

task {
	number = function(t) return #for_carol(t) end,
	unit = { "requests", zh = "个请求" },
	wrong = {
		{ 1, why = { "The 302 is acknowledged as well, where the INVITE was sent.", zh = "302 也要确认，ACK 发往 INVITE 所去之处。" } },
		{ 3, why = { "The ACK for the 200 goes to Carol's Contact.", zh = "200 的 ACK 发往 Carol 的 Contact。" } },
		{ 4, why = { "What belongs to the dialog, the BYE too, goes to Carol's Contact.", zh = "属于对话的请求，包括 BYE，都发往 Carol 的 Contact。" } },
	},
	why = { "Count what arrives at srv: the transaction that it has answered, and nothing of the dialog.",
		zh = "数到达 srv 的请求：只有它响应过的那个事务，没有对话中的请求。" },
	records = for_carol,
}

task {
	text = { "Record-Route", "Record-Route:" },
	wrong = {
		{ "Via", why = { "Via leads responses back, no later request.", zh = "Via 引导响应返回，与以后的请求无关。" } },
		{ "Contact", why = { "Contact is Bob's own, and leads past srv.", zh = "Contact 是 Bob 自己的，不经过 srv。" } },
		{ "Route", why = { "A Route stands in the BYE: the phone made it of another field.", zh = "Route 出现在 BYE 中：话机由另一个字段得到它。" } },
	},
	why = { "Look at what the INVITE has more at Bob's than when Alice sent it.", zh = "看 INVITE 到达 Bob 时比 Alice 发出时多了什么。" },
	records = function(t) return t:first "kind=send method=INVITE src=srv dst=bob" end,
}

task {
	time = function(t)
		return rung(t, OLD).time - asked(t, OLD).time - (rung(t, BOB).time - asked(t, BOB).time)
	end,
	wrong = {
		{ function(t) return rung(t, OLD).time - asked(t, OLD).time end,
			why = { "That is how long it takes in the third call.", zh = "这是第三次呼叫所用的时间。" } },
		{ function(t) return rung(t, OLD).time - rung(t, BOB).time end,
			why = { "Count each from the first INVITE of its call.", zh = "请各从该次呼叫的第一个 INVITE 算起。" } },
	},
	why = { "The way to srv and back once more, for the 302.", zh = "为了 302 多走一个到 srv 的往返。" },
	records = function(t) return { rung(t, BOB), rung(t, OLD) } end,
}

task {
	goal = {
		{ "srv answers Alice's INVITE for Bob with a 302", zh = "srv 以 302 响应 Alice 呼叫 Bob 的 INVITE",
			function(t)
				local r = t:first "status=302 kind=send src=srv text=<sip:bob@biloxi"
				return r ~= nil, r
			end },
		{ "Bob's phone is answered", zh = "Bob 的话机被接听",
			function(t)
				local r = t:first "status=200 cseq=INVITE kind=send src=bob"
				return r ~= nil, r
			end },
		{ "the call ends by a BYE that does not pass srv", zh = "呼叫以不经过 srv 的 BYE 结束",
			function(t)
				local r = t:first "method=BYE kind=send dst=bob"
				return r ~= nil and t:count "method=BYE dst=srv" == 0, r
			end },
	},
	points = 2,
	hint = { "srv:set with a longer `serves` at the top of the script", zh = "在脚本开头用 srv:set 设置更长的 `serves`" },
}
