-- The tasks of one-call-id; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "lan--box.delay=5ms..40ms:1ms", "seed=1..999:1" }

local function first(t)
	return t:first "kind=send method=INVITE src=box dst=bob"
end

-- The BYE that the box sends after Alice's.
local function after_hers(t)
	local hers = t:first "kind=recv method=BYE src=alice dst=box"
	return hers and t:first("kind=send method=BYE src=box", function(r) return r.seq > hers.seq end)
end

task {
	choice = {
		{ "It answers with 200, and sends a BYE of its own to Alice", right = true,
			zh = "它以 200 响应，并向 Alice 发送自己的 BYE" },
		{ "It answers with 200, and sends a BYE of its own to Bob",
			zh = "它以 200 响应，并向 Bob 发送自己的 BYE",
			why = { "So it has to be, and Bob's phone would know that the call is over.", zh = "本应如此，Bob 的话机就会知道呼叫已结束。" } },
		{ "It answers with 481, since it knows no call that fits it",
			zh = "它以 481 响应，因为它不知道相符的呼叫",
			why = { "It finds a leg by the Call-ID. Is it the one from which the BYE has come?", zh = "它凭 Call-ID 找到一段。那是 BYE 来的那一段吗？" } },
		{ "It answers with 200, and forgets to send a BYE to anybody",
			zh = "它以 200 响应，却忘了向任何人发送 BYE",
			why = { "It sends one. To whom does it go?", zh = "它发送了一个。发给谁？" } },
	},
	ahead = true,
	rule = "dialog-request",
	hint = { "Bob's phone hears nothing of it. Which leg does the program find by a Call-ID that both have?", zh = "Bob 的话机对此一无所知。两段的 Call-ID 相同时，程序找到哪一段？" },
	records = after_hers,
}

task {
	find = { node = "box", rule = { "call-id-own", "pair-call" }, record = first },
	points = 2,
	rule = "call-id-own",
	why = { "Compare the fields of each INVITE that the B2BUA sends with those of the INVITE that it got.", zh = "把 B2BUA 发送的各个 INVITE 的字段与它收到的 INVITE 的比较。" },
	hint = { "`method=INVITE kind=send src=box` has two records. Which section says how a UAC chooses the value that is equal?", zh = "`method=INVITE kind=send src=box` 有两条记录。相同的那个值，哪一节说明 UAC 怎样选择？" },
	records = first,
}

task {
	number = 16,
	rule = "call-id-own",
	wrong = {
		{ 14, why = { "That leg is the caller's, and the Call-ID is hers.", zh = "那一段是主叫的，Call-ID 由她选定。" } },
		{ { 19, 20 }, why = { "Those lines note a leg by its Call-ID. That is right, if each leg has its own.", zh = "那两行按 Call-ID 记下一段。每一段有自己的 Call-ID 时，这是对的。" } },
		{ 32, why = { "That line sends a BYE to the other one of two legs. Which leg was found?", zh = "那一行向两段中的另一段发送 BYE。找到的是哪一段？" } },
		{ 27, why = { "That line finds a leg by its Call-ID. Why does it find another one?", zh = "那一行按 Call-ID 寻找一段。它为什么找到另一段？" } },
	},
	why = { "Which line decides which Call-ID the leg to Bob has?", zh = "哪一行决定通向 Bob 的那一段有哪个 Call-ID？" },
	hint = { "Follow the variable `id`: who has chosen its value, and for which dialog?", zh = "跟踪变量 `id`：它的值是谁选定的，为哪个对话？" },
	records = first,
}

task {
	choice = {
		{ "Bob's phone counts its CSeq by itself, so that its BYE is not one of Alice's",
			zh = "Bob 的话机自己计 CSeq，所以它的 BYE 不是 Alice 的",
			why = { "The program does not look at the CSeq.", zh = "程序不看 CSeq。" } },
		{ "The first call has another Call-ID than the second one, for which it is new",
			zh = "第一个呼叫的 Call-ID 与第二个的不同，对它来说是新的",
			why = { "Each call has its own; the two legs of a call share it.", zh = "每个呼叫有自己的；一个呼叫的两段共用它。" } },
		{ "A BYE of the callee needs no dialog, as the B2BUA has called him by itself",
			zh = "被叫的 BYE 不需要对话，因为是 B2BUA 自己呼叫他的",
			why = { "Each BYE belongs to a dialog.", zh = "每个 BYE 都属于一个对话。" } },
		{ "The leg that the program finds by the Call-ID is the one that leads to Bob", right = true,
			zh = "程序按 Call-ID 找到的那一段，正是通向 Bob 的那一段" },
	},
	points = 1,
	rule = "dialog-request",
	hint = { "Two lines of `connect` write into the same place. Which of the two legs is left there?", zh = "`connect` 中有两行写到同一个位置。留下的是两段中的哪一段？" },
	records = function(t) return t:first "kind=recv method=BYE src=bob dst=box" end,
}

task {
	agent = {
		{ "The INVITE to Bob has another Call-ID than Alice's", zh = "发给 Bob 的 INVITE 的 Call-ID 与 Alice 的不同",
			function(t)
				for _, r in ipairs(t:all "kind=send method=INVITE src=box") do
					for _, a in ipairs(t:all "kind=send method=INVITE src=alice") do
						if a.call_id == r.call_id then return false, r end
					end
				end
				return first(t) ~= nil, first(t)
			end, rule = "call-id-own",
			why = { "A UAC chooses a Call-ID for each new dialog, and a B2BUA is a UAC towards Bob.", zh = "UAC 为每个新的对话选择 Call-ID，而 B2BUA 对 Bob 来说是 UAC。" } },
		{ "Bob's BYE ends Alice's leg, and Alice's BYE ends Bob's", zh = "Bob 的 BYE 结束 Alice 那一段，Alice 的 BYE 结束 Bob 那一段",
			function(t)
				return t:count "kind=recv method=BYE src=box dst=alice" == 1
					and t:count "kind=recv method=BYE src=box dst=bob" == 1, after_hers(t)
			end, rule = "dialog-request",
			why = { "Who gets the BYE that follows hers?", zh = "她的 BYE 之后的那个 BYE 由谁得到？" } },
		{ "Both BYEs get a 200 from the phone that they reach", zh = "两个 BYE 都从所到达的话机得到 200",
			function(t)
				return t:count "kind=recv status=200 cseq=BYE dst=box" == 2
			end, rule = "dialog-bye",
			why = { "A phone answers 481 if Call-ID and tags fit none of its dialogs.", zh = "Call-ID 和 tag 与话机的任何对话都不符时，它返回 481。" } },
		program = "box.lua",
		node = "box",
		points = 3,
	},
	hint = { "A Call-ID has to be unique; one that is made of Alice's and something of the box's own is.", zh = "Call-ID 必须唯一；由 Alice 的加上 B2BUA 自己的内容组成的就是。" },
}
