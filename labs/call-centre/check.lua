-- The tasks of call-centre; their texts are in README.md.
lesson { minutes = 45, level = 3 }
vary { "help.wrap_up=1000ms..5000ms:500ms", "seed=1..999:1" }

-- Carol's INVITE at the queue, and the 200 that it sends her.
local function asked(t)
	return t:first "kind=recv method=INVITE src=carol dst=help"
end
local function answered(t)
	return t:first "kind=send status=200 cseq=INVITE src=help dst=carol"
end

task {
	draw = "method=INVITE kind=send node=alice,ann to=4s",
	ahead = true,
	rule = "menu-transfers",
	hint = { "All are before 4 s: what does the REFER at 2.53 s make Alice's phone do (`REFER@ivr`), and which node does Ann's phone call?",
		zh = "都在 4 s 之前：2.53 s 的 REFER（`REFER@ivr`）使 Alice 的话机做什么，Ann 的话机又呼叫谁？" },
	others = {
		{
			draw = "method=INVITE kind=send node=bob,ben",
			ahead = true,
			rule = "menu-transfers",
			hint = { "Filter `node=bob,ben method=INVITE`: who presses 1, and which agent has that skill?",
				zh = "用 `node=bob,ben method=INVITE` 过滤：谁按 1，那是谁的技能？" },
			ask = { "Before you look at the run: draw the INVITEs by which Bob's call reaches an agent and the recorder, one line for each, `bob -> ivr INVITE`.\n\n    rung show call-centre method=INVITE kind=send\n    rung show call-centre -m method=REFER",
				zh = "先不看运行：画出 Bob 的呼叫到达坐席和录音机的各个 INVITE，每条一行，如 `bob -> ivr INVITE`。\n\n    rung show call-centre method=INVITE kind=send\n    rung show call-centre -m method=REFER" },
		},
		{
			draw = "method=INVITE kind=send node=carol,ann from=5s",
			ahead = true,
			rule = "menu-transfers",
			hint = { "From 5 s on `machine=queue-call` shows whose turn it is when an agent is free again.",
				zh = "从 5 s 起，`machine=queue-call` 说明坐席再次空闲时轮到谁。" },
			ask = { "Before you look at the run: draw the INVITEs by which Carol's call reaches an agent and the recorder, one line for each, `carol -> ivr INVITE`.\n\n    rung show call-centre method=INVITE kind=send\n    rung show call-centre -m method=REFER",
				zh = "先不看运行：画出 Carol 的呼叫到达坐席和录音机的各个 INVITE，每条一行，如 `carol -> ivr INVITE`。\n\n    rung show call-centre method=INVITE kind=send\n    rung show call-centre -m method=REFER" },
		},
	},
}

task {
	time = function(t) return answered(t).time - asked(t).time end,
	tolerance = 0.02,
	points = 2,
	wrong = {
		{ function(t) return t:first("kind=send method=INVITE src=help dst=ann from=" .. asked(t).time .. "s").time - asked(t).time end,
			why = { "At that time an agent's phone begins to ring for her.", zh = "那时坐席的话机才开始为她振铃。" } },
		{ function(t) return answered(t).time end,
			why = { "That is the time of day in the run, not the duration.", zh = "那是时刻，不是时长。" } },
	},
	why = { "Take the arrival of her INVITE at the queue and the 200 that the queue sends her.", zh = "取她的 INVITE 到达队列之时，和队列发给她的 200。" },
	records = function(t) return { asked(t), answered(t) } end,
	hint = { "`INVITE@carol#2` is the second call of her phone; the queue sends three responses to it: `src=help dst=carol`.",
		zh = "`INVITE@carol#2` 是她的话机的第二个呼叫；队列对它说三件事：`src=help dst=carol`。" },
}

task {
	choice = {
		{ "since Ben knows nothing of bills, he is there for sales", zh = "因为 Ben 不懂账单，他只管销售",
			why = { "Look at `staff` in the network.", zh = "请看网络文件中的 `staff`。" } },
		{ "since Ann has had no call for a longer time than Ben", zh = "因为 Ann 没有来电的时间比 Ben 更长",
			why = { "When Carol calls, Ann is in a call as well.", zh = "Carol 到来时，Ann 也正在通话。" } },
		{ "since Ann is free again before Ben, whose call began later", zh = "因为 Ann 比后接到来电的 Ben 先空闲下来", right = true },
		{ "since the queue gives callers back to the agent who served them before", zh = "因为队列把来电交还给先前服务过的人",
			why = { "Nobody has served Carol before.", zh = "此前没有人服务过 Carol。" } },
	},
	points = 2,
	hint = { "`node=ann,ben kind=call` has each step: when did each of the two begin to talk, and when did the call end?", zh = "每一步见 `node=ann,ben kind=call`：两人各在何时开始通话，何时挂断？" },
}

task {
	number = 3,
	unit = { "dialogs", zh = "个对话" },
	points = 2,
	wrong = {
		{ 1, why = { "The queue is a back-to-back user agent: it has two dialogs for a call.", zh = "队列是背靠背的两个用户代理。" } },
		{ 2, why = { "Do not forget the node that only listens.", zh = "别忘了只听不说的那一方。" } },
		{ 4, why = { "The menu has hung up by then.", zh = "那时语音菜单已经挂断。" } },
	},
	why = { "Count the INVITEs that were answered and not yet followed by a BYE: whose calls are they?", zh = "数一数已被接听、还没有 BYE 的 INVITE：它们是谁的呼叫？" },
	hint = { "`--at 7.5s` lists the calls of each node; a dialog is listed at both of its ends.",
		zh = "`--at 7.5s` 列出每个节点的呼叫；一个对话在两端各列一次。" },
	others = {
		{
			number = function(t) return t:count "kind=send status=200 cseq=INVITE" end,
			unit = { "dialogs", zh = "个对话" },
			wrong = {
				{ 3, why = { "That is the number of calls that people make.", zh = "那是人发起的呼叫数。" } },
				{ 9, why = { "Each caller was in a fourth dialog before the transfer.", zh = "每个主叫在转接之前还有第四个。" } },
			},
			why = { "A 200 to an INVITE makes one. Every call has the dialog with the menu, and those that the transfer adds.",
				zh = "每个对 INVITE 的 200 建立一个。每个呼叫都有与语音菜单的一个，以及转接带来的几个。" },
			hint = { "Alice's call is before 4 s: count `status=200 cseq=INVITE kind=send to=4s`, minus those of Bob. Is it the same for all three?",
				zh = "Alice 的呼叫在 4 s 之前：`status=200 cseq=INVITE kind=send to=4s`，去掉其中已属于 Bob 的。三个主叫都一样吗？" },
			ask = { "How many dialogs do the three calls make by INVITE in the whole run, over all phones and servers?\n\n    rung show call-centre status=200 cseq=INVITE kind=send",
				zh = "整个运行中，三个呼叫在所有话机和服务器之间一共由 INVITE 建立了多少个对话？\n\n    rung show call-centre status=200 cseq=INVITE kind=send" },
		},
		{
			number = function(t) return t:count "kind=recv method=NOTIFY dst=ivr" end,
			unit = { "messages", zh = "条消息" },
			wrong = {
				{ 3, why = { "That is only the first report of each. The outcome is reported as well.", zh = "那只是各自的第一次报告。结果也要报告。" } },
			},
			why = { "A REFER creates a subscription for its sender: count the requests by which the callers' phones report.",
				zh = "REFER 使发送者成为订阅者：数一数主叫的话机用来报告的请求。" },
			hint = { "Between `REFER@ivr` and `BYE@ivr` a caller's phone reports as often as RFC 3515 2.4.4 requires at least.",
				zh = "在 `REFER@ivr` 与 `BYE@ivr` 之间，主叫的话机按 RFC 3515 第 2.4.4 节至少要报告的次数报告。" },
			ask = { "The menu transfers three callers and subscribes to the result. How many messages report it, in the whole run?\n\n    rung show call-centre dst=ivr",
				zh = "语音菜单转接三个主叫，并想知道结果。整个运行中有多少条消息告诉它？\n\n    rung show call-centre dst=ivr" },
		},
	},
}

task {
	choice = {
		{ "Ann's phone: it adds what it hears to what she says", zh = "Ann 的话机：把它听到的加到她所说的之中", right = true },
		{ "the queue, through which all of the sound passes", zh = "队列：所有的声音都经过它",
			why = { "It relays packets unchanged, and has no leg to the recorder.", zh = "它原样转发数据包，也没有通往录音机的一腿。" } },
		{ "the recorder: it receives a stream from each", zh = "录音机：双方的流分别来到它这里",
			why = { "It receives one stream. (RFC 7866 does it with two.)", zh = "来到它这里的只有一个流。（RFC 7866 用两个。）" } },
		{ "nobody: the phones send each packet to both", zh = "没有人：话机把每个数据包发给双方",
			why = { "A stream goes to one address, that of its session description.", zh = "一个流发往一个地址，即其描述中的地址。" } },
	},
	points = 2,
	hint = { "`kind=media node=rec op=hear` names the speakers: how many streams reach the recorder at the same time, and from which node?", zh = "`kind=media node=rec op=hear` 写出听到的是谁：同一时间有几个流来到录音机，来自谁？" },
}

task {
	goal = {
		{ "Carol waits in the queue", zh = "Carol 在队列中等待",
			function(t) return t:first "kind=send status=182 dst=carol" end },
		{ "and gives up", zh = "然后放弃",
			function(t)
				return t:first "kind=send method=CANCEL src=carol dst=help"
			end,
			why = { "Which request cancels a call that was not answered?", zh = "哪个请求收回未被接听的呼叫？" } },
		{ "before an agent's phone rings for her", zh = "此前没有坐席的话机为她振铃",
			function(t)
				local n = 0
				for _, r in ipairs(t:all "kind=send method=INVITE src=help") do
					if r:header("From"):find("carol", 1, true) then n = n + 1 end
				end
				return n == 0
			end },
		{ "Alice's call and Bob's are recorded", zh = "Alice 和 Bob 的呼叫被录音",
			function(t)
				return t:count "kind=send status=200 cseq=INVITE src=rec" >= 2
			end },
	},
	points = 3,
	hint = { "`carol:invite \"sip:billing@shop.example.com\"`, which is not answered while Ann talks, and `call:cancel()`.",
		zh = "`carol:invite \"sip:billing@shop.example.com\"` 在 Ann 通话时不会被接听；然后 `call:cancel()`。" },
}
