-- The tasks of ims-call; their texts are in README.md.
lesson { minutes = 40, level = 3 }
vary { "alice--pcscf.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	text = "UPDATE",
	wrong = {
		{ "INVITE", why = { "There her side has nothing yet: local none.", zh = "其中她这一侧还什么也没有：local none。" } },
		{ "PRACK", why = { "It acknowledges the 183; it has no body here.", zh = "它确认 183；这里它没有消息体。" } },
		{ "183", why = { "That is Bob's, and a response.", zh = "那是 Bob 的，而且是响应。" } },
	},
	why = { "Look for `a=curr:qos local sendrecv` in what her phone sends.", zh = "在她的话机发送的消息中寻找 `a=curr:qos local sendrecv`。" },
	records = function(t) return t:first "kind=send src=alice method=UPDATE" end,
}

task {
	choice = {
		{ "since he lets it lie for a while before he looks", zh = "因为他先放着不看",
			why = { "Nothing has rung yet: he knows nothing of it.", zh = "还没有振铃：他什么也不知道。" } },
		{ "since there may be no bandwidth yet", zh = "因为带宽可能还没有", right = true },
		{ "since a phone may ring only after a PRACK", zh = "因为话机只有在 PRACK 之后才可以振铃",
			why = { "The PRACK for the 183 has come long before; another thing is still missing.", zh = "对 183 的 PRACK 早已到达；还缺别的。" } },
		{ "since the 183 has rung it already", zh = "因为 183 已使它振铃",
			why = { "183 says that something goes on; here it has the answer to the offer.", zh = "183 只说明有进展；这里它带有对提议的应答。" } },
	},
	points = 2,
	why = { "RFC 3312 4, 6: what is mandatory must be there before the user is alerted.", zh = "RFC 3312 第 4、6 节：提醒用户之前，必需的条件须已具备。" },
}

task {
	draw = "src=alice dst=pcscf method=INVITE,PRACK,UPDATE,ACK,BYE kind=send",
	points = 3,
}

task {
	choice = {
		{ "the P-CSCF, since it is Alice's and Bob's alike", zh = "P-CSCF，因为 Alice 和 Bob 共用它",
			why = { "It is in the way of all that they say to each other.", zh = "他们之间的一切消息都经过它。" } },
		{ "the S-CSCF, since it has done its work", zh = "S-CSCF，因为它的工作已完成",
			why = { "It may have to end the call: it stays.", zh = "它可能还要结束呼叫：它留在路径上。" } },
		{ "the application server, since it only marks the call", zh = "应用服务器，因为它只作标记",
			why = { "It records its route.", zh = "它加上了 Record-Route。" } },
		{ "the I-CSCF, since it only finds out who has Bob", zh = "I-CSCF，因为它只查询", right = true },
	},
	points = 2,
	rule = "cx-forward",
}

task {
	text = function(t)
		return t:first("kind=send method=INVITE src=pcscf dst=scscf").text:match "icid%-value=([^;\r]*)"
	end,
	wrong = {
		{ "visited.example", why = { "That is where it was made; the whole value has a number.", zh = "那是生成它的地方；完整的值还带有编号。" } },
	},
	why = { "The P-CSCF has put it in: P-Charging-Vector.", zh = "由 P-CSCF 加入：P-Charging-Vector。" },
	records = function(t) return t:first "kind=send method=INVITE src=pcscf dst=scscf" end,
}

task {
	goal = {
		{ "Bob's phone has sent 183", zh = "Bob 的话机发送了 183",
			function(t)
				local r = t:first "kind=send src=bob status=183"
				return r ~= nil, r
			end },
		{ "and never rings", zh = "却从不振铃",
			function(t)
				return t:count "kind=send src=bob status=180" == 0
			end,
			why = { "One message tells him that Alice has her bandwidth: what if it gets lost each time?", zh = "有一条消息告诉他 Alice 已有带宽：若它每次都丢失呢？" } },
	},
	points = 3,
}
