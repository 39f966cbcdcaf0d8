-- The tasks of registration-events; their texts are in README.md.
lesson { minutes = 40, level = 2 }
vary { "lan--cell.delay=5ms..40ms:5ms", "seed=1..999:1" }

local function notifies(t)
	return t:all "kind=send method=NOTIFY src=reg"
end

local function active(t)
	local n = 0
	for _, r in ipairs(notifies(t)) do
		if r.text:find "<registration[^>]* state=\"active\"" then
			n = n + 1
		end
	end
	return n
end

-- The NOTIFY of the mobile's binding that nobody has refreshed.
local function late(t)
	return t:first "kind=send method=NOTIFY src=reg from=60s to=72s"
end

-- The event of the contact that is not in state active.
local function ended(r)
	return r.text:match "state=\"terminated\" event=\"(%w+)\""
end

task {
	number = active,
	unit = { "NOTIFYs", zh = "个 NOTIFY" },
	wrong = {
		{ function(t) return #notifies(t) end,
			why = { "In the one at 76 s there is no contact left.", zh = "76 s 的那个中已没有联系地址。" } },
		{ function(t) return active(t) - 2 end,
			why = { "While there is one contact, the address-of-record is active, even if another has just ended.",
				zh = "只要还有一个联系地址，记录地址就是 active，即使另一个刚刚结束。" } },
		{ function(t) return active(t) - 1 end,
			why = { "While there is one contact, the address-of-record is active, even if another has just ended.",
				zh = "只要还有一个联系地址，记录地址就是 active，即使另一个刚刚结束。" } },
	},
	why = { "In each NOTIFY's document the element `registration` has its own state, next to that of each `contact`. Count by the former.",
		zh = "每个 NOTIFY 的文档里，`registration` 元素有自己的 state，与各个 `contact` 的不同。按前者数。" },
	records = notifies,
	hint = { "RFC 3680 5.1 says what the state of the element registration means. Compare the documents of `-m method=NOTIFY src=reg from=68s`: a contact ends in both of them; what differs above it?",
		zh = "RFC 3680 5.1 说明 registration 元素的 state 的含义。比较 `-m method=NOTIFY src=reg from=68s` 的各个文档：第一个和第二个中都有联系地址终止；其上的 registration 有何不同？" },
	others = {
		{ number = function(t)
			local n = 0
			for _, r in ipairs(notifies(t)) do
				if r.text:find "id=\"c[23]\" state=\"active\"" then
					n = n + 1
				end
			end
			return n
		end, unit = { "NOTIFYs", zh = "个 NOTIFY" },
			ask = { "In how many of the NOTIFYs is the mobile's Contact there, and in the state `active`?\n\n    rung show registration-events -m method=NOTIFY", zh = "在多少个 NOTIFY 中有手机的联系地址，而且状态是 `active`？\n\n    rung show registration-events -m method=NOTIFY" },
			wrong = { { 5, why = { "In some of these its state is terminated.", zh = "其中有几个里它的状态是 terminated。" } }, { 2, why = { "It registers, is refreshed, and registers again.", zh = "它出现、被刷新，又出现一次。" } } },
			why = { "Each `contact` has a state of its own. The mobile's are those with q.", zh = "每个 `contact` 有自己的 state。手机的是带 q 的那些。" },
			hint = { "Count with `-m method=NOTIFY src=reg to=70s`; the mobile has two ids, one after the other.", zh = "用 `-m method=NOTIFY src=reg to=70s` 来数；手机先后有两个 id。" },
			records = notifies },
		{ number = function(t) return #notifies(t) end, unit = { "NOTIFYs", zh = "个 NOTIFY" },
			ask = { "How many NOTIFYs does the registrar send in the whole run?\n\n    rung show registration-events method=NOTIFY kind=send", zh = "在整个运行中，注册服务器一共发送多少个 NOTIFY？\n\n    rung show registration-events method=NOTIFY kind=send" },
			wrong = { { 7, why = { "The last of all is caused by the desk phone.", zh = "最后一个是因为桌面话机做了什么才来的。" } }, { 9, why = { "Carol gets none.", zh = "Carol 一个也没有得到。" } } },
			why = { "Each change of the bindings causes one, and the subscription itself causes the first; see what follows the one at 76 s.", zh = "绑定的每次改变带来一个，订阅本身带来第一个；看 76 s 的那个之后还有什么。" },
			hint = { "Each change of `kind=binding node=reg from=1s` causes one; and what does a subscription cause at its beginning, RFC 6665 4.2.1.2?",
				zh = "`kind=binding node=reg from=1s` 的每次变化带来一个；订阅开始时又带来什么，见 RFC 6665 4.2.1.2？" },
			records = notifies },
	},
}

task {
	text = function(t) return ended(notifies(t)[4]) end,
	rule = "register-remove",
	wrong = {
		{ "expired", why = { "That is for a binding that nobody refreshes. Here the phone has sent a REGISTER.",
			zh = "没有人刷新绑定时才是这样。这里话机发送了 REGISTER。" } },
		{ "deactivated", why = { "That is for an administrator who ends it.", zh = "管理员结束绑定时才是这样。" } },
		{ "terminated", why = { "That is its state. The event that led to it is next to it.", zh = "那是它的状态。旁边写着它因何变成这样。" } },
	},
	why = { "Read the document of that NOTIFY: the attribute `event` of the mobile's contact.", zh = "读该 NOTIFY 的文档：手机的 contact 的 `event` 属性。" },
	hint = { "What has the mobile asked for in its third REGISTER (`src=cell method=REGISTER to=8s`)?", zh = "手机在第三个 REGISTER（`src=cell method=REGISTER to=8s`）中要求什么？" },
	records = function(t) return notifies(t)[4] end,
	others = {
		{ text = function(t) return notifies(t)[3].text:match "id=\"c2\" state=\"active\" event=\"(%w+)\"" end, rule = "location-store",
			ask = { "Which event does the mobile's contact have in the NOTIFY at 5 s?\n\n    rung show registration-events -m method=NOTIFY from=5s to=6s", zh = "在 5 s 的 NOTIFY 中，手机的联系地址的 event 是什么？\n\n    rung show registration-events -m method=NOTIFY from=5s to=6s" },
			wrong = { { "registered", why = { "That was the event when it registered first. Now it is a repeated registration.", zh = "它第一次来时是这样。现在它先前已来过。" } }, { "shortened", why = { "The requested time is the same as before.", zh = "它要求的时长与之前一样。" } }, { "active", why = { "That is its state.", zh = "那是它的状态。" } } },
			why = { "Read the attribute `event` of the mobile's contact: the same Contact was registered two seconds before.", zh = "读手机的 contact 的 `event` 属性：同一个 Contact 两秒之前已注册。" },
			hint = { "Its second REGISTER (`src=cell method=REGISTER from=4s to=6s`) names the same Contact again.", zh = "它的第二个 REGISTER（`src=cell method=REGISTER from=4s to=6s`）再次写了同一个 Contact。" },
			records = function(t) return notifies(t)[3] end },
		{ text = function(t) return notifies(t)[5].text:match "id=\"c3\" state=\"active\" event=\"(%w+)\"" end, rule = "location-store",
			ask = { "Which event does the mobile's contact have in the NOTIFY at 9 s?\n\n    rung show registration-events -m method=NOTIFY from=9s to=10s", zh = "在 9 s 的 NOTIFY 中，手机的联系地址的 event 是什么？\n\n    rung show registration-events -m method=NOTIFY from=9s to=10s" },
			wrong = { { "refreshed", why = { "There is nothing to refresh: its binding was removed at 7 s.", zh = "没有可刷新的：它的绑定在 7 s 已撤销。" } }, { "created", why = { "That would be the event if somebody else had created the binding.", zh = "如果绑定是由别人建立的，才会如此。" } }, { "active", why = { "That is its state.", zh = "那是它的状态。" } } },
			why = { "Read the attribute `event` of the mobile's contact: a binding begins, created by the phone itself.", zh = "读手机的 contact 的 `event` 属性：话机自己建立了一个绑定。" },
			hint = { "Did the mobile have a binding at 8 s? `kind=binding node=reg to=10s`.", zh = "8 s 时有手机的绑定吗？`kind=binding node=reg to=10s`。" },
			records = function(t) return notifies(t)[5] end },
	},
}

task {
	choice = {
		{ "The old binding was ended: what comes now is a new one",
			zh = "以前的绑定已经结束：现在的是新绑定", right = true },
		{ "Its q is another, and each q makes a new contact", zh = "它的 q 不同，每个 q 都是一个新的联系地址",
			why = { "It is 0.5 both times, and would not make a new contact.", zh = "两次都是 0.5，而且 q 不同也不会成为新的联系地址。" } },
		{ "Each NOTIFY counts the ids on, as it does the version", zh = "每个 NOTIFY 都把 id 递增，就像 version 一样",
			why = { "Three NOTIFYs have c2. The version counts on.", zh = "有三个 NOTIFY 中是 c2。递增的是 version。" } },
		{ "The id is made of the time for which it registers", zh = "id 由注册的时长产生",
			why = { "It also had the same id before and after its refresh.", zh = "刷新前后 id 也相同。" } },
	},
	records = function(t) return { notifies(t)[4], notifies(t)[5] } end,
	hint = { "What was the contact's state at 7 s (`-m method=NOTIFY from=7s to=8s`)?", zh = "在 7 s（`-m method=NOTIFY from=7s to=8s`），这个联系地址的状态是什么？" },
}

task {
	find = {
		node = "reg",
		rule = { "binding-expired" },
		record = function(t)
			local list = { late(t) }
			for _, r in ipairs(t:all "node=reg kind=timer,binding op=fire,expire from=60s to=72s") do
				list[#list + 1] = r
			end
			return list
		end,
	},
	points = 2,
	rule = "binding-expired",
	why = { "A binding has an expiry time, and a timer runs for it.", zh = "绑定有期限，有定时器为它计时。" },
	records = late,
	hint = { "Which timer fires directly before it, and what is removed then? `node=reg op=fire,expire from=68s to=70s`; then `rung explain` with the number.",
		zh = "紧接在它之前什么到期，随之消失的是什么？看 `node=reg op=fire,expire from=68s to=70s`；再用编号运行 `rung explain`。" },
	others = {
		{ find = { node = "reg", rule = "subscribe-refused", record = function(t)
			local r = t:get "403@reg"
			return { r, r:arrival() }
		end }, rule = "subscribe-refused",
			ask = { "Carol is not told where Bob is registered. Find which node rejects it, by which rule, in which record: `node=… rule=… record=…`.\n\n    rung show registration-events node=carol", zh = "Carol 没有得知 Bob 在哪里注册。找出是谁拒绝她、按哪条规则、在哪条记录中：`node=… rule=… record=…`。\n\n    rung show registration-events node=carol" },
			why = { "She subscribes at 2 s; explain the response.", zh = "她在 2 s 询问；对返回的响应用 explain。" },
			hint = { "She sends `SUBSCRIBE@carol`; `src=reg dst=carol kind=send` is the response, and `rung explain` with its number names the rule.",
				zh = "她用 `SUBSCRIBE@carol` 来问；`src=reg dst=carol kind=send` 是返回的，用它的编号运行 `rung explain` 可看到规则。" },
			records = function(t) return t:get "403@reg" end },
		{ find = { node = "reg", rule = "location-bind", record = function(t) return t:last "kind=binding node=reg op=remove" end }, rule = "location-bind",
			ask = { "At 76 s no message has reached the registrar before its NOTIFY either. Find the record in which the desk phone's binding is removed: `node=… rule=… record=…`.\n\n    rung show registration-events kind=binding from=70s", zh = "76 s 时也没有消息先到达注册服务器。找出桌面话机的绑定消失的记录：`node=… rule=… record=…`。\n\n    rung show registration-events kind=binding from=70s" },
			why = { "An administrator has changed the data by hand: look for the record of that change.", zh = "管理员直接修改了数据：找这次改变的记录。" },
			hint = { "The binding is gone when `NOTIFY@reg#7` is sent: `rung explain` with that leads back along the causes.",
				zh = "`NOTIFY@reg#7` 发出时，绑定已经消失：对它用 `rung explain`，沿着原因往回找。" },
			records = function(t) return t:last "kind=binding node=reg op=remove" end },
	},
}

task {
	choice = {
		{ "not register any more: it is not wanted", zh = "不再注册：它不受欢迎",
			why = { "That would be rejected.", zh = "那是 rejected。" } },
		{ "wait until the time given is over, then register", zh = "等到给定的时间过去再注册",
			why = { "That would be probation, with retry-after.", zh = "那是 probation，带有 retry-after。" } },
		{ "nothing: it has ended the binding itself", zh = "什么也不用做：是它自己结束了绑定",
			why = { "That would be unregistered. This time an administrator did.", zh = "那是 unregistered。这次是管理员。" } },
		{ "register again at once, with the same Contact", zh = "立即用同一个 Contact 重新注册", right = true },
	},
	records = function(t) return t:first "kind=send method=NOTIFY src=reg from=75s" end,
	ahead = true,
}

task {
	goal = {
		{ "one NOTIFY is lost: that of the refresh", zh = "丢失一个 NOTIFY：刷新时的那个",
			function(t)
				local d = t:first "kind=drop"
				return d ~= nil and t:count "kind=drop" == 1 and d.of.text:find "event=\"refreshed\"" ~= nil, d
			end },
		{ "the registrar sends the same one again", zh = "注册服务器再次发送同一个",
			function(t)
				for _, r in ipairs(notifies(t)) do
					if r.retx and r.text:find "event=\"refreshed\"" then
						return true, r
					end
				end
				return false
			end, rule = "nict-timer-e" },
		{ "the desk phone misses no version", zh = "桌面话机没有漏掉任何版本",
			function(t)
				local next, seen = 0, nil
				for _, r in ipairs(t:all "kind=recv dst=desk method=NOTIFY") do
					if tonumber(r.of.text:match " version=\"(%d+)\"") == next then
						next, seen = next + 1, r
					end
				end
				return next == 8, seen
			end, why = { "Let the lab run to its end: eight versions, 0 to 7.", zh = "让实验运行到结束：八个版本，0 至 7。" } },
	},
	points = 3,
	hint = { "Write the fault above `script` in the copy; then read `-m method=NOTIFY src=reg from=4s to=8s` there: RFC 3261 17.1.2.2 says what happens to a lost request, and the document has its version.",
		zh = "在副本中把故障写在 `script` 之前；再读副本的 `-m method=NOTIFY src=reg from=4s to=8s`：丢失的请求会怎样，见 RFC 3261 17.1.2.2；文档中有 version。" },
}
