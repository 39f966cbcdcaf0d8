-- The tasks of ims-call; their texts are in README.md.
lesson { minutes = 40, level = 3 }
vary { "alice--pcscf.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	text = "UPDATE",
	wrong = {
		{ "INVITE", why = { "At that time nothing is reserved on her side: local none.", zh = "其中她这一侧还什么也没有：local none。" } },
		{ "PRACK", why = { "It acknowledges the 183; it has no body here.", zh = "它确认 183；这里它没有消息体。" } },
		{ "183", why = { "That is Bob's, and a response.", zh = "那是 Bob 的，而且是响应。" } },
	},
	why = { "Look for `a=curr:qos local sendrecv` in what her phone sends.", zh = "在她的话机发送的消息中寻找 `a=curr:qos local sendrecv`。" },
	records = function(t) return t:first "kind=send src=alice method=UPDATE" end,
	hint = { "`-m src=alice from=1.5s`: RFC 3312 5.1 says what `a=curr` means in a body.",
		zh = "`-m src=alice from=1.5s`：RFC 3312 5.1 说明消息体中 `a=curr` 的含义。" },
	others = {
		{ text = "PRACK",
			rule = "prack-send",
			wrong = {
				{ "ACK", why = { "That is for the 200; what acknowledges a provisional response?", zh = "那是对 200 的；临时响应用什么？" } },
				{ "UPDATE", why = { "That reports her own state; the 183 was acknowledged before.", zh = "那是说她自己的新情况；183 此前已得到确认。" } },
				{ { "200", "100" }, why = { "Those are responses.", zh = "那是响应。" } },
			},
			records = function(t) return t:first "kind=send src=alice method=PRACK" end,
			ask = { "By which request does Alice's phone acknowledge Bob's 183?\n\n    rung show ims-call -m src=alice from=1s",
				zh = "Alice 的话机用哪个请求确认 Bob 的 183？\n\n    rung show ims-call -m src=alice from=1s" },
			why = { "It refers to the 183 by its RSeq.",
				zh = "它用 RSeq 指明 183。" },
			hint = { "The 183 has `Require: 100rel`; RFC 3262 4.",
				zh = "183 带有 `Require: 100rel`；RFC 3262 4。" } },
		{ text = { "sip:alice@home.example", "<sip:alice@home.example>" },
			wrong = {
				{ { "sip:alice@192.0.2.1:5060", "<sip:alice@192.0.2.1:5060>" }, why = { "That is the address of her phone: Contact.", zh = "那是她的话机所在处：Contact。" } },
				{ { "sip:bob@home.example", "<sip:bob@home.example>" }, why = { "He is the callee.", zh = "他是被叫。" } },
				{ "alice_private@home.example", why = { "With that she proves her identity, only to her network.", zh = "她只向自己的网络用它证明身份。" } },
			},
			records = function(t) return t:first "kind=send method=INVITE dst=bob" end,
			ask = { "Which URI has the network added to the INVITE to tell Bob's phone who is calling, whatever From says?\n\n    rung show ims-call -m method=INVITE dst=bob",
				zh = "不管 From 怎么写，网络在 INVITE 中用哪个 URI 告诉 Bob 的话机谁在呼叫？\n\n    rung show ims-call -m method=INVITE dst=bob" },
			why = { "Compare with what Alice's phone has sent: its P-Preferred-Identity was replaced by another field.",
				zh = "与 Alice 的话机所发送的比较：P-Preferred-Identity 变成了另一个字段。" },
			hint = { "RFC 3325 9.1 has the header field; in `-m method=INVITE dst=bob` it is near the end.",
				zh = "这个头字段见 RFC 3325 9.1；它在 `-m method=INVITE dst=bob` 的末尾附近。" } },
	},
}

task {
	choice = {
		{ "since he waits for a while before he looks", zh = "因为他先放着不看",
			why = { "Nothing has rung yet: he does not know about the call.", zh = "还没有振铃：他什么也不知道。" } },
		{ "since bandwidth must still be reserved", zh = "因为带宽还在预留之中", right = true },
		{ "since a phone may ring only after a PRACK", zh = "因为话机只有在 PRACK 之后才可以振铃",
			why = { "The PRACK for the 183 arrived long before; something else is still missing.", zh = "对 183 的 PRACK 早已到达；还缺别的。" } },
		{ "since the 183 has rung it already", zh = "因为 183 已使它振铃",
			why = { "183 says that the call makes progress; here it contains the answer to the offer.", zh = "183 只说明有进展；这里它带有对提议的应答。" } },
	},
	points = 2,
	why = { "RFC 3312 4, 6: what is mandatory must be available before the user is alerted.", zh = "RFC 3312 第 4、6 节：提醒用户之前，必需的条件须已具备。" },
}

task {
	draw = "src=alice dst=pcscf method=INVITE,PRACK,UPDATE,ACK,BYE kind=send",
	points = 3,
	hint = { "`-m dst=alice cseq=INVITE` shows which responses have an RSeq: each needs a separate request, RFC 3262 4. Then add the one that reports her bandwidth, and those with which any call begins and ends.",
		zh = "`-m dst=alice cseq=INVITE` 显示哪些响应带 RSeq：每个都要一个请求，RFC 3262 4。再加上说明她的带宽的那个，以及任何呼叫开始和结束时的请求。" },
	others = {
		{ draw = "src=bob dst=pcscf cseq=INVITE kind=send",
			rule = "prack-send",
			ask = { "Draw the responses of Bob's phone to the INVITE, one line for each, `bob -> pcscf 183`. What has it received before each of them?\n\n    rung show ims-call src=bob from=1s",
				zh = "画出 Bob 的话机对 INVITE 的各个响应，每个一行，如 `bob -> pcscf 183`。发送每一个之前它收到或得到了什么？\n\n    rung show ims-call src=bob from=1s" },
			hint = { "`src=pcscf dst=bob from=1s kind=send` is what his phone gets: after which of these may it send the next response to the INVITE? The responses to UPDATE and PRACK have their own CSeq.",
				zh = "`src=pcscf dst=bob from=1s kind=send` 是他的话机收到的：在哪些之后它可以对 INVITE 再说什么？对 UPDATE 和 PRACK 的响应有自己的 CSeq。" } },
		{ draw = "method=INVITE kind=send",
			rule = "cx-forward",
			ask = { "Draw the path of the INVITE, one line for each hop, `alice -> pcscf INVITE`. Which server does it pass twice or more, and for which user each time?\n\n    rung show ims-call method=INVITE kind=send",
				zh = "画出 INVITE 的路径，每一跳一行，如 `alice -> pcscf INVITE`。它两次以上经过哪台服务器，每次是为谁？\n\n    rung show ims-call method=INVITE kind=send" },
			hint = { "The Vias of `-m method=INVITE dst=bob`, from the lowest to the top, name the senders; docs/IMS.md has the servers' tasks.",
				zh = "`-m method=INVITE dst=bob` 的 Via 自下而上说明谁发送过它；各服务器的任务见 docs/IMS.md。" } },
	},
}

task {
	choice = {
		{ "the P-CSCF, since it is Alice's and Bob's alike", zh = "P-CSCF，因为 Alice 和 Bob 共用它",
			why = { "It is in the path of everything that they send to each other.", zh = "他们之间的一切消息都经过它。" } },
		{ "the S-CSCF, since it has done its work", zh = "S-CSCF，因为它的工作已完成",
			why = { "It may have to end the call: it stays.", zh = "它可能还要结束呼叫：它留在路径上。" } },
		{ "the application server, since it only marks the call", zh = "应用服务器，因为它对呼叫只作标记",
			why = { "It records its route.", zh = "它加上了 Record-Route。" } },
		{ "the I-CSCF, since it only finds out who has Bob", zh = "I-CSCF，因为它的任务只是查出谁负责 Bob", right = true },
	},
	points = 2,
	rule = "cx-forward",
	ahead = function(t) return t:first "kind=send method=BYE" end,
}

task {
	text = function(t)
		return t:first("kind=send method=INVITE src=pcscf dst=scscf").text:match "icid%-value=([^;\r]*)"
	end,
	wrong = {
		{ "visited.example", why = { "That is the node that generated it; the whole value has a number.", zh = "那是生成它的地方；完整的值还带有编号。" } },
	},
	why = { "The P-CSCF has added it: P-Charging-Vector.", zh = "由 P-CSCF 加入：P-Charging-Vector。" },
	records = function(t) return t:first "kind=send method=INVITE src=pcscf dst=scscf" end,
	hint = { "RFC 7315 4.6 describes `P-Charging-Vector`; the value goes from `icid-value=` up to the next semicolon.",
		zh = "`P-Charging-Vector` 见 RFC 7315 4.6；这个值从 `icid-value=` 直到下一个分号，中间的都算在内。" },
	others = {
		{ text = function(t)
				local id = t:first("kind=send method=INVITE src=alice").text:match "utran%-cell%-id%-3gpp=(%w+)"
				return { id, "utran-cell-id-3gpp=" .. id }
			end,
			wrong = {
				{ { "3GPP-E-UTRAN-FDD", "E-UTRAN" }, why = { "That is the kind of radio access; a cell has a number.", zh = "那是无线接入的类型；小区有编号。" } },
			},
			records = function(t) return t:first "kind=send method=INVITE src=alice" end,
			ask = { "Which cell is Alice's phone in, according to the INVITE? Write the number.\n\n    rung show ims-call -m method=INVITE src=alice",
				zh = "Alice 的话机在 INVITE 中告诉网络它在哪个小区？写出编号。\n\n    rung show ims-call -m method=INVITE src=alice" },
			why = { "It is the parameter of the field that names the access network.",
				zh = "它是说明接入网的那个字段的参数。" },
			hint = { "`P-Access-Network-Info` of `INVITE@alice`, RFC 7315 4.4.",
				zh = "`INVITE@alice` 的 `P-Access-Network-Info`，RFC 7315 4.4。" } },
		{ number = function(t) return tonumber(t:first("kind=send method=INVITE dst=bob"):header "Max-Forwards") end,
			rule = "proxy-forward",
			wrong = {
				{ 70, why = { "That is the value at Alice's phone.", zh = "它离开 Alice 的话机时是这么多。" } },
			},
			records = function(t) return t:all "kind=send method=INVITE" end,
			ask = { "What is the Max-Forwards when the INVITE reaches Bob's phone?\n\n    rung show ims-call -m method=INVITE dst=bob",
				zh = "INVITE 到达 Bob 的话机时，Max-Forwards 是多少？\n\n    rung show ims-call -m method=INVITE dst=bob" },
			why = { "Read it in the INVITE that the last proxy sends.",
				zh = "读最后一台代理服务器发送的 INVITE。" },
			hint = { "Each server in the path of `method=INVITE kind=send` subtracts one, RFC 3261 16.6 step 3; one of them appears several times.",
				zh = "`method=INVITE kind=send` 路径上的每台服务器减一，RFC 3261 16.6 第 3 步；其中一台出现了好几次。" } },
	},
}

task {
	goal = {
		{ "Bob's phone has sent 183", zh = "Bob 的话机发送了 183",
			function(t)
				local r = t:first "kind=send src=bob status=183"
				return r ~= nil, r
			end },
		{ "and never rings", zh = "却从不振铃",
			function(t)
				return t:count "kind=send src=bob status=180" == 0
			end,
			why = { "One message tells his phone that Alice's bandwidth is reserved: what if it is lost each time?", zh = "有一条消息告诉他 Alice 已有带宽：若它每次都丢失呢？" } },
	},
	points = 3,
}
