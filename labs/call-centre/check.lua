-- The tasks of call-centre; their texts are in README.md.
lesson { minutes = 45, level = 3 }
vary { "help.wrap_up=1000ms..5000ms:500ms", "seed=1..999:1" }

local function refer(t)
	return t:first "kind=send method=REFER dst=alice"
end

-- Carol's INVITE at the queue, and the 200 that it sends her.
local function asked(t)
	return t:first "kind=recv method=INVITE src=carol dst=help"
end
local function answered(t)
	return t:first "kind=send status=200 cseq=INVITE src=help dst=carol"
end

task {
	text = { "sip:billing@shop.example.com", "<sip:billing@shop.example.com>" },
	wrong = {
		{ { "sip:help@192.0.2.2", "sip:help@shop.example.com", "sip:help@192.0.2.2:5060" }, why = { "That is the queue by its own name. Which queue in it?", zh = "那是队列自己的名称。是其中哪一个队列？" } },
		{ { "sip:ann@shop.example.com", "sip:ann@192.0.2.11" }, why = { "Of Ann the menu knows nothing: to find her is the queue's affair.", zh = "语音菜单不知道 Ann：找到她是队列的事。" } },
		{ { "sip:sales@shop.example.com" }, why = { "That is for who presses 1.", zh = "那是按 1 的人的去处。" } },
	},
	why = { "The Refer-To of the REFER that the menu sends her has it.", zh = "它在语音菜单发给她的 REFER 的 Refer-To 中。" },
	rule = "menu-transfers",
	records = refer,
}

task {
	time = function(t) return answered(t).time - asked(t).time end,
	tolerance = 0.02,
	points = 2,
	wrong = {
		{ function(t) return t:first("kind=send method=INVITE src=help dst=ann from=" .. asked(t).time .. "s").time - asked(t).time end,
			why = { "Then an agent's phone begins to ring for her.", zh = "那时坐席的话机才开始为她振铃。" } },
		{ function(t) return answered(t).time end,
			why = { "That is the moment by the clock, not how long it took.", zh = "那是时刻，不是时长。" } },
	},
	why = { "Take the arrival of her INVITE at the queue and the 200 that the queue sends her.", zh = "取她的 INVITE 到达队列之时，和队列发给她的 200。" },
	records = function(t) return { asked(t), answered(t) } end,
}

task {
	choice = {
		{ "since Ben knows nothing of bills, he is there for sales", zh = "因为 Ben 不懂账单，他只管销售",
			why = { "Look at `staff` in the network.", zh = "请看网络文件中的 `staff`。" } },
		{ "since Ann has had no call for a longer time than Ben", zh = "因为 Ann 没有来电的时间比 Ben 更长",
			why = { "When Carol comes Ann is on the phone, too.", zh = "Carol 到来时，Ann 也正在通话。" } },
		{ "since Ann is free again before Ben, who came to his call later", zh = "因为 Ann 先空闲下来，而 Ben 接到来电较晚", right = true },
		{ "since the queue gives callers back to who has served them before", zh = "因为队列把来电交还给先前服务过的人",
			why = { "Nobody has served Carol before.", zh = "此前没有人服务过 Carol。" } },
	},
	points = 2,
	hint = { "When did each of the two begin to talk, and when did he hang up?", zh = "两人各在何时开始通话，何时挂断？" },
}

task {
	number = 3,
	unit = { "dialogs", zh = "个对话" },
	points = 2,
	wrong = {
		{ 1, why = { "The queue is two user agents back to back.", zh = "队列是背靠背的两个用户代理。" } },
		{ 2, why = { "Do not forget who only listens.", zh = "别忘了只听不说的那一方。" } },
		{ 4, why = { "The menu has hung up by then.", zh = "那时语音菜单已经挂断。" } },
	},
	why = { "Count the INVITEs that were answered and not yet followed by a BYE: whose calls are they?", zh = "数一数已被接听、还没有 BYE 的 INVITE：它们是谁的呼叫？" },
}

task {
	choice = {
		{ "Ann's phone: it adds what it hears to what she says", zh = "Ann 的话机：把它听到的加到她所说的之中", right = true },
		{ "the queue, through which all of the sound goes", zh = "队列：所有的声音都经过它",
			why = { "It passes packets on as they are, and has no leg to the recorder.", zh = "它原样转发数据包，也没有通往录音机的一腿。" } },
		{ "the recorder: a stream of each comes to it", zh = "录音机：双方的流分别来到它这里",
			why = { "One stream comes to it. (RFC 7866 does it with two.)", zh = "来到它这里的只有一个流。（RFC 7866 用两个。）" } },
		{ "nobody: the phones send each packet to both", zh = "没有人：话机把每个数据包发给双方",
			why = { "A stream goes to one address, that of its description.", zh = "一个流发往一个地址，即其描述中的地址。" } },
	},
	points = 2,
	hint = { "How many streams come to the recorder, and from whom?", zh = "有几个流来到录音机，来自谁？" },
}

task {
	goal = {
		{ "Carol waits in the queue", zh = "Carol 在队列中等待",
			function(t) return t:first "kind=send status=182 dst=carol" end },
		{ "and gives up", zh = "然后放弃",
			function(t)
				return t:first "kind=send method=CANCEL src=carol dst=help"
			end,
			why = { "Which request takes back a call that was not answered?", zh = "哪个请求收回未被接听的呼叫？" } },
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
