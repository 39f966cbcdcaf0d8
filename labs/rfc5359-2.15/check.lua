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
	choice = {
		{ "the local-tag: the to-tag is that of who has told it",
			zh = "local-tag：to-tag 是告知者的 tag",
			why = { "Then Alice's phone would look for a dialog of the server's.", zh = "那样 Alice 的话机会去找服务器的对话。" }, rule = "replaces-none" },
		{ "the remote-tag: it is Alice's, and the INVITE goes to her",
			zh = "remote-tag：它是 Alice 的，而 INVITE 发给她",
			right = true, rule = "replaces-accept" },
		{ "either of them: Alice's phone compares both ways round",
			zh = "哪个都可以：Alice 的话机两种顺序都比较",
			why = { "The to-tag is compared with its own, the from-tag with the other side's.", zh = "to-tag 与自己的比较，from-tag 与对方的比较。" }, rule = "replaces-none" },
		{ "neither: Carol's phone draws a new one for the INVITE",
			zh = "都不是：Carol 的话机为 INVITE 生成新的",
			why = { "That is the tag of its From. The Replaces names a dialog that is there.", zh = "那是它的 From tag。Replaces 指的是已有的对话。" }, rule = "replaces-send" },
	},
	points = 2,
	records = function(t) return { look(t), taking(t) } end,
}

task {
	text = "Subscription-State",
	wrong = {
		{ "Expires", rule = "subscribe-stop",
			why = { "That is in the SUBSCRIBE: it asks for a single look.", zh = "它在 SUBSCRIBE 中：要求只看一次。" } },
		{ "Event", why = { "That says which package.", zh = "它说明是哪个事件包。" } },
		{ "CSeq", why = { "That counts the server's requests.", zh = "它为服务器的请求编号。" } },
	},
	rule = "notify-recv",
	why = { "Read the NOTIFY field by field: one says terminated.",
		zh = "逐个字段读 NOTIFY：其中一个写着 terminated。" },
	records = look,
}

task {
	choice = {
		{ "nothing: a Replaces has to come from Bob's domain",
			zh = "什么也做不了：Replaces 必须来自 Bob 的域",
			why = { "Alice's phone knows of no such domain; it looks at the tags.", zh = "Alice 的话机不知道什么域；它只看 tag。" }, rule = "replaces-accept" },
		{ "listen to the media that the two sides send",
			zh = "监听双方发送的媒体",
			why = { "For that he would have to be on its way.", zh = "为此他必须处在媒体的路径上。" } },
		{ "register in Bob's place: the tags prove who he is",
			zh = "代替 Bob 注册：tag 证明他的身份",
			why = { "A REGISTER is outside of that dialog: to a registrar its tags prove nothing.", zh = "REGISTER 在该对话之外：tag 对注册服务器什么也不证明。" } },
		{ "take the call: Alice's phone looks at the tags alone",
			zh = "接管呼叫：Alice 的话机只看 tag",
			right = true, rule = "replaces-accept" },
	},
	points = 2,
	records = look,
}

task {
	draw = "cseq=BYE",
	points = 2,
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
			why = { "A 202 says that it will be tried.", zh = "202 表示将会尝试。" } },
	},
	rule = "notify-final",
	why = { "Count from the sending of the REFER to the arrival of the NOTIFY whose body has the 200.",
		zh = "从 REFER 的发送算起，到消息体含 200 的 NOTIFY 到达为止。" },
	records = told,
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
