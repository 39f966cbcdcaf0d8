-- The tasks of hear-loss; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "seed=1..400:1" }

local function heard(t, name)
	return t:first("kind=media op=heard node=" .. name)
end

local function stream(t, name)
	return t:streams(name)[1]
end

task {
	number = function(t) return heard(t, "dora").lost end,
	unit = { "packets", zh = "个数据包" },
	rule = "media-quality",
	wrong = {
		{ function(t) return heard(t, "dora").packets end,
			why = { "So many have come.", zh = "那是到达的数目。" } },
		{ function(t) return heard(t, "carol").lost end,
			why = { "So many does Carol miss.", zh = "那是 Carol 缺少的数目。" } },
	},
	why = { "The end of a stream says how many packets have come, and how many there were; the rest is missing.",
		zh = "媒体流结束的记录给出到达多少、共有多少；其余的就是缺少的。" },
	records = function(t) return heard(t, "dora") end,
}

task {
	number = function(t) return heard(t, "carol").mos / 1000 end,
	tolerance = 0.006,
	rule = "media-quality",
	wrong = {
		{ function(t) return t:first("kind=media op=heard node=alice", function(r) return r.other == "carol" end).mos / 1000 end,
			why = { "So Alice hears Carol; packets are lost both ways, and not the same ones.", zh = "那是 Alice 听 Carol；两个方向都丢包，丢的不是同样的。" } },
	},
	why = { "Whose phone hears it, and of whom? Take the record of the end.", zh = "是谁的话机在听，听谁？请看结束的记录。" },
	records = function(t) return heard(t, "carol") end,
}

task {
	number = 42.1,
	tolerance = 0.15,
	points = 2,
	wrong = {
		{ 77.4, why = { "That is with concealment.", zh = "那是有丢包隐藏时的值。" } },
		{ 51.1, why = { "So much is taken away.", zh = "那是减少的数。" } },
		{ { 92.1, 92.2 }, why = { "5 % is 5 in the formula, not 0.05.", zh = "式中 5 % 是 5，不是 0.05。" } },
	},
	why = { "Put the loss in percent and the Bpl without concealment into the formula, and take the result away from 93.2.",
		zh = "把丢包的百分数和没有丢包隐藏的 Bpl 代入式中，再从 93.2 中减去。" },
}

task {
	choice = {
		{ "Speech changes slowly: 20 ms later it still sounds nearly as it did, and a gap would click.", right = true,
			zh = "话音变化慢：20 ms 后几乎一样，空缺却会发出咔嗒声。" },
		{ "The ear repeats what it has heard anyway, so that the phone only has to keep time with it.",
			zh = "耳朵本来就会重复听到的声音，话机只需与它保持同步。",
			why = { "A gap is heard as a gap. Listen to Dora's longest ones, which no phone can hide.", zh = "空缺听起来就是空缺。请听 Dora 最长的那些，没有话机能掩盖它们。" } },
		{ "The next packet carries the lost sound once more, and concealment plays it from there.",
			zh = "下一个数据包再次携带丢失的声音，丢包隐藏从那里播放它。",
			why = { "There are formats that do so; PCMU does not. What was lost is lost.", zh = "有这样的格式；PCMU 没有。丢失的就是丢失了。" } },
		{ "It is played until the lost packet has been asked for, and sent again by the other phone.",
			zh = "它一直播放，直到请求了丢失的数据包，对方的话机将其重传。",
			why = { "Nobody asks for it: it would come when its turn is over.", zh = "没有人请求它：它到达时，时机已过。" } },
	},
	points = 2,
	rule = "media-quality",
	hint = { "After 60 ms the phone plays nothing more. Why not later?", zh = "60 ms 之后话机不再播放。为什么不更久？" },
}

task {
	goal = {
		{ "Dora hears Alice with a MOS from 2.9 to 3.6", zh = "Dora 听 Alice 的 MOS 在 2.9 到 3.6 之间",
			function(t)
				local s = stream(t, "dora")
				return s ~= nil and s.mos ~= nil and s.mos >= 2.9 and s.mos <= 3.6, heard(t, "dora")
			end, rule = "media-quality",
			why = { "Between 5 and 20 %; each try says whether it has to be more or less.", zh = "在 5 % 与 20 % 之间；每次尝试都表明应当更多还是更少。" } },
		{ "Alice speaks to her for 10 s at least", zh = "Alice 对她至少说 10 s",
			function(t)
				local s = stream(t, "dora")
				return s ~= nil and s.packets >= 400, heard(t, "dora")
			end },
	},
	points = 3,
	hint = { "`link(\"net\", \"dora\"):set` above the script, with a `loss`.", zh = "在脚本之前写 `link(\"net\", \"dora\"):set`，设置 `loss`。" },
}
