-- The tasks of registration; their texts are in README.md.
lesson { minutes = 20, level = 1 }
-- Longer than 70 s, the phone would not refresh before it takes the binding
-- away; shorter than 60 s, the registrar would refuse it.
vary { "bob.expires=60s..70s:1s", "seed=1..999:1" }

task {
	choice = {
		{ "the registrar that the request is meant for", zh = "处理这个请求的注册服务器",
			why = { "That is in the first line; a REGISTER does not name its user there.",
				zh = "那在第一行中；REGISTER 的第一行不写用户。" }, rule = "register-uri" },
		{ "the address-of-record, by which others call Bob",
			zh = "记录地址，别人用它呼叫 Bob", right = true },
		{ "the address of Bob's phone, where the calls shall go", zh = "Bob 的话机的地址，呼叫要发到那里",
			why = { "That is in Contact; To has the name that stays when Bob uses another phone.",
				zh = "那在 Contact 中；To 中的名字在 Bob 换话机之后也不变。" }, rule = "register-send" },
		{ "the address to which the 200 is to be sent", zh = "200 应当发往的地址",
			why = { "Responses are sent to where Via says.", zh = "响应按 Via 返回。" } },
	},
	rule = "register-send",
	records = function(t) return t:first "method=REGISTER" end,
}

task {
	find = { record = function(t) return t:first "kind=binding op=refresh" end },
	rule = "location-store",
	why = { "The registrar has a record of each change of a binding, which says what kind of change it is.",
		zh = "注册服务器对绑定的每次改变都有一条记录，写明是哪种改变。" },
	hint = { "The phone sends `REGISTER@bob#2` when nine tenths of the time are over: what does the registrar do directly after its arrival?",
		zh = "期限过去九成时，话机发出 `REGISTER@bob#2`：它刚到达，注册服务器做了什么？" },
	records = function(t) return t:first "kind=binding op=refresh" end,
	others = {
		{ find = { record = function(t) return t:first "kind=binding op=remove" end }, rule = "register-remove",
			ask = { "Find the record in which the registrar removes Bob's binding: `record=…`.\n\n    rung show registration kind=binding", zh = "找出注册服务器撤销 Bob 的绑定的记录：`record=…`。\n\n    rung show registration kind=binding" },
			why = { "The registrar has a record of each change of a binding, which says what kind of change it is.", zh = "注册服务器对绑定的每次改变都有一条记录，写明是哪种改变。" },
			hint = { "Read the REGISTER after each record of `kind=binding`: one has expires=0.", zh = "读 `kind=binding` 每条记录之前的 REGISTER：有一个写着 expires=0。" },
			records = function(t) return t:first "kind=binding op=remove" end },
		{ find = { record = function(t) return t:first "kind=binding op=add" end }, rule = "location-store",
			ask = { "Find the record in which the registrar stores Bob's binding for the first time: `record=…`.\n\n    rung show registration kind=binding", zh = "找出注册服务器第一次保存 Bob 的绑定的记录：`record=…`。\n\n    rung show registration kind=binding" },
			why = { "The registrar has a record of each change of a binding; it comes between the REGISTER's arrival and the 200.", zh = "注册服务器对绑定的每次改变都有一条记录；它在 REGISTER 到达与 200 之间。" },
			hint = { "It is just before `200@reg`: `node=reg to=2s`.", zh = "它就在 `200@reg` 之前：`node=reg to=2s`。" },
			records = function(t) return t:first "kind=binding op=add" end },
	},
}

task {
	time = function(t)
		return t:get("REGISTER@bob#2").time - t:get("200@reg"):arrival().time
	end,
	tolerance = "25ms",
	wrong = {
		{ function(t)
			local b = t:first "kind=binding"
			return (b.expires - b.t) / 1e9
		end,
			why = { "At that time the binding has already expired; the phone refreshes it before, so that one lost message does not end it.",
				zh = "那时绑定已经过期；话机提前刷新，以免丢失一条消息就失去绑定。" } },
		{ function(t) return t:get("REGISTER@bob#2").time end,
			why = { "That is the time since the start of the run; count from the 200.", zh = "那是运行的时刻；应从 200 算起。" } },
	},
	why = { "Take two records at Bob's phone: the arrival of the first 200, and the transmission of the second REGISTER. Subtract their times.",
		zh = "看 Bob 的话机的两条记录：第一个 200 的到达，以及第二个 REGISTER 的发送。两个时刻相减。" },
	records = function(t) return t:get "REGISTER@bob#2" end,
	hint = { "The first 200 arrives after `200@reg`; the next REGISTER is `REGISTER@bob#2`.", zh = "第一个 200 在 `200@reg` 之后到达；下一个 REGISTER 是 `REGISTER@bob#2`。" },
}

task {
	text = "CSeq",
	rule = "register-order",
	wrong = {
		{ "branch", why = { "A branch names a transaction; it has no order.", zh = "branch 标识事务，没有先后。" } },
		{ "Via", why = { "Its branch names a transaction; it has no order.", zh = "其中的 branch 标识事务，没有先后。" } },
		{ "Expires", why = { "It says how long, not when.", zh = "它说明多久，而不是先后。" } },
		{ "tag", why = { "The tag in From stays the same.", zh = "From 中的 tag 没有变。" } },
		{ "From", why = { "From stays the same.", zh = "From 没有变。" } },
	},
	why = { "Compare the three: the field has a number that grows by one each time.",
		zh = "把三个并排看：这个字段里有一个每次加一的数。" },
	ahead = function(t) return t:all "kind=send method=REGISTER"[2] end,
	hint = { "Compare `REGISTER@bob` and `REGISTER@bob#2`: in which field is the value larger each time?", zh = "把 `REGISTER@bob` 与 `REGISTER@bob#2` 并排：哪个字段的值每次都变大？" },
	others = {
		{ text = { "Contact", "Contact:" }, rule = "register-remove", ahead = function(t) return t:all "kind=send method=REGISTER"[3] end,
			ask = { "Before you look at the run: the third REGISTER removes the binding. In which header field will the number be that says so?\n\n    rung show registration -m method=REGISTER from=60s", zh = "先不看运行：第三个 REGISTER 撤销绑定。说明这一点的数会在哪个头字段中？\n\n    rung show registration -m method=REGISTER from=60s" },
			wrong = { { "Expires", why = { "It could be there, for all contacts at once; this phone sets it for one.", zh = "它可以在那里，一次对所有联系地址；这部话机是对一个说的。" } }, { "CSeq", why = { "That counts the requests.", zh = "那是请求的计数。" } }, { "To", why = { "That says whose binding it is.", zh = "那说明是谁的绑定。" } } },
			why = { "Look in the last REGISTER for a parameter that is 0.", zh = "在最后一个 REGISTER 中找值为 0 的参数。" },
			hint = { "Compare `REGISTER@bob#2` with `REGISTER@bob#3`: only one number has become smaller.", zh = "比较 `REGISTER@bob#2` 与 `REGISTER@bob#3`：只有一个数变小了。" },
			records = function(t) return t:last "method=REGISTER kind=send" end },
		{ text = { "Via", "Via:" }, rule = "branch-unique", ahead = function(t) return t:all "kind=send method=REGISTER"[2] end,
			ask = { "Before you look at the run: all three REGISTERs will have the same Call-ID, From, To and Contact's URI. Which header field will have a new value each time, without any order?\n\n    rung show registration -m method=REGISTER", zh = "先不看运行：三个 REGISTER 的 Call-ID、From、To 和 Contact 的 URI 会相同。哪个头字段中每次都有新的、但没有先后的内容？\n\n    rung show registration -m method=REGISTER" },
			wrong = { { "CSeq", why = { "That has an order: it grows.", zh = "它有先后：它在增大。" } }, { "From", why = { "The tag in From stays the same.", zh = "From 中的 tag 没有变。" } }, { "Max-Forwards", why = { "It begins with the same number each time.", zh = "它每次都从同一个数开始。" } } },
			why = { "Each transaction has its own identifier: which field contains it?", zh = "每个事务有自己的名字：由哪个字段携带？" },
			hint = { "RFC 3261 8.1.1.7 requires a value that is unique for each request: look for it in `REGISTER@bob` and `REGISTER@bob#3`.",
				zh = "RFC 3261 8.1.1.7 要求每个请求含有其他请求没有的内容：在 `REGISTER@bob` 和 `REGISTER@bob#3` 中逐个字段查找。" },
			records = function(t) return t:all "method=REGISTER kind=send" end },
	},
}

task {
	goal = {
		{ "the registrar has stored a binding", zh = "注册服务器保存了绑定",
			function(t)
				local b = t:first "kind=binding op=add"
				return b ~= nil, b
			end },
		{ "the phone loses its power", zh = "话机断电",
			function(t) return t:count "kind=act node=bob verb=crash" > 0 end },
		{ "the binding expires; nobody refreshes or removes it", zh = "绑定过期；没有人刷新或撤销它",
			function(t)
				local last = t:last "kind=binding"
				return last ~= nil and last.op == "expire" and t:count "method=REGISTER kind=send" == 1, last
			end,
			why = { "The run must last longer than the binding.", zh = "运行时间要比绑定的时间长。" } },
	},
	points = 3,
}
