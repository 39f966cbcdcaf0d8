-- The tasks of rfc3665-3.11; their texts are in README.md.
lesson { minutes = 20, level = 1 }
vary { "lan1--lan2.delay=10ms..60ms:10ms", "seed=1..999:1" }

task {
	draw = "status=480 kind=send",
	rule = "proxy-response",
	hint = { "It begins with `480@bob`; it returns through the nodes that have sent `method=INVITE kind=send`, the last of them first.",
		zh = "它从 `480@bob` 开始；发送过 `method=INVITE kind=send` 的节点收到它，最后发送的最先收到。" },
	others = {
		{ draw = "method=ACK kind=send", rule = "ict-ack",
			ask = { "Draw the path of the ACKs for the 480, one line for each hop.\n\n    rung show rfc3665-3.11 method=ACK kind=send", zh = "画出对 480 的 ACK，每一跳一行。\n\n    rung show rfc3665-3.11 method=ACK kind=send" },
			hint = { "`status=480 kind=recv` shows which nodes get the rejection, hop by hop: each of them acknowledges it to the node from which it came, RFC 3261 17.1.1.3.",
				zh = "`status=480 kind=recv` 说明谁逐跳收到拒绝：每一方都向发来的一方确认，RFC 3261 17.1.1.3。" } },
		{ draw = "status=180 kind=send", rule = "proxy-1xx",
			ask = { "Draw the path of the 180, one line for each hop.\n\n    rung show rfc3665-3.11 status=180 kind=send", zh = "画出 180 的路径，每一跳一行。\n\n    rung show rfc3665-3.11 status=180 kind=send" },
			hint = { "Count the Vias of `INVITE@proxy2`: it returns along each of these, RFC 3261 16.7, unlike a 100.",
				zh = "数 `INVITE@proxy2` 的 Via：它沿其中每一个返回，RFC 3261 16.7；100 则不是这样。" } },
	},
}

task {
	choice = {
		{ "486", rule = "invite-everywhere",
			why = { "Busy *Here*: another of his phones may be free.", zh = "Busy *Here*：只是这里忙，他的另一部话机也许空闲。" } },
		{ "480", rule = "invite-unanswered",
			why = { "He may be reached elsewhere, which this phone does not know.", zh = "他也许在别处能接听，只是这部话机不知道。" } },
		{ "603", right = true, rule = "invite-everywhere" },
		{ "none", zh = "都不是", rule = "proxy-6xx",
			why = { "A phone that knows it may say so: all 6xx mean that no other phone will answer, and proxies stop searching.",
				zh = "话机若确知就可以这样说：6xx 都表示别人也不会接，代理服务器停止查找。" } },
	},
	points = 2,
}

task {
	choice = {
		{ "It ends, as the INVITE has failed that made it.", right = true, zh = "它结束，因为建立它的 INVITE 失败了。", rule = "invite-failed" },
		{ "It stays until Alice's phone sends a BYE.", zh = "它一直保留，直到 Alice 的话机发送 BYE。", rule = "invite-failed",
			why = { "There is nothing to end: the INVITE has failed.", zh = "没有什么可挂断：INVITE 已失败。" } },
		{ "It becomes a confirmed one, since a final response has come.", zh = "它变为已确认，因为收到了最终响应。", rule = "invite-failed",
			why = { "Only a 2xx confirms a dialog.", zh = "只有 2xx 才能确认对话。" } },
		{ "There never was one; a dialog begins with the 200.", zh = "对话从来没有：它从 200 开始。", rule = "dialog-uac",
			why = { "The 180 has a To tag: with it the early dialog begins.", zh = "180 带 To tag：早期对话由此开始。" } },
	},
	points = 2,
	records = function(t) return t:last "kind=dialog node=alice" end,
	ahead = true,
}

task {
	text = { "Retry-After", "retry after" },
	wrong = {
		{ "Expires", why = { "That says how long a request or a binding is valid.", zh = "那说明请求或绑定的有效时间。" } },
		{ "Min-Expires", why = { "That belongs to 423, and says which time a registrar would accept.", zh = "那属于 423，说明注册服务器接受的最短时间。" } },
		{ "Date", why = { "That says when the message was created.", zh = "那说明消息产生的时间。" } },
	},
	why = { "Read RFC 3261, section 21.4.18, about a 480: it names the field with a better time to call.",
		zh = "读 RFC 3261 第 21.4.18 节对 480 的说明：其中给出了告诉主叫何时再呼叫的字段。" },
	hint = { "It would be in `480@bob` if the phone knew the time; RFC 3261 21.4.18 names it.", zh = "如果话机知道时间，它会在 `480@bob` 中；RFC 3261 第 21.4.18 节给出它的名字。" },
	others = {
		{ text = { "To", "To:" }, rule = "dialog-uac",
			ask = { "Which header field of the 180 contains the value that creates the early dialog at Alice's phone, and that her INVITE did not have?\n\n    rung show rfc3665-3.11 -m status=180 dst=alice", zh = "Alice 的话机凭 180 的哪个头字段中的内容建立早期对话，而她的 INVITE 的这个字段中没有它？\n\n    rung show rfc3665-3.11 -m status=180 dst=alice" },
			wrong = { { "From", why = { "Its tag is from Alice's phone, and existed before.", zh = "其中的 tag 是 Alice 的话机的，原来就有。" } }, { "Call-ID", why = { "Her INVITE has it as well.", zh = "她的 INVITE 中也有。" } }, { "Contact", why = { "That is the address for later requests. Without the tag there would be no dialog.", zh = "那是以后的请求的去处。没有 tag 就没有对话。" } } },
			why = { "Bob's phone has added a tag.", zh = "Bob 的话机在那里加上了 tag。" },
			hint = { "Compare `180@bob` with `INVITE@proxy2`, which it answers: which of the fields in both has something more at its end (RFC 3261 12.1)?", zh = "把 `180@bob` 与它所响应的 `INVITE@proxy2` 并排：两者都有的字段中，哪一个末尾多了内容（RFC 3261 第 12.1 节）？" },
			records = function(t) return t:first "status=180 dst=alice kind=send" end },
		{ text = { "Record-Route", "Record-Route:" }, rule = "dialog-route",
			ask = { "From which header field of the 180 would a later request within the early dialog take its path?\n\n    rung show rfc3665-3.11 -m status=180 dst=alice", zh = "早期对话中以后的请求的路径，会取自 180 的哪个头字段？\n\n    rung show rfc3665-3.11 -m status=180 dst=alice" },
			wrong = { { "Via", why = { "Via routes the response back; it is only for this transaction.", zh = "Via 带回响应；它只属于这个事务。" } }, { "Contact", why = { "That is the last hop; the servers in the path are in another field.", zh = "那是终点；途中的服务器写在别处。" } }, { "Route", why = { "That is its name in the request. From which field of the response does it come?", zh = "在请求中才这样叫。它来自响应的哪个字段？" } } },
			why = { "Both proxies have added their URI there when they forwarded the INVITE.", zh = "两个代理服务器在转发 INVITE 时把自己的 URI 写在那里。" },
			hint = { "`kind=dialog node=alice` has a route set: where is it in `180@proxy1`?", zh = "`kind=dialog node=alice` 有路由集：它在 `180@proxy1` 的哪里？" },
			records = function(t) return t:first "status=180 dst=alice kind=send" end },
	},
}

task {
	goal = {
		{ "Bob's phone has rung", zh = "Bob 的话机振过铃",
			function(t)
				local r = t:first "status=180 src=bob kind=send"
				return r ~= nil, r
			end },
		{ "Alice's phone gets a 480", zh = "Alice 的话机收到 480",
			function(t)
				local r = t:first "status=480 node=alice kind=recv"
				return r ~= nil, r
			end },
		{ "it says Retry-After: 60", zh = "它写着 Retry-After: 60",
			function(t)
				local r = t:first "status=480 node=alice kind=recv"
				return r ~= nil and tostring(r:header "Retry-After"):match "^60" ~= nil, r
			end,
			why = { "call:reject takes a table: code, and headers, which is another table.", zh = "call:reject 接受一个表：code 和 headers，后者又是一个表。" } },
	},
	points = 3,
}
