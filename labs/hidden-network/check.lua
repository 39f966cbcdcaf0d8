-- The tasks of hidden-network; their texts are in README.md.
lesson { minutes = 40, level = 3 }
vary { "sbc--peer.delay=15ms..45ms:5ms", "seed=1..999:1" }

local function vias(r)
	local n = 0
	while r:header("Via", n + 1) do
		n = n + 1
	end
	return n
end

local function first_invite(t, whom)
	return t:first("kind=send method=INVITE dst=" .. whom)
end

local function refused(t, whom)
	return t:first("kind=send status=488 dst=" .. whom)
end

-- The circle: Alice's last INVITE and what she gets.
local function asked(t)
	return t:last "kind=send method=INVITE src=alice"
end

local function told(t)
	return t:first "kind=recv status=483 node=alice"
end

local function broken(t)
	return t:first "kind=send status=483"
end

task {
	number = function(t) return vias(first_invite(t, "bob")) end,
	unit = { "Via fields", zh = "个 Via 头字段" },
	rule = "pair-call",
	wrong = {
		{ 4, why = { "So many nodes have sent it, but not all wrote their Via above the one that was there.",
			zh = "发送过它的节点有这么多，但并非每个都把自己的 Via 写在已有的之上。" } },
		{ 2, why = { "So many has the INVITE that `core` sends: a proxy adds one. What does a user agent begin with?",
			zh = "`core` 发出的 INVITE 有这么多：代理服务器加一个。用户代理从几个开始？" } },
		{ 0, why = { "Bob's phone would not know where to answer.", zh = "那样 Bob 的话机就不知道向哪里响应。" } },
	},
	why = { "Count the Via fields of the INVITE that `peer` sends to `bob`, and compare with the one that leaves `core`.",
		zh = "数 `peer` 发给 `bob` 的 INVITE 的 Via，并与离开 `core` 的比较。" },
	records = function(t) return { first_invite(t, "sbc"), first_invite(t, "peer"), first_invite(t, "bob") } end,
}

task {
	text = { "Warning", "Warning:" },
	wrong = {
		{ "Server", why = { "That names a product, and Alice's 488 has one.", zh = "它指出产品，Alice 收到的 488 中也有。" } },
		{ "Reason", why = { "There is none in this 488.", zh = "这个 488 中没有它。" } },
		{ "Call-ID", why = { "It is another one on each side, but both have one.", zh = "两侧各不相同，但都有。" } },
	},
	why = { "Lay the 488 that Bob's phone sends beside the one that reaches Alice's: one line is missing there.",
		zh = "把 Bob 的话机发出的 488 与到达 Alice 的话机的并排对照：后者少一行。" },
	records = function(t) return { refused(t, "peer"), refused(t, "core") } end,
}

task {
	find = {
		node = "peer",
		rule = "pair-hops",
		record = function(t) return { broken(t), broken(t).cause } end,
	},
	points = 3,
	why = { "Look for the first 483 that is sent: all others hand it back. `rung explain` names the rule.",
		zh = "找第一个发出的 483：其余都只是把它传回去。`rung explain` 会说出规则。" },
	records = broken,
}

task {
	choice = {
		{ "The Call-ID is kept all the way round, as it is in a spiral",
			zh = "Call-ID 一路保持不变，与螺旋中一样",
			why = { "Compare two INVITEs of the circle.", zh = "比较环路中的两个 INVITE。" } },
		{ "Its INVITE has no Via of those before, its own among them",
			zh = "它的 INVITE 不带以前的 Via，其中也有它自己的", right = true },
		{ "A Via is looked at by phones alone, when they answer a call",
			zh = "Via 只由话机在响应呼叫时查看",
			why = { "Proxies look for themselves in it: so the loop was found there.", zh = "代理服务器在其中寻找自己：那里的环路就是这样发现的。" } },
		{ "Max-Forwards keeps a box from looking for loops in the Via",
			zh = "Max-Forwards 使设备不必在 Via 中查找环路",
			why = { "Both are asked for; the one does not replace the other.", zh = "两者都要求，一个不能代替另一个。" } },
	},
	rule = "pair-hops",
	records = function(t) return t:all "kind=send method=INVITE src=peer from=4.6s" end,
}

task {
	time = function(t) return told(t).time - asked(t).time end,
	tolerance = 0.003,
	rule = "pair-hops",
	wrong = {
		{ function(t) return broken(t).time - asked(t).time end,
			why = { "Then the circle is broken; the refusal still has to come all the way back.", zh = "那时环路被打断；拒绝还要沿原路一路返回。" } },
		{ function(t) return told(t).time end,
			why = { "That is the time of the run; count from the INVITE.", zh = "那是运行的时刻；应从 INVITE 算起。" } },
	},
	why = { "Two records at Alice's phone: its last INVITE goes out, the 483 arrives. Subtract.",
		zh = "看 Alice 的话机的两条记录：最后一个 INVITE 发出，483 到达。两者相减。" },
	records = function(t) return { asked(t), told(t) } end,
}

task {
	goal = {
		{ "Bob's phone refuses with 488 and a Warning", zh = "Bob 的话机用带 Warning 的 488 拒绝",
			function(t)
				local r = t:first "kind=send status=488 src=bob"
				return r ~= nil and r:header "Warning" ~= nil, r
			end },
		{ "Alice's phone gets the Warning", zh = "Alice 的话机得到 Warning",
			function(t)
				local r = t:first "kind=recv status=488 node=alice"
				return r ~= nil and r:header "Warning" ~= nil, r
			end, rule = "pair-refused" },
		{ "the proxy has noted the way, and the box does not tell it", zh = "代理服务器记下了路径，设备不把它说出去",
			function(t)
				local came, went = t:last "kind=recv method=INVITE node=sbc src=core", t:last "kind=send method=INVITE src=sbc"
				return came ~= nil and went ~= nil and came:header "History-Info" ~= nil and
				    went:header "History-Info" == nil, went
			end },
		{ "the media still go through the box", zh = "媒体仍经过设备",
			function(t)
				local r = t:last "kind=send method=INVITE src=sbc"
				return r ~= nil and r.text:match "\r\nc=IN IP4 (%S+)" == "192.0.2.1", r
			end },
	},
	points = 3,
	hint = { "What hides drops several fields; what is stripped is named one by one.", zh = "隐藏会去掉好几个头字段；strip 则逐个指名。" },
}
