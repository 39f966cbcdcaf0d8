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
			why = { "Its Expires is a wish. Read on: what becomes of it?", zh = "它的 Expires 只是愿望。往下读：结果如何？" },
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
		{ 0, why = { "What is told is the time that is left, not the one that was granted.", zh = "写的是剩余的时间，不是准许的时长。" } },
		{ function(t) return left(notifies(t)[2]) end,
			why = { "That is what is left. By how much is it less than before?", zh = "那是剩余的时间。比以前少多少？" } },
	},
	rule = "notify-news",
	why = { "Read `expires` in Subscription-State of both NOTIFYs and subtract.",
		zh = "读两个 NOTIFY 的 Subscription-State 中的 `expires`，相减。" },
	records = notifies,
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
	why = { "The dialog record of the watcher stands behind the arrival of what makes it.", zh = "观察者的 dialog 记录跟在建立对话的消息到达之后。" },
	records = function(t) return { notifies(t)[1]:arrival(), t:first "kind=dialog node=watcher" } end,
	hint = { "The 200 comes first; is there a dialog record behind it?", zh = "200 先到；它之后有 dialog 记录吗？" },
}

task {
	text = function(t) return t:last("kind=send status=200 cseq=NOTIFY").src end,
	rule = "notify-recv",
	wrong = {
		{ "server", why = { "The server sends the NOTIFY: it is the notifier. Whoever gets a request answers it.",
			zh = "服务器发送 NOTIFY：它是通知者。收到请求的一方响应。" } },
		{ "router", why = { "Nobody on the way answers.", zh = "途中没有谁响应。" } },
	},
	why = { "Look for the 200 whose CSeq says NOTIFY: the node that sends it is who subscribed.",
		zh = "找 CSeq 为 NOTIFY 的 200：发送它的节点就是订阅者。" },
	records = function(t) return t:last "kind=send status=200 cseq=NOTIFY" end,
}

task {
	draw = "proto=sip kind=send",
	points = 2,
}

task { predict = 3 }
