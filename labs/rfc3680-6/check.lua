-- The tasks of rfc3680-6; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "joe--reg.delay=5ms..40ms:5ms", "seed=1..999:1" }

local function notifies(t)
	return t:all "kind=send method=NOTIFY src=reg"
end

local function state(r)
	return r.text:match "<registration[^>]* state=\"(%w+)\""
end

local function register(t)
	return t:first "kind=send method=REGISTER src=joe"
end

local function greeting(t)
	return t:first "kind=send method=MESSAGE src=app"
end

task {
	text = function(t) return state(notifies(t)[1]) end,
	wrong = {
		{ "terminated", why = { "So it would be if his last contact had just ended.", zh = "他的最后一个联系地址刚刚结束时才是这样。" } },
		{ "active", why = { "That is the subscription: the field Subscription-State. Look into the document.",
			zh = "那是订阅的状态，在 Subscription-State 字段中。请看文档。" } },
		{ "unregistered", why = { "That is an event of a contact, and there is no contact.", zh = "那是联系地址的事件，而这里没有联系地址。" } },
	},
	why = { "Look into the first document for the attribute `state` of the element `registration`.",
		zh = "在第一个文档里看 `registration` 元素的 `state` 属性。" },
	records = function(t) return notifies(t)[1] end,
}

task {
	find = {
		record = function(t)
			return { register(t), register(t):arrival(), t:first "kind=binding node=reg" }
		end,
	},
	rule = "notify-change",
	why = { "The application has not asked again. Follow the causes of the NOTIFY back.", zh = "应用没有再次询问。沿着 NOTIFY 的起因向回找。" },
	records = function(t) return { register(t), notifies(t)[2] } end,
}

task {
	choice = {
		{ "It sends it to the registrar, which forwards it to Joe", zh = "它发给注册服务器，由后者转给 Joe",
			why = { "The MESSAGE goes past the registrar. A registrar stores; it forwards nothing.",
				zh = "MESSAGE 不经过注册服务器。注册服务器只存储，不转发。" } },
		{ "It asks the DNS for example.com, the domain of Joe", zh = "它向 DNS 查询 Joe 的域 example.com",
			why = { "That would lead to the domain's server, not to Joe's computer.", zh = "那会找到该域的服务器，而不是 Joe 的电脑。" } },
		{ "From the URI of the contact in the second document", zh = "根据第二个文档中联系地址的 URI", right = true },
		{ "From the From of the REGISTER that Joe has sent", zh = "根据 Joe 发送的 REGISTER 中的 From",
			why = { "The application never sees the REGISTER, and its From is sip:joe@example.com.",
				zh = "应用看不到 REGISTER，而且其中的 From 是 sip:joe@example.com。" } },
	},
	records = function(t) return { notifies(t)[2], greeting(t) } end,
	hint = { "Which address stands in the MESSAGE's first line, and where else?", zh = "MESSAGE 第一行中是哪个地址，它还出现在哪里？" },
}

task {
	time = function(t) return greeting(t):arrival().time - register(t).time end,
	tolerance = 0.001,
	wrong = {
		{ function(t) return greeting(t).time - register(t).time end,
			why = { "Then the application sends it.", zh = "那时应用才发出它。" } },
		{ function(t) return notifies(t)[2]:arrival().time - register(t).time end,
			why = { "Then the application knows of him.", zh = "那时应用得知他的到来。" } },
		{ function(t) return greeting(t):arrival().time end,
			why = { "That is the time of the run.", zh = "那是运行的时刻。" } },
	},
	why = { "Two records at Joe's phone: it sends the REGISTER, and the MESSAGE with the greeting arrives there.",
		zh = "看 Joe 的话机的两条记录：它发送 REGISTER，以及带问候的 MESSAGE 到达。" },
	records = function(t) return { register(t), greeting(t):arrival() } end,
}

task {
	goal = {
		{ "Joe is greeted once", zh = "Joe 得到一次问候",
			function(t) return t:count "kind=recv method=MESSAGE dst=joe" == 1, t:first "kind=recv method=MESSAGE dst=joe" end },
		{ "about two seconds later he takes his binding away", zh = "约两秒之后他撤销绑定",
			function(t)
				local r, m = t:last "kind=send method=REGISTER src=joe", t:first "kind=recv method=MESSAGE dst=joe"
				return r ~= nil and m ~= nil and r.time - m.time > 1.9 and r.time - m.time < 2.1, r
			end, rule = "register-remove" },
		{ "the third document says terminated, of the address-of-record and of the contact: unregistered",
			zh = "第三个文档中记录地址和联系地址都是 terminated，事件是 unregistered",
			function(t)
				local r = notifies(t)[3]
				return r ~= nil and state(r) == "terminated" and
				    r.text:find "<contact[^>]* state=\"terminated\" event=\"unregistered\"" ~= nil, r
			end, rule = "notify-change" },
	},
	points = 3,
	hint = { "In the script of joe: sleep, then joe:unregister().", zh = "在 joe 的脚本中：sleep，然后 joe:unregister()。" },
}
