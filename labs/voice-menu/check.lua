-- The tasks of voice-menu; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "sales.answer=1000ms..4000ms:250ms", "seed=1..999:1" }

-- The record in which the program first wants what VERDICT says.
local function wish(t, verdict)
	return t:first("kind=route node=ivr verdict=" .. verdict)
end

local function line(r)
	return r.where:match ":(%d+)$"
end

task {
	time = function(t)
		return t:first("method=BYE src=ivr kind=send").time - t:first("method=REFER src=ivr kind=send").time
	end,
	tolerance = 0.0015,
	points = 2,
	rule = "menu-done",
	why = { "Its program waits in line 10 until a NOTIFY says that the target has answered, and has nothing more to do then.", zh = "它的程序在第 10 行等待，直到 NOTIFY 说目标已接听，然后就没有别的话要说了。" },
	ahead = true,
	hint = { "The second NOTIFY ends it; each way takes 10 ms: `node=ivr method=REFER,NOTIFY,BYE to=14s`.",
		zh = "第二个 NOTIFY 使它结束；每一段路 10 ms：`node=ivr method=REFER,NOTIFY,BYE to=14s`。" },
}

task {
	find = {
		node = "ivr",
		rule = "menu-transfers",
		record = function(t)
			return wish(t, "transfer")
		end,
	},
	why = { "It is a record of the program itself, between the arrival of the digit and the sending of the REFER.",
		zh = "它是程序自己的一条记录，在数字到达与发送 REFER 之间。" },
	hint = { "`kind=route node=ivr to=10s` is what the program says in her call: each record has the line in `where`. Which one is the last before `REFER@ivr`?",
		zh = "`kind=route node=ivr to=10s` 是程序在她的呼叫中所作的决定：每条记录的 `where` 有行号。`REFER@ivr` 之前的最后一条是哪条？" },
	records = function(t) return wish(t, "transfer") end,
	others = {
		{
			text = function(t) return line(wish(t, "collect")) end,
			ask = { "In which line has `menu.lua` waited for Alice's digit? Write its number.\n\n    rung show voice-menu kind=route node=ivr to=10s",
				zh = "`menu.lua` 在哪一行等待 Alice 的数字？写出行号。\n\n    rung show voice-menu kind=route node=ivr to=10s" },
			wrong = {
				{ "10", why = { "That line asks somebody to call.", zh = "那里请人去呼叫。" } },
				{ "7", why = { "That line plays the choices.", zh = "那一行播放可选的内容。" } },
			},
			why = { "Look at the `route` records of the menu before the REFER: `where` of the one that waits.",
				zh = "看 REFER 之前菜单的 `route` 记录：等待数字的那条的 `where`。" },
			hint = { "The record contains the verb of the program: `kind=route verdict=collect`.",
				zh = "记录中写有程序用的词：`kind=route verdict=collect`。" },
			records = function(t) return wish(t, "collect") end,
		},
		{
			draw = "cseq=REFER,NOTIFY to=14s",
			ask = { "Draw how the menu asks Alice's phone to call the sales department, and how it learns the result: requests and responses, one line for each, such as `ivr -> alice INFO`.\n\n    rung show voice-menu cseq=REFER,NOTIFY kind=send to=14s",
				zh = "画出菜单怎样请 Alice 的话机呼叫销售部，以及怎样得知结果：请求和响应，每条一行，如 `ivr -> alice INFO`。\n\n    rung show voice-menu cseq=REFER,NOTIFY kind=send to=14s" },
			rule = "refer-invite",
			hint = { "`src=alice dst=ivr cseq=REFER,NOTIFY kind=send to=14s` is what Alice's phone sends: which of these answers the REFER, RFC 3515, 2.4.2, and which must be answered?",
				zh = "`src=alice dst=ivr cseq=REFER,NOTIFY kind=send to=14s` 是 Alice 的话机所说的：哪个是对 REFER 的响应（RFC 3515 第 2.4.2 节），哪些必须得到响应？" },
		},
	},
}

task {
	choice = {
		{ "the voice menu, which has heard the digit", zh = "语音菜单，因为它听到了所按的数字",
			why = { "It calls nobody: it asks with REFER, and waits for the result.", zh = "它不呼叫任何人：它用 REFER 提出请求，并等待结果。" } },
		{ "Alice's phone, since the REFER asks it to", zh = "Alice 的话机，因为 REFER 请它去", right = true },
		{ "the phone of the sales department calls back", zh = "销售部的话机，因为要由它给 Alice 回拨",
			why = { "It receives an INVITE like any other.", zh = "它像平常一样收到 INVITE。" } },
		{ "nobody: the session moves with a re-INVITE", zh = "没有人，因为会话由 re-INVITE 转移",
			why = { "There is no re-INVITE in this run.", zh = "这次运行中没有 re-INVITE。" } },
	},
	rule = "refer-invite",
	records = function(t) return t:first "method=INVITE kind=send dst=sales" end,
}

task {
	choice = {
		{ "a 486 of its own, which answers the REFER", zh = "一个应答 REFER 的 486",
			why = { "The REFER has received a 202 at once.", zh = "REFER 立刻得到了 202。" } },
		{ "nothing; it goes on after some time", zh = "什么也没有；它过一段时间就继续",
			why = { "Its program continues at the moment when it knows.", zh = "程序在得知结果的那一刻继续。" } },
		{ "a NOTIFY in whose body the 486 stands", zh = "一个 NOTIFY，其消息体里写着 486", right = true },
		{ "a BYE, since Carol has no call any more", zh = "一个 BYE，因为 Carol 不再有呼叫",
			why = { "Her call with the menu continues as before.", zh = "她与菜单的呼叫照旧。" } },
	},
	rule = "notify-final",
	records = function(t) return t:first "method=NOTIFY kind=send src=carol" end,
}

task {
	goal = {
		{ "the menu hangs up on somebody", zh = "菜单挂断了某人的呼叫",
			function(t)
				local r = t:first "method=BYE kind=send src=ivr"
				return r ~= nil, r
			end },
		{ "and has sent no REFER", zh = "而且没有发送 REFER",
			function(t)
				return t:count "method=REFER kind=send src=ivr" == 0
			end,
			why = { "Only 1 and 2 lead to somebody.", zh = "只有 1 和 2 通向某人。" } },
	},
	points = 3,
}
