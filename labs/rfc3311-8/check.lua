-- The tasks of rfc3311-8; their texts are in README.md.
lesson { minutes = 25, level = 3 }
vary { "router--bob.delay=5ms..30ms:5ms", "seed=1..999:1" }

local function ok(t)
	return t:first "kind=send status=200 cseq=INVITE src=bob"
end

-- How often somebody has reached "agreed" with an answer to its own offer.
local function answered(t)
	return t:count("kind=fsm machine=offer-answer left=offered,reoffered into=agreed", function(r)
		return r.time < ok(t).time
	end)
end

task {
	number = answered,
	rule = "offer-again",
	wrong = {
		{ 2, why = { "The UPDATEs are two; the INVITE has the first offer.", zh = "UPDATE 有两个；第一个提议在 INVITE 中。" } },
		{ 6, why = { "Each description counts as an offer or as an answer, not as both.", zh = "每个描述是提议或应答，不是两者。" } },
		{ 1, why = { "In each UPDATE is an offer, too.", zh = "每个 UPDATE 中也有一个提议。" } },
		{ 4, why = { "The 200 has none: nothing is left to agree on.", zh = "200 中没有：已没有需要商定的了。" } },
	},
	unit = { "offers", zh = "个提议" },
	why = { "Count the pairs of offer and answer in the messages before the 200: each session description is one half of a pair.",
		zh = "数 200 之前消息中提议与应答的对数：每个会话描述是一对中的一半。" },
	records = function(t) return t:all "kind=send method=UPDATE" end,
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
	why = { "Put the descriptions of her INVITE and her UPDATE side by side: in one line a number has grown.",
		zh = "把她的 INVITE 和 UPDATE 的描述并排：有一行里的一个数变大了。" },
	records = function(t) return { t:first "kind=send method=INVITE", t:first "kind=send method=UPDATE src=alice" } end,
	hint = { "Lay the two offers of Alice's side by side: one line differs.", zh = "把 Alice 的两个提议并排比较：只有一行不同。" },
}

task {
	choice = {
		{ "the reliable 180 has the answer already, and no offer is open",
			zh = "可靠的 180 中已有应答，没有未应答的提议", right = true },
		{ "it has got lost on the way; the ACK brings it once more", zh = "它在途中丢失了；由 ACK 再次带来",
			why = { "The ACK has none either, and nothing was lost.", zh = "ACK 中也没有，而且什么也没有丢失。" } },
		{ "a 200 never has one where the phone has rung before", zh = "话机振过铃之后，200 就没有会话描述",
			why = { "In direct-call it has rung, too, and its 200 has one. What else is there in this 180?",
				zh = "在 direct-call 中话机也振过铃，它的 200 就有。这里的 180 多了什么？" } },
		{ "the last UPDATE takes the place of the 200's", zh = "最后一个 UPDATE 代替了 200 中的",
			why = { "Without any UPDATE it would have none as well.", zh = "即使没有 UPDATE，它也没有。" }, rule = "offer-reliable" },
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
	points = 3,
	hint = { "Three requests are answered at once: PRACK and the two UPDATEs.", zh = "有三个请求立即得到响应：PRACK 和两个 UPDATE。" },
}
