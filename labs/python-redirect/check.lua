-- The tasks of python-redirect; their texts are in README.md.
lesson { minutes = 60, level = 3 }
vary { "car.answer=1000ms..3000ms:250ms", "lan--server.delay=2ms..20ms:1ms", "seed=1..999:1" }

goal(function(t)
	return t:first "status=200 cseq=INVITE kind=recv src=car dst=alice"
end, { "Alice's phone must reach Bob in his car", zh = "Alice 的话机应接通 Bob 的车载电话" })

goal(function(t)
	return t:first "status=200 cseq=INVITE kind=recv src=dave dst=alice"
end, { "Alice's phone must reach Dave at his new address", zh = "Alice 的话机应在 Dave 搬去的地方接通他" })

task {
	choice = {
		{ "The desk phone: with its 486 goes what it was asked, on to the next one.", zh = "桌上的话机：它回 486 的同时把请求传给下一部。",
			why = { "A phone that rejects is done with the call: it does not know the second phone.", zh = "拒绝呼叫的话机到此为止：它根本不知道还有第二部。" } },
		{ "The redirect server, which the 486 comes back to, as the one who has chosen.", zh = "重定向服务器：486 回到它那里，因为地址由它选定。",
			why = { "No message of the call passes it any more: the 3xx was its last message.", zh = "这个呼叫的消息不再经过它：3xx 是它最后说的话。" } },
		{ "Alice's phone, to which both addresses were given, by an INVITE anew.", zh = "Alice 的话机：两个地址都给了它，它另发一个 INVITE。", right = true },
		{ "Nobody: a 486 that comes from any of the phones ends the whole call.", zh = "谁也不呼叫：任何一部话机的 486 都使整个呼叫结束。",
			why = { "That would be true of a 600, which is for the user. 486 is for one phone.", zh = "600 才是这样，它代表这个人。486 只代表一部话机。" } },
	},
	rule = "redirect-300",
	hint = { "RFC 3261 8.1.3.4 says which node tries the Contacts of a 3xx; `method=INVITE dst=car` shows where it comes from.", zh = "由谁去试 3xx 中的 Contact，见 RFC 3261 第 8.1.3.4 节；`method=INVITE dst=car` 显示它来自谁。" },
	ahead = true,
}

local function told(t)
	return t:first "status=3xx kind=recv src=server dst=alice"
end

local function reached(t)
	return t:first "status=200 cseq=INVITE kind=recv src=car dst=alice"
end

task {
	time = function(t) return reached(t).time - told(t).time end,
	wrong = {
		{ function(t) return reached(t).time - t:first("method=INVITE kind=send src=alice").time end,
			why = { "That is counted from the first INVITE. Where does the server's response arrive?", zh = "这是从最初的 INVITE 算起的。服务器的响应在哪里到达？" } },
		{ function(t) return reached(t).time end,
			why = { "That is the time since the start of the run, not the wait.", zh = "那是运行的时刻，不是等待的时间。" } },
		{ function(t) return reached(t).time - t:first("method=INVITE kind=recv dst=car").time end,
			why = { "That is only the time of the car. Which phone was called before it?", zh = "这只是车载电话用的时间。在它之前问过哪一部？" } },
	},
	why = { "Take two records of `kind=recv` at Alice's phone: the server's first response, and the 200 from the car.",
		zh = "Alice 的话机处的两条 `kind=recv` 记录：服务器的第一个响应，以及来自车载电话的 200。" },
	records = function(t) return { told(t), reached(t) } end,
	hint = { "`kind=recv dst=alice` lists what arrives at her phone: count from the first 3xx there to the first 200.", zh = "`kind=recv dst=alice` 列出到达她话机的消息：从其中第一个 3xx 数到第一个 200。" },
}

local function answer_to(t, user, status)
	local invite = t:first("method=INVITE kind=send src=alice dst=server text=sip:" .. user .. "@biloxi.example.com")
	return invite and t:first("kind=send src=server dst=alice cseq=INVITE status=" .. status .. " call=" .. invite.call_id)
end

local function names(r, where)
	return r ~= nil and (r:header "Contact" or ""):find(where, 1, true) ~= nil, r
end

task {
	agent = {
		{ "Bob has two phones: 300 with both Contacts, the one with the higher q first", zh = "Bob 有两部话机：300，带两个 Contact，q 值高的在前",
			function(t)
				local r = answer_to(t, "bob", 300)
				local second = r and r:header("Contact", 2)
				return names(r, "192.0.2.3") and second ~= nil and second:find("192.0.2.4", 1, true) ~= nil, r
			end,
			why = { "In `headers` of a reply each name has the list of its values.", zh = "应答的 `headers` 中，每个名字对应它的值的列表。" } },
		{ "Carol has one: 302 with her Contact", zh = "Carol 有一部：302，带她的 Contact",
			function(t) return names(answer_to(t, "carol", 302), "192.0.2.5") end },
		{ "Dave has moved permanently: 301 with his new Contact", zh = "Dave 已永久搬走：301，带他的新 Contact",
			function(t) return names(answer_to(t, "dave", 301), "192.0.2.6") end },
		{ "A user whom it does not know: 404", zh = "它不认识的用户：404",
			function(t) return answer_to(t, "nobody", 404) end },
		{ "It sends no request", zh = "它不发送任何请求",
			function(t)
				return t:count("kind=send src=server", function(r) return r.method ~= nil end) == 0
			end, rule = "redirect-300" },
		program = "redirect.py",
		node = "server",
		points = 3,
		refuses = { good = "method=INVITE src=alice dst=server kind=send",
			{ "scheme", 416 },
			{ "sips", "3xx" },
			{ "domain", 404 },
			{ "method", "3xx" },
			{ "extension", "3xx" },
			{ "no-call-id", 400 },
			points = 2,
		},
		survives = { "drop,double,late", runs = 45, points = 1 },
	},
	hint = { "`start` gives the program its `domain`; `uri` of a request is a text, in which the program must find scheme, user and host.", zh = "`start` 事件告诉程序它的 `domain`；请求的 `uri` 是一段文本，scheme、用户和主机由程序自己找出。" },
}
