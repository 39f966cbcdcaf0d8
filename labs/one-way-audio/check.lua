-- The tasks of one-way-audio; their texts are in README.md.
lesson { minutes = 45, level = 3 }
vary { "net--hugo.delay=10ms..90ms:10ms", "net--carol.delay=10ms..50ms:10ms", "seed=1..999:1" }

local function media(t, node, op)
	return t:last("kind=media node=" .. node .. " op=" .. op)
end

local function missed(t)
	return media(t, "gina", "stop").packets - media(t, "hugo", "heard").packets
end

-- Carol's INVITEs: the call, the hold, and what should have ended it.
local function invites(t)
	return t:all "kind=send method=INVITE src=carol"
end

task {
	number = missed,
	tolerance = 25,
	unit = { "packets", zh = "个数据包" },
	points = 2,
	wrong = {
		{ function(t) return media(t, "gina", "stop").packets end,
			why = { "That is how many her phone has sent in total.", zh = "那是她的话机发送的总数。" } },
		{ function(t) return media(t, "hugo", "heard").packets end,
			why = { "That is how many he has received.", zh = "那是他听到的数目。" } },
	},
	why = { "Take the number that her phone has sent by the end, and the number that his has received.", zh = "取她的话机到最后所发送的，以及他的所听到的。" },
	records = function(t) return { media(t, "gina", "stop"), media(t, "hugo", "heard") } end,
	ahead = true,
	hint = { "There are fifty a second; `node=gina op=stop` and `node=hugo op=heard` have the numbers to subtract.", zh = "每秒五十个；相减的两个数在 `node=gina op=stop` 和 `node=hugo op=heard` 中。" },
	others = {
		{ number = function(t) return media(t, "carol", "stop").packets - media(t, "dora", "stop").packets end, unit = { "packets", zh = "个数据包" }, ahead = true,
			ask = { "Before you look at the run: Dora's phone stops sending at 3.26 s, and the call ends at 7.26 s. How many packets, one every 20 ms, will be sent from Carol to Dora in excess of those from Dora to Carol? A difference of ten is accepted.\n\n    rung show one-way-audio node=carol,dora kind=media", zh = "先不看运行：Dora 的话机在 3.26 s 停止发送，呼叫在 7.26 s 结束。数据包每 20 ms 一个，Carol 发给 Dora 的会比反方向的多多少个？多十个或少十个也算对。\n\n    rung show one-way-audio node=carol,dora kind=media" },
			wrong = { { function(t) return media(t, "carol", "stop").packets end, why = { "That is how many her phone has sent in total.", zh = "那是她的话机发送的总数。" } } },
			why = { "Take the number that each phone has sent by the end.", zh = "取两部话机到最后各自发送的。" },
			hint = { "`kind=media op=stop node=carol,dora` has both numbers.", zh = "`kind=media op=stop node=carol,dora` 有两个数。" },
			records = function(t) return { media(t, "carol", "stop"), media(t, "dora", "stop") } end,
			tolerance = 10, },
		{ number = function(t) return media(t, "frank", "stop").packets end, unit = { "packets", zh = "个数据包" }, ahead = true,
			ask = { "Before you look at the run: Frank's phone sends from 1.45 s to 7.49 s, and Erin hears nothing. How many packets, one every 20 ms, will it send in vain? A difference of ten is accepted.\n\n    rung show one-way-audio node=frank kind=media", zh = "先不看运行：Frank 的话机从 1.45 s 发送到 7.49 s，而 Erin 什么也听不到。数据包每 20 ms 一个，它会白白发送多少个？多十个或少十个也算对。\n\n    rung show one-way-audio node=frank kind=media" },
			why = { "The record in which its stream ends has the number.", zh = "它的媒体流结束的记录中有这个数。" },
			hint = { "Six seconds of sound; `op=stop node=frank` counts them.", zh = "六秒的声音；`op=stop node=frank` 给出数目。" },
			records = function(t) return media(t, "frank", "stop") end,
			tolerance = 10, },
	},
}

task {
	find = {
		node = "home",
		rule = "nat-private",
		record = function(t) return t:first "kind=nat node=home op=private" end,
	},
	why = { "Bob's phone sends to the address in Alice's SDP. Which record shows what happens to the first packet?", zh = "Bob 的话机发往 Alice 的 SDP 中的地址。哪条记录说明第一个数据包的结果？" },
	hint = { "`node=bob op=flow to=2s` shows to which address he sends; look for that address in `kind=nat node=home to=2s`, after the arrow or before it.",
		zh = "`node=bob op=flow to=2s` 说明他发往哪个地址；在 `kind=nat node=home to=2s` 中找这个地址，在箭头之后或之前。" },
	records = function(t) return t:first "kind=nat node=home op=private" end,
	others = {
		{ find = { node = "office", rule = { "nat-filter", "nat-mapping" }, record = function(t) return t:first "kind=nat node=office op=unbound" end },
			ask = { "Erin hears nothing. Find the record in which a packet of Frank's phone is lost for the first time: `node=… rule=… record=…`.\n\n    rung show one-way-audio node=frank kind=media to=2s\n    rung show one-way-audio kind=nat to=2s", zh = "Erin 什么也听不到。找出 Frank 的话机发送的内容第一次丢失的记录：`node=… rule=… record=…`。\n\n    rung show one-way-audio node=frank kind=media to=2s\n    rung show one-way-audio kind=nat to=2s" },
			why = { "Frank's phone sends to the port in her SDP. Which record shows what happens to the first packet?", zh = "Frank 的话机发往她的 SDP 所写的端口。哪条记录说明第一个数据包的结果？" },
			hint = { "`node=frank kind=media to=2s` shows where he sends; look for that port in `kind=nat to=1.48s`.", zh = "`node=frank kind=media to=2s` 说明他发往哪里；在 `kind=nat to=1.48s` 中找那个端口。" },
			records = function(t) return t:first "kind=nat node=office op=unbound" end },
		{ find = { node = "dora", record = function(t) return media(t, "dora", "stop") end },
			ask = { "Carol hears nothing any more. Find the record in which Dora's phone ends its sound: `node=… record=…`.\n\n    rung show one-way-audio node=dora kind=media", zh = "Carol 再也听不到。找出 Dora 的话机停止发送声音的记录：`node=… record=…`。\n\n    rung show one-way-audio node=dora kind=media" },
			why = { "Her phone does what the hold told it: look for the end of its stream.", zh = "她的话机按保持时得到的要求做：找它的媒体流的结束。" },
			hint = { "`node=dora op=flow,stop` shows when she begins to send, and when she stops.", zh = "`node=dora op=flow,stop` 显示她何时开始、何时停止发送。" },
			records = function(t) return media(t, "dora", "stop") end },
	},
}

task {
	text = { "sendonly", "a=sendonly" },
	points = 2,
	wrong = {
		{ { "sendrecv", "a=sendrecv" }, why = { "That would be correct.", zh = "本应如此。" } },
		{ { "recvonly", "a=recvonly" }, why = { "That is the answer of Dora's phone.", zh = "那是 Dora 的话机对它的应答。" } },
		{ { "inactive", "a=inactive" }, why = { "Then Dora would not hear her either.", zh = "那样 Dora 也听不到她。" } },
	},
	why = { "It is the last line of the SDP, or the one before it, in the third INVITE; without such a line both directions are meant.",
		zh = "在第三个 INVITE 的 SDP 的末尾；没有这一行，就是双向。" },
	records = function(t) return invites(t)[3] end,
	hint = { "Her phone has offered the session three times. What does each of these offers contain? `-m method=INVITE src=carol from=4s` has the third.", zh = "她的话机提议了三次会话。每一次说了什么？第三次在 `-m method=INVITE src=carol from=4s` 中。" },
	others = {
		{ text = { "recvonly", "a=recvonly" },
			ask = { "Carol thinks that Dora is no longer on hold. Which direction does the answer of Dora's phone to that message contain? Write the attribute of its SDP.\n\n    rung show one-way-audio -m status=200 src=dora cseq=INVITE", zh = "Carol 以为 Dora 已解除保持。对本应说明这一点的消息，Dora 的话机应答的方向是什么？写出 SDP 的属性。\n\n    rung show one-way-audio -m status=200 src=dora cseq=INVITE" },
			wrong = { { { "sendrecv", "a=sendrecv" }, why = { "That would be possible with another offer.", zh = "如果这样要求了她，才会如此。" } }, { { "sendonly", "a=sendonly" }, why = { "That is in Carol's offer; the answer gives the peer's view.", zh = "那是 Carol 的提议；应答从另一侧来说。" } }, { { "inactive", "a=inactive" }, why = { "Dora still hears her.", zh = "Dora 仍听得到她。" } } },
			why = { "Read the third 200 of Dora's phone to an INVITE: the last lines of its SDP.", zh = "读 Dora 的话机对 INVITE 的第三个 200：SDP 的最后几行。" },
			hint = { "Her phone has answered three offers: `-m status=200 src=dora cseq=INVITE from=4s` has the last.", zh = "她的话机应答了三个提议：最后一个在 `-m status=200 src=dora cseq=INVITE from=4s` 中。" },
			records = function(t) return t:last "kind=send status=200 cseq=INVITE src=dora" end },
		{ number = function(t) return media(t, "dora", "stop").packets end, unit = { "packets", zh = "个数据包" },
			ask = { "How many packets of sound has Dora's phone sent in the whole call?\n\n    rung show one-way-audio node=dora kind=media", zh = "在整个呼叫中，Dora 的话机一共发送了多少个声音的数据包？\n\n    rung show one-way-audio node=dora kind=media" },
			wrong = { { function(t) return media(t, "carol", "stop").packets end, why = { "That is how many Carol's has sent.", zh = "那是 Carol 的话机发送的。" } } },
			why = { "The record in which its stream ends has the number.", zh = "它的媒体流结束的记录中有这个数。" },
			hint = { "At the end of her stream `kind=media op=stop node=dora` has the number.",
				zh = "她的媒体流结束时，`kind=media op=stop node=dora` 说明一共有多少。" },
			records = function(t) return media(t, "dora", "stop") end,
			tolerance = 3, },
	},
}

task {
	number = 49153,
	points = 2,
	wrong = {
		{ 49170, why = { "That is in the SDP of Erin's phone, and the NAT has not changed it.", zh = "那是 Erin 的话机说的，NAT 原样留下。" } },
		{ 49152, why = { "That one is for her signalling.", zh = "她的信令经由那个端口。" } },
		{ { 49171, 49154 }, why = { "Those are for RTCP, which is sent separately.", zh = "那些是另外发送的 RTCP 的。" } },
	},
	why = { "Which external port did the NAT choose when Erin's first packet of sound went out?", zh = "Erin 的第一个声音的数据包出去时，NAT 选了哪个外侧端口？" },
	hint = { "Her first packet of sound is sent just after `kind=nat node=office` has lost Frank's: which mapping does it create?", zh = "她的第一个声音数据包在 `kind=nat node=office` 丢失 Frank 的之后不久发出：它建立了哪个映射？" },
	others = {
		{ number = function(t) return tonumber(t:first("kind=nat node=office op=made inner=192.168.7.20:5060").outer:match ":(%d+)$") end, rule = "nat-mapping",
			ask = { "From which port of the office's NAT does Erin's INVITE leave?\n\n    rung show one-way-audio kind=nat node=office", zh = "Erin 的 INVITE 从办公室的 NAT 的哪个端口发出？\n\n    rung show one-way-audio kind=nat node=office" },
			wrong = { { 5060, why = { "That is the port at her phone. To what has the NAT changed it?", zh = "她的话机这样发送。NAT 把它改成了什么？" } }, { 49153, why = { "That one is for her sound.", zh = "那个端口是给她的声音用的。" } }, { 49170, why = { "That is the port for sound in her SDP.", zh = "那是她的话机为声音所写的。" } } },
			why = { "The NAT created a mapping when her first message went out: which internal port is that of SIP?", zh = "她的第一条消息出去时，NAT 建立了一个映射：哪个的内部端口是 SIP 的？" },
			hint = { "Open `INVITE@erin` for its `src_addr`: which record of `kind=nat node=office op=made` has that address before the arrow?",
				zh = "打开 `INVITE@erin` 看它的 `src_addr`：`kind=nat node=office op=made` 的哪条记录在箭头之前写着它？" },
			records = function(t) return t:first "kind=nat node=office op=made" end },
		{ number = function(t) return tonumber(t:first("kind=nat node=office op=unbound").dst:match ":(%d+)$") end, rule = "nat-filter",
			ask = { "The office's NAT has written its own address into Erin's SDP. At which of its ports do Frank's packets arrive and get lost?\n\n    rung show one-way-audio kind=nat node=office", zh = "办公室的 NAT 把自己的地址写进了 Erin 的 SDP。Frank 的数据包发往它的哪个端口而丢失？\n\n    rung show one-way-audio kind=nat node=office" },
			wrong = { { 49153, why = { "Through that one they would get in.", zh = "那个端口会放行。" } }, { 49152, why = { "That one is for her signalling.", zh = "她的信令经由那个端口。" } } },
			why = { "His phone sends to the port in her SDP, which the NAT has not changed.", zh = "他的话机发往她的 SDP 中的端口，而 NAT 没有改它。" },
			hint = { "`op=unbound node=office` shows which port has no mapping.", zh = "`op=unbound node=office` 说明哪个端口没有映射。" },
			records = function(t) return t:first "kind=nat node=office op=unbound" end },
	},
}

task {
	choice = {
		{ "Send back to where her packets come from, whatever her SDP says about it.", right = true,
			zh = "把声音发回她的数据包所来之处，不论 SDP 怎么写。" },
		{ "Answer with a=recvonly, so that her phone must offer another address to him.",
			zh = "用 a=recvonly 应答，使她的话机必须提议另一个地址。",
			why = { "Then he sends nothing at all, and her phone knows no other address.", zh = "那样他什么也不发送，而她的话机不知道别的地址。" } },
		{ "Take the signalling over TCP, whose connection carries the sound back as well.",
			zh = "信令改用 TCP，它的连接也把声音带回去。",
			why = { "Sound takes its own path, and its address still comes from the SDP.", zh = "声音有自己的路，地址仍然来自 SDP。" } },
		{ "Send the 200 again and again, until the NAT has a mapping for the sound.",
			zh = "反复发送 200，直到 NAT 也有了声音的绑定。",
			why = { "There is one, which her own packets have created. Nobody uses it.", zh = "绑定已经有了，是她自己的数据包建立的，只是没有人用。" } },
	},
	points = 2,
	hint = { "`kind=nat node=home op=made to=2s` has the mapping that her sound has created: which node on Bob's side receives packets from it, and what do they contain besides sound (RFC 768)?",
		zh = "`kind=nat node=home op=made to=2s` 中有她的声音建立的映射：Bob 一侧谁收到由此出来的数据包，其中除声音外还写着什么（RFC 768）？" },
}

-- So many packets have come to NAME's phone.
local function came(t, name)
	local packets = 0
	for _, r in ipairs(t:all("kind=media op=heard node=" .. name)) do
		packets = packets + r.packets
	end
	return packets
end

task {
	goal = {
		{ "Carol hears Dora, except during the hold", zh = "除保持的时间之外，Carol 听到 Dora",
			function(t) return came(t, "carol") > 200, media(t, "carol", "heard") end,
			why = { "How does a phone say that it wants to receive again?", zh = "话机怎样说明它要重新收听？" } },
		{ "she has put her on hold", zh = "她保持过 Dora",
			function(t)
				return t:first("kind=send method=INVITE src=carol", function(r) return r.text:find "a=sendonly" end) ~= nil
			end },
		{ "Hugo hears Gina until the end", zh = "Hugo 直到最后都听到 Gina",
			function(t) return came(t, "hugo") > 220, media(t, "hugo", "heard") end,
			why = { "Which node must learn his new address, and by which request?", zh = "他的新地址要告诉谁，用什么请求？" } },
		{ "his phone has another address than before", zh = "他的话机换了地址",
			function(t)
				return t:first("kind=act node=hugo verb=set") ~= nil
			end },
	},
	points = 3,
	hint = { "docs/SCENARIO.md lists the actions of a call that end a hold, and that make a new offer. Carol's third offer, `-m method=INVITE src=carol from=4s`, must change; Hugo's phone must make one after `kind=act node=hugo`.",
		zh = "docs/SCENARIO.md 列出呼叫怎样结束保持、怎样重新提议。Carol 的第三个提议（`-m method=INVITE src=carol from=4s`）要改；Hugo 的话机在 `kind=act node=hugo` 之后要作出一个提议。" },
}
