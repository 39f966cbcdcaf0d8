-- The tasks of dtmf-ways; their texts are in README.md.
lesson { minutes = 35, level = 2 }
-- Of others the box hears all of Tom's digits, or Ines's phone gives up.
vary { "seed=1,3..12:1,14..22:1,24,26,28..40:1" }

local TOM, EVE = "in-band", "events"

local function heard(t, way)
	return t:all("kind=media op=digit node=box", function(r) return r.way == way end)
end

local function remarks(t)
	return t:all("kind=note node=box", function(r) return r.text:find("^DTMF") end)
end

task {
	number = function(t) return #heard(t, TOM) end,
	unit = { "digits", zh = "个" },
	rule = "media-in-band",
	wrong = {
		{ 10, why = { "That is how many he has pressed.", zh = "那是他按下的数目。" } },
		{ function(t) return 10 - #heard(t, TOM) end, why = { "That is how many are missing.", zh = "那是缺少的数目。" } },
		{ function(t) return #heard(t, TOM) + #heard(t, EVE) end,
			why = { "Eve's digits are included in this.", zh = "其中也有 Eve 的。" } },
	},
	why = { "Count what the mailbox has heard in band; the events are Eve's.", zh = "数一数语音信箱在声音中听到的；事件是 Eve 的。" },
	records = function(t) return heard(t, TOM) end,
	hint = { "`kind=media op=digit node=box from=8s` has a record for each digit that was heard: leave out Eve's, which are events; a digit heard twice counts twice.",
		zh = "每个听到的按键在 `kind=media op=digit node=box from=8s` 中有一条记录：去掉 Eve 的（事件）；听到两次的算两次。" },
}

task {
	find = {
		node = "ines",
		rule = "nict-timer-e",
		record = function(t)
			local list = {}
			for _, kind in ipairs { "timer", "fsm", "send" } do
				list[#list + 1] = t:first("node=ines rule=nict-timer-e kind=" .. kind, function(r) return r.op ~= "set" and r.op ~= "stop" end)
			end
			return list
		end,
	},
	points = 2,
	why = { "Look for her first INFO that is sent again, or for what causes that. `rung explain` with its number names the rule.",
		zh = "看她的哪个 INFO 首先再次发出，或者是什么使它这样。用它的编号运行 `rung explain`，会给出规则。" },
	hint = { "Half a second after an INFO of `src=ines method=INFO` without a response there is an arrow that turns.",
		zh = "在 `src=ines method=INFO` 中没有得到响应的 INFO 之后半秒，有一个带回转的箭头。" },
	others = {
		{
			number = 5,
			unit = { "packets", zh = "个数据包" },
			rule = "media-event",
			wrong = {
				{ 1, why = { "Then one loss would lose that digit.", zh = "那样丢一个，这个按键就没了。" } },
				{ 3, why = { "It lasts for three blocks of 20 ms. And how often is its end sent?", zh = "它持续三个 20 ms。结束又说了几次？" } },
				{ { 8, 9 }, why = { "Those with 172 bytes have voice again.", zh = "有 172 字节的又是话音。" } },
			},
			why = { "Count the small packets with the same timestamp, which is shown after the sequence number.", zh = "数一数时间戳相同的小数据包；时间戳在序号之后。" },
			hint = { "RFC 4733 2.5.1.4 says how often the last packet of an event is sent; before it there is one for each 20 ms, as `--detail=network` shows.",
				zh = "一个事件的最后一个数据包发送几次，见 RFC 4733 第 2.5.1.4 节；在它之前每 20 ms 一个，如 `--detail=network` 所示。" },
			ask = { "How many packets does Eve's phone send for its first digit? (A packet of voice has 172 bytes, one of an event 16.)\n\n    rung show dtmf-ways --detail=network kind=send proto=rtp src=eve from=8s to=8.16s -m",
				zh = "Eve 的话机为第一个按键发送了多少个数据包？（话音的数据包有 172 字节，事件的有 16 字节。）\n\n    rung show dtmf-ways --detail=network kind=send proto=rtp src=eve from=8s to=8.16s -m" },
		},
		{
			number = function(t) return t:count "method=INFO kind=send src=ines to=19s" end,
			unit = { "times", zh = "次" },
			rule = "nict-timer-e",
			wrong = {
				{ 10, why = { "That would be the number without loss.", zh = "没有丢失才是这样。" } },
				{ function(t) return t:count "method=INFO kind=send src=ines to=19s" - 10 end, why = { "That is the number of retransmissions.", zh = "那是重传的次数。" } },
			},
			why = { "Ten digits, one INFO each, plus the retransmissions.",
				zh = "十个按键，每个一个 INFO，再加上重传的。" },
			hint = { "Each digit is sent once, and some again: `rule=nict-timer-e src=ines to=19s` shows only the retransmissions.",
				zh = "每个按键发送一次，有些再次发送：`rule=nict-timer-e src=ines to=19s` 中只有重传的。" },
			ask = { "How often does Ines's phone send an INFO for her ten digits, including retransmissions?\n\n    rung show dtmf-ways method=INFO src=ines kind=send to=19s",
				zh = "为她的十个按键，Ines 的话机一共发送多少次 INFO，包括重传？\n\n    rung show dtmf-ways method=INFO src=ines kind=send to=19s" },
		},
	},
}

task {
	time = function(t)
		local all = remarks(t)
		return all[#all].time - all[1].time
	end,
	tolerance = "20ms",
	rule = "info-digit",
	wrong = {
		{ "540ms", why = { "That would be the time without any loss.", zh = "没有丢包才是这样。" } },
		{ function(t)
			local all = remarks(t)
			return all[#all].time
		end, why = { "That is when it arrived. When did the first one arrive?", zh = "那是它到达的时刻。第一个是什么时候？" } },
	},
	why = { "Take the times of the mailbox's first and last note, and see which INFOs were retransmitted.",
		zh = "取语音信箱第一个和最后一个备注的时间，并看哪些 INFO 重传过。" },
	records = function(t)
		local all = remarks(t)
		return { all[1], all[#all] }
	end,
	hint = { "Two records of `kind=note node=box` count: the first and the last of those about DTMF.",
		zh = "只看 `kind=note node=box` 的两条记录：有关 DTMF 的第一条和最后一条。" },
}

task {
	choice = {
		{ "Frames of G.729 are so short that a digit of 60 ms falls between two of them.",
			zh = "G.729 的帧很短，60 ms 的按键落在两帧之间。",
			why = { "Its frames are 10 ms long, and follow each other without a gap.", zh = "它的帧是 10 ms，一帧接一帧，没有间隔。" } },
		{ "The mailbox rejects G.729, so it gets no sound from him in which tones could be.",
			zh = "语音信箱拒绝 G.729，因此没有可以带单音的声音。",
			why = { "Look at what the two have agreed upon.", zh = "请看双方商定了什么。" } },
		{ "G.729 describes a voice, so that what is left of two tones is taken for no digit.", right = true,
			zh = "G.729 描述的是人声，因此两个单音在其中认不出来。" },
		{ "More of his packets are lost: a line drops small packets first.",
			zh = "他的数据包丢得更多：线路先丢弃小的。",
			why = { "This line ignores the size: it loses one packet in five.", zh = "这条线路不看大小：五个丢一个。" } },
	},
	points = 2,
	hint = { "In that run `kind=media op=agree node=tom` names the codec: G.729 sends 8 kbit/s, G.711 64. What does a codec leave out if it is made for one kind of sound?", zh = "那次运行的 `kind=media op=agree node=tom` 写出编解码器：G.729 每秒 8 kbit，G.711 为 64。它只为一种声音而造，省去的是什么？" },
}

task {
	choice = {
		{ "It is lost for good while the call goes on: her phone has this way alone.", right = true,
			zh = "它就此丢失而通话继续：她的话机只会这一种方式。" },
		{ "It is sent as an event, which her phone does as soon as it has the 501.",
			zh = "它作为事件到达：她的话机一收到 501 就发送事件。",
			why = { "Which formats are in her phone's offer?", zh = "她的话机的提议中有哪些格式？" } },
		{ "It comes later: the INFO is sent again, until somebody says 200 to it.",
			zh = "它晚一点到达：INFO 会重传，直到有人返回 200。",
			why = { "A final response ends the transaction, even an error response.", zh = "最终响应结束事务，坏的也一样。" } },
		{ "It ends the call: her phone hangs up, as the 501 asks it to.",
			zh = "它断送了通话：她的话机按 501 的要求挂断。",
			why = { "Which node ends this call, and when? RFC 6086 4.2.1 says which responses end one.", zh = "谁在什么时候结束了这个通话？哪些响应会结束通话，见 RFC 6086 第 4.2.1 节。" } },
	},
	points = 2,
	hint = { "`src=ines from=20s` has everything that her phone sends from then on: does it send the digit in any other way?", zh = "`src=ines from=20s` 有她的话机此后发送的一切：其中有别的途径吗？" },
	ahead = function(t) return t:first "node=ines from=19s" end,
}

-- What the box has heard of NAME's phone, by whichever way.
local function digits_of(t, name)
	local text = ""
	for _, r in ipairs(t:all "kind=media op=digit node=box") do
		if r.other == name then text = text .. r.digit end
	end
	return text
end

task {
	goal = {
		{ "the mailbox hears 1234567890 from Tom", zh = "语音信箱听到 Tom 的 1234567890",
			function(t) return digits_of(t, "tom") == "1234567890", t:last("kind=media op=digit node=box") end,
			rule = "media-event",
			why = { "Longer tones are heard, and some of them twice. Which way sends copies that do not count twice?",
				zh = "单音长了能听到，有的却听到两次。什么可以重复而不算两个？" } },
		{ "they are sent with his media, not by INFO", zh = "它们随媒体发送，不用 INFO",
			function(t) return t:first "kind=send method=INFO src=tom" == nil end },
		{ "the line still loses one packet of five", zh = "线路仍然每五个数据包丢失一个",
			function(t)
				local s = t:streams("tom")[1]
				return s ~= nil and s.lost > 0.12
			end },
	},
	points = 3,
	hint = { "In which settings do Eve's phone and Tom's differ? Two attributes; `tom:set` above the script.",
		zh = "Eve 的话机与 Tom 的有什么不同？两个属性；在脚本之前写 `tom:set`。" },
}
