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
		{ "terminated", why = { "That would be the state if his last contact had just ended.", zh = "他的最后一个联系地址刚刚结束时才是这样。" } },
		{ "active", why = { "That is the state of the subscription: the field Subscription-State. Look into the document.",
			zh = "那是订阅的状态，在 Subscription-State 字段中。请看文档。" } },
		{ "unregistered", why = { "That is an event of a contact, and there is no contact.", zh = "那是联系地址的事件，而这里没有联系地址。" } },
	},
	why = { "Look into the first document for the attribute `state` of the element `registration`.",
		zh = "在第一个文档里看 `registration` 元素的 `state` 属性。" },
	records = function(t) return notifies(t)[1] end,
	hint = { "`NOTIFY@reg` is the first; RFC 3680, 4.7.1 has the three states of an address-of-record.", zh = "`NOTIFY@reg` 是第一个；RFC 3680 第 4.7.1 节有记录地址的三种状态。" },
	others = {
		{ text = "registered",
			ask = { "The second document has Joe's Contact. Which `event` has added it?",
				zh = "第二个文档中有 Joe 的 Contact。是哪个 `event` 使它出现的？" },
			wrong = {
				{ "active", why = { "That is its state, not the event that has added it.", zh = "那是它所处的状态，不是使它出现的事件。" } },
				{ "created", why = { "That would be a contact that an administrator has set up.", zh = "那是由管理员设置的联系地址。" } },
				{ "refreshed", why = { "He was not registered before.", zh = "他之前并不在。" } },
			},
			why = { "Look into the second document for that attribute of the element `contact`.", zh = "在第二个文档里看 `contact` 元素的这个属性。" },
			records = function(t) return { notifies(t)[2] } end,
			hint = { "It is in `NOTIFY@reg#2`; RFC 3680, 5.2 lists the events of a contact.", zh = "它在 `NOTIFY@reg#2` 中；RFC 3680 第 5.2 节列出联系地址的事件。" } },
		{ number = function(t) return tonumber(notifies(t)[2].text:match "version=\"(%d+)\" state") end,
			ask = { "Which `version` does the second document have?",
				zh = "第二个文档的 `version` 是多少？" },
			wrong = {
				{ 2, why = { "That is the CSeq; the versions of the documents begin elsewhere.", zh = "CSeq 这样计数；文档从别的数开始。" } },
				{ 0, why = { "That is the first one's.", zh = "那是第一个文档的。" } },
			},
			why = { "Look into the second document for that attribute of the element `reginfo`.", zh = "在第二个文档里看 `reginfo` 元素的这个属性。" },
			records = function(t) return { notifies(t)[2] } end,
			hint = { "The version of each document of a subscription is one higher, RFC 3680, 5.1; where does it begin, in `NOTIFY@reg`?", zh = "一个订阅的每个文档编号加一，RFC 3680 第 5.1 节；在 `NOTIFY@reg` 中从几开始？" } },
	},
}

task {
	find = {
		record = function(t)
			return { register(t), register(t):arrival(), t:first "kind=binding node=reg" }
		end,
	},
	rule = "notify-change",
	why = { "The application has not sent another request. Follow the causes of the NOTIFY back.", zh = "应用没有再次询问。沿着 NOTIFY 的起因向回找。" },
	records = function(t) return { register(t), notifies(t)[2] } end,
	hint = { "Follow the causes of `NOTIFY@reg#2` back, or see what reaches the registrar at 5 s: `dst=reg from=5s`.", zh = "从 `NOTIFY@reg#2` 沿起因向回找，或看 5 s 时什么到达注册服务器：`dst=reg from=5s`。" },
	others = {
		{ find = { record = function(t) return { t:first "kind=send method=SUBSCRIBE", t:first("kind=send method=SUBSCRIBE"):arrival() } end },
			ask = { "Which message makes the registrar send the first NOTIFY? Write the record: `record=…`.\n\n    rung explain rfc3680-6 NOTIFY@reg",
				zh = "哪条消息使注册服务器发送第一个 NOTIFY？写出记录：`record=…`。\n\n    rung explain rfc3680-6 NOTIFY@reg" },
			why = { "Nothing about Joe has changed at 1 s. Follow the causes of the NOTIFY back.", zh = "1 s 时 Joe 的情况没有变化。沿着 NOTIFY 的起因向回找。" },
			rule = "notify-at-once",
			records = function(t) return t:first "kind=send method=SUBSCRIBE" end,
			hint = { "A first NOTIFY is caused by the request for it, RFC 6665, 4.2.1.2: see `dst=reg to=2s`.", zh = "第一个 NOTIFY 回应一个请求，RFC 6665 第 4.2.1.2 节：看 `dst=reg to=2s`。" } },
		{ find = { record = function(t) return { notifies(t)[2], notifies(t)[2]:arrival() } end },
			ask = { "Which message makes the application send its MESSAGE? Write the record: `record=…`.\n\n    rung explain rfc3680-6 MESSAGE@app",
				zh = "哪条消息使应用发送它的 MESSAGE？写出记录：`record=…`。\n\n    rung explain rfc3680-6 MESSAGE@app" },
			why = { "The application learns about Joe from only one node. Follow the causes of the MESSAGE back.", zh = "应用只从一个节点得知 Joe。沿着 MESSAGE 的起因向回找。" },
			records = function(t) return { notifies(t)[2], greeting(t) } end,
			hint = { "The explanation ends at a line of `lab.lua` that waits for a notification: what has reached the application just before `MESSAGE@app`? See `dst=app from=5s`.", zh = "解释止于 `lab.lua` 中等待消息的一行：`MESSAGE@app` 之前刚有什么到达应用？看 `dst=app from=5s`。" } },
	},
}

task {
	choice = {
		{ "It sends it to the registrar, which forwards it to Joe", zh = "它发给注册服务器，由后者转给 Joe",
			why = { "The MESSAGE does not pass the registrar. A registrar stores; it forwards nothing.",
				zh = "MESSAGE 不经过注册服务器。注册服务器只存储，不转发。" } },
		{ "It queries the DNS for example.com, the domain of Joe", zh = "它向 DNS 查询 Joe 的域 example.com",
			why = { "That would lead to the domain's server, not to Joe's computer.", zh = "那会找到该域的服务器，而不是 Joe 的电脑。" } },
		{ "From the URI of the contact in the second document", zh = "根据第二个文档中联系地址的 URI", right = true },
		{ "From the From of the REGISTER that Joe has sent", zh = "根据 Joe 发送的 REGISTER 中的 From",
			why = { "The application never sees the REGISTER, and its From is sip:joe@example.com.",
				zh = "应用看不到 REGISTER，而且其中的 From 是 sip:joe@example.com。" } },
	},
	records = function(t) return { notifies(t)[2], greeting(t) } end,
	hint = { "Compare the first line of `MESSAGE@app` with From of `REGISTER@joe` and the body of `NOTIFY@reg#2`: where does the application read that address?", zh = "把 `MESSAGE@app` 的首行与 `REGISTER@joe` 的 From 和 `NOTIFY@reg#2` 的消息体对照：应用在哪里读到这个地址？" },
	ahead = true,
}

task {
	time = function(t) return greeting(t):arrival().time - register(t).time end,
	tolerance = 0.001,
	wrong = {
		{ function(t) return greeting(t).time - register(t).time end,
			why = { "At that time the application sends it.", zh = "那时应用才发出它。" } },
		{ function(t) return notifies(t)[2]:arrival().time - register(t).time end,
			why = { "At that time the application knows about him.", zh = "那时应用得知他的到来。" } },
		{ function(t) return greeting(t):arrival().time end,
			why = { "That is the time since the start of the run.", zh = "那是运行的时刻。" } },
	},
	why = { "Take two records at Joe's phone: the transmission of the REGISTER, and the arrival of the MESSAGE with the greeting.",
		zh = "看 Joe 的话机的两条记录：它发送 REGISTER，以及带问候的 MESSAGE 到达。" },
	records = function(t) return { register(t), greeting(t):arrival() } end,
	hint = { "There are three messages, one after the other: from `REGISTER@joe` to the arrival of `MESSAGE@app`.", zh = "三条消息一条接一条：从 `REGISTER@joe` 到 `MESSAGE@app` 的到达。" },
}

task {
	goal = {
		{ "Joe is greeted once", zh = "Joe 得到一次问候",
			function(t) return t:count "kind=recv method=MESSAGE dst=joe" == 1, t:first "kind=recv method=MESSAGE dst=joe" end },
		{ "about two seconds later he removes his binding", zh = "约两秒之后他撤销绑定",
			function(t)
				local r, m = t:last "kind=send method=REGISTER src=joe", t:first "kind=recv method=MESSAGE dst=joe"
				return r ~= nil and m ~= nil and r.time - m.time > 1.9 and r.time - m.time < 2.1, r
			end, rule = "register-remove" },
		{ "the third document says terminated, for the address-of-record and for the contact: unregistered",
			zh = "第三个文档中记录地址和联系地址都是 terminated，事件是 unregistered",
			function(t)
				local r = notifies(t)[3]
				return r ~= nil and state(r) == "terminated" and
				    r.text:find "<contact[^>]* state=\"terminated\" event=\"unregistered\"" ~= nil, r
			end, rule = "notify-change" },
	},
	points = 3,
	hint = { "docs/SCENARIO.md has the action by which a `ua` removes its registration: two seconds after `MESSAGE@app`. Then read the document in `NOTIFY@reg#3`.", zh = "docs/SCENARIO.md 中有 `ua` 撤销注册的动词：用在 `MESSAGE@app` 之后两秒。这时要读的文档是 `NOTIFY@reg#3`。" },
}
