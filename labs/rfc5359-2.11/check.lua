-- The tasks of rfc5359-2.11; their texts are in README.md.
lesson { minutes = 25, level = 3 }
vary { "bob.answer=1000ms..3000ms:500ms", "router--carol.delay=10ms..40ms:10ms" }

local function join(t)
	return t:first "kind=send src=carol method=INVITE"
end

task {
	choice = {
		{ "she listens to the messages on the way: they are not encrypted",
			zh = "她在途中窃听消息：它们没有加密",
			why = { "Anybody could do that, and join as well.", zh = "那样任何人都能做到，也都能加入。" }, rule = "join-accept" },
		{ "she guesses them: a tag has only a few characters",
			zh = "她猜测：tag 只有几个字符",
			why = { "Tags must be so random that nobody can.", zh = "tag 必须足够随机，使人无法猜到。" }, rule = "dialog-uac" },
		{ "Bob's phone tells her, whom it knows: she subscribes",
			zh = "她向认识她的 Bob 的话机订阅",
			right = true },
		{ "the location service tells whoever asks for Bob",
			zh = "位置服务器告诉任何询问 Bob 的人",
			why = { "It knows where phones are, and nothing about calls.", zh = "它知道话机在哪里，不知道呼叫。" }, rule = "location-query" },
	},
	points = 2,
	records = join,
}

task {
	text = function(t)
		local tag = join(t):header("Join"):match "to%-tag=([^;]+)"
		for _, r in ipairs(t:all "kind=dialog") do
			if r.local_tag == tag then
				return r.node
			end
		end
	end,
	wrong = {
		{ "alice", rule = "join-send",
			why = { "Hers is the from-tag: the tags are named from the view of the receiver of the INVITE.",
				zh = "她的是 from-tag：tag 按收到该 INVITE 的一方的视角命名。" } },
		{ "carol", rule = "join-send", why = { "She does not take part in that dialog yet.", zh = "她还不在那个对话中。" } },
	},
	rule = "join-send",
	why = { "Find the dialog record that has that tag as its local tag: its node has generated it.",
		zh = "看哪条 dialog 记录的本地 tag 是它：生成它的就是那个节点。" },
	records = join,
	hint = { "RFC 3911, 4 compares it with the local tag of the receiver of `INVITE@carol`; `kind=dialog left=none to=4s` has the local tags of both ends of the old call.", zh = "RFC 3911 第 4 节把它与收到 `INVITE@carol` 的一方的本地 tag 比较；`kind=dialog left=none to=4s` 有原呼叫两端的本地 tag。" },
	others = {
		{ text = function(t) return (function(tag)
				for _, r in ipairs(t:all "kind=dialog") do
					if r.local_tag == tag then
						return r.node
					end
				end
			end)(join(t):header("Join"):match "from%-tag=([^;]+)") end,
			ask = { "Whose tag is the from-tag of the Join? (The node's name.)",
				zh = "Join 的 from-tag 是谁的 tag？（写出节点名。）" },
			wrong = {
				{ "bob", why = { "His is the to-tag: the tags are named from the view of the receiver of the INVITE.", zh = "他的是 to-tag：tag 按收到该 INVITE 的一方的视角命名。" } },
				{ "carol", why = { "She does not take part in that dialog yet.", zh = "她还不在那个对话中。" } },
			},
			why = { "Find the dialog record that has that tag as its local tag: its node has generated it.", zh = "看哪条 dialog 记录的本地 tag 是它：生成它的就是那个节点。" },
			rule = "join-send",
			records = function(t) return { join(t) } end,
			hint = { "It is the remote tag of the dialog as Bob's phone sees it: `kind=dialog node=bob to=3s`.", zh = "它是 Bob 的话机所见的那个对话的对方 tag：`kind=dialog node=bob to=3s`。" } },
	},
}

task {
	choice = {
		{ "Join adds a call to the old one, which Replaces ends",
			zh = "Join 保留原呼叫并增加一个；Replaces 结束原呼叫",
			right = true, rule = "join-accept" },
		{ "Join is for who is in the call already, Replaces for others",
			zh = "Join 用于已在呼叫中的人，Replaces 用于其他人",
			why = { "Who sends the INVITE with Join here, and when did that phone take part?", zh = "这里是谁发送带 Join 的 INVITE？那部话机此前参加了什么？" } },
		{ "Join makes Carol a side of the dialog between Alice and Bob",
			zh = "Join 使 Carol 成为 Alice 与 Bob 的对话的一方",
			why = { "She gets her own dialog with Bob, whose phone mixes.", zh = "她与 Bob 有自己的对话，由 Bob 混音。" }, rule = "join-mix" },
		{ "Join goes to Alice and Bob both, Replaces to one of them",
			zh = "Join 同时发给 Alice 和 Bob，Replaces 只发给一方",
			why = { "Alice only gets a re-INVITE.", zh = "Alice 只收到一个 re-INVITE。" }, rule = "join-accept" },
	},
	points = 2,
}

local function mixed(t)
	return t:first("kind=call node=bob", function(r) return r.mixed ~= nil end)
end

task {
	draw = "kind=send node=carol",
	ahead = true,
	rule = "join-accept",
	hint = { "With Join the phone rings and a person decides, RFC 3911, 4: `dst=carol from=5s`.", zh = "带 Join 时话机振铃，由人决定，RFC 3911 第 4 节：`dst=carol from=5s`。" },
	others = {
		{ draw = "kind=send node=alice from=5s",
			ask = { "Before you look at the run: draw all messages between Alice's phone and Bob's from 5 s on, one line each: `alice -> bob ACK`.\n\n    rung show rfc5359-2.11 node=alice from=5s kind=send",
				zh = "先不看运行：画出 5 s 以后 Alice 的话机与 Bob 的话机之间将有的所有消息，每条一行，如 `alice -> bob ACK`。\n\n    rung show rfc5359-2.11 node=alice from=5s kind=send" },
			ahead = true,
			rule = "reinvite",
			hint = { "Her dialog stays; its session is offered again, RFC 3261, 14.1: `src=bob dst=alice from=5s kind=send` is Bob's part of that.", zh = "她的对话不变；会话被重新提议，RFC 3261 第 14.1 节：`src=bob dst=alice from=5s kind=send` 是其中 Bob 的部分。" } },
		{ time = function(t) return mixed(t).time - join(t).time end,
			ask = { "Before you look at the run: how long after Carol's INVITE will the three talk with each other, if you know the delays of the lines and Bob's time?\n\n    rung show rfc5359-2.11 node=bob from=5s",
				zh = "先不看运行：若知道各线路的时延和 Bob 的接听时间，Carol 的 INVITE 之后多久三人将一起通话？\n\n    rung show rfc5359-2.11 node=bob from=5s" },
			ahead = true,
			wrong = {
				{ function(t) return t:first("kind=recv dst=carol status=200").time - join(t).time end, why = { "At that time Carol's phone has the answer; Bob's mixes when her ACK has arrived.", zh = "那时 Carol 的话机收到 200；Bob 的话机在她的 ACK 到来时才混音。" } },
			},
			why = { "Count from the transmission of Carol's INVITE until Bob's phone mixes, which has its own record.", zh = "从 Carol 发送 INVITE 算起，到 Bob 的话机开始混音为止，那有一条单独的记录。" },
			records = function(t) return { mixed(t) } end,
			tolerance = "1ms",
			hint = { "Add the INVITE, the ringing, the 200 and the ACK: it ends with a record `kind=call node=bob` after `ACK@carol`.", zh = "去、振铃、回、再去一次：终点是 `ACK@carol` 之后的一条 `kind=call node=bob` 记录。" } },
	},
}

task {
	goal = {
		{ "Carol's INVITE has a Join", zh = "Carol 的 INVITE 带有 Join",
			function(t)
				local r = join(t)
				return r ~= nil and r:header "Join" ~= nil, r
			end },
		{ "the call is over when it arrives", zh = "它到达时呼叫已结束",
			function(t)
				local bye, invite = t:first "kind=recv dst=bob method=BYE", t:first "kind=recv dst=bob src=carol method=INVITE"
				return bye ~= nil and invite ~= nil and bye.seq < invite.seq, invite
			end },
		{ "Bob's phone answers 603: that dialog has ended", zh = "Bob 的话机返回 603：那个对话已经结束",
			function(t) return t:count "kind=send src=bob dst=carol status=603" > 0, t:first "kind=send src=bob status=603" end,
			rule = "join-over" },
	},
	points = 3,
	hint = { "`INVITE@carol` must be sent while the script can still name the call: put `call:bye()` directly before `carol:invite(…)`, with no `sleep` between. RFC 3911, 4 has the status for a dialog that has ended.",
		zh = "`INVITE@carol` 发出时脚本还必须能指明这个呼叫：把 `call:bye()` 放在 `carol:invite(…)` 的紧前面，其间没有 `sleep`。对话已结束时的状态码见 RFC 3911 第 4 节。" },
}
