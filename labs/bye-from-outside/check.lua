-- The tasks of bye-from-outside; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "mallory.settings=bye=7,bye=8,bye=9,bye=10,bye=11", "seed=1..999:1" }

local function obeyed(t)
	return t:first "kind=send status=200 cseq=BYE src=bob dst=mallory"
end

local function bye(t)
	return t:first "kind=recv method=BYE src=mallory"
end

local function own(t)
	return t:first "kind=send method=BYE src=alice"
end

task {
	choice = {
		{ "It goes on sending sound, since nobody tells it that the call is over", right = true,
			zh = "它继续发送声音，因为没有人告诉它呼叫已经结束" },
		{ "It hangs up as well, since Bob's phone has to pass the BYE on to it",
			zh = "它也挂断，因为 Bob 的话机必须把 BYE 转给它",
			why = { "A phone forwards nothing: it answers the one who has sent the request.", zh = "话机不转发什么：它响应发送请求的人。" } },
		{ "It sends a re-INVITE, since the sound from Bob's phone has ended",
			zh = "它发送 re-INVITE，因为 Bob 的话机的声音停止了",
			why = { "Silence changes no dialog; no timer of RFC 3261 looks at the media.", zh = "没有声音不会改变对话；RFC 3261 没有哪个定时器看媒体。" } },
		{ "It answers Mallory's BYE with 481, since it has not asked for one",
			zh = "它以 481 响应 Mallory 的 BYE，因为它没有要求这样做",
			why = { "Mallory's BYE does not come to it at all.", zh = "Mallory 的 BYE 根本没有到它那里。" } },
	},
	ahead = true,
	rule = "bye-recv",
	records = obeyed,
}

task {
	find = { node = "bob", rule = "bye-recv", record = obeyed },
	points = 2,
	rule = "bye-recv",
	why = { "Look for the response to Mallory's BYE; `rung explain` has its rule.", zh = "找对 Mallory 的 BYE 的响应；`rung explain` 给出规则。" },
	hint = { "`cseq=BYE dst=mallory kind=send` has one record.", zh = "`cseq=BYE dst=mallory kind=send` 只有一条记录。" },
	records = obeyed,
	others = {
		{
			find = {
				node = "bob",
				rule = "media-hear",
				record = function(t) return t:first("kind=media node=bob op=hear", function(r) return r.other == "mallory" end) end,
			},
			ask = { "Find the record in which Bob first hears Mallory: `node=… rule=… record=…`.\n\n    rung show bye-from-outside kind=media node=bob", zh = "找出 Bob 第一次听到 Mallory 的记录：`node=… rule=… record=…`。\n\n    rung show bye-from-outside kind=media node=bob" },
			rule = "media-hear",
			why = { "Look for the `media` record that says `hears` and names Mallory.", zh = "找写着 hears、并有 Mallory 的 `media` 记录。" },
			hint = { "`kind=media node=bob op=hear` has a record for each source.", zh = "`kind=media node=bob op=hear`：每个来源一条记录。" },
			records = function(t) return t:first("kind=media node=bob op=hear", function(r) return r.other == "mallory" end) end,
		},
	},
}

task {
	time = function(t) return own(t).time - bye(t).time end,
	tolerance = "50ms",
	points = 2,
	rule = "bye-recv",
	wrong = {
		{ function(t) return own(t).time end, why = { "That is when Alice hangs up. Since when is nobody there?", zh = "那是 Alice 挂断的时间。从什么时候起那边没有人了？" } },
		{ function(t) return bye(t).time end, why = { "That is when Bob's phone hangs up. How long does Alice go on?", zh = "那是 Bob 的话机挂断的时间。Alice 还继续多久？" } },
	},
	why = { "Subtract: from the arrival of Mallory's BYE at Bob's phone until Alice's own BYE.", zh = "相减：从 Mallory 的 BYE 到达 Bob 的话机，到 Alice 自己的 BYE。" },
	hint = { "`method=BYE kind=recv dst=bob` has the beginning, `method=BYE kind=send src=alice to=18s` the end.", zh = "`method=BYE kind=recv dst=bob` 是起点，`method=BYE kind=send src=alice to=18s` 是终点。" },
	records = own,
}

task {
	choice = {
		{ "`px.auth=all`: the server asks everybody who sends a request for a password",
			zh = "`px.auth=all`：服务器向每个发送请求的人索要密码",
			why = { "It asks nobody within a dialog, and Mallory's BYE does not pass it.", zh = "它在对话之内不向任何人索要，而且 Mallory 的 BYE 不经过它。" } },
		{ "`transport=tls` for the call: what is said on the line can't be read or changed",
			zh = "呼叫使用 `transport=tls`：线路上的内容不能被读取或更改",
			why = { "Mallory reads no line: Bob's phone tells her, and it still listens at its UDP port.", zh = "Mallory 没有读取线路：是 Bob 的话机告诉她的，而且它仍在 UDP 端口侦听。" } },
		{ "`srtp=require` for the call: a phone takes packets only from who has the key",
			zh = "呼叫使用 `srtp=require`：话机只接受拥有密钥的人的数据包",
			why = { "That stops her sound. A BYE carries no sound.", zh = "这阻止她的声音。BYE 不是媒体。" } },
		{ "`bob.dialogs=state`: the phone tells that there is a call, but not which one it is", right = true,
			zh = "`bob.dialogs=state`：话机告诉别人有一个呼叫，但不说是哪一个" },
	},
	points = 2,
	rule = "dialog-none",
	hint = { "Look in each run at the response that goes to Mallory: `-m cseq=BYE dst=mallory`.", zh = "在每个运行中看给 Mallory 的响应：`-m cseq=BYE dst=mallory`。" },
	records = obeyed,
}

task {
	choice = {
		{ "Alice's phone has to send its BYE twice, since the first one gets a 481",
			zh = "Alice 的话机须发送两次 BYE，因为第一个得到 481",
			why = { "The 481 is for Mallory's.", zh = "481 是给 Mallory 的。" } },
		{ "Carol can't pick up Bob's call: her phone does not learn which one to name", right = true,
			zh = "Carol 不能代接 Bob 的呼叫：她的话机不知道该指明哪一个" },
		{ "Bob's phone rejects Alice's second call, as it can't tell it from the first",
			zh = "Bob 的话机拒绝 Alice 的第二个呼叫，因为分不清它和第一个",
			why = { "The phone itself knows all its calls. It only tells others less.", zh = "话机自己知道全部呼叫，只是告诉别人的少了。" } },
		{ "Nothing: whoever has a right to see the calls of Bob's phone still sees them",
			zh = "没有代价：有权看到 Bob 的话机的呼叫的人仍能看到",
			why = { "Compare what becomes of Carol's SUBSCRIBE in both runs.", zh = "比较两个运行中 Carol 的 SUBSCRIBE 的结果。" } },
	},
	points = 1,
	rule = "replaces-accept",
	hint = { "Count Carol's requests after 23 s in both runs: `-m src=carol from=22s`.", zh = "在两个运行中数 Carol 在 23 s 之后的请求：`-m src=carol from=22s`。" },
	records = function(t) return t:first "kind=send method=INVITE src=carol" end,
	others = {
		{
			choice = {
				{ "Carol can't pick up Bob's call: Alice's phone rejects her INVITE with 488", right = true,
					zh = "Carol 不能代接 Bob 的呼叫：Alice 的话机以 488 拒绝她的 INVITE" },
				{ "Bob's phone does not learn the key of Alice's, so that he hears only noise",
					zh = "Bob 的话机得不到 Alice 的话机的密钥，所以他只听到噪声",
					why = { "The keys are in offer and answer. Look at what Bob hears.", zh = "密钥在提议和应答中。看看 Bob 听到什么。" } },
				{ "The server can't forward the INVITE, since its session description is encrypted",
					zh = "服务器不能转发 INVITE，因为它的会话描述被加密",
					why = { "Only the packets of sound are encrypted, and the server does not see them.", zh = "只有声音的数据包被加密，而服务器看不到它们。" } },
				{ "Nothing: phones agree on encryption by themselves, and each phone can do it",
					zh = "没有代价：话机自己商定加密，而每部话机都会加密",
					why = { "Carol's phone has no SRTP. What becomes of her INVITE?", zh = "Carol 的话机没有 SRTP。她的 INVITE 结果如何？" } },
			},
			ask = { "With `alice.srtp=require` and `bob.srtp=require`, what does it cost?\n\n    rung show bye-from-outside --set alice.srtp=require --set bob.srtp=require -m from=22s kind=send", zh = "设 `alice.srtp=require` 和 `bob.srtp=require` 时，代价是什么？\n\n    rung show bye-from-outside --set alice.srtp=require --set bob.srtp=require -m from=22s kind=send" },
			rule = "offer-refused",
			hint = { "Look at the response to Carol's INVITE in that run: `-m cseq=INVITE dst=carol`.", zh = "看那个运行中对 Carol 的 INVITE 的响应：`-m cseq=INVITE dst=carol`。" },
			records = function(t) return t:first "kind=send method=INVITE src=carol" end,
		},
	},
}

task {
	goal = {
		{ "Mallory sends a BYE to Bob's phone, and gets no 200", zh = "Mallory 向 Bob 的话机发送 BYE，没有得到 200",
			function(t) return bye(t) and not obeyed(t), bye(t) end, rule = "dialog-none",
			why = { "From where does she know the Call-ID and the tags?", zh = "她从哪里知道 Call-ID 和 tag？" } },
		{ "Mallory sends sound, and Bob hears nothing of it", zh = "Mallory 发送声音，而 Bob 什么也听不到",
			function(t)
				local sent = t:first "kind=media node=mallory op=flow"
				return sent and not t:first("kind=media node=bob op=hear", function(r) return r.other == "mallory" end), sent
			end, rule = "secret-open",
			why = { "Her packets come to Bob's port in any case. What must they have that she does not have?", zh = "她的数据包总会到达 Bob 的端口。它们必须有什么是她没有的？" } },
		{ "Alice talks to Bob until after that BYE, and her own BYE gets a 200 from his phone", zh = "Alice 与 Bob 通话到那个 BYE 之后，她自己的 BYE 从他的话机得到 200",
			function(t)
				local hers = bye(t)
				return hers and t:first("kind=send status=200 cseq=BYE src=bob dst=px", function(r) return r.seq > hers.seq end)
			end, rule = "bye-recv",
			why = { "Alice has to hang up after Mallory's BYE, and Bob's phone must still have the call.", zh = "Alice 须在 Mallory 的 BYE 之后挂断，而 Bob 的话机须仍有这个呼叫。" } },
		{ "After that Alice calls Bob once more, and Carol's phone answers with a 200", zh = "此后 Alice 再次呼叫 Bob，Carol 的话机以 200 接听",
			function(t)
				local hers = bye(t)
				local again = hers and t:first("kind=send method=INVITE src=alice dst=px", function(r) return r.seq > hers.seq end)
				if not again then return false end
				local answer = t:first("kind=send status=200 cseq=INVITE src=carol", function(r) return r.seq > again.seq end)
					or t:first("kind=send status=200 cseq=INVITE src=alice dst=carol", function(r) return r.seq > again.seq end)
				return answer ~= nil, answer
			end, rule = "dialog-none",
			why = { "What can bring a call for Bob to Carol, other than a pickup? And can her phone talk to Alice's?", zh = "除了代接，还有什么能把打给 Bob 的呼叫带给 Carol？她的话机能与 Alice 的通话吗？" } },
	},
	points = 3,
}
