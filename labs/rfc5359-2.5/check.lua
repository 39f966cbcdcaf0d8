-- The tasks of rfc5359-2.5; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "carol.answer=1000ms..3000ms:500ms", "router--carol.delay=5ms..45ms:10ms" }

local function replacing(t)
	return t:last "kind=send src=alice dst=carol method=INVITE"
end

local function refer(t)
	return t:first "kind=send src=bob method=REFER"
end

-- The side of the call that is to be replaced whose local tag it is.
local function to_tag_of(t)
	local tag = replacing(t):header("Replaces"):match "to%-tag=([^;]+)"
	for _, r in ipairs(t:all "kind=dialog") do
		if r.local_tag == tag then
			return r.node
		end
	end
end

task {
	draw = "cseq=BYE",
	points = 2,
	hint = { "A phone that is asked to replace a dialog ends it, RFC 3891, 3; the phone that learns that the transfer has succeeded ends the other, RFC 5589, 7.3: `from=9s method=NOTIFY,INVITE`.", zh = "被请求取代对话的一方结束它，RFC 3891 第 3 节；得知转接成功的一方结束另一个，RFC 5589 第 7.3 节：`from=9s method=NOTIFY,INVITE`。" },
	ahead = true,
	others = {
		{ draw = "method=INVITE kind=send",
			ask = { "Before you look at the run: draw all INVITEs, one line for each arrow, such as `alice -> bob ACK`. Which of them change an existing session?\n\n    rung show rfc5359-2.5 method=INVITE kind=send",
				zh = "先不看运行：画出所有 INVITE，每行一个箭头，例如 `alice -> bob ACK`。其中哪些改变已有的会话？\n\n    rung show rfc5359-2.5 method=INVITE kind=send" },
			ahead = true,
			rule = "hold-send",
			hint = { "`kind=act` has what people do, including Alice's first call: which acts change a session by an INVITE, RFC 3264, 8.4, and what does the REFER cause, RFC 3515, 2.4.3?", zh = "`kind=act` 是人所做的，包括 Alice 的第一个呼叫：哪些动作以 INVITE 改变会话（RFC 3264 第 8.4 节），REFER 又引出什么（RFC 3515 第 2.4.3 节）？" } },
		{ draw = "cseq=REFER,NOTIFY kind=send",
			ask = { "Before you look at the run: draw the REFER, the NOTIFYs and all responses to them, one line for each arrow, such as `alice -> bob ACK`.\n\n    rung show rfc5359-2.5 cseq=REFER,NOTIFY kind=send",
				zh = "先不看运行：画出 REFER、各个 NOTIFY 和对它们的所有响应，每行一个箭头，例如 `alice -> bob ACK`。\n\n    rung show rfc5359-2.5 cseq=REFER,NOTIFY kind=send" },
			ahead = true,
			rule = "notify-final",
			hint = { "Alice's phone gets the request and reports the result, RFC 3515, 2.4.4: `src=alice dst=bob from=9s kind=send`, without the response to the BYE.", zh = "Alice 的话机被请求，并告知结果，RFC 3515 第 2.4.4 节：`src=alice dst=bob from=9s kind=send`，对 BYE 的响应除外。" } },
	},
}

task {
	choice = {
		{ "so that nobody on the way can read the tags in it",
			zh = "为了使途中没有人能读懂其中的 tag",
			why = { "Everybody can: it is only a notation, not a secret.", zh = "谁都能读懂：这是一种写法，不是加密。" } },
		{ "because a REFER may have no semicolon in its fields",
			zh = "因为 REFER 的字段中不能有分号",
			why = { "It has some, in Via and To.", zh = "它有，在 Via 和 To 中。" } },
		{ "because in a URI they begin parameters of the URI itself",
			zh = "因为在 URI 中它们引出 URI 自己的参数",
			right = true, rule = "refer-invite" },
		{ "because Bob's phone does not know the tags of the call",
			zh = "因为 Bob 的话机不知道呼叫的 tag",
			why = { "They are all there, only written differently.", zh = "它们都在，只是写法不同。" } },
	},
	points = 2,
	records = function(t) return { refer(t), replacing(t) } end,
}

task {
	text = to_tag_of,
	wrong = {
		{ "bob", rule = "replaces-send",
			why = { "His is the from-tag: the tags are named as the receiver sees them, its own is the to-tag.",
				zh = "他的是 from-tag：tag 按接收方的视角命名，它自己的是 to-tag。" } },
		{ "alice", rule = "replaces-send",
			why = { "She does not take part in that dialog.", zh = "她不在那个对话中。" } },
	},
	rule = "replaces-send",
	why = { "Find the dialog record that has that tag as its local tag: it is the node that gets the INVITE.",
		zh = "看哪条 dialog 记录的本地 tag 是它：即收到该 INVITE 的节点。" },
	records = replacing,
	hint = { "Read the value in `INVITE@alice#2`; RFC 3891, 3 says with whose local tag it is compared, and `kind=dialog from=5s to=7s` has the local tags of both sides.", zh = "看 `INVITE@alice#2` 中的值；它与谁的本地 tag 比较，见 RFC 3891 第 3 节；`kind=dialog from=5s to=7s` 有双方的本地 tag。" },
	others = {
		{ text = function(t) return (function(tag)
				for _, r in ipairs(t:all "kind=dialog") do
					if r.local_tag == tag then
						return r.node
					end
				end
			end)(replacing(t):header("Replaces"):match "from%-tag=([^;]+)") end,
			ask = { "Whose tag is the from-tag of the Replaces in Alice's INVITE? (The node's name.)",
				zh = "Alice 的 INVITE 的 Replaces 中，from-tag 是谁的 tag？（写出节点名。）" },
			wrong = {
				{ "carol", why = { "Hers is the to-tag: the tags are named as the receiver sees them.", zh = "她的是 to-tag：tag 按接收方的视角命名。" } },
				{ "alice", why = { "She does not take part in that dialog.", zh = "她不在那个对话中。" } },
			},
			why = { "Find the dialog record that has that tag as its local tag: it is the peer in the call that is replaced.", zh = "看哪条 dialog 记录的本地 tag 是它：即被取代的呼叫的另一方。" },
			rule = "replaces-send",
			records = function(t) return { replacing(t) } end,
			hint = { "Read Replaces in `INVITE@alice#2`: its Call-ID says whose call is meant. `kind=dialog left=none from=5s` has the beginning of that dialog at both ends.", zh = "看 `INVITE@alice#2` 的 Replaces：其 Call-ID 说明指的是谁的呼叫。`kind=dialog left=none from=5s` 有这个对话在两端的开始。" } },
	},
}

local function over(t)
	return t:last "kind=call node=bob id=bob/1 state=terminated"
end

task {
	time = function(t) return over(t).time - refer(t).time end,
	tolerance = "2ms",
	wrong = {
		{ function(t) return t:last("kind=recv dst=bob method=NOTIFY").time - refer(t).time end, rule = "transfer-done",
			why = { "At that time it learns that the transfer has succeeded, and hangs up; that needs a round trip.",
				zh = "那时它得知转接成功并挂断；这还要一来一回。" } },
		{ function(t) return t:first("kind=recv dst=bob status=202").time - refer(t).time end, rule = "refer-accept",
			why = { "A 202 says that the server will try it.", zh = "202 表示将会尝试。" } },
	},
	why = { "Count from the transmission of the REFER to the record in which the call with Alice ends for Bob's phone.",
		zh = "从 REFER 的发送算起，到 Bob 的话机与 Alice 的呼叫结束的记录为止。" },
	records = over,
	hint = { "Between `REFER@bob` and the end of `bob/1`, see `kind=call id=bob/1`: the NOTIFY must arrive first.", zh = "从 `REFER@bob` 到 `bob/1` 的结束，看 `kind=call id=bob/1`：通知要先到来。" },
}

task {
	choice = {
		{ "nothing, unless Carol's phone asks who she is",
			zh = "没有什么，除非 Carol 的话机要求证明身份",
			right = true, rule = "replaces-denied" },
		{ "the tags in it: they are valid for Bob's phone alone",
			zh = "其中的 tag：它们只对 Bob 的话机有效",
			why = { "They are no secret: they are in every message of the call.", zh = "tag 不是秘密：呼叫的每条消息中都有。" }, rule = "replaces-accept" },
		{ "the branch of Bob's INVITE, which she has not seen",
			zh = "Bob 的 INVITE 的 branch，她没有看到",
			why = { "Replaces names a dialog, not a transaction.", zh = "Replaces 指的是对话，不是事务。" }, rule = "replaces-accept" },
		{ "the address: an INVITE with Replaces must come from Bob's",
			zh = "地址：带 Replaces 的 INVITE 必须来自 Bob",
			why = { "Here it comes from Alice's, which is correct.", zh = "这里它来自 Alice，这正是应有的。" }, rule = "replaces-accept" },
	},
	points = 2,
	records = refer,
}

task {
	goal = {
		{ "Carol's phone rejects the INVITE with Replaces", zh = "Carol 的话机拒绝带 Replaces 的 INVITE",
			function(t)
				local no = t:first "kind=send src=carol status=4xx cseq=INVITE"
				return no ~= nil and t:count "kind=send src=alice dst=carol method=INVITE" > 0, no
			end, rule = "replaces-denied" },
		{ "Bob's phone is told so", zh = "Bob 得到通知",
			function(t) return t:count "kind=recv dst=bob method=NOTIFY" > 1, t:last "kind=recv dst=bob method=NOTIFY" end, rule = "notify-final" },
		{ "both his calls continue", zh = "他的两个呼叫都继续",
			function(t)
				local state = {}
				for _, r in ipairs(t:all "kind=call node=bob") do
					state[r.id] = r.state
				end
				return state["bob/1"] == "confirmed" and state["bob/2"] == "confirmed", t:last "kind=call node=bob"
			end, rule = "transfer-failed" },
	},
	points = 3,
}
