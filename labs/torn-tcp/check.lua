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
			why = { "A stream has no such marks: a message may take several segments, a segment may hold several messages.",
				zh = "流没有这样的标记：一条消息可能占几个段，一个段也可能有几条消息。" } },
		{ "where the connection is closed: each has one message", zh = "在连接关闭处：每个连接一条消息",
			why = { "One connection carries many messages. What its end cuts short is no message.", zh = "一条连接承载许多消息。被连接结束截断的不是消息。" } },
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
		{ function(t) return torn(t).size end, why = { "So long is the whole message; 200 bytes of it have come.", zh = "那是整条消息的长度；其中 200 字节已到达。" } },
		{ 0, why = { "TCP delivers in order what it delivers. A connection that breaks delivers no more.", zh = "TCP 按顺序交付它所交付的。断开的连接不再交付。" } },
		{ function(t) return tonumber(torn(t):header "Content-Length") end,
			why = { "That is the body alone; a part of the head is missing, too.", zh = "那只是消息体；头部也缺了一部分。" } },
	},
	why = { "Read the size of that INVITE in its record, and take away what got through.",
		zh = "读该 INVITE 的记录中的大小，减去已送达的字节。" },
	records = torn,
}

task {
	find = { node = "px", rule = "client-transport-error", record = given_up },
	points = 3,
	why = { "Look for the fsm record in which the INVITE's client transaction ends before any final response; `rung explain` names its rule.",
		zh = "找 INVITE 的客户端事务在没有最终响应时就结束的 fsm 记录；`rung explain` 给出它的规则。" },
	hint = { "A transaction ends before its time.", zh = "有一个事务提前结束。" },
}

task {
	choice = {
		{ "The INVITE is too large for a request that is repeated.", zh = "INVITE 太大，不能重传。", rule = "transport-size",
			why = { "Size decides whether a request may go by UDP; the timer depends on the transport.", zh = "大小决定请求能否走 UDP；定时器取决于传输。" } },
		{ "TCP itself repeats what is lost, so SIP need not.", right = true, rule = "ict-send",
			zh = "丢失的由 TCP 自己重传，所以 SIP 不必。" },
		{ "Over TCP no message can get lost, whatever happens.", zh = "在 TCP 上，无论如何消息都不会丢失。", rule = "client-transport-error",
			why = { "This one did: whoever loses the connection loses what was in it.", zh = "这一条就丢了：连接断了，其中的内容也就丢了。" } },
		{ "The proxy's 100 came in time and made it needless.", zh = "代理服务器的 100 及时到了，不再需要它。", rule = "ict-1xx",
			why = { "Then it would have been set and stopped. There is no such record.", zh = "那样它会启动，再停止。没有这样的记录。" } },
	},
	points = 2,
}

task {
	number = function(t)
		return t:first("kind=call node=alice state=terminated").status
	end,
	rule = "proxy-transport",
	wrong = {
		{ 503, why = { "So px counts it; it does not pass a 503 on, which would say that px itself is overloaded.", zh = "px 是这样看待它的；但它不转发 503，那会表示 px 自己过载。" } },
		{ 408, why = { "Nobody had to wait for a timer: the broken connection is noticed at once.", zh = "没有人需要等定时器：断开的连接立即被发现。" } },
	},
	why = { "Look for the record of kind call at Alice's phone in which the call is terminated: the status stands in it.",
		zh = "找 Alice 的话机上呼叫终止的 call 记录：状态码写在其中。" },
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
