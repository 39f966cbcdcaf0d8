-- The tasks of rfc5407-3.3.2; their texts are in README.md.
lesson { minutes = 25, level = 3 }
vary { "alice--bob.delay=80ms..140ms:10ms" }

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
			why = { "The two sides count apart, so their numbers may be alike at any time.",
				zh = "双方各自编号，编号随时可能相同。" }, rule = "dialog-request" },
		{ "an INVITE transaction of either side",
			zh = "任何一方的 INVITE 事务",
			why = { "Two UPDATEs with offers exclude each other just so.", zh = "两个带提议的 UPDATE 同样互相排斥。" },
			rule = "update-glare" },
	},
	points = 2,
	records = function(t) return t:all "kind=send status=491" end,
}

task {
	choice = {
		{ "Alice's, since she is the caller: only who is called sends ACKs",
			zh = "Alice 的，因为她是主叫：只有被叫发送 ACK",
			why = { "ACK goes with INVITE, whoever has sent that; here Bob.",
				zh = "ACK 属于 INVITE，与谁发送无关；这里是 Bob。" }, rule = "ict-ack" },
		{ "Alice's, since the ACK for it was lost on its way to her",
			zh = "Alice 的：对它的 ACK 在途中丢失了",
			why = { "Nothing is lost in this run.", zh = "这次运行中没有丢失。" } },
		{ "Bob's, to the UPDATE: only a final response to INVITE is acknowledged",
			zh = "Bob 对 UPDATE 的 491：只有 INVITE 的最终响应才被确认",
			right = true, rule = "ict-ack" },
		{ "Bob's, to the UPDATE: a 491 needs no ACK where the request is tried again",
			zh = "Bob 对 UPDATE 的 491：请求会再次尝试时，491 不需要 ACK",
			why = { "The re-INVITE is tried again as well, and its 491 has an ACK.",
				zh = "re-INVITE 也会再次尝试，而它的 491 有 ACK。" }, rule = "ict-ack" },
	},
	points = 2,
	records = function(t) return t:all "kind=send status=491" end,
}

local function accepted(t)
	return t:last "kind=recv src=bob status=200 cseq=UPDATE"
end

local function update(t)
	return t:first "kind=send src=alice method=UPDATE"
end

task {
	time = function(t) return accepted(t).time - update(t).time end,
	tolerance = "10ms",
	wrong = {
		{ function(t) return t:last("kind=send src=alice method=UPDATE").time - update(t).time end,
			why = { "Then it is sent again.", zh = "那是它再次发送的时间。" } },
		{ function(t) return t:first("kind=recv src=bob status=491").time - update(t).time end,
			why = { "Then it is refused.", zh = "那是它被拒绝的时间。" }, rule = "update-glare" },
		{ function(t) return accepted(t).time - t:last("kind=send src=alice method=UPDATE").time end,
			why = { "That is the second one alone.", zh = "这只是第二个的时间。" } },
	},
	why = { "Two records at Alice's phone: it sends the first UPDATE, and the 200 to the one that is accepted arrives.",
		zh = "看 Alice 的话机的两条记录：它发送第一个 UPDATE，以及对被接受的那个 UPDATE 的 200 到达。" },
	records = function(t) return { update(t), accepted(t) } end,
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
			why = { "That is for 491. A 504 would come again: the user can't be asked in so short a time.",
				zh = "那是针对 491 的。504 会再次出现：时间太短，来不及问用户。" }, rule = "update-ask" },
		{ "change it by re-INVITE, which may wait for a person",
			zh = "改用 re-INVITE，它可以等人作决定",
			right = true, rule = "update-ask" },
		{ "hang up: the session of this call can't be changed",
			zh = "挂断：这个呼叫的会话无法修改",
			why = { "The session goes on as it was.", zh = "会话照旧继续。" }, rule = "reinvite-refused" },
		{ "send an ACK, and wait for the 200 that follows",
			zh = "发送 ACK，等待随后的 200",
			why = { "A 504 is final, and no ACK goes with UPDATE.", zh = "504 是最终响应，UPDATE 也没有 ACK。" }, rule = "nict-final" },
	},
	points = 2,
}
