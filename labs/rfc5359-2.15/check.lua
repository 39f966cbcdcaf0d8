-- The tasks of rfc5359-2.15; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "bob.answer=1000ms..3000ms:500ms", "parkserver.refer_after=100ms..400ms:50ms" }

local function taking(t)
	return t:first "kind=send src=carol method=INVITE"
end

local function look(t)
	return t:first "kind=send dst=carol method=NOTIFY"
end

task {
	draw = "cseq=BYE",
	points = 2,
	hint = { "RFC 3891, 3: a phone that is asked to replace a dialog ends the old one; the same phone is asked twice, `method=INVITE dst=alice`.", zh = "RFC 3891 第 3 节：被请求取代对话的一方结束旧对话；两次被请求的是同一部话机，`method=INVITE dst=alice`。" },
	ahead = true,
	others = {
		{ draw = "cseq=REFER,NOTIFY kind=send node=bob",
			ask = { "Before you look at the run: draw what Bob's REFER will cause between his phone and the server, including NOTIFYs and responses: one line for each arrow, such as `alice -> bob ACK`.\n\n    rung show rfc5359-2.15 node=bob cseq=REFER,NOTIFY kind=send",
				zh = "先不看运行：画出 Bob 的 REFER 在他的话机与服务器之间引起的消息，包括 NOTIFY 和各个响应：每行一个箭头，例如 `alice -> bob ACK`。\n\n    rung show rfc5359-2.15 node=bob cseq=REFER,NOTIFY kind=send" },
			ahead = true,
			rule = "notify-final",
			hint = { "The REFER is accepted, then reported on twice, RFC 3515, 2.4.4: `node=bob cseq=NOTIFY`.", zh = "REFER 被接受，然后通知两次，RFC 3515 第 2.4.4 节：`node=bob cseq=NOTIFY`。" } },
		{ draw = "method=INVITE,ACK kind=send",
			ask = { "Before you look at the run: draw all INVITEs and ACKs: one line for each arrow, such as `alice -> bob ACK`.\n\n    rung show rfc5359-2.15 method=INVITE,ACK kind=send",
				zh = "先不看运行：画出所有 INVITE 和 ACK：每行一个箭头，例如 `alice -> bob ACK`。\n\n    rung show rfc5359-2.15 method=INVITE,ACK kind=send" },
			ahead = true,
			rule = "replaces-accept",
			hint = { "There are three calls in total, and in two of them Alice's phone is the callee: see `cseq=INVITE status=200`.", zh = "一共三个呼叫，其中两个是打给 Alice 的话机：看 `cseq=INVITE status=200`。" } },
	},
}

task {
	choice = {
		{ "the local-tag: the to-tag is that of the sender of the NOTIFY",
			zh = "local-tag：to-tag 是告知者的 tag",
			why = { "Then Alice's phone would look for a dialog of the server's.", zh = "那样 Alice 的话机会去找服务器的对话。" }, rule = "replaces-none" },
		{ "the remote-tag: it is that of Alice, to whom the INVITE goes",
			zh = "remote-tag：它就是 INVITE 所发往的 Alice 的 tag",
			right = true, rule = "replaces-accept" },
		{ "either of them: Alice's phone compares both ways round",
			zh = "哪个都可以：Alice 的话机两种顺序都比较",
			why = { "The to-tag is compared with its own, the from-tag with the peer's.", zh = "to-tag 与自己的比较，from-tag 与对方的比较。" }, rule = "replaces-none" },
		{ "neither: Carol's phone generates a new one, for the INVITE",
			zh = "都不是：Carol 的话机另外生成一个，写入 INVITE",
			why = { "That is the tag of its From. The Replaces names an existing dialog.", zh = "那是它的 From tag。Replaces 指的是已有的对话。" }, rule = "replaces-send" },
	},
	points = 2,
	records = function(t) return { look(t), taking(t) } end,
}

task {
	text = "Subscription-State",
	wrong = {
		{ "Expires", rule = "subscribe-stop",
			why = { "That is in the SUBSCRIBE: it fetches the state once.", zh = "它在 SUBSCRIBE 中：要求只看一次。" } },
		{ "Event", why = { "That says which package.", zh = "它说明是哪个事件包。" } },
		{ "CSeq", why = { "That counts the server's requests.", zh = "它为服务器的请求编号。" } },
	},
	rule = "notify-recv",
	why = { "Read the NOTIFY field by field: one says terminated.",
		zh = "逐个字段读 NOTIFY：其中一个写着 terminated。" },
	records = look,
	hint = { "RFC 6665, 4.1.3 names the field, and `NOTIFY@parkserver#3` has a word and a reason in it.", zh = "RFC 6665 第 4.1.3 节写有字段名；`NOTIFY@parkserver#3` 中它有一个词和一个原因。" },
	others = {
		{ text = "Content-Type",
			ask = { "Which header field of that NOTIFY says which format its body has?",
				zh = "该 NOTIFY 的哪个头字段说明它的消息体是什么格式？" },
			wrong = {
				{ "Event", why = { "That says which package.", zh = "它说明是哪个事件包。" } },
				{ "Content-Length", why = { "That says how long it is.", zh = "它说明有多长。" } },
				{ "Subscription-State", why = { "That is the state of the subscription.", zh = "它说明订阅的状态。" } },
			},
			why = { "Read the NOTIFY field by field: one names an application and xml.", zh = "逐个字段读 NOTIFY：其中一个写有 application 和 xml。" },
			records = function(t) return { look(t) } end,
			hint = { "Event names the package; the document of RFC 4235 has its own type, see `NOTIFY@parkserver#3`.", zh = "Event 指明事件包；RFC 4235 的文档有自己的类型，看 `NOTIFY@parkserver#3`。" } },
		{ number = function(t) return t:count "kind=send method=NOTIFY" end,
			ask = { "How many NOTIFYs are sent in the whole run, to all nodes?\n\n    rung show rfc5359-2.15 method=NOTIFY kind=send",
				zh = "整个运行中一共发送多少个 NOTIFY，无论发给谁？\n\n    rung show rfc5359-2.15 method=NOTIFY kind=send" },
			wrong = {
				{ 1, why = { "Bob's phone gets some as well: his REFER creates a subscription.", zh = "Bob 的话机也得到通知：他的 REFER 建立订阅。" } },
				{ 2, why = { "The REFER alone causes that many.", zh = "单是 REFER 就带来这么多。" } },
			},
			why = { "Count the transmissions with that method: some are for a REFER, one for a SUBSCRIBE.", zh = "数这个方法的发送：有的属于 REFER，有一个属于 SUBSCRIBE。" },
			rule = "notify-final",
			records = function(t) return t:all "kind=send method=NOTIFY" end,
			hint = { "`method=SUBSCRIBE,REFER kind=send` are the two that cause NOTIFYs: by RFC 3515, 2.4.5 and RFC 6665, 4.4.3 how many does each get?", zh = "`method=SUBSCRIBE,REFER kind=send` 是要求 NOTIFY 的两个请求：按 RFC 3515 第 2.4.5 节和 RFC 6665 第 4.4.3 节，各得到几个？" } },
	},
}

task {
	choice = {
		{ "nothing: a Replaces must come from Bob's domain",
			zh = "什么也做不了：Replaces 必须来自 Bob 的域",
			why = { "Alice's phone does not check any domain; it compares the tags.", zh = "Alice 的话机不知道什么域；它只看 tag。" }, rule = "replaces-accept" },
		{ "listen to the media that the two sides send",
			zh = "监听双方发送的媒体",
			why = { "For that the attacker would have to be in the media path.", zh = "为此他必须处在媒体的路径上。" } },
		{ "register in Bob's place: the tags prove who he is",
			zh = "代替 Bob 注册：tag 证明他的身份",
			why = { "A REGISTER is outside that dialog: its tags prove nothing to a registrar.", zh = "REGISTER 在该对话之外：tag 对注册服务器什么也不证明。" } },
		{ "take the call: Alice's phone looks at the tags alone",
			zh = "接管呼叫：Alice 的话机只看 tag",
			right = true, rule = "replaces-accept" },
	},
	points = 2,
	records = look,
}

local function refer(t)
	return t:first "kind=send src=bob method=REFER"
end

local function told(t)
	return t:last "kind=recv dst=bob method=NOTIFY"
end

task {
	time = function(t) return told(t).time - refer(t).time end,
	tolerance = "1ms",
	wrong = {
		{ function(t) return t:first("kind=recv dst=bob method=NOTIFY").time - refer(t).time end, rule = "notify-first",
			why = { "The first NOTIFY says 100: it is being tried.", zh = "第一个 NOTIFY 说的是 100：正在尝试。" } },
		{ function(t) return t:first("kind=recv dst=bob status=202").time - refer(t).time end, rule = "refer-accept",
			why = { "A 202 says that the server will try it.", zh = "202 表示将会尝试。" } },
	},
	rule = "notify-final",
	why = { "Count from the transmission of the REFER to the arrival of the NOTIFY whose body has the 200.",
		zh = "从 REFER 的发送算起，到消息体含 200 的 NOTIFY 到达为止。" },
	records = told,
	hint = { "The time begins with `REFER@bob`; of the NOTIFYs to Bob, the body of the last has the result, `dst=bob method=NOTIFY`.", zh = "`REFER@bob` 是开始；到达 Bob 的 NOTIFY 中看最后一个的消息体，`dst=bob method=NOTIFY`。" },
}

task {
	goal = {
		{ "Bob's call is parked", zh = "Bob 的呼叫已驻留",
			function(t) return t:count "kind=recv src=parkserver dst=alice method=INVITE" > 0, t:first "kind=send src=parkserver dst=alice method=INVITE" end },
		{ "Carol's phone gets a NOTIFY, which names no dialog", zh = "Carol 的话机收到 NOTIFY，其中没有指明对话",
			function(t)
				local r = look(t)
				return r ~= nil and not r.text:find("call-id=", 1, true), r
			end },
		{ "it calls nobody", zh = "它没有呼叫任何人",
			function(t) return taking(t) == nil, taking(t) end, rule = "pickup-none" },
		{ "Alice is in a call with the server at the end", zh = "最后 Alice 与服务器在通话",
			function(t)
				local last = t:last "kind=call node=parkserver"
				return last ~= nil and last.state == "confirmed", last
			end },
	},
	points = 3,
}
