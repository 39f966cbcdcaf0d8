-- The tasks of listener; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "bob.answer=1000ms..6000ms:500ms", "seed=1..999:1" }

-- What a record of TLS 1.3 adds: its head, the kind of what is sealed, the tag.
local ADDED = 5 + 1 + 16

local function invite(t)
	return t:first "method=INVITE kind=send src=alice"
end

local function answer(t, status)
	return t:first("kind=send src=px dst=alice cseq=INVITE status=" .. status)
end

task {
	number = function(t) return invite(t).size + ADDED end,
	unit = { "bytes", zh = "字节" },
	points = 2,
	rule = "tls-handshake",
	wrong = {
		{ function(t) return invite(t).size end, why = { "That is the length of the message itself.", zh = "那是消息本身的长度。" } },
		{ function(t) return invite(t).size + ADDED - 5 end,
			why = { "The record also has a header, which contains this length.", zh = "记录还有头部，这个长度就写在里面。" } },
	},
	why = { "Count what comes after TCP's header in that packet: the TLS header and the encrypted part.", zh = "数该包中 TCP 头部之后的内容：TLS 的头部和加密的部分。" },
	records = invite,
	hint = { "`rung show listener INVITE@alice --layers`: what is between TCP's header and SIP, and after SIP? RFC 8446 5.2.",
		zh = "`rung show listener INVITE@alice --layers`：TCP 的头部与 SIP 之间、SIP 之后各有什么？RFC 8446 5.2。" },
}

task {
	time = function(t) return answer(t, 200).time - answer(t, 180).time end,
	tolerance = "10ms",
	rule = "proxy-100",
	why = { "Take the times of these two messages in Alice's call, as `px` sends them.", zh = "取 Alice 的呼叫中 `px` 发送这两条消息的时刻。" },
	records = function(t) return { answer(t, 180), answer(t, 200) } end,
	hint = { "`src=px dst=alice cseq=INVITE kind=send`: leave out the one that `px` sends at once by itself (RFC 3261 16.2), and subtract.",
		zh = "`src=px dst=alice cseq=INVITE kind=send`：去掉 `px` 自己立即发出的那一条（RFC 3261 16.2），再相减。" },
}

task {
	choice = {
		{ "The addresses of her phone and of px", zh = "她的话机和 px 的地址",
			why = { "They are in IP's header, which is not encrypted.", zh = "它们在 IP 头部中，没有加密。" } },
		{ "The number of octets of each message", zh = "每条消息有多少个字节",
			why = { "A record is as long as its content, plus some octets.", zh = "记录的长度是所承载内容的长度再加几个字节。" } },
		{ "The time at which each message goes by", zh = "每条消息经过的时刻",
			why = { "A packet can't hide the time at which it is sent.", zh = "包经过的时刻是藏不住的。" } },
		{ "The name of the user whom she calls", right = true, zh = "她所呼叫的用户" },
	},
	rule = "tls-handshake",
	hint = { "Compare the layers of `rung show listener INVITE@alice --layers` with those of `rung show listener INVITE@dave --layers`: which of the four can a listener read in both?",
		zh = "把 `rung show listener INVITE@alice --layers` 的各层与 `rung show listener INVITE@dave --layers` 的并排：四项中哪些在两者中都能从外面读出？" },
	ahead = function(t) return t:first "kind=send src=alice method=INVITE" end,
}

task {
	choice = {
		{ "Nobody, since Alice's phone has encrypted her INVITE", zh = "没有人，因为 Alice 的话机已经加密",
			why = { "Its TLS ends at the first hop.", zh = "它的 TLS 止于第一跳。" } },
		{ "px, and whoever listens between px and Bob's phone", right = true, zh = "px，以及在 px 与 Bob 的话机之间旁听的人" },
		{ "The listener, once he has recorded the handshake", zh = "旁听者，只要他录下了握手",
			why = { "Neither side's secret is sent in a handshake.", zh = "握手时双方的秘密都不经过线路。" } },
		{ "px alone, as no other server belongs to the domain", zh = "只有 px，因为该域没有别的服务器",
			why = { "By which transport does the INVITE leave px?", zh = "INVITE 用什么传输离开 px？" } },
	},
	rule = "proxy-forward",
	hint = { "Follow `method=INVITE kind=send from=5s` hop by hop, and open each by its number: `transport` shows which node encrypts it, and for which.",
		zh = "逐跳跟踪 `method=INVITE kind=send from=5s`，用编号打开每一条：`transport` 说明由谁加密、给谁。" },
}

task {
	goal = {
		{ "both calls are answered", zh = "两个呼叫都被接听",
			function(t)
				return t:first "kind=send dst=alice cseq=INVITE status=200" ~= nil and
					t:first "kind=send dst=dave cseq=INVITE status=200" ~= nil
			end },
		{ "each INVITE is sent by TLS", zh = "每个 INVITE 都用 TLS",
			function(t)
				for _, r in ipairs(t:all "method=INVITE kind=send") do
					if r.transport ~= "tls" then return false, r end
				end
				return t:count "method=INVITE kind=send" > 0
			end,
			why = { "There are two lines without TLS: Dave's, and that between `px` and Bob.", zh = "没有 TLS 的线路有两条：Dave 的，以及 `px` 与 Bob 之间的。" } },
	},
	points = 2,
}

task {
	draw = "node=alice proto=sip kind=send",
	given = 2,
	hint = { "`src=px dst=alice proto=sip kind=send` is the half that she gets: which of her own requests have responses, and which has none (RFC 3261 17)?",
		zh = "`src=px dst=alice proto=sip kind=send` 是她收到的一半：她发出的哪些需要响应，哪一个没有（RFC 3261 17）？" },
	others = {
		{ draw = "node=dave proto=sip kind=send",
			ask = { "Draw all SIP messages between Dave's phone and `px`, one line each, `dave -> px INVITE`: the listener reads all of them.\n\n    rung show listener node=dave kind=send",
				zh = "画出 Dave 的话机与 `px` 之间的所有 SIP 消息，每条一行，如 `dave -> px INVITE`：这些旁听者可以逐字读到。\n\n    rung show listener node=dave kind=send" },
			hint = { "There are three requests from his phone, and each except the ACK has its responses: those are `src=px dst=dave kind=send`, one of which `px` makes itself.",
				zh = "他有三个请求，除 ACK 外各有响应：`src=px dst=dave kind=send` 就是这些响应，其中一个由 `px` 自己生成。" } },
		{ draw = "status=180 kind=send",
			rule = "proxy-response",
			ask = { "Draw the path of both 180s, one line for each hop, `bob -> px 180`. On which of these hops can a listener read it?\n\n    rung show listener status=180 kind=send",
				zh = "画出两个 180 的路径，每一跳一行，如 `bob -> px 180`。在哪几跳上有人能读到它？\n\n    rung show listener status=180 kind=send" },
			hint = { "It returns to each caller along the Vias of `-m method=INVITE dst=bob`; then open `180@bob` and `180@px` for their `transport`.",
				zh = "它按 `-m method=INVITE dst=bob` 的 Via 回到各主叫；再打开 `180@bob` 和 `180@px`，看 `transport`。" } },
	},
}
