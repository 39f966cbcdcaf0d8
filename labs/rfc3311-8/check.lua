-- The tasks of rfc3311-8; their texts are in README.md.
lesson { minutes = 25, level = 3 }
vary { "router--bob.delay=5ms..30ms:5ms", "seed=1..999:1" }

local function ok(t)
	return t:first "kind=send status=200 cseq=INVITE src=bob"
end

task {
	number = function(t) return t:count("kind=send", function(r) return r.text:find "\r\nm=audio" ~= nil end) end,
	rule = "offer-again",
	ahead = true,
	wrong = {
		{ 3, why = { "Each offer has an answer, in a separate message.", zh = "每个提议都有应答，在另一条消息中。" } },
		{ { 7, 8 }, why = { "Neither the PRACK and its 200 nor the 200 to the INVITE has one: nothing remains to be agreed.", zh = "PRACK 及其 200、对 INVITE 的 200 都没有：已没有需要商定的了。" } },
		{ 4, why = { "The INVITE and its reliable response count as well.", zh = "INVITE 和对它的可靠响应也要算。" } },
	},
	unit = { "messages", zh = "条消息" },
	why = { "Three offers are made before the call is answered: by which phones, and in which message is each answer?",
		zh = "接听之前有三个提议：由谁提出，各自的应答在哪条消息中？" },
	hint = { "`machine=offer-answer node=alice` shows how often an offer is open at her phone and is answered: each has a message that makes it, and one that answers it.",
		zh = "`machine=offer-answer node=alice` 显示她的话机上提议打开、了结多少次：每个提议有一条提出它的消息和一条应答它的消息。" },
	records = function(t) return t:all "kind=send method=UPDATE" end,
	others = {
		{ number = function(t) return tonumber(t:first("kind=send method=UPDATE src=bob"):header("CSeq"):match "%d+") end, rule = "dialog-request", ahead = true,
			ask = { "Before you look at the run: what will be the CSeq number of Bob's UPDATE?\n\n    rung show rfc3311-8 -m method=INVITE,PRACK,UPDATE", zh = "先不看运行：Bob 的 UPDATE 的 CSeq 会是几？\n\n    rung show rfc3311-8 -m method=INVITE,PRACK,UPDATE" },
			wrong = { { { 4, 5 }, why = { "Each side counts its own requests.", zh = "双方各自为自己的请求计数。" } }, { 3, why = { "Alice's has that.", zh = "那是 Alice 的。" } }, { 2, why = { "It is not his second request.", zh = "这不是他的第二个请求。" } } },
			why = { "How many requests has Bob's phone sent in this dialog before?", zh = "Bob 的话机此前在这个对话中发送过几个请求？" },
			hint = { "`UPDATE@bob` is to be read, and all that comes with `src=bob` before it.", zh = "读 `UPDATE@bob`，以及它之前 `src=bob` 的所有消息。" },
			records = function(t) return t:first "kind=send method=UPDATE src=bob" end },
		{ number = function(t) return tonumber(t:first("kind=send method=UPDATE src=alice"):header("CSeq"):match "%d+") end, rule = "dialog-request", ahead = true,
			ask = { "Before you look at the run: what will be the CSeq number of Alice's UPDATE?\n\n    rung show rfc3311-8 -m method=INVITE,PRACK,UPDATE", zh = "先不看运行：Alice 的 UPDATE 的 CSeq 会是几？\n\n    rung show rfc3311-8 -m method=INVITE,PRACK,UPDATE" },
			wrong = { { 2, why = { "There is one more request of hers between her INVITE and her UPDATE.", zh = "在她的 INVITE 与 UPDATE 之间，她还有一个请求。" } }, { 1, why = { "Her INVITE has that.", zh = "那是她的 INVITE 的。" } } },
			why = { "Each of her requests in the dialog counts, except an ACK.", zh = "除 ACK 外，她在对话中的每个请求都要计数。" },
			hint = { "Follow `src=alice method=INVITE,PRACK,UPDATE` from the beginning.", zh = "从头看 `src=alice method=INVITE,PRACK,UPDATE`。" },
			records = function(t) return t:first "kind=send method=UPDATE src=alice" end },
	},
}

task {
	text = { "o=", "o" },
	rule = "offer-version",
	wrong = {
		{ "v=", why = { "v= is the version of the protocol, always 0.", zh = "v= 是协议的版本，总是 0。" } },
		{ "s=", why = { "s= is the name of the session.", zh = "s= 是会话的名称。" } },
		{ "t=", why = { "t= is when the session takes place.", zh = "t= 是会话的时间。" } },
		{ "m=", why = { "m= has the port and the codecs; they are the same as before.", zh = "m= 是端口和编解码器；它们与以前相同。" } },
	},
	why = { "Compare the descriptions of her INVITE and her UPDATE: in one line a number has increased.",
		zh = "把她的 INVITE 和 UPDATE 的描述并排：有一行里的一个数变大了。" },
	records = function(t) return { t:first "kind=send method=INVITE", t:first "kind=send method=UPDATE src=alice" } end,
	hint = { "Compare the descriptions of `INVITE@alice` and `UPDATE@alice`: one line differs.", zh = "把 `INVITE@alice` 和 `UPDATE@alice` 的描述并排比较：只有一行不同。" },
	others = {
		{ text = { "RAck", "RAck:" }, rule = "prack-send",
			ask = { "Which header field of the PRACK says which response it confirms?\n\n    rung show rfc3311-8 -m method=PRACK\n    rung show rfc3311-8 -m status=180", zh = "PRACK 的哪个头字段说明它确认的是哪个响应？\n\n    rung show rfc3311-8 -m method=PRACK\n    rung show rfc3311-8 -m status=180" },
			wrong = { { "RSeq", why = { "That is in the response.", zh = "它在响应中。" } }, { "CSeq", why = { "That is the number of the PRACK itself.", zh = "那是 PRACK 自己的编号。" } }, { "Require", why = { "That is in the response: it asks for a PRACK at all.", zh = "它在响应中：要求发送 PRACK。" } } },
			why = { "Read the PRACK: one field repeats a number of the 180, and the CSeq of the INVITE.", zh = "读 PRACK：有一个字段重复了 180 的一个数和 INVITE 的 CSeq。" },
			hint = { "`PRACK@alice` has three values in a row: in which field?", zh = "`PRACK@alice` 中有一处连着三项：在哪个字段？" },
			records = function(t) return t:first "kind=send method=PRACK" end },
		{ text = { "RSeq", "RSeq:" }, rule = "reliable-send",
			ask = { "Which header field of the 180 gives it the number by which it is confirmed?\n\n    rung show rfc3311-8 -m status=180\n    rung show rfc3311-8 -m method=PRACK", zh = "180 的哪个头字段给它一个用来确认的编号？\n\n    rung show rfc3311-8 -m status=180\n    rung show rfc3311-8 -m method=PRACK" },
			wrong = { { "RAck", why = { "That is in the PRACK.", zh = "它在 PRACK 中。" } }, { "CSeq", why = { "That is the INVITE's.", zh = "那是 INVITE 的。" } }, { "Require", why = { "That only says that it must be confirmed.", zh = "它只说明需要确认。" } } },
			why = { "Read the 180: one field has a number that appears nowhere earlier in the call.", zh = "读 180：有一个字段带有此前呼叫中没有的数。" },
			hint = { "Which field is in `180@bob`, and in no other response of the run?", zh = "哪个字段在 `180@bob` 中，而不在运行的其他响应中？" },
			records = function(t) return t:first "kind=send status=180" end },
	},
}

task {
	choice = {
		{ "the reliable 180 has the answer already to the only offer",
			zh = "可靠的 180 中已有对这个提议的应答", right = true },
		{ "it has got lost on the way; the ACK brings it once more", zh = "它在途中丢失了；由 ACK 再次带来",
			why = { "The ACK has none either, and nothing was lost.", zh = "ACK 中也没有，而且什么也没有丢失。" } },
		{ "a 200 never has one if the phone has rung before", zh = "话机振过铃之后，200 就没有会话描述",
			why = { "In direct-call the phone has also rung, and its 200 has one. What is special about this 180?",
				zh = "在 direct-call 中话机也振过铃，它的 200 就有。这里的 180 多了什么？" } },
		{ "the last UPDATE takes the place of the 200's", zh = "最后一个 UPDATE 中的应答代替了 200 中的",
			why = { "Without any UPDATE it would also have none.", zh = "即使没有 UPDATE，它也没有。" }, rule = "offer-reliable" },
	},
	rule = "offer-reliable",
	records = function(t) return { t:first "kind=send status=180", ok(t) } end,
}

task {
	choice = {
		{ "only the caller may send a re-INVITE, and Bob was called", zh = "只有主叫可以发送 re-INVITE，而 Bob 是被叫",
			why = { "Either side may, once the call is answered.", zh = "接听之后双方都可以。" }, rule = "reinvite-send" },
		{ "there is no dialog before the 200, and so none to change", zh = "200 之前没有对话，也就无从修改",
			why = { "There is an early one; PRACK and UPDATE are sent within it.", zh = "有早期对话；PRACK 和 UPDATE 就在其中发送。" }, rule = "invite-1xx" },
		{ "a dialog has one INVITE at a time, and this one is open",
			zh = "对话中同时只能有一个 INVITE，这个未结束", right = true },
		{ "a re-INVITE would make Alice's phone ring once more", zh = "re-INVITE 会使 Alice 的话机再次振铃",
			why = { "A re-INVITE is no new call; it could be answered at once.", zh = "re-INVITE 不是新呼叫；它可以立即得到响应。" }, rule = "reinvite" },
	},
	rule = "reinvite-alone",
	records = function(t) return { t:first "kind=send method=INVITE", ok(t) } end,
}

task {
	draw = "proto=sip kind=send",
	given = 3,
	points = 3,
	hint = { "`src=alice kind=send` is her half. Which of these does Bob's phone answer at once, and which only when he answers the call (RFC 3311 5.2, RFC 3262 3)?",
		zh = "`src=alice kind=send` 是她的一半。Bob 的话机对其中哪些立即响应，对哪一个要到他接听时（RFC 3311 5.2、RFC 3262 3）？" },
	others = {
		{ draw = "method=INVITE,PRACK,UPDATE,ACK", rule = "update-send",
			ask = { "Draw all requests, one line for each message.\n\n    rung show rfc3311-8 method=INVITE,PRACK,UPDATE,ACK kind=send", zh = "画出所有请求，每条消息一行。\n\n    rung show rfc3311-8 method=INVITE,PRACK,UPDATE,ACK kind=send" },
			hint = { "Which phone may make a new offer before the call is answered, RFC 3311 5.1? See `method=UPDATE kind=send`; RFC 3262 4 adds the request that follows the 180.", zh = "接听之前谁可以重新提议（RFC 3311 5.1）？看 `method=UPDATE kind=send`；180 之后还有 RFC 3262 第 4 节的请求。" } },
		{ draw = "status=1xx,2xx", rule = "offer-again",
			ask = { "Draw all responses, one line for each message.\n\n    rung show rfc3311-8 status=1xx,2xx kind=send", zh = "画出所有响应，每条消息一行。\n\n    rung show rfc3311-8 status=1xx,2xx kind=send" },
			hint = { "Each request except the ACK has a final response: `src=alice status=2xx` is the one that is easily forgotten, and the 200 to the INVITE is the last of `src=bob status=2xx`.", zh = "除 ACK 之外，每个请求都有最终响应：`src=alice status=2xx` 容易忘记，而对 INVITE 的 200 是 `src=bob status=2xx` 的最后一个。" } },
	},
}

task {
	goal = {
		{ "Alice's phone sends two UPDATEs, Bob's none", zh = "Alice 的话机发送两个 UPDATE，Bob 的一个也没有",
			function(t)
				local r = t:all "kind=send method=UPDATE src=alice"
				return #r == 2 and t:count "kind=send method=UPDATE src=bob" == 0, r[2]
			end },
		{ "both before the call is answered, the second when the first has its answer", zh = "两个都在接听之前，第二个在第一个得到应答之后",
			function(t)
				local r, a = t:all "kind=send method=UPDATE src=alice", t:first "kind=recv status=200 cseq=UPDATE dst=alice"
				local bob = ok(t)
				return #r > 1 and a ~= nil and bob ~= nil and a.time <= r[2].time and r[2].time < bob.time, r[2]
			end, rule = "offer-again",
			why = { "An offer is open until its answer is there.", zh = "应答到来之前，提议一直未结束。" } },
		{ "the 200 to the INVITE has no session description", zh = "对 INVITE 的 200 没有会话描述",
			function(t)
				local r = ok(t)
				return r ~= nil and r:header "Content-Type" == nil, r
			end, rule = "offer-reliable" },
	},
	points = 3,
}
