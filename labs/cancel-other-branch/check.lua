-- The tasks of cancel-other-branch; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary {
	"alice.settings=patience=3,patience=4,patience=5,patience=6",
	"bob.answer=8s..12s:1s",
	"eve.ping=1000ms..3000ms:500ms",
	"seed=1..999:1",
}

local function cancel(t)
	return t:first "kind=send method=CANCEL src=alice"
end

-- The 200s of Bob's phone to Alice's INVITE, and the BYE that ends them.
local function accepted(t)
	return t:first "kind=send status=200 cseq=INVITE src=bob"
end
local function over(t)
	return t:first "kind=send method=BYE src=bob"
end

task {
	number = 200,
	rule = "cancel-none",
	wrong = {
		{ 481, why = { "So it would be if the server knew no request with that branch.", zh = "服务器不知道带那个 branch 的请求时才是这样。" } },
		{ 487, why = { "That is what the INVITE would get, if the CANCEL took it back.", zh = "那是 CANCEL 取消了 INVITE 时 INVITE 得到的。" } },
		{ 407, why = { "A server may not challenge a CANCEL (RFC 3261, section 22.1).", zh = "服务器不得质询 CANCEL（RFC 3261 第 22.1 节）。" } },
	},
	ahead = true,
	why = { "Look at the response to the CANCEL in the capture of the server.", zh = "看服务器的抓包中对 CANCEL 的响应。" },
	hint = { "RFC 3261, section 9.2: a server looks for the transaction of the CANCEL. Does it find one, although that one is over?", zh = "RFC 3261 第 9.2 节：服务器寻找 CANCEL 的事务。它能找到吗，哪怕那个事务已有最终响应？" },
	records = cancel,
	others = {
		{ number = function(t)
				return t:count("kind=send status=200 cseq=INVITE src=bob", function(r) return r.seq < over(t).seq end)
			end,
			unit = { "times", zh = "次" },
			rule = "invite-2xx-again",
			wrong = {
				{ 1, why = { "So it would be if Alice's phone sent an ACK.", zh = "Alice 的话机发送 ACK 时才是这样。" } },
				{ 7, why = { "So often an INVITE would be sent: its interval doubles each time. That of a 200 does not grow beyond T2.", zh = "INVITE 会发送这么多次：它的间隔每次加倍。200 的间隔不超过 T2。" } },
				{ 10, why = { "So many are retransmissions. Count the first one as well.", zh = "重传有这么多次。第一次也要算。" } },
			},
			ahead = true,
			why = { "Count the 200s that Bob's phone sends before its BYE.", zh = "数 Bob 的话机在它的 BYE 之前发送的 200。" },
			hint = { "RFC 3261, section 13.3.1.4: the interval begins with T1, 0.5 s, and doubles up to T2, 4 s; after 64*T1 the phone gives up.", zh = "RFC 3261 第 13.3.1.4 节：间隔从 T1 即 0.5 s 开始，每次加倍，最多到 T2 即 4 s；64*T1 之后话机放弃。" },
			records = accepted,
			ask = { "Before you look at the run: Alice hangs up, Bob answers all the same, and her phone sends no ACK. How many times in all does Bob's phone send its 200, until it gives up?\n\n    rung show cancel-other-branch cseq=INVITE src=bob kind=send to=49s",
				zh = "先不看运行：Alice 挂断了，Bob 仍然接听，而她的话机不发送 ACK。Bob 的话机放弃之前一共发送了多少次 200？\n\n    rung show cancel-other-branch cseq=INVITE src=bob kind=send to=49s" } },
		{ time = function(t) return over(t).time - accepted(t).time end,
			tolerance = "100ms",
			rule = "invite-no-ack",
			wrong = {
				{ 0.5, why = { "After that time the phone retransmits its 200 for the first time.", zh = "那时话机第一次重传 200。" } },
				{ function(t) return over(t).time end, why = { "That is the time of the run. How long after the first 200 is it?", zh = "那是运行的时间。它在第一个 200 之后多久？" } },
				{ 4, why = { "That is the longest interval between two of the 200s.", zh = "那是两个 200 之间最长的间隔。" } },
			},
			ahead = true,
			why = { "Look for the BYE that Bob's phone sends, and for its first 200.", zh = "找 Bob 的话机发送的 BYE，再找它的第一个 200。" },
			hint = { "RFC 3261, section 13.3.1.4, last paragraph: how many times T1 does a phone wait for an ACK?", zh = "RFC 3261 第 13.3.1.4 节最后一段：话机等待 ACK 的时间是 T1 的多少倍？" },
			records = accepted,
			ask = { "Before you look at the run: Alice hangs up, Bob answers all the same, and her phone sends no ACK. How many seconds after its first 200 does Bob's phone end the call?\n\n    rung show cancel-other-branch src=bob kind=send to=49s",
				zh = "先不看运行：Alice 挂断了，Bob 仍然接听，而她的话机不发送 ACK。Bob 的话机在第一个 200 之后多少秒结束呼叫？\n\n    rung show cancel-other-branch src=bob kind=send to=49s" } },
	},
}

task {
	find = { node = "alice", rule = { "cancel-fields", "cancel-send" }, record = cancel },
	points = 2,
	rule = "cancel-fields",
	why = { "Compare the top Via of each request in that list with those of the others.", zh = "比较列表中各个请求最上面的 Via。" },
	hint = { "`cseq=CANCEL to=9s kind=send` has two records; which of them is a request? `rung inspect` names the section.", zh = "`cseq=CANCEL to=9s kind=send` 有两条记录；其中哪一条是请求？`rung inspect` 给出章节。" },
	records = cancel,
}

task {
	number = 19,
	rule = "cancel-fields",
	wrong = {
		{ 25, why = { "That line sends the CANCEL, with the branch that it was given. Which line has chosen that?", zh = "那一行用已有的 branch 发送 CANCEL。是哪一行选定的？" } },
		{ 12, why = { "Each request leaves by that line.", zh = "每个请求都由那一行发出。" } },
	},
	why = { "Follow the variable `branch`: when is it set, and when a second time?", zh = "跟踪变量 `branch`：它什么时候被赋值，第二次又是什么时候？" },
	hint = { "The function `invite` runs twice. What is different the second time?", zh = "函数 `invite` 运行两次。第二次有什么不同？" },
	records = cancel,
}

task {
	choice = {
		{ "Without passwords the server is stateless, and looks at the Call-ID alone",
			zh = "没有密码时服务器是无状态的，只看 Call-ID",
			why = { "It keeps transactions in either case.", zh = "两种情况下它都保留事务。" } },
		{ "A CANCEL has no credentials, so that a server with passwords rejects it",
			zh = "CANCEL 没有凭据，所以有密码的服务器拒绝它",
			why = { "It gets a 200 here as well.", zh = "在这里它也得到 200。" } },
		{ "There is one INVITE then, so its first branch is the branch of the call", right = true,
			zh = "那时只有一个 INVITE，它的第一个 branch 就是这个呼叫的" },
		{ "Bob's phone rings later then, and the CANCEL overtakes the INVITE to it",
			zh = "那时 Bob 的话机振铃较晚，CANCEL 赶在 INVITE 之前到达",
			why = { "It rings sooner, by one round trip.", zh = "它振铃更早，早一个往返。" } },
	},
	points = 1,
	rule = "cancel-fields",
	hint = { "Count the INVITEs of Alice's phone in both runs: `-m method=INVITE src=alice`.", zh = "在两个运行中数 Alice 的话机的 INVITE：`-m method=INVITE src=alice`。" },
	records = cancel,
}

task {
	agent = {
		{ "Alice's CANCEL makes the server send one to Bob's phone", zh = "Alice 的 CANCEL 使服务器向 Bob 的话机发送 CANCEL",
			function(t)
				local invite = t:first "kind=send method=INVITE src=px dst=bob to=40s"
				local cancel = t:first "kind=send method=CANCEL src=px dst=bob to=40s"
				return cancel ~= nil and cancel:header "Via" == invite:header "Via", cancel
			end, rule = "cancel-fields",
			why = { "Which INVITE does the server forward, and which branch does that one have?", zh = "服务器转发的是哪个 INVITE，它的 branch 是什么？" } },
		{ "The INVITE ends with a 487, which gets its ACK", zh = "INVITE 以 487 结束，并得到 ACK",
			function(t)
				local over = t:first "kind=recv status=487 dst=alice"
				local ack = over and t:first("kind=send method=ACK src=alice", function(r) return r.seq > over.seq end)
				return ack ~= nil and ack:header("Via") == t:last("kind=send method=INVITE src=alice"):header "Via", ack or over
			end, rule = "ict-ack",
			why = { "The ACK for a non-2xx response has the branch of the INVITE.", zh = "对拒绝的 ACK 带有 INVITE 的 branch。" } },
		program = "phone.lua",
		node = "alice",
		points = 3,
	},
	hint = { "RFC 3261, section 22.2: the request with credentials is a new one.", zh = "RFC 3261 第 22.2 节：带凭据的请求是新的请求。" },
}
