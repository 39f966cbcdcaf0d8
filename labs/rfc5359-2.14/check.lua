-- The tasks of rfc5359-2.14; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "lan--alice.delay=5ms..45ms:10ms" }

task {
	find = {
		node = "proxy",
		rule = "auth-accept",
		record = function(t)
			return t:first "kind=auth node=proxy op=accept"
		end,
	},
	points = 2,
	why = { "Proxy-Authorization: the record is that in which the server has computed the same response.",
		zh = "Proxy-Authorization：服务器算出同样的 response 的那条记录。" },
}

task {
	choice = {
		{ "Bob's: his phone has told the proxy whom he does not want",
			zh = "Bob 的：他的话机告诉过代理服务器他不要谁的呼叫",
			why = { "That is rfc5359-2.13. Bob's phone hears nothing of this call.", zh = "那是 rfc5359-2.13。Bob 的话机对这个呼叫一无所知。" }, rule = "screen-in" },
		{ "nobody's: a 403 means that the password was wrong",
			zh = "没有谁的：403 表示密码错误",
			why = { "The record says accept; for a wrong password it would ask again.", zh = "记录写明 accept；密码错误时会再次询问。" }, rule = "auth-wrong-password" },
		{ "Alice's own, kept by her proxy: whom she may not call",
			zh = "Alice 自己的，由代理服务器保存：她不可呼叫谁",
			right = true, rule = "screen-out" },
		{ "that of the announcement server, which tells the reason",
			zh = "通知音服务器的，由它说明原因",
			why = { "It would only explain it, and nobody calls it.", zh = "它只是解释，而且没有人呼叫它。" }, rule = "screen-out" },
	},
	points = 2,
	records = function(t) return t:first "kind=send src=proxy status=403" end,
}

task {
	text = "Error-Info",
	wrong = {
		{ "Reason", why = { "There is none; the reason phrase is for people who read it.", zh = "这里没有；原因短语是给人看的。" } },
		{ "Contact", why = { "In a 3xx it would say where else to go.", zh = "在 3xx 中它才说明可以去哪里。" }, rule = "redirect-302" },
		{ "Warning", why = { "That is a text, not a place to call; and it is not there.", zh = "那是文字，不是可以呼叫的地址；这里也没有。" } },
		{ "Alert-Info", why = { "That changes how a phone rings.", zh = "它改变话机怎样振铃。" } },
	},
	rule = "screen-out",
	why = { "Read the 403: one field has a URI that can be called, where the reason is heard.",
		zh = "读 403：有一个字段给出可以呼叫的 URI，从那里能听到原因。" },
	records = function(t) return t:first "kind=send src=proxy status=403" end,
}

local function asked(t)
	return t:first "kind=recv dst=alice status=407"
end

local function refused(t)
	return t:first "kind=recv dst=alice status=403"
end

task {
	time = function(t) return refused(t).time - asked(t).time end,
	wrong = {
		{ function(t) return refused(t).time - t:first("kind=send src=alice method=INVITE").time end,
			why = { "That is counted from the first INVITE.", zh = "这是从第一个 INVITE 算起的。" } },
		{ function(t) return t:first("kind=send src=proxy status=403").time - asked(t).time end,
			why = { "Then the proxy sends it.", zh = "那是代理服务器发送它的时间。" } },
	},
	why = { "Two arrivals at Alice's phone: that of the 407 and that of the 403.",
		zh = "看 Alice 的话机上的两次到达：407 的和 403 的。" },
	records = function(t) return { asked(t), refused(t) } end,
}

task {
	goal = {
		{ "nobody is asked for a password", zh = "没有人被要求密码",
			function(t) return t:count "kind=send status=407" == 0, t:first "kind=send status=407" end },
		{ "Alice still may not call Bob, by her list", zh = "按列表，Alice 仍不可以呼叫 Bob",
			function(t)
				local r = t:first "kind=act node=proxy set"
				return t:count "kind=act node=alice set" == 0, r
			end,
			why = { "Leave her list alone.", zh = "不要改动她的列表。" } },
		{ "and yet Bob's phone answers her", zh = "但 Bob 的话机还是接听了",
			function(t) return t:count "kind=recv dst=alice status=200 cseq=INVITE" > 0, t:first "kind=send src=bob status=200 cseq=INVITE" end,
			rule = "screen-out" },
	},
	points = 3,
}
