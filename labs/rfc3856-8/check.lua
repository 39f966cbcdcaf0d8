-- The tasks of rfc3856-8; their texts are in README.md.
lesson { minutes = 20, level = 1 }
vary { "watcher--server.delay=5ms..40ms:5ms", "seed=1..999:1" }

local function notifies(t)
	return t:all "kind=send method=NOTIFY src=server"
end

local function left(r)
	return tonumber(r:header("Subscription-State"):match "expires=(%d+)")
end

task {
	choice = {
		{ "the watcher, which asks for a time in its SUBSCRIBE", zh = "观察者，它在 SUBSCRIBE 中要求时长",
			why = { "Its Expires is a proposal. Read on: what happens to it?", zh = "它的 Expires 只是愿望。往下读：结果如何？" },
			rule = "subscribe-send" },
		{ "nobody: it lasts until the watcher ends it", zh = "没有人：它持续到观察者结束它",
			why = { "A subscription that is not refreshed ends when its time is over.", zh = "不刷新的订阅到期就结束。" }, rule = "subscribe-expired" },
		{ "the server, which grants a time in its 200", zh = "服务器，它在 200 中准许时长", right = true },
		{ "the registrar, as it does for a registration", zh = "注册服务器，就像它对注册那样",
			why = { "There is no registrar here, and the watcher has not registered.", zh = "这里没有注册服务器，观察者也没有注册。" } },
	},
	rule = "subscribe-accept",
	records = function(t) return { t:first "kind=send method=SUBSCRIBE", t:first "kind=send status=200 src=server", notifies(t)[1] } end,
}

task {
	number = function(t) return left(notifies(t)[1]) - left(notifies(t)[2]) end,
	unit = { "seconds", zh = "秒" },
	wrong = {
		{ 0, why = { "The NOTIFY has the remaining time, not the granted time.", zh = "写的是剩余的时间，不是准许的时长。" } },
		{ function(t) return left(notifies(t)[2]) end,
			why = { "That is the remaining time. By how much is it less than before?", zh = "那是剩余的时间。比以前少多少？" } },
	},
	rule = "notify-news",
	why = { "Read `expires` in Subscription-State of both NOTIFYs and subtract.",
		zh = "读两个 NOTIFY 的 Subscription-State 中的 `expires`，相减。" },
	records = notifies,
	hint = { "Compare `NOTIFY@server` with `NOTIFY@server#2`: the field has the remaining time.", zh = "对照读 `NOTIFY@server` 和 `NOTIFY@server#2`：这个字段说明还剩多少。" },
	others = {
		{ number = function(t) return left(notifies(t)[2]) end,
			ask = { "How many seconds remain for the subscription when the second NOTIFY is sent?",
				zh = "发送第二个 NOTIFY 时，订阅还剩多少秒？" },
			wrong = {
				{ 600, why = { "That is the granted time.", zh = "那是准许的时长。" } },
			},
			why = { "Read `expires` in Subscription-State of the second NOTIFY.", zh = "读第二个 NOTIFY 的 Subscription-State 中的 `expires`。" },
			rule = "notify-news",
			records = function(t) return { notifies(t)[2] } end,
			hint = { "600 s were granted in `200@server`; subtract the time since then: `method=NOTIFY from=4s`.", zh = "`200@server` 准许了 600 s；其后经过的时间要减去：`method=NOTIFY from=4s`。" } },
		{ number = function(t) return tonumber(notifies(t)[2]:header("CSeq"):match "%d+") end,
			ask = { "What is the CSeq number of the second NOTIFY?",
				zh = "第二个 NOTIFY 的 CSeq 编号是多少？" },
			wrong = {
				{ 3, why = { "The SUBSCRIBE is from the peer, and is not counted.", zh = "SUBSCRIBE 是对方的，不一起计数。" } },
				{ 1, why = { "That is the first one's.", zh = "那是第一个的。" } },
			},
			why = { "Read the field of the second NOTIFY; each side of a dialog counts its own requests.", zh = "读第二个 NOTIFY 的这个字段；对话的每一方各自编号。" },
			rule = "dialog-request",
			records = function(t) return { notifies(t)[2] } end,
			hint = { "RFC 3261, 12.2.1.1: within a dialog the number of a request is one higher than that of the last one from the same sender, here `NOTIFY@server`.", zh = "RFC 3261 第 12.2.1.1 节：对话中的请求比同一发送方的上一个请求大一，这里上一个是 `NOTIFY@server`。" } },
	},
}

task {
	find = {
		record = function(t)
			local first = notifies(t)[1]
			return { first, first:arrival(), t:first "kind=dialog node=watcher" }
		end,
	},
	points = 2,
	rule = "dialog-notify",
	why = { "The dialog record of the watcher is after the arrival of the message that creates it.", zh = "观察者的 dialog 记录跟在建立对话的消息到达之后。" },
	records = function(t) return { notifies(t)[1]:arrival(), t:first "kind=dialog node=watcher" } end,
	hint = { "`node=watcher kind=recv,dialog to=1.1s` has the dialog's first record between the arrivals: RFC 6665, 4.4.1 says which of the two creates it.", zh = "`node=watcher kind=recv,dialog to=1.1s` 中，对话的第一条记录在各次到达之间：必须先有两者中的哪一个，见 RFC 6665 第 4.4.1 节。" },
	others = {
		{ find = { record = function(t) return { t:first "kind=send method=SUBSCRIBE", t:first("kind=send method=SUBSCRIBE"):arrival(), t:first "kind=dialog node=server" } end },
			ask = { "Which message creates the dialog at the server? Write its record: `record=…`.",
				zh = "在服务器一侧，哪条消息建立对话？写出它的记录：`record=…`。" },
			why = { "The dialog record of the server is after the arrival of the message that creates it.", zh = "服务器的 dialog 记录跟在建立对话的消息到达之后。" },
			rule = "dialog-notify",
			records = function(t) return t:first "kind=dialog node=server" end,
			hint = { "The server has the dialog before the watcher: `kind=dialog node=server`, and what has reached it by then.", zh = "服务器比观察者更早有对话：`kind=dialog node=server`，看那时什么已到达。" } },
		{ find = { record = function(t) return (function(r) return { r, r:arrival() } end)(t:last "kind=send status=200 cseq=NOTIFY") end },
			ask = { "Which message says that the watcher has received the user's new state? Write its record: `record=…`.\n\n    rung show rfc3856-8 from=4s kind=send",
				zh = "哪条消息说明观察者已得知用户的新状态？写出它的记录：`record=…`。\n\n    rung show rfc3856-8 from=4s kind=send" },
			why = { "The new state is in the second NOTIFY; the receiver of a request answers it.", zh = "新状态由第二个 NOTIFY 告知；收到请求的一方响应。" },
			rule = "response-fields",
			records = function(t) return t:last "kind=send status=200 cseq=NOTIFY" end,
			hint = { "Read the CSeq of `NOTIFY@server#2`: a response copies it, RFC 3261, 8.2.6.2, and goes in the other direction, `dst=server kind=send`.", zh = "看 `NOTIFY@server#2` 的 CSeq：响应保留它（RFC 3261 第 8.2.6.2 节），而且走相反的方向，见 `dst=server kind=send`。" } },
	},
}

task {
	goal = {
		{ "the server grants the subscription, and reports nothing yet: pending", zh = "服务器准许订阅，但还不告知状态：pending",
			function(t)
				local r = notifies(t)[1]
				return r ~= nil and tostring(r:header "Subscription-State"):find("pending", 1, true) ~= nil, r
			end,
			why = { "Which of the values of `watchers` makes a watcher wait?", zh = "`watchers` 的哪个值让人等待？" } },
		{ "then its user authorizes the watcher: active", zh = "然后它的用户允许观察者：active",
			function(t)
				local r = t:last "kind=send method=NOTIFY src=server"
				return r ~= nil and tostring(r:header "Subscription-State"):find("active", 1, true) ~= nil, r
			end,
			why = { "docs/SCENARIO.md has the action for it.", zh = "docs/zh/SCENARIO.md 有这个动词。" } },
		{ "the watcher has subscribed only once", zh = "观察者只询问了一次",
			function(t) return t:count "kind=send method=SUBSCRIBE" == 1, t:first "kind=send method=SUBSCRIBE" end },
	},
	points = 2,
	hint = { "The attribute is `watchers` of server; use `server:admit` with the watcher's URI in the script.", zh = "属性是 server 的 `watchers`；脚本中用 `server:admit`，带观察者的 URI。" },
}

task {
	draw = "proto=sip kind=send",
	points = 2,
	hint = { "RFC 6665, 1.1 has the outline; `method=SUBSCRIBE,NOTIFY kind=send` are the requests, and each of them is answered.", zh = "RFC 6665 第 1.1 节有概要；`method=SUBSCRIBE,NOTIFY kind=send` 是各个请求，每个都要响应。" },
	ahead = true,
	others = {
		{ draw = "proto=sip kind=send src=server",
			ask = { "Before you look at the run: draw everything that the server will send, one line each, `server -> watcher 200`.\n\n    rung show rfc3856-8 src=server kind=send",
				zh = "先不看运行：画出服务器将发送的所有消息，每条一行，如 `server -> watcher 200`。\n\n    rung show rfc3856-8 src=server kind=send" },
			ahead = true,
			hint = { "`dst=server kind=recv` is what it receives: which of these are requests that it must answer, and which are responses to its own, RFC 6665, 4.2.1 and 4.2.2?", zh = "`dst=server kind=recv` 是它收到的：哪些是它必须响应的请求，哪些是对它自己请求的响应？见 RFC 6665 第 4.2.1、4.2.2 节。" } },
		{ draw = "proto=sip kind=send src=watcher",
			ask = { "Before you look at the run: draw everything that the watcher will send, one line each, `watcher -> server SUBSCRIBE`.\n\n    rung show rfc3856-8 src=watcher kind=send",
				zh = "先不看运行：画出观察者将发送的所有消息，每条一行，如 `watcher -> server SUBSCRIBE`。\n\n    rung show rfc3856-8 src=watcher kind=send" },
			ahead = true,
			hint = { "It sends one request, and answers those that it receives, RFC 6665, 4.1.3: `dst=watcher kind=recv`.", zh = "它发出一个请求，并响应所有到来的请求，RFC 6665 第 4.1.3 节：`dst=watcher kind=recv`。" } },
	},
}

task { ahead = 3 }
