-- The tasks of registration; their texts are in README.md.
lesson { minutes = 20, level = 1 }
-- Longer than 70 s, the phone would not refresh before it takes the binding
-- away; shorter than 60 s, the registrar would refuse it.
vary { "bob.expires=60s..70s:1s", "seed=1..999:1" }

local function start_uri(t)
	return t:first("method=REGISTER").text:match "^REGISTER (%S+)"
end

local function header_uri(name)
	return function(t) return t:first("method=REGISTER"):header(name):match "<(.-)>" end
end

task {
	choice = {
		{ "the registrar that the request is meant for", zh = "处理这个请求的注册服务器",
			why = { "That is in the first line; a REGISTER does not name its user there.",
				zh = "那在第一行中；REGISTER 的第一行不写用户。" }, rule = "register-uri" },
		{ "the address-of-record, by which others call Bob",
			zh = "记录地址，别人用它呼叫 Bob", right = true },
		{ "the address of Bob's phone, where the calls shall go", zh = "Bob 的话机的地址，呼叫要发到那里",
			why = { "That is in Contact; To has the name that stays when Bob takes another phone.",
				zh = "那在 Contact 中；To 中的名字在 Bob 换话机之后也不变。" }, rule = "register-send" },
		{ "the address to which the 200 is to be sent", zh = "200 应当发往的地址",
			why = { "Responses go where Via says.", zh = "响应按 Via 返回。" } },
	},
	rule = "register-send",
	records = function(t) return t:first "method=REGISTER" end,
}

task {
	text = start_uri,
	rule = "register-uri",
	wrong = {
		{ header_uri "To",
			why = { "That is in To: whose binding it is. The first line has a domain without a user.",
				zh = "那在 To 中：是谁的绑定。第一行只有域，没有用户。" } },
		{ header_uri "Contact",
			why = { "That is in Contact: where Bob is reached.", zh = "那在 Contact 中：在哪里能找到 Bob。" } },
	},
	why = { "The first line of the REGISTER is METHOD URI VERSION: write the URI.",
		zh = "REGISTER 的首行是“方法 URI 版本”：写出其中的 URI。" },
	records = function(t) return t:first "method=REGISTER" end,
}

task {
	time = function(t)
		return t:get("REGISTER@bob#2").time - t:get("200@reg"):arrival().time
	end,
	tolerance = "25ms",
	wrong = {
		{ function(t)
			local b = t:first "kind=binding"
			return (b.expires - b.t) / 1e9
		end,
			why = { "Then the binding is over already; the phone comes before that, lest one lost message ends it.",
				zh = "那时绑定已经过期；话机提前刷新，以免丢失一条消息就失去绑定。" } },
		{ function(t) return t:get("REGISTER@bob#2").time end,
			why = { "That is the time of the run; count from the 200.", zh = "那是运行的时刻；应从 200 算起。" } },
	},
	why = { "Two records at Bob's phone: the arrival of the first 200, and the sending of the second REGISTER. Subtract their times.",
		zh = "看 Bob 的话机的两条记录：第一个 200 的到达，以及第二个 REGISTER 的发送。两个时刻相减。" },
	records = function(t) return t:get "REGISTER@bob#2" end,
}

task {
	text = "CSeq",
	rule = "register-order",
	wrong = {
		{ "branch", why = { "A branch names a transaction; it has no order.", zh = "branch 标识事务，没有先后。" } },
		{ "Via", why = { "Its branch names a transaction; it has no order.", zh = "其中的 branch 标识事务，没有先后。" } },
		{ "Expires", why = { "It says how long, not when.", zh = "它说明多久，而不是先后。" } },
		{ "tag", why = { "The tag in From stays the same.", zh = "From 中的 tag 没有变。" } },
		{ "From", why = { "From stays the same.", zh = "From 没有变。" } },
	},
	why = { "Put the three side by side: the field has a number that grows by one each time.",
		zh = "把三个并排看：这个字段里有一个每次加一的数。" },
	hint = { "Which value is larger in each REGISTER than in the one before?",
		zh = "哪个值在每个 REGISTER 中都比前一个大？" },
}

task {
	goal = {
		{ "the registrar has stored a binding", zh = "注册服务器保存了绑定",
			function(t)
				local b = t:first "kind=binding op=add"
				return b ~= nil, b
			end },
		{ "the phone loses its power", zh = "话机断电",
			function(t) return t:count "kind=act node=bob verb=crash" > 0 end },
		{ "the binding expires; nobody refreshes it or takes it away", zh = "绑定过期；没有人刷新或撤销它",
			function(t)
				local last = t:last "kind=binding"
				return last ~= nil and last.op == "expire" and t:count "method=REGISTER kind=send" == 1, last
			end,
			why = { "The run has to last longer than the binding.", zh = "运行时间要比绑定的时间长。" } },
	},
	points = 3,
}
