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
	why = { "It is Proxy-Authorization: the record is the one in which the server has computed the same response.",
		zh = "Proxy-Authorization：服务器算出同样的 response 的那条记录。" },
	hint = { "The second INVITE contains what the 407 has asked for; what does `kind=auth node=proxy` show for it?", zh = "第二个 INVITE 带来 407 所要求的；`kind=auth node=proxy` 由它得出什么？" },
	others = {
		{ find = { node = "proxy", rule = "screen-out", record = function(t) return (function(r) return { r, r:arrival() } end)(t:first "kind=send src=proxy status=403") end },
			ask = { "The proxy knows who calls, and still rejects. Find the record of that: `node=… rule=… record=…`.\n\n    rung show rfc5359-2.14 node=proxy kind=auth,send",
				zh = "代理服务器知道主叫是谁，仍然拒绝。找出这条记录：`node=… rule=… record=…`。\n\n    rung show rfc5359-2.14 node=proxy kind=auth,send" },
			why = { "It is after the record that accepts the password, and is a message to Alice's phone.", zh = "它在接受密码的记录之后，是发给 Alice 的话机的消息。" },
			rule = "screen-out",
			hint = { "The rule is of RFC 5359 itself; `src=proxy dst=alice` has two messages to choose from.", zh = "规则出自 RFC 5359 本身；`src=proxy dst=alice` 有两条消息可选。" } },
		{ find = { node = "alice", rule = "auth-answer-proxy", record = function(t) return { t:first "kind=auth node=alice op=answer", t:last "kind=send src=alice method=INVITE" } end },
			ask = { "Where does Alice's phone answer the challenge? Find the record: `node=… rule=… record=…`.",
				zh = "Alice 的话机在哪里回答她是谁的问题？找出这条记录：`node=… rule=… record=…`。" },
			why = { "The answer is computed from the password and the data of the 407; the second INVITE contains it.", zh = "回答由密码和 407 的内容算出；第二个 INVITE 带着它。" },
			rule = "auth-answer-proxy",
			hint = { "`node=alice from=1.02s kind=recv,auth,send` goes from the arrival of the challenge to the new INVITE; RFC 3261, 22.3 describes what is between.", zh = "`node=alice from=1.02s kind=recv,auth,send` 从提问到达直到新的 INVITE；其间要做的见 RFC 3261 第 22.3 节。" } },
	},
}

task {
	choice = {
		{ "Bob's: his phone has told the proxy whom he does not want",
			zh = "Bob 的：他的话机告诉过代理服务器他不要谁的呼叫",
			why = { "That is rfc5359-2.13. Bob's phone gets nothing of this call.", zh = "那是 rfc5359-2.13。Bob 的话机对这个呼叫一无所知。" }, rule = "screen-in" },
		{ "nobody's: a 403 means that the password was wrong",
			zh = "没有谁的：403 表示密码错误",
			why = { "The record says accept; for a wrong password it would send another challenge.", zh = "记录写明 accept；密码错误时会再次询问。" }, rule = "auth-wrong-password" },
		{ "Alice's own: her proxy restricts whom she may call",
			zh = "Alice 自己的：她能呼叫谁有限制",
			right = true, rule = "screen-out" },
		{ "that of the announcement server, which tells the reason",
			zh = "通知音服务器的，由它说明原因",
			why = { "It would only explain it, and nobody calls it.", zh = "它只是解释，而且没有人呼叫它。" }, rule = "screen-out" },
	},
	points = 2,
	records = function(t) return t:first "kind=send src=proxy status=403" end,
	ahead = true,
}

task {
	text = "Error-Info",
	wrong = {
		{ "Reason", why = { "There is none; the reason phrase is for human readers.", zh = "这里没有；原因短语是给人看的。" } },
		{ "Contact", why = { "In a 3xx it would say where else to go.", zh = "在 3xx 中它才说明可以去哪里。" }, rule = "redirect-302" },
		{ "Warning", why = { "That is a text, not a URI to call; and it is not there.", zh = "那是文字，不是可以呼叫的地址；这里也没有。" } },
		{ "Alert-Info", why = { "That changes how a phone rings.", zh = "它改变话机怎样振铃。" } },
	},
	rule = "screen-out",
	why = { "Read the 403: one field has a URI that can be called to hear the reason.",
		zh = "读 403：有一个字段给出可以呼叫的 URI，从那里能听到原因。" },
	records = function(t) return t:first "kind=send src=proxy status=403" end,
	hint = { "RFC 3261, 20.18 has the field, RFC 5359, 2.14 the service, and `403@proxy` a URI in it that is neither Alice's nor Bob's.", zh = "字段见 RFC 3261 第 20.18 节，业务见 RFC 5359 第 2.14 节；`403@proxy` 中它的 URI 既不是 Alice 的也不是 Bob 的。" },
	others = {
		{ text = "Proxy-Authenticate",
			ask = { "Which header field of the 407 has the nonce that Alice's phone answers?\n\n    rung show rfc5359-2.14 -m status=407",
				zh = "407 的哪个头字段含有 Alice 的话机要回答的 nonce？\n\n    rung show rfc5359-2.14 -m status=407" },
			wrong = {
				{ "WWW-Authenticate", why = { "A registrar or a phone uses that, in a 401.", zh = "注册服务器或话机用 401 这样询问。" } },
				{ "Proxy-Authorization", why = { "That is in the answer to it.", zh = "它在对此的回答中。" } },
				{ "Error-Info", why = { "That is in the 403.", zh = "它在 403 中。" } },
			},
			why = { "Read the 407: one field has realm and nonce.", zh = "读 407：有一个字段含有 realm 和 nonce。" },
			rule = "auth-407",
			records = function(t) return t:first "kind=send src=proxy status=407" end,
			hint = { "A server that is no proxy would use another field, RFC 3261, 20.27 and 20.44; see `407@proxy`.", zh = "不是代理服务器时用另一个名称，RFC 3261 第 20.27 和 20.44 节；看 `407@proxy`。" } },
		{ text = "Proxy-Authorization",
			ask = { "Which header field of the second INVITE proves who calls?\n\n    rung show rfc5359-2.14 -m method=INVITE kind=send",
				zh = "第二个 INVITE 的哪个头字段证明主叫是谁？\n\n    rung show rfc5359-2.14 -m method=INVITE kind=send" },
			wrong = {
				{ "Authorization", why = { "That would answer a 401.", zh = "它用来回答 401。" } },
				{ "From", why = { "Anybody can write that.", zh = "任何人都能这样写。" } },
				{ "Proxy-Authenticate", why = { "That is the challenge.", zh = "那是询问。" } },
			},
			why = { "Compare the two INVITEs: one field is new, and has a response in it.", zh = "比较两个 INVITE：新增了一个字段，其中有 response。" },
			rule = "auth-answer-proxy",
			records = function(t) return t:last "kind=send src=alice method=INVITE" end,
			hint = { "Compare `INVITE@alice` with `INVITE@alice#2`; RFC 3261, 22.3 names the field.", zh = "对照 `INVITE@alice` 与 `INVITE@alice#2`；RFC 3261 第 22.3 节写有字段名。" } },
	},
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
			why = { "At that time the proxy sends it.", zh = "那是代理服务器发送它的时间。" } },
	},
	why = { "Take two arrivals at Alice's phone: that of the 407 and that of the 403.",
		zh = "看 Alice 的话机上的两次到达：407 的和 403 的。" },
	records = function(t) return { asked(t), refused(t) } end,
	hint = { "There are two arrivals, `dst=alice status=407,403`: an INVITE is sent, and a rejection returns.", zh = "两次到达，`dst=alice status=407,403`：INVITE 过去，拒绝回来。" },
}

task {
	goal = {
		{ "nobody is asked for a password", zh = "没有人被要求密码",
			function(t) return t:count "kind=send status=407" == 0, t:first "kind=send status=407" end },
		{ "Alice still must not call Bob, by her list", zh = "按列表，Alice 仍不可以呼叫 Bob",
			function(t)
				local r = t:first "kind=act node=proxy set"
				return t:count "kind=act node=alice set" == 0, r
			end,
			why = { "Leave her list unchanged.", zh = "不要改动她的列表。" } },
		{ "and still Bob's phone answers her", zh = "但 Bob 的话机还是接听了",
			function(t) return t:count "kind=recv dst=alice status=200 cseq=INVITE" > 0, t:first "kind=send src=bob status=200 cseq=INVITE" end,
			rule = "screen-out" },
	},
	points = 3,
}
