-- The tasks of torn-tcp; their texts are in README.md.
lesson { minutes = 30, level = 3 }
vary { "bob.answer=1s..3s:1s", "seed=1..999:1" }

-- So many bytes get through, as the lab's script says.
local THROUGH = 200

local function torn(t)
	return t:first "method=INVITE src=px dst=bob kind=send"
end

local function given_up(t)
	return t:first("kind=fsm node=px", function(r) return r.event == "transport error" end)
end

task {
	choice = {
		{ "at the first empty line, which ends every message", zh = "在第一个空行，它结束每条消息", rule = "stream-length",
			why = { "There the head ends; the body follows.", zh = "那里是头部的结尾；后面还有消息体。" } },
		{ "where a TCP segment ends: each has one message in it", zh = "在一个 TCP 段的结尾：每段一条消息", rule = "stream-length",
			why = { "A stream has no such marks: a message may take several segments, a segment may contain several messages.",
				zh = "流没有这样的标记：一条消息可能占几个段，一个段也可能有几条消息。" } },
		{ "where the connection is closed: each has one message", zh = "在连接关闭处：每个连接一条消息",
			why = { "One connection carries many messages. What its end cuts off is no message.", zh = "一条连接承载许多消息。被连接结束截断的不是消息。" } },
		{ "behind as many bytes of body as Content-Length says", right = true, rule = "stream-length",
			zh = "消息体满 Content-Length 的字节数之后" },
	},
	points = 2,
	records = torn,
}

task {
	number = function(t) return torn(t).size - THROUGH end,
	unit = { "bytes", zh = "字节" },
	rule = "stream-torn",
	wrong = {
		{ function(t) return torn(t).size end, why = { "That is the size of the whole message; 200 bytes of it have arrived.", zh = "那是整条消息的长度；其中 200 字节已到达。" } },
		{ 0, why = { "TCP delivers in order what it delivers. A connection that breaks delivers no more.", zh = "TCP 按顺序交付它所交付的。断开的连接不再交付。" } },
		{ function(t) return tonumber(torn(t):header "Content-Length") end,
			why = { "That is only the body; a part of the head is missing, too.", zh = "那只是消息体；头部也缺了一部分。" } },
	},
	why = { "Read the size of that INVITE in its record, and subtract what has arrived.",
		zh = "读该 INVITE 的记录中的大小，减去已送达的字节。" },
	records = torn,
	hint = { "`size` is in the record of `INVITE@px`; 200 bytes of it have arrived.",
		zh = "`INVITE@px` 的记录中有 `size`；其中 200 字节已到达。" },
	others = {
		{
			number = function(t) return tonumber(torn(t):header "Content-Length") end,
			ask = { "How many bytes has the body of the first INVITE for Bob, as its head says?\n\n    rung show torn-tcp -m method=INVITE src=px",
				zh = "发给 Bob 的第一个 INVITE 的消息体有多少字节（以头部所写为准）？\n\n    rung show torn-tcp -m method=INVITE src=px" },
			unit = { "bytes", zh = "字节" },
			wrong = {
				{ function(t) return torn(t).size end, why = { "That is the size of the whole message, with its head.", zh = "那是整条消息的长度，包括头部。" } },
				{ function(t) return torn(t).size - THROUGH end, why = { "That many bytes of the message are missing, head and body.", zh = "那是消息中缺少的部分，包括头部和消息体。" } },
			},
			rule = "stream-length",
			why = { "Read the INVITE that `px` sends to `bob`: a field of its head counts what follows the empty line.",
				zh = "读 `px` 发给 `bob` 的 INVITE：头部有一个字段说明空行之后有多少字节。" },
			hint = { "RFC 3261, section 20.14: one field of `INVITE@px` says it.",
				zh = "RFC 3261 第 20.14 节：`INVITE@px` 的一个字段说明它。" },
			records = torn,
		},
		{
			number = function(t) return torn(t).size end,
			ask = { "How many bytes has the first INVITE for Bob in total, its head and its body? For N, take that INVITE.\n\n    rung show torn-tcp method=INVITE src=px\n    rung show torn-tcp N",
				zh = "发给 Bob 的第一个 INVITE 总共有多少字节，包括头部和消息体？N 取那个 INVITE。\n\n    rung show torn-tcp method=INVITE src=px\n    rung show torn-tcp N" },
			unit = { "bytes", zh = "字节" },
			wrong = {
				{ function(t) return tonumber(torn(t):header "Content-Length") end, why = { "That is only the body.", zh = "那只是消息体。" } },
				{ 200, why = { "That is what arrives of it.", zh = "那是已送达的部分。" } },
			},
			rule = "stream-length",
			why = { "Read the size of that INVITE in its record.",
				zh = "读该 INVITE 的记录中的大小。" },
			hint = { "The record of `INVITE@px` has it as `size`.",
				zh = "`INVITE@px` 的记录以 `size` 给出它。" },
			records = torn,
		},
	},
}

task {
	find = { node = "px", rule = "client-transport-error", record = given_up },
	points = 3,
	why = { "Look for the fsm record in which the INVITE's client transaction ends before any final response; `rung explain` names its rule.",
		zh = "找 INVITE 的客户端事务在没有最终响应时就结束的 fsm 记录；`rung explain` 给出它的规则。" },
	hint = { "A transaction of `px` ends before its time: `kind=fsm node=px machine=ICT from=1s to=1.06s`.",
		zh = "`px` 的一个事务提前结束：`kind=fsm node=px machine=ICT from=1s to=1.06s`。" },
	others = {
		{
			find = { node = "bob", record = function(t) return { t:first "kind=bad node=bob", t:first "kind=drop node=bob method=INVITE" } end },
			ask = { "A node has received 200 bytes of an INVITE, and no more. Find the record in which it discards them: `node=… record=…`.\n\n    rung show torn-tcp kind=drop,bad from=1s to=1.1s",
				zh = "一个 INVITE 有 200 字节到达某个节点，此后再没有。找出它丢弃这些字节的那条记录：`node=… record=…`。\n\n    rung show torn-tcp kind=drop,bad from=1s to=1.1s" },
			rule = "stream-torn",
			why = { "`px` has sent the bytes; look at the node that waits for the rest of them.",
				zh = "这些字节由 `px` 发送；看等待其余部分的一方。" },
			hint = { "`kind=fault` says when the connection is cut: the node that waits for the rest notices it one way of the line later. The bytes are not discarded where they were sent.",
				zh = "`kind=fault` 说明连接何时被切断：等待其余字节的一方在一个单程之后得知。丢弃这些字节的，不是发送它们的节点。" },
			records = function(t) return t:first "kind=bad node=bob" end,
		},
		{
			draw = "kind=send from=900ms to=1055ms",
			ask = { "Draw what is sent in Alice's first call until she learns how it ends, including what is cut: one line for each arrow, such as `alice -> px BYE`.\n\n    rung show torn-tcp kind=send from=900ms to=1055ms",
				zh = "画出 Alice 的第一个呼叫中，到她得知结果为止发送的消息，被切断的也算：每行一个箭头，如 `alice -> px BYE`。\n\n    rung show torn-tcp kind=send from=900ms to=1055ms" },
			rule = "proxy-transport",
			hint = { "`src=px kind=send from=900ms to=1055ms` is what `px` sends: what has Alice sent before, and to which of these does she not yet send an answer at that time?",
				zh = "`src=px kind=send from=900ms to=1055ms` 是 `px` 的部分：在此之前 Alice 发来了什么，到那时为止她还不必回应其中的哪些？" },
		},
	},
}

task {
	choice = {
		{ "The INVITE is too large for a request that is repeated.", zh = "INVITE 太大，不能重传。", rule = "transport-size",
			why = { "The size decides whether a request may be sent by UDP; the timer depends on the transport.", zh = "大小决定请求能否走 UDP；定时器取决于传输。" } },
		{ "TCP repeats what is lost, in place of SIP.", right = true, rule = "ict-send",
			zh = "丢失的由 TCP 代 SIP 重传。" },
		{ "Over TCP no message can get lost, whatever happens.", zh = "在 TCP 上，无论如何消息都不会丢失。", rule = "client-transport-error",
			why = { "This one was: with the connection, everything in it was lost.", zh = "这一条就丢了：连接断了，其中的内容也就丢了。" } },
		{ "The proxy's 100 came in time and made it needless.", zh = "代理服务器的 100 及时到了，不再需要它。", rule = "ict-1xx",
			why = { "Then it would have been started and stopped. There is no such record.", zh = "那样它会启动，再停止。没有这样的记录。" } },
	},
	points = 2,
}

task {
	time = function(t) return given_up(t).time - torn(t).time end,
	tolerance = "1ms",
	ahead = true,
	rule = "client-transport-error",
	wrong = {
		{ 32, why = { "That is how long Timer B would wait for a response. The failure is noticed long before.", zh = "那是定时器 B 等待响应的时间。早在此前就有所发现。" } },
		{ 0.5, why = { "That is T1, for retransmission.", zh = "那是 T1，用于需要重传的情形。" } },
	},
	why = { "Take two records of `px`: it sends the INVITE, and the transaction of that ends. Subtract their times.",
		zh = "看 `px` 的两条记录：它发送 INVITE，以及该事务结束。两个时刻相减。" },
	hint = { "`kind=fault` cuts when it is sent; `px` tries to connect once more before the transaction fails. The times are those of its line to Bob: see when `node=px machine=ICT` goes on.",
		zh = "`kind=fault` 在发送时切断连接；`px` 放弃之前再尝试连接一次。所走的是它到 Bob 的线路：看 `node=px machine=ICT` 何时继续。" },
	records = given_up,
	others = {
		{
			number = function(t) return t:count "kind=recv dst=bob method=INVITE" end,
			ask = { "Before you look at the run: how many INVITEs arrive complete at Bob's phone?\n\n    rung show torn-tcp method=INVITE dst=bob",
				zh = "先不看运行：会有多少个 INVITE 完整地到达 Bob 的话机？\n\n    rung show torn-tcp method=INVITE dst=bob" },
			ahead = true,
			wrong = {
				{ 2, why = { "That many are sent to it.", zh = "那是发给它的数目。" } },
				{ 0, why = { "Alice calls once more, over a connection that does not break.", zh = "Alice 又呼叫了一次，连接没有断。" } },
			},
			rule = "stream-torn",
			why = { "Count what is received there, not what is sent there.",
				zh = "数在那里收到的，而不是发往那里的。" },
			hint = { "`method=INVITE dst=bob kind=send` has what is sent to Bob's phone; what of that does `kind=drop` remove, RFC 3261, 18.3?",
				zh = "`method=INVITE dst=bob kind=send` 是发给 Bob 话机的；其中哪些被 `kind=drop` 除去，RFC 3261 第 18.3 节？" },
			records = function(t) return t:first "kind=recv dst=bob method=INVITE" end,
		},
		{
			number = function(t) return t:count "kind=send method=INVITE" end,
			ask = { "Before you look at the run: how many INVITEs are sent in total, by Alice's phone and by `px` together?\n\n    rung show torn-tcp method=INVITE kind=send",
				zh = "先不看运行：Alice 的话机和 `px` 总共会发送多少个 INVITE？\n\n    rung show torn-tcp method=INVITE kind=send" },
			ahead = true,
			wrong = {
				{ { 3, 5 }, why = { "Each call has one INVITE on either side of `px`, and nothing is retransmitted.", zh = "每个呼叫在 `px` 的两侧各有一个 INVITE，没有重传。" } },
				{ 2, why = { "That is one side of `px`.", zh = "那是 `px` 的一侧。" } },
			},
			rule = "ict-send",
			why = { "Count the transmissions of INVITE in the whole run.",
				zh = "数整个运行中 INVITE 的发送。" },
			hint = { "`src=alice method=INVITE kind=send` has Alice's; `px` forwards each of them, and over TCP nothing is retransmitted, RFC 3261, 17.1.1.2.",
				zh = "`src=alice method=INVITE kind=send` 是 Alice 的；`px` 把每一个转发，而 TCP 上没有重传，RFC 3261 第 17.1.1.2 节。" },
			records = function(t) return t:all "kind=send method=INVITE" end,
		},
	},
}

task {
	goal = {
		{ "a connection breaks in the middle of a message while the call is confirmed", zh = "呼叫已确认时，连接在一条消息中间断开",
			function(t)
				local cut = t:first "kind=fault effect=cut"
				return t:first("kind=call node=alice state=confirmed", function(r)
					return cut and cut.time > r.time
				end) and cut
			end },
		{ "the same call goes on, and is ended by a BYE that is answered", zh = "同一个呼叫继续，由得到响应的 BYE 结束",
			function(t)
				local r = t:last "status=200 cseq=BYE kind=recv node=alice"
				return r ~= nil, r
			end, rule = "bye-send" },
		{ "Alice has called once", zh = "Alice 只呼叫了一次",
			function(t)
				return t:count "method=INVITE src=alice kind=send" == 1
			end },
	},
	points = 3,
}
