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
			why = { "In the one at 76 s no contact is left.", zh = "76 s 的那个中已没有联系地址。" } },
		{ function(t) return active(t) - 2 end,
			why = { "While one contact is there the address-of-record is active, also where another has just ended.",
				zh = "只要还有一个联系地址，记录地址就是 active，即使另一个刚刚结束。" } },
		{ function(t) return active(t) - 1 end,
			why = { "While one contact is there the address-of-record is active, also where another has just ended.",
				zh = "只要还有一个联系地址，记录地址就是 active，即使另一个刚刚结束。" } },
	},
	why = { "In each NOTIFY's document the element `registration` has a state of its own, beside that of each `contact`. Count by the former.",
		zh = "每个 NOTIFY 的文档里，`registration` 元素有自己的 state，与各个 `contact` 的不同。按前者数。" },
	records = notifies,
	hint = { "Look at state in the line that begins with registration.", zh = "看以 registration 开头的行中的 state。" },
}

task {
	text = function(t) return ended(late(t)) end,
	rule = "binding-expired",
	wrong = {
		{ "unregistered", why = { "So it is where the phone itself takes its binding away. This one had no power.",
			zh = "话机自己撤销绑定时才是这样。这部话机已没有电。" } },
		{ "deactivated", why = { "So it is where an administrator ends it.", zh = "管理员结束绑定时才是这样。" } },
		{ "rejected", why = { "The registrar has nothing against the phone.", zh = "注册服务器并没有拒绝这部话机。" } },
		{ "timeout", why = { "That is a reason in Subscription-State.", zh = "那是 Subscription-State 中的原因。" } },
	},
	why = { "Read the document of that NOTIFY: the attribute `event` of the contact. Nobody took the binding away; what became of it?",
		zh = "读该 NOTIFY 的文档：contact 的 `event` 属性。没有人取消绑定；它怎样了？" },
	records = late,
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
			why = { "It had the same id before and after its refresh, too.", zh = "刷新前后 id 也相同。" } },
	},
	records = function(t) return { notifies(t)[4], notifies(t)[5] } end,
	hint = { "What was the contact's state in the NOTIFY at 7 s?", zh = "在 7 s 的 NOTIFY 中，这个联系地址的状态是什么？" },
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
	why = { "A binding has its time, and a timer runs for it.", zh = "绑定有期限，有定时器为它计时。" },
	records = late,
}

task {
	choice = {
		{ "not register any more: it is not wanted", zh = "不再注册：它不受欢迎",
			why = { "That would be rejected.", zh = "那是 rejected。" } },
		{ "wait until the time given is over, then register", zh = "等到给定的时间过去再注册",
			why = { "That would be probation, with retry-after.", zh = "那是 probation，带有 retry-after。" } },
		{ "nothing: it has ended the binding itself", zh = "什么也不用做：是它自己结束了绑定",
			why = { "That would be unregistered. This time an administrator did.", zh = "那是 unregistered。这次是管理员。" } },
		{ "register anew at once, with the same Contact", zh = "立即用同一个 Contact 重新注册", right = true },
	},
	records = function(t) return t:first "kind=send method=NOTIFY src=reg from=75s" end,
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
	hint = { "The fault may stand at the top of the copy.", zh = "故障可以写在副本的开头。" },
}
