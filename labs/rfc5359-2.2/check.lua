-- The tasks of rfc5359-2.2; their texts are in README.md.
lesson { minutes = 25, level = 1 }
vary { "carol.answer=500ms..3000ms:500ms" }

task {
	draw = "kind=send src=bob method=INVITE,ACK,BYE",
	ahead = true,
	rule = "reinvite-ok",
	hint = { "To hold, to call, to hang up, to resume: which of these needs a request with an ACK? RFC 3261, 14.1; `kind=act node=bob`.", zh = "保持、询问、结束、恢复：其中哪些需要带 ACK 的请求？RFC 3261 第 14.1 节；`kind=act node=bob`。" },
	others = {
		{ draw = "kind=send node=carol",
			ask = { "Before you look at the run: draw all messages between the proxy and Carol's phone, one line each: `proxy -> carol INVITE`.\n\n    rung show rfc5359-2.2 node=carol kind=send",
				zh = "先不看运行：画出代理服务器与 Carol 的话机之间将有的消息，每条一行，如 `proxy -> carol INVITE`。\n\n    rung show rfc5359-2.2 node=carol kind=send" },
			ahead = true,
			rule = "invite-accept",
			hint = { "For Carol it is an ordinary call that Bob ends, RFC 3261, 15.1.2: `dst=carol kind=recv`.", zh = "对 Carol 这是由 Bob 结束的普通呼叫，RFC 3261 第 15.1.2 节：`dst=carol kind=recv`。" } },
		{ draw = "kind=send src=alice",
			ask = { "Before you look at the run: draw everything that Alice's phone will send, one line each, in order: `alice -> proxy INVITE`.\n\n    rung show rfc5359-2.2 src=alice kind=send",
				zh = "先不看运行：依次画出 Alice 的话机将发送的所有消息，每条一行：`alice -> proxy INVITE`。\n\n    rung show rfc5359-2.2 src=alice kind=send" },
			ahead = true,
			hint = { "It gets two re-INVITEs, and answers each; the rest is the beginning and the end: `dst=alice method=INVITE,ACK`.", zh = "它收到两个 re-INVITE，逐个响应；其余是开头和结尾：`dst=alice method=INVITE,ACK`。" } },
	},
}

task {
	text = "Call-ID",
	wrong = {
		{ "CSeq", rule = "dialog-request",
			why = { "Each dialog has its own counters, so the numbers may be equal.", zh = "每个对话各自编号，编号可能相同。" } },
		{ "From", rule = "dialog-uas",
			why = { "Bob is in it in both; only its tag differs, and in his re-INVITE he is also in From.",
				zh = "两个呼叫中都是 Bob；只有 tag 不同，而且他的 re-INVITE 的 From 也是他。" } },
		{ "To", why = { "It may change sides with From within one call.", zh = "在同一呼叫中它会与 From 互换。" }, rule = "dialog-request" },
		{ "Via", why = { "Its branch differs for each transaction.", zh = "它的 branch 每个事务都不同。" } },
	},
	why = { "Compare Bob's two INVITEs to Alice and the one to Carol: which field is equal within one call and differs in the other, as a whole and without its parameters?",
		zh = "比较 Bob 给 Alice 的两个 INVITE 和给 Carol 的那个：哪个字段的整个值在同一呼叫中相同、在另一呼叫中不同？" },
	records = function(t) return t:all "kind=send src=bob method=INVITE" end,
	hint = { "`INVITE@alice` and `INVITE@bob` belong to one call, though from two senders: cross out what differs between them. From the rest, find the field that differs in `INVITE@bob#2`, which belongs to the other call.", zh = "`INVITE@alice` 与 `INVITE@bob` 属于同一呼叫，虽由两方发送：划去两者不同的。余下的里面，找在另一呼叫的 `INVITE@bob#2` 中不一样的。" },
	others = {
		{ number = function(t) return (function(seen, n)
				for _, r in ipairs(t:all "kind=send proto=sip") do
					if not seen[r.call_id] then
						seen[r.call_id], n = true, n + 1
					end
				end
				return n
			end)({}, 0) end,
			ask = { "How many different Call-IDs are there in all messages of the run?\n\n    rung show rfc5359-2.2 -m method=INVITE kind=send",
				zh = "运行的所有消息中一共有多少个不同的 Call-ID？\n\n    rung show rfc5359-2.2 -m method=INVITE kind=send" },
			wrong = {
				{ 3, why = { "Of Bob's three INVITEs two belong to Alice's call.", zh = "Bob 的三个 INVITE 中，两个属于 Alice 的呼叫。" } },
				{ 4, why = { "A re-INVITE has no Call-ID of its own.", zh = "re-INVITE 没有自己的。" } },
				{ 1, why = { "Carol's call is another one.", zh = "Carol 的呼叫是另一个。" } },
			},
			why = { "Write down the Call-ID of each INVITE, and cross out duplicates.", zh = "写下每个 INVITE 的 Call-ID，划去相同的。" },
			rule = "dialog-request",
			records = function(t) return t:all "kind=send method=INVITE" end,
			hint = { "A re-INVITE keeps that of its dialog, RFC 3261, 12.2.1.1: compare `INVITE@alice` with Bob's three.", zh = "re-INVITE 沿用它的对话的 Call-ID，RFC 3261 第 12.2.1.1 节：比较 `INVITE@alice` 与 Bob 的三个。" } },
		{ text = "To",
			ask = { "In Bob's re-INVITEs to Alice one header field has a tag that it has not in his INVITE to Carol. Which one?\n\n    rung show rfc5359-2.2 -m method=INVITE src=bob kind=send",
				zh = "在 Bob 给 Alice 的 re-INVITE 中，有一个头字段带 tag，而在他给 Carol 的 INVITE 中没有。是哪一个？\n\n    rung show rfc5359-2.2 -m method=INVITE src=bob kind=send" },
			wrong = {
				{ "From", why = { "Bob's own tag is in all of them.", zh = "Bob 自己的 tag 在所有 INVITE 中都有。" } },
				{ "Call-ID", why = { "It has no tags.", zh = "它没有 tag。" } },
				{ "Via", why = { "What differs there is a branch.", zh = "那里不同的是 branch。" } },
			},
			why = { "Compare Carol's INVITE with a re-INVITE: a phone that has not answered yet has not generated a tag.", zh = "把给 Carol 的 INVITE 与 re-INVITE 并排：还没有响应的一方还没有生成 tag。" },
			rule = "dialog-request",
			records = function(t) return t:all "kind=send src=bob method=INVITE" end,
			hint = { "RFC 3261, 8.1.1 and 12.2.1.1 describe a request outside and within a dialog: compare `INVITE@bob#2`, the one for Carol, with `INVITE@bob#3`.", zh = "对话之外与对话之内的请求怎样构成，见 RFC 3261 第 8.1.1 和 12.2.1.1 节：把发给 Carol 的 `INVITE@bob#2` 与 `INVITE@bob#3` 比较。" } },
	},
}

task {
	choice = {
		{ "yes: the proxy tells it, since both calls go by it",
			zh = "会：两个呼叫都经过代理服务器，由它告知",
			why = { "A proxy tells a phone nothing about other calls.", zh = "代理服务器不会把别人的呼叫告诉任何人。" } },
		{ "yes: the re-INVITE that holds the call names Carol",
			zh = "会：保持呼叫的 re-INVITE 中写有 Carol",
			why = { "Look into it: it says a=sendonly, and gives no reason.", zh = "请看：其中只有 a=sendonly，没有理由。" }, rule = "hold-send" },
		{ "no: it hears of nothing but the hold and its end",
			zh = "不会：它得知的只是保持和解除",
			right = true, rule = "hold-send" },
		{ "no: it does not even learn that it is being held",
			zh = "不会：它连自己被保持也不知道",
			why = { "The re-INVITE says so, and it must answer that.", zh = "re-INVITE 说明了这一点，它还必须应答。" }, rule = "hold-send" },
	},
	points = 2,
	records = function(t) return t:all "kind=send method=INVITE dst=alice" end,
}

task {
	number = function(t)
		local seen, n = {}, 0
		for _, r in ipairs(t:all "kind=dialog node=bob") do
			if not seen[r.id] then
				seen[r.id] = true
				n = n + 1
			end
		end
		return n
	end,
	wrong = {
		{ 1, rule = "hold-send",
			why = { "The call with Alice is on hold; its dialog still exists.", zh = "与 Alice 的呼叫被保持；它的对话仍在。" } },
		{ 3, why = { "There is none between Alice and Carol, and the proxy has no dialogs.", zh = "Alice 与 Carol 之间没有对话，代理服务器也没有对话。" } },
		{ 4, why = { "A dialog is counted once, not at each of its ends.",
				zh = "对话是从任何一端看到的同一个东西：只算一次。" } },
	},
	why = { "Count the dialogs in the state of Bob's phone at 7 s: one for each peer with which it has a call, on hold or not.",
		zh = "数一数 7 s 时 Bob 的话机的状态中的对话：每个与它有呼叫的对端一个，不论是否保持。" },
	records = function(t) return t:all "kind=dialog node=bob to=8s" end,
	hint = { "`kind=dialog node=bob to=8s`: a call on hold still has a dialog.", zh = "`kind=dialog node=bob to=8s`：被保持的一方仍有对话。" },
	others = {
		{ number = function(t) return (function(seen, n)
				for _, r in ipairs(t:all "kind=dialog node=alice") do
					if not seen[r.id] then
						seen[r.id], n = true, n + 1
					end
				end
				return n
			end)({}, 0) end,
			ask = { "How many dialogs has Alice's phone while Bob talks to Carol?\n\n    rung show rfc5359-2.2 --at=7s --node=alice",
				zh = "Bob 与 Carol 通话时，Alice 的话机有多少个对话？\n\n    rung show rfc5359-2.2 --at=7s --node=alice" },
			wrong = {
				{ 2, why = { "That is Bob's phone; Alice's knows nothing about Carol.", zh = "那是 Bob 的话机；Alice 的话机不知道 Carol。" } },
				{ 0, why = { "On hold the dialog still exists.", zh = "被保持时对话仍在。" } },
			},
			why = { "Count the dialogs in the state of Alice's phone at 7 s: one for each peer with which it has a call.", zh = "数一数 7 s 时 Alice 的话机的状态中的对话：每个与它有呼叫的对端一个。" },
			rule = "reinvite",
			records = function(t) return t:all "kind=dialog node=alice to=8s" end,
			hint = { "A re-INVITE changes a session, RFC 3261, 14; does it create a dialog? `kind=dialog node=alice`.", zh = "re-INVITE 改变会话，RFC 3261 第 14 节；它建立对话吗？`kind=dialog node=alice`。" } },
		{ number = function(t) return t:count("kind=send method=INVITE", function(r) return r:header("To"):find(";tag=", 1, true) ~= nil end) end,
			ask = { "How many re-INVITEs, INVITEs within a dialog, are sent in the run, counted on each hop?\n\n    rung show rfc5359-2.2 -m method=INVITE kind=send",
				zh = "运行中发送了多少个 re-INVITE，即对话之内的 INVITE，每一跳都算？\n\n    rung show rfc5359-2.2 -m method=INVITE kind=send" },
			wrong = {
				{ 2, why = { "That is how many reach Alice's phone; each has passed a hop before.", zh = "到达 Alice 的话机的有这么多；每个之前还有一跳。" } },
				{ 8, why = { "The first INVITEs of the two calls have no tag in To.", zh = "两个呼叫的第一个 INVITE 的 To 没有 tag。" } },
			},
			why = { "Count the INVITEs whose To has a tag, including those that the proxy forwards.", zh = "数 To 带 tag 的 INVITE，包括代理服务器转发的。" },
			rule = "reinvite-send",
			records = function(t) return t:all "kind=send method=INVITE dst=alice" end,
			hint = { "One holds and one resumes, and each passes the proxy, RFC 3261, 14.1: `dst=alice method=INVITE kind=send` has the second hop of each.", zh = "一个保持，一个恢复，每个都经过代理服务器，RFC 3261 第 14.1 节：`dst=alice method=INVITE kind=send` 是各自的第二跳。" } },
	},
}

task {
	goal = {
		{ "Bob holds Alice and calls Carol", zh = "Bob 保持 Alice 并呼叫 Carol",
			function(t) return t:count "kind=act node=bob hold" > 0 and t:count "kind=recv dst=carol method=INVITE" > 0, t:first "kind=recv dst=carol method=INVITE" end },
		{ "Carol's phone is put on hold", zh = "Carol 的话机被保持",
			function(t)
				return t:first("kind=send dst=carol method=INVITE", function(r)
					return r.text:find("a=sendonly", 1, true)
				end)
			end, rule = "hold-send" },
		{ "at the same time Alice's call is resumed", zh = "同时 Alice 的话机被解除保持",
			function(t)
				local held
				for _, r in ipairs(t:all "kind=send method=INVITE") do
					local offer = r.text
					if r.dst == "carol" and offer:find("a=sendonly", 1, true) then
						held = r
					elseif r.dst == "alice" and offer:find("a=sendrecv", 1, true) then
						local bye = t:first "kind=send dst=carol method=BYE"
						return bye == nil or r.seq < bye.seq, r
					end
				end
				return false, held
			end, rule = "resume-send",
			why = { "She must hear him before the call with Carol ends.", zh = "她必须在与 Carol 的呼叫结束之前就能听到他。" } },
	},
	points = 3,
	hint = { "`kind=act node=bob` has the order of his acts: put the swap between his call to Carol and its end, with time after it (docs/SCENARIO.md, `swap`).",
		zh = "`kind=act node=bob` 有他的动作的顺序：`swap` 要在呼叫 Carol 与结束这个呼叫之间，其后留出时间（docs/SCENARIO.md）。" },
}
