-- The tasks of register-takeover; their texts are in README.md.
lesson { minutes = 35, level = 2 }
vary { "bob.expires=90s..110s:1s", "lan--mallory.delay=10ms..60ms:5ms", "seed=1..999:1" }

local function bound(t, op, contact)
	return t:last("kind=binding node=px op=" .. op, function(r)
		return r.contact:find(contact, 1, true) ~= nil
	end)
end

local function second(t)
	return t:first "kind=send method=INVITE src=px dst=mallory"
end

task {
	choice = {
		{ "A 302 that sends the phone to another address, which it then calls",
			zh = "一个 302，让话机转到另一个地址，话机随后呼叫它",
			why = { "A proxy sends a request to the Contacts by itself; the caller does not learn them from a 302.", zh = "代理服务器自己把请求发往各个 Contact；主叫不会从 302 得知它们。" } },
		{ "A 200 as in any call; only the Contact has an address that is new",
			zh = "与任何呼叫一样的 200；只有 Contact 中的地址是新的", right = true },
		{ "A 200 whose To has the name of the one who has really answered",
			zh = "一个 200，它的 To 写着真正接听的人的名字",
			why = { "A response has the To of the request, with a tag (RFC 3261, section 8.2.6.2).", zh = "响应的 To 是请求的 To，加上 tag（RFC 3261 第 8.2.6.2 节）。" } },
		{ "A 480, since none of the phones that were bound to him is left",
			zh = "一个 480，因为绑定给他的话机一部也不剩",
			why = { "There is a binding: which one?", zh = "还有一个绑定：哪一个？" } },
	},
	ahead = true,
	rule = "register-ok",
	records = function(t) return t:first("kind=send status=200 cseq=INVITE src=mallory") end,
}

task {
	find = {
		node = "px",
		rule = "register-remove",
		record = function(t) return bound(t, "remove", "192.0.2.2") end,
	},
	points = 2,
	rule = "register-remove",
	why = { "Look for the `binding` record of the registrar that says `remove` and names the address of Bob's phone.", zh = "找注册服务器的 `binding` 记录：它写着 `remove`，并有 Bob 的话机的地址。" },
	hint = { "Of the two records of `kind=binding op=remove`, one is about Carol's phone.", zh = "`kind=binding op=remove` 有两条记录，其中一条是 Carol 的话机的。" },
	records = function(t) return bound(t, "remove", "192.0.2.2") end,
	others = {
		{
			find = {
				node = "px",
				rule = { "location-store", "register-ok" },
				record = function(t) return bound(t, "add", "192.0.2.66") end,
			},
			ask = { "Find the record in which the registrar first notes Mallory's address for Bob: `node=… rule=… record=…`.\n\n    rung show register-takeover kind=binding", zh = "找出注册服务器第一次为 Bob 记下 Mallory 的地址的记录：`node=… rule=… record=…`。\n\n    rung show register-takeover kind=binding" },
			rule = "location-store",
			why = { "Look for the `binding` record of the registrar that says `add` and names Mallory's address.", zh = "找注册服务器的 `binding` 记录：它写着 `add`，并有 Mallory 的地址。" },
			hint = { "`kind=binding op=add` has four records; her address ends in 66. `rung explain` names the rule.", zh = "`kind=binding op=add` 有四条记录；她的地址以 66 结尾。`rung explain` 给出规则。" },
			records = function(t) return bound(t, "add", "192.0.2.66") end,
		},
		{
			find = {
				node = "px",
				rule = "register-remove",
				record = function(t) return bound(t, "remove", "192.0.2.3") end,
			},
			ask = { "Find the record in which Carol's phone loses its binding for Bob: `node=… rule=… record=…`.\n\n    rung show register-takeover kind=binding", zh = "找出 Carol 的话机失去对 Bob 的绑定的记录：`node=… rule=… record=…`。\n\n    rung show register-takeover kind=binding" },
			rule = "register-remove",
			why = { "Look for the `binding` record of the registrar that says `remove` and names the address of Carol's phone.", zh = "找注册服务器的 `binding` 记录：它写着 `remove`，并有 Carol 的话机的地址。" },
			hint = { "`kind=binding text=carol` has what became of her binding; `rung explain` names the rule.", zh = "`kind=binding text=carol` 是她的绑定的经过；`rung explain` 给出规则。" },
			records = function(t) return bound(t, "remove", "192.0.2.3") end,
		},
	},
}

task {
	time = function(t) return bound(t, "add", "192.0.2.2").time end,
	tolerance = "20ms",
	rule = "register-refresh",
	wrong = {
		{ function(t) return bound(t, "remove", "192.0.2.2").time end,
			why = { "That is when it lost the binding.", zh = "那是它失去绑定的时间。" } },
		{ function(t) return t:last("kind=send method=INVITE dst=bob").time end,
			why = { "That is the next call for him. Since when could it have reached his phone?", zh = "那是下一个找他的呼叫。从什么时候起它能到达他的话机？" } },
	},
	why = { "Bob's phone does not know what has happened. It is reachable again when its next REGISTER arrives at the registrar.", zh = "Bob 的话机不知道发生了什么。它的下一个 REGISTER 到达注册服务器时，它才又能接到呼叫。" },
	hint = { "`-m method=REGISTER src=bob` has two; the registrar writes the binding when the later one arrives.", zh = "`-m method=REGISTER src=bob` 有两条；后一条到达时注册服务器写下绑定。" },
	records = function(t) return bound(t, "add", "192.0.2.2") end,
}

task {
	choice = {
		{ "`bob.expires=60s`: the phone registers more often, so its binding is always its own",
			zh = "`bob.expires=60s`：话机更频繁地注册，所以绑定总是它自己的",
			why = { "That shortens the time until Bob is reachable again; her binding stays beside his.", zh = "这只缩短 Bob 恢复可达之前的时间；她的绑定仍在他的旁边。" } },
		{ "`px.tls=1.3` and `transport=tls` at all: nobody can read or change a REGISTER on its way",
			zh = "`px.tls=1.3`，各方 `transport=tls`：途中没有人能读取或更改 REGISTER",
			why = { "She reads and changes nobody's REGISTER: she sends one of her own, over TLS just as well. The certificate says who the server is, not who she is.", zh = "她没有读取或更改别人的 REGISTER，而是自己发送一个，用 TLS 也一样。证书说明服务器是谁，不说明她是谁。" } },
		{ "`px.auth=true`: whoever changes a user's bindings has to show that he knows a password",
			zh = "`px.auth=true`：更改用户绑定的人须证明自己知道密码", right = true },
		{ "`px.min_expires=10min`: no binding may be ended before ten minutes are over, Bob's neither",
			zh = "`px.min_expires=10min`：十分钟之内不许结束任何绑定，Bob 的也一样",
			why = { "It rejects short times with 423, but an end (0) is always allowed.", zh = "它以 423 拒绝过短的时间，但结束（0）总是允许的。" } },
	},
	points = 2,
	rule = "auth-401",
	hint = { "Add each setting with `--set` to `rung show register-takeover kind=binding`: in which run is there no record with 192.0.2.66?", zh = "用 `--set` 把各个设置加到 `rung show register-takeover kind=binding` 上：哪个运行没有 192.0.2.66 的记录？" },
	records = function(t) return bound(t, "add", "192.0.2.66") end,
}

task {
	number = 403,
	rule = "register-forbidden",
	wrong = {
		{ 401, why = { "That asks for a password, and her phone has one. Which answer comes after it?", zh = "它索要密码，而她的话机有密码。之后是什么响应？" } },
		{ 200, why = { "That is what she gets without passwords.", zh = "没有密码时她得到的是它。" } },
	},
	why = { "Look at the last response to Carol's REGISTER in that run.", zh = "看那个运行中对 Carol 的 REGISTER 的最后一个响应。" },
	hint = { "`-m cseq=REGISTER dst=carol`, with the same `--set`, has both responses.", zh = "`-m cseq=REGISTER dst=carol` 加上同样的 `--set`，有两个响应。" },
	records = function(t) return t:first "kind=send method=REGISTER src=carol" end,
	others = {
		{
			number = 3,
			ask = { "With `px.auth=true`, how many REGISTERs does Bob's phone send in the whole run?\n\n    rung show register-takeover --set px.auth=true -m method=REGISTER", zh = "设 `px.auth=true` 时，Bob 的话机在整个运行中发送几个 REGISTER？\n\n    rung show register-takeover --set px.auth=true -m method=REGISTER" },
			rule = "auth-401",
			wrong = { { 2, why = { "So many it sends without passwords.", zh = "没有密码时它发送这么多。" } },
				{ 4, why = { "For the later one it still has a nonce.", zh = "后一次它还有 nonce。" } } },
			why = { "Count what `src=bob` sends: each challenge costs one more.", zh = "数 `src=bob` 发送的：每次质询多一个。" },
			hint = { "`-m method=REGISTER src=bob`, with the same `--set`, has them all.", zh = "`-m method=REGISTER src=bob` 加上同样的 `--set`，就是全部。" },
			records = function(t) return t:first "kind=send method=REGISTER src=bob" end,
		},
		{
			number = 2,
			ask = { "With `px.auth=true`, how many INVITEs does Alice's phone send for its first call?\n\n    rung show register-takeover --set px.auth=true -m method=INVITE src=alice to=9s", zh = "设 `px.auth=true` 时，Alice 的话机为第一个呼叫发送几个 INVITE？\n\n    rung show register-takeover --set px.auth=true -m method=INVITE src=alice to=9s" },
			rule = "auth-407",
			wrong = { { 1, why = { "That would do without passwords.", zh = "没有密码时才是这样。" } },
				{ 3, why = { "One of those is of a later call.", zh = "其中一个属于后面的呼叫。" } } },
			why = { "The proxy asks those who claim to be of its domain as well: how often does the phone have to begin?", zh = "代理服务器也质询自称属于它的域的人：话机须开始几次？" },
			hint = { "`-m status=407`, with the same `--set`: what does the phone do after it?", zh = "`-m status=407` 加上同样的 `--set`：话机之后做什么？" },
			records = function(t) return t:first "kind=send method=INVITE src=alice" end,
		},
	},
}

task {
	goal = {
		{ "Mallory tries, and no binding of hers comes into being", zh = "Mallory 尝试了，但没有产生她的绑定",
			function(t)
				local tried = t:first "kind=recv method=REGISTER src=mallory"
				return tried and not bound(t, "add", "192.0.2.66"), tried
			end, rule = "auth-401",
			why = { "Which setting makes the registrar ask who she is?", zh = "哪个设置让注册服务器问她是谁？" } },
		{ "Carol's phone is registered for Bob", zh = "Carol 的话机为 Bob 注册了",
			function(t) return bound(t, "add", "192.0.2.3") end, rule = "register-forbidden",
			why = { "The registrar has to know for whom her phone may register: `registers_for`.", zh = "注册服务器须知道她的话机可以为谁注册：`registers_for`。" } },
		{ "Alice makes two calls or more, and each rings at both phones", zh = "Alice 呼叫两次以上，每次两部话机都振铃",
			function(t)
				local bob = t:count "kind=send method=INVITE src=px dst=bob"
				local carol = t:count "kind=send method=INVITE src=px dst=carol"
				return bob >= 2 and bob == carol, second(t) or t:first "kind=send method=INVITE src=px"
			end, rule = "location-query",
			why = { "Compare the INVITEs that the proxy sends to `bob` and to `carol`.", zh = "比较代理服务器发给 `bob` 和 `carol` 的 INVITE。" } },
	},
	points = 3,
}
