-- The tasks of handset-transfer; their texts are in README.md.
lesson { minutes = 40, level = 3 }
vary { "carol.answer=1000ms..4000ms:500ms", "seed=1..999:1" }

-- The INVITE that takes the place of the desk's call.
local function replacing(t)
	return t:last "method=INVITE src=alice kind=send"
end

local function told(t)
	return t:last "method=NOTIFY src=alice kind=send"
end

task {
	choice = {
		{ "The desk: it has joined the two, and is done.", zh = "前台：它已接通两人的呼叫，任务完成。",
			why = { "The desk sends one BYE, to Alice. Compare the Call-IDs.", zh = "前台只发一个 BYE，发给 Alice。请比较 Call-ID。" }, rule = "transfer-done" },
		{ "Alice's phone: its INVITE asks for that call.", zh = "Alice 的话机：它的 INVITE 要的就是这个呼叫。",
			why = { "It is not part of that dialog, so it can't end it. It names the dialog, and Carol's phone decides.",
				zh = "它不是这个对话的一方，不能结束它。它只是指明，由 Carol 的话机决定。" }, rule = "replaces-accept" },
		{ "Carol's phone, which gets another one instead.", zh = "Carol 的话机：另一个呼叫取代了它。", right = true },
		{ "The proxy: it has both calls in its path.", zh = "代理服务器，两个呼叫都经过它。",
			why = { "A proxy never sends a BYE of its own.", zh = "代理服务器从不自己发送 BYE。" }, rule = "bye-send" },
	},
	rule = "replaces-bye",
	records = function(t) return t:first "method=BYE src=carol kind=send" end,
	ahead = true,
}

task {
	choice = {
		{ "the desk's: it is its call that is taken over", zh = "前台的：被取代的是它的呼叫", rule = "replaces-none",
			why = { "That is the from-tag, next to the one in question.", zh = "那是 from-tag，写在所问的旁边。" } },
		{ "Alice's: it is her phone that sends the INVITE", zh = "Alice 的：发送这个 INVITE 的是她的话机", rule = "replaces-none",
			why = { "Alice is in another dialog. The Replaces names the dialog between the desk and Carol.", zh = "Alice 在另一个对话中。Replaces 指明的是前台与 Carol 的对话。" } },
		{ "Carol's: it is her phone's own tag in that call", right = true,
			zh = "Carol 的：她的话机在那个呼叫中的 tag" },
		{ "a new one, chosen for the call that begins with it", zh = "一个新的：为将要开始的呼叫生成", rule = "replaces-none",
			why = { "The tags of the new call are in From and To. Those in Replaces belong to an existing dialog.",
				zh = "新呼叫的 tag 在 From 和 To 中。Replaces 中的 tag 属于已有的呼叫。" } },
	},
	rule = "replaces-none",
	points = 2,
	records = function(t) return { t:first "status=180 src=carol kind=send", replacing(t) } end,
	hint = { "Compare the tags in From and To of `180@carol` with the two in Replaces; RFC 3891 3 says which tag belongs to which phone.",
		zh = "把 `180@carol` 的 From 和 To 中的 tag 与 Replaces 中的两个 tag 对照；这两个各按哪一方理解，见 RFC 3891 3。" },
}

task {
	text = function(t) return (replacing(t).text:match "^INVITE (%S+)") end,
	rule = "replaces-send",
	points = 2,
	wrong = {
		{ "sip:1002@example.com", why = { "Her address may lead to any of her phones; only one of them has the call to be replaced, and its Contact is that phone.",
			zh = "她的地址可能通向她的任何一部话机；只有一部有将被取代的呼叫，它的 Contact 说明在哪里。" } },
		{ { "sip:192.0.2.3:5060;lr", "sip:192.0.2.3:5060", "192.0.2.3:5060" },
			why = { "That is its Route: the path, not the target.", zh = "那是它的 Route：是路径，不是目标。" } },
		{ "sip:1000@192.0.2.2:5060", why = { "That is the desk, which wants to leave the call.", zh = "那是前台，它想退出呼叫。" } },
	},
	why = { "Read the first line of Alice's INVITE: it is the Contact of the one phone that has the call, as in the Refer-To.",
		zh = "读 Alice 的 INVITE 的首行：它是拥有该呼叫的那部话机的 Contact，由 Refer-To 给出。" },
	records = replacing,
	hint = { "Compare the first line of `INVITE@alice#2` with the Refer-To, RFC 3891 4.",
		zh = "看 `INVITE@alice#2` 的首行；与 Refer-To 对照，RFC 3891 4。" },
	others = {
		{ text = function(t) return (t:first("method=REFER src=desk kind=send").text:match "^REFER (%S+)") end,
			rule = "dialog-target",
			wrong = {
				{ "sip:1001@example.com", why = { "That is where she can be called. Here a request is sent within an existing call.", zh = "那是呼叫她用的地址。这里的请求在已有的呼叫内发送。" } },
				{ { "sip:192.0.2.3:5060;lr", "sip:192.0.2.3:5060", "192.0.2.3:5060" }, why = { "That is its Route: the path, not the target.", zh = "那是它的 Route：是路径，不是目标。" } },
				{ "sip:1002@192.0.2.4:5060", why = { "That one is in its Refer-To: who should be called.", zh = "那写在它的 Refer-To 中：要呼叫的人。" } },
			},
			records = function(t) return t:first "method=REFER src=desk kind=send" end,
			ask = { "To which URI does the desk's phone send its REFER? Write its Request-URI. (How did the desk learn it, and when?)",
				zh = "前台的话机把 REFER 发往哪个 URI？写出它的 Request-URI。（前台何时、从谁那里得知它？）" },
			why = { "It is a request within the call with Alice: read its first line.",
				zh = "它是与 Alice 的呼叫内的请求：读它的首行。" },
			hint = { "The first line of `REFER@desk`; RFC 3261 12.2.1.1 says what a request within a dialog takes.",
				zh = "看 `REFER@desk` 的首行；RFC 3261 12.2.1.1 说明对话内的请求用什么。" } },
		{ text = function(t) return { (replacing(t):header "Referred-By"), (replacing(t):header("Referred-By"):gsub("[<>]", "")) } end,
			wrong = {
				{ { "sip:1001@example.com", "<sip:1001@example.com>" }, why = { "She is in From: she calls. Which phone asked her phone to call?", zh = "她在 From 中：由她呼叫。是谁请她呼叫的？" } },
				{ { "sip:1002@example.com", "<sip:1002@example.com>" }, why = { "She is the callee.", zh = "她是被叫。" } },
			},
			records = replacing,
			ask = { "Alice's INVITE tells Carol's phone who has requested that call (RFC 3892). Which address does it contain for that?",
				zh = "Alice 的 INVITE 告诉 Carol 的话机是谁请求了这个呼叫（RFC 3892）。那里写的是哪个地址？" },
			why = { "Alice's phone copies a field of the REFER unchanged.",
				zh = "Alice 的话机照抄了 REFER 的一个字段。" },
			hint = { "Which field is in both `REFER@desk` and `INVITE@alice#2`? RFC 3892 3 describes it.",
				zh = "`REFER@desk` 和 `INVITE@alice#2` 都有哪个字段？RFC 3892 3 描述了它。" } },
	},
}

task {
	choice = {
		{ "ring, as it would for any other INVITE", zh = "振铃，像对其他任何 INVITE 一样",
			why = { "That would happen without the Require: Carol would get a second call during the first.",
				zh = "没有 Require 时才会这样：第一个呼叫还在进行，Carol 又要接听第二个。" }, rule = "uas-require" },
		{ "reject it with 420 for want of the extension", zh = "以 420 拒绝，因为缺少这个扩展", right = true },
		{ "reject it with 481, since it has no such call", zh = "以 481 拒绝，因为没有这个呼叫",
			why = { "To answer that, it would have to understand Replaces.", zh = "要这样说，它得先懂得 Replaces。" }, rule = "replaces-none" },
		{ "end its calls and accept this one instead", zh = "结束它的所有呼叫，改接这一个",
			why = { "A phone can't end a call because of something that it does not understand.", zh = "它不懂的东西不能使它结束任何呼叫。" }, rule = "uas-require" },
	},
	rule = "uas-require",
	records = replacing,
}

task {
	find = {
		node = { "alice", "px" },
		record = function(t)
			local passed = t:last "method=NOTIFY src=px dst=desk kind=send"
			return { told(t), passed, passed:arrival(), told(t):arrival() }
		end,
	},
	points = 2,
	rule = "notify-final",
	why = { "A 202 says that the request was accepted, not what the result was. Which message reports the result?",
		zh = "202 表示请求已受理，并不表示结果如何。结果由什么告知？" },
	records = function(t) return { told(t), t:first "method=BYE src=desk kind=send" } end,
	hint = { "Look at the last messages of `src=px dst=desk kind=send` before `BYE@desk`: which of them can report the result of the call to Carol? RFC 3515 2.4.5.",
		zh = "看 `src=px dst=desk kind=send` 中在 `BYE@desk` 之前的最后几条：其中哪一条能说明对 Carol 的呼叫结果如何？RFC 3515 2.4.5。" },
	others = {
		{ draw = "cseq=REFER kind=send",
			rule = "refer-accept",
			ask = { "Draw the path of the REFER and of its response, one line for each hop, `desk -> px REFER`.\n\n    rung show handset-transfer cseq=REFER kind=send",
				zh = "画出 REFER 及其响应的路径，每一跳一行，如 `desk -> px REFER`。\n\n    rung show handset-transfer cseq=REFER kind=send" },
			hint = { "The first line of `REFER@desk` has the target, its Route the path; RFC 3515 2.4.2 says how it is answered, and its Vias route the response back.",
				zh = "`REFER@desk` 的首行说明它发给谁，Route 说明经过谁；如何响应见 RFC 3515 2.4.2，响应按 Via 返回。" } },
		{ draw = "method=NOTIFY kind=send",
			rule = "notify-final",
			ask = { "Draw the path of all NOTIFYs, one line for each hop, `alice -> px NOTIFY`. What do their bodies contain?\n\n    rung show handset-transfer -m method=NOTIFY",
				zh = "画出所有 NOTIFY 的路径，每一跳一行，如 `alice -> px NOTIFY`。消息体里写的是什么？\n\n    rung show handset-transfer -m method=NOTIFY" },
			hint = { "RFC 3515 2.4.4 says at which events a phone reports: for Alice's phone these are `INVITE@alice#2` and its final response. Each report goes through the proxy.",
				zh = "话机在哪些事件发生时报告，见 RFC 3515 2.4.4：对 Alice 的话机，就是 `INVITE@alice#2` 和对它的最终响应。每次报告都经过代理服务器。" } },
	},
}

task {
	goal = {
		{ "the desk sends Alice a REFER without Replaces", zh = "前台向 Alice 发送不带 Replaces 的 REFER",
			function(t)
				local r = t:first "method=REFER src=desk kind=send"
				return r ~= nil and not r:header("Refer-To"):find "Replaces", r
			end,
			why = { "The menu entry Join both is the transfer with Replaces.", zh = "Join both 是带 Replaces 的转接。" } },
		{ "the desk never calls Carol", zh = "前台从未呼叫 Carol",
			function(t)
				local r = t:first("method=INVITE src=desk kind=send", function(r) return r:header("To"):find "1002" end)
				return r == nil, r
			end },
		{ "Carol answers Alice's call", zh = "Carol 接听 Alice 的呼叫",
			function(t)
				local r = t:first "status=200 cseq=INVITE src=carol kind=send"
				return r ~= nil and r:header("From"):find "1001" ~= nil, r
			end },
		{ "the desk hangs up", zh = "前台挂断",
			function(t)
				local r = t:first "method=BYE src=desk kind=send"
				return r ~= nil, r
			end },
	},
	points = 3,
	hint = { "The last two of `node=desk what=key` show how `lab.lua` chooses another entry of *Options*; choose yours in the same way, then dial, and end the number as on any phone.",
		zh = "`node=desk what=key` 的最后两条显示 `lab.lua` 怎样选择 *Options* 的另一项；照样选择您要的一项，再拨号，并像在任何话机上那样结束号码。" },
}
