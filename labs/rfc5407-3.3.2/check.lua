-- The tasks of rfc5407-3.3.2; their texts are in README.md.
lesson { minutes = 25, level = 3 }
vary { "alice--bob.delay=80ms..140ms:10ms" }

local function accepted(t)
	return t:last "kind=recv src=bob status=200 cseq=UPDATE"
end

local function update(t)
	return t:first "kind=send src=alice method=UPDATE"
end

task {
	draw = "cseq=UPDATE",
	ahead = true,
	rule = "update-glare",
	hint = { "The first try is rejected, the one after `node=alice name=glare` is not.",
		zh = "第一次尝试被拒绝，`node=alice name=glare` 之后的那次没有。" },
	others = {
		{
			draw = "cseq=INVITE,ACK from=3s",
			ask = { "Before you look at the run: draw the re-INVITEs of Bob's phone from 4 s on, with their responses and ACKs, one line for each arrow, such as `alice -> bob 486`.\n\n    rung show rfc5407-3.3.2 cseq=INVITE,ACK kind=send from=3s",
				zh = "先不看运行：画出 4 s 起 Bob 的话机的 re-INVITE 以及属于它们的一切，每行一个箭头，例如 `alice -> bob 486`。\n\n    rung show rfc5407-3.3.2 cseq=INVITE,ACK kind=send from=3s" },
			ahead = true,
			rule = "ict-ack",
			hint = { "`src=bob method=INVITE kind=send` are his tries, the second after `node=bob name=glare op=fire`: what ends each of them, RFC 3261, 17.1.1.3 and 13.2.2.4?",
				zh = "`src=bob method=INVITE kind=send` 是他的各次尝试，第二次在 `node=bob name=glare op=fire` 之后：每次怎样结束，RFC 3261 第 17.1.1.3 和 13.2.2.4 节？" },
		},
		{
			number = function(t) return t:count "kind=send method=ACK" end,
			ask = { "Before you look at the run: how many ACKs do the two phones send in total, including the one at the beginning of the call?\n\n    rung show rfc5407-3.3.2 method=ACK kind=send",
				zh = "先不看运行：包括呼叫开始时的那个在内，两部话机总共会发送多少个 ACK？\n\n    rung show rfc5407-3.3.2 method=ACK kind=send" },
			ahead = true,
			wrong = {
				{ 5, rule = "nict-final", why = { "Two of the five final responses are to another method than INVITE.", zh = "五个最终响应中有两个是对 INVITE 以外的方法的。" } },
				{ 1, rule = "ict-ack", why = { "A re-INVITE is acknowledged like the first INVITE, whether or not it is rejected.", zh = "re-INVITE 与第一个 INVITE 一样要确认，无论是否被拒绝。" } },
			},
			rule = "ict-ack",
			why = { "Count the transmissions of ACK by both phones in the whole run.",
				zh = "数整个运行中两部话机发送 ACK 的次数。" },
			hint = { "Count the final responses to INVITEs: `cseq=INVITE status=200,491 kind=send`.",
				zh = "数对 INVITE 的最终响应：`cseq=INVITE status=200,491 kind=send`。" },
			records = function(t) return t:all "kind=send method=ACK" end,
		},
	},
}

task {
	choice = {
		{ "a request: a dialog has one at a time",
			zh = "请求：一个对话同一时间只能有一个",
			why = { "Without an offer the UPDATE does no harm: see task 4.", zh = "没有提议的 UPDATE 并无妨碍：见任务 4。" },
			rule = "update-glare" },
		{ "an offer without an answer",
			zh = "尚未得到应答的提议",
			right = true, rule = "update-glare" },
		{ "a transaction with the same CSeq number",
			zh = "CSeq 编号相同的事务",
			why = { "The two sides count separately, so their numbers may be equal at any time.",
				zh = "双方各自编号，编号随时可能相同。" }, rule = "dialog-request" },
		{ "an INVITE transaction of either side",
			zh = "任何一方的 INVITE 事务",
			why = { "Two UPDATEs with offers exclude each other in the same way.", zh = "两个带提议的 UPDATE 同样互相排斥。" },
			rule = "update-glare" },
	},
	points = 2,
	records = function(t) return t:all "kind=send status=491" end,
}

task {
	find = {
		node = "bob",
		rule = "update-glare",
		record = function(t)
			local no = t:first "kind=send src=bob status=491"
			return { no, no:arrival() }
		end,
	},
	points = 2,
	why = { "Two responses are 491; see which of them is not followed by an ACK, and let `rung explain` with its number name the rule.",
		zh = "有两个响应是 491；看哪一个之后没有发送 ACK，再用它的编号运行 `rung explain`，会给出规则。" },
	hint = { "Compare CSeq of `491@alice` with that of `491@bob`: RFC 3261, 17.1.1.3 has an ACK for the responses to one method only.",
		zh = "把 `491@alice` 的 CSeq 与 `491@bob` 的并排：RFC 3261 第 17.1.1.3 节只对一种方法的响应规定了 ACK。" },
	records = function(t) return t:first "kind=send src=bob status=491" end,
	others = {
		{
			number = function(t) return tonumber(t:last("kind=send src=alice method=UPDATE").cseq:match "%d+") end,
			ask = { "Alice's INVITE has the CSeq number 1. Which CSeq number has her UPDATE that is accepted at last?\n\n    rung show rfc5407-3.3.2 -m method=UPDATE kind=send",
				zh = "Alice 的 INVITE 的 CSeq 编号是 1。她的最后被接受的 UPDATE 是几？\n\n    rung show rfc5407-3.3.2 -m method=UPDATE kind=send" },
			wrong = {
				{ 2, rule = "dialog-request", why = { "That one was rejected, and a number is not used twice.", zh = "那一个被拒绝了，而编号不会用两次。" } },
				{ 1, rule = "dialog-request", why = { "Each request but ACK and CANCEL has the next number.", zh = "除 ACK 和 CANCEL 之外，每个请求都用下一个编号。" } },
				{ 4, rule = "dialog-request", why = { "Bob's requests do not count for her.", zh = "Bob 的请求不计入她的编号。" } },
			},
			rule = "dialog-request",
			why = { "Read CSeq in the last UPDATE that Alice's phone sends.",
				zh = "读 Alice 的话机发送的最后一个 UPDATE 的 CSeq。" },
			hint = { "RFC 3261, 12.2.1.1: the number grows by one with each new request within the dialog, whatever the response to the one before. `src=alice method=INVITE,UPDATE kind=send` has hers in order.",
				zh = "RFC 3261 第 12.2.1.1 节：对话中每个新请求的编号大一，不论前一个结果如何。`src=alice method=INVITE,UPDATE kind=send` 依次是她的请求。" },
			records = function(t) return t:last "kind=send src=alice method=UPDATE" end,
		},
		{
			draw = "method=ACK",
			ask = { "Two 491s and three 200s are sent in this call. Draw the ACKs, one line for each, such as `alice -> bob ACK`: for which of the responses is there none?\n\n    rung show rfc5407-3.3.2 -m method=ACK kind=send",
				zh = "这个呼叫中发送了两个 491 和三个 200。画出其中的 ACK，每行一个，例如 `alice -> bob ACK`：哪些响应没有 ACK？\n\n    rung show rfc5407-3.3.2 -m method=ACK kind=send" },
			rule = "ict-ack",
			hint = { "`cseq=INVITE status=2xx,4xx kind=send` has the final responses to INVITEs: the phone that receives such a response sends an ACK, RFC 3261, 17.1.1.3.",
				zh = "`cseq=INVITE status=2xx,4xx kind=send` 是对 INVITE 的最终响应：收到它的一方发回 ACK，RFC 3261 第 17.1.1.3 节。" },
		},
	},
}

task {
	goal = {
		{ "the UPDATE has no offer", zh = "UPDATE 没有提议",
			function(t)
				local r = update(t)
				return r ~= nil and not r.text:find("\nv=0", 1, true), r
			end },
		{ "UPDATE and re-INVITE cross", zh = "UPDATE 与 re-INVITE 交错",
			function(t)
				local a, b = update(t), t:first "kind=send src=bob method=INVITE"
				if a == nil or b == nil or a:arrival() == nil or b:arrival() == nil then
					return false
				end
				return a.seq < b:arrival().seq and b.seq < a:arrival().seq, b
			end },
		{ "both are accepted", zh = "两者都被接受",
			function(t)
				return t:count "kind=recv src=bob status=200 cseq=UPDATE" > 0 and t:count "kind=recv src=alice status=200 cseq=INVITE" > 0 and
					t:count "kind=send status=491" == 0, accepted(t)
			end, rule = "update-glare" },
	},
	points = 3,
}

task {
	choice = {
		{ "try the UPDATE again after 2.1 s to 4 s, as after a 491",
			zh = "像 491 之后那样，2.1 s 至 4 s 后再发 UPDATE",
			why = { "That is for 491. A 504 would be the answer again: the user can't be asked in so short a time.",
				zh = "那是针对 491 的。504 会再次出现：时间太短，来不及问用户。" }, rule = "update-ask" },
		{ "change it by re-INVITE, which may wait for a person",
			zh = "改用 re-INVITE，它可以等人作决定",
			right = true, rule = "update-ask" },
		{ "hang up: the session of this call can't be changed",
			zh = "挂断：这个呼叫的会话无法修改",
			why = { "The session goes on as it was.", zh = "会话照旧继续。" }, rule = "reinvite-refused" },
		{ "send an ACK, and wait for the 200 that follows",
			zh = "发送 ACK，等待随后的 200",
			why = { "A 504 is final, and UPDATE has no ACK.", zh = "504 是最终响应，UPDATE 也没有 ACK。" }, rule = "nict-final" },
	},
	points = 2,
}
