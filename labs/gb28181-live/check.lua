-- The tasks of gb28181-live; their texts are in README.md.
lesson { minutes = 40, level = 2 }
vary { "recorder--platform.delay=10ms..60ms:10ms", "seed=1..999:1" }

-- Messages in which the recorder answers the query for its catalogue.
local function pages(t)
	return t:all("kind=send method=MESSAGE src=recorder", function(r)
		local body = gb28181.read(r.body)
		return body ~= nil and body.root == "Response" and body.CmdType == "Catalog"
	end)
end

local function challenge(t)
	return t:first "kind=send status=401 src=platform"
end

local function invite(t)
	return t:first "kind=send method=INVITE dst=recorder"
end

task {
	draw = "method=INVITE,ACK src=platform",
	points = 2,
	rule = "third-party-flow-i",
	ahead = true,
	hint = { "The platform calls two nodes and needs the description of one for the other (RFC 3725 4.1): `src=platform from=4s to=5s`.",
		zh = "平台呼叫两方，一方所说的要用于另一方（RFC 3725 第 4.1 节）：`src=platform from=4s to=5s`。" },
	others = {
		{
			draw = "cseq=BYE",
			rule = "bye-send",
			ahead = true,
			hint = { "The node between the two hangs up on both: `cseq=BYE from=12s`.",
				zh = "位于两方之间的一方把两边都挂断：`cseq=BYE from=12s`。" },
			ask = { "Before you look at the run: draw how the view ends: the BYEs and their responses, one line for each, `media -> platform 200`.\n\n    rung show gb28181-live cseq=BYE kind=send",
				zh = "先不看运行：画出点播怎样结束：各个 BYE 及其响应，每条一行，如 `media -> platform 200`。\n\n    rung show gb28181-live cseq=BYE kind=send" },
		},
		{
			draw = "status=200 cseq=INVITE",
			rule = "third-party-flow-i",
			ahead = true,
			hint = { "One 200 comes before the second INVITE, one after it: `cseq=INVITE from=4s to=5s`.",
				zh = "一个 200 在第二个 INVITE 之前，一个在其后：`cseq=INVITE from=4s to=5s`。" },
			ask = { "Before you look at the run: draw the responses by which both nodes accept the platform's calls, one line for each, `media -> platform 200`. Which of them is an offer?\n\n    rung show gb28181-live -m 'status=200 cseq=INVITE kind=send'",
				zh = "先不看运行：画出双方接受平台呼叫的响应，每条一行，如 `media -> platform 200`。其中哪一个是提议？\n\n    rung show gb28181-live -m 'status=200 cseq=INVITE kind=send'" },
		},
	},
}

task {
	text = { "3301060000" },
	wrong = {
		{ "33010600002000000001", why = { "That is the platform's ID; the realm is shorter.", zh = "那是平台的编号；realm 更短。" } },
		{ "33010600001180000002", why = { "That is the recorder's ID, its user name.", zh = "那是录像机的编号，也就是用户名。" } },
	},
	why = { "It is in WWW-Authenticate of the first response that the recorder gets.", zh = "它在录像机得到的第一个响应的 WWW-Authenticate 中。" },
	records = challenge,
	hint = { "It is in `401@platform`, and again in the Authorization of `REGISTER@recorder#2`.",
		zh = "它在 `401@platform` 中，也在 `REGISTER@recorder#2` 的 Authorization 中。" },
	others = {
		{
			text = { "33010600001180000002" },
			records = function(t) return t:all("kind=send method=REGISTER src=recorder")[2] end,
			wrong = {
				{ "3301060000", why = { "That is the realm.", zh = "那是 realm。" } },
				{ "33010600002000000001", why = { "That is the platform's ID.", zh = "那是平台的编号。" } },
			},
			why = { "It is in Authorization of its second REGISTER.",
				zh = "它在第二个 REGISTER 的 Authorization 中。" },
			hint = { "`REGISTER@recorder#2` has it in quotes; GB/T 28181 makes it from the device's ID.",
				zh = "它在 `REGISTER@recorder#2` 中，带引号；GB/T 28181 用设备编号作用户名。" },
			ask = { "Which user name does the recorder answer the platform's challenge with?\n\n    rung show gb28181-live -m 'method=REGISTER kind=send'",
				zh = "录像机以哪个用户名回答平台的质询？\n\n    rung show gb28181-live -m 'method=REGISTER kind=send'" },
		},
		{
			text = function(t) return challenge(t):header("WWW-Authenticate"):match 'nonce="([^"]+)"' end,
			records = challenge,
			wrong = {
				{ "3301060000", why = { "That is the realm.", zh = "那是 realm。" } },
				{ function(t) return t:all("kind=send method=REGISTER src=recorder")[2]:header("Authorization"):match 'response="([^"]+)"' end, why = { "That is what the recorder has computed from it.", zh = "那是录像机由它算出的。" } },
			},
			why = { "It is in WWW-Authenticate of the 401, next to the realm.",
				zh = "它在 401 的 WWW-Authenticate 中，在 realm 旁边。" },
			hint = { "`REGISTER@recorder#2` repeats what `401@platform` contains; it is new in each challenge.",
				zh = "`401@platform` 给出的，`REGISTER@recorder#2` 照抄；每次质询都重新抽取。" },
			ask = { "Which nonce must the recorder use for its response to the challenge?\n\n    rung show gb28181-live -m status=401",
				zh = "平台要求录像机用哪个 nonce 计算回答？\n\n    rung show gb28181-live -m status=401" },
		},
	},
}

task {
	number = function(t) return #pages(t) end,
	unit = { "messages", zh = "条消息" },
	wrong = {
		{ 1, why = { "Num of each message counts only the cameras in that message.", zh = "每条消息的 Num 只数这一条里的摄像机。" } },
		{ function(t) return t:count "kind=send method=MESSAGE src=recorder" end,
			why = { "Some of these are keepalives, or answers to other queries.", zh = "其中有的是保活，有的回答别的查询。" } },
	},
	why = { "Count the MESSAGEs whose body is a Response with CmdType Catalog.", zh = "数一数消息体是 Response、CmdType 为 Catalog 的 MESSAGE。" },
	records = pages,
	hint = { "Read the bodies of `-m method=MESSAGE src=recorder from=1s`: which are a Response with `CmdType` Catalog?",
		zh = "读 `-m method=MESSAGE src=recorder from=1s` 的消息体：哪些是 `CmdType` 为 Catalog 的 Response？" },
	others = {
		{
			number = function(t) return t:count "kind=send method=MESSAGE src=recorder" end,
			unit = { "messages", zh = "条消息" },
			wrong = {
				{ 3, why = { "These answer one of the queries.", zh = "那只是对其中一个查询的回答。" } },
				{ 5, why = { "There is one before the first query.", zh = "第一个查询之前还有一条。" } },
			},
			why = { "Count keepalives and answers to each of the platform's queries; a command gets no answer except the 200.",
				zh = "保活，以及对平台每个查询的回答；让它做什么的命令，除了 200 没有回答。" },
			hint = { "Compare them with the queries, `dst=recorder method=MESSAGE to=4s`: one comes before the first query, and one query is answered in pages.",
				zh = "与查询（`dst=recorder method=MESSAGE to=4s`）对照：有一条在第一个查询之前，有一个查询分页应答。" },
			ask = { "How many MESSAGEs does the recorder send in total?\n\n    rung show gb28181-live 'method=MESSAGE src=recorder kind=send'",
				zh = "录像机一共发送多少条 MESSAGE？\n\n    rung show gb28181-live 'method=MESSAGE src=recorder kind=send'" },
		},
		{
			number = function(t) return t:count "kind=send method=MESSAGE src=platform" end,
			unit = { "messages", zh = "条消息" },
			wrong = {
				{ 3, why = { "These are only the queries.", zh = "那只是查询。" } },
				{ 4, why = { "Stopping it is a separate command.", zh = "停止是单独的命令。" } },
			},
			why = { "There is one for each query and one for each command: to turn it and to stop it.",
				zh = "每个查询一条，每个命令也是一条：转动和停止。" },
			hint = { "`-m method=MESSAGE src=platform to=11s` has each once: its body begins with Query or Control. Both kinds count, and a camera that turns does not stop by itself.",
				zh = "`-m method=MESSAGE src=platform to=11s` 中每条出现一次：消息体以 Query 或 Control 开头。两种都算，而且转动的摄像机不会自己停下。" },
			ask = { "How many MESSAGEs does the platform send, to query something and to turn the camera?\n\n    rung show gb28181-live -m 'method=MESSAGE src=platform kind=send'",
				zh = "平台为了查询和转动摄像机，一共发送多少条 MESSAGE？\n\n    rung show gb28181-live -m 'method=MESSAGE src=platform kind=send'" },
		},
	},
}

task {
	text = { "0106000001", "106000001" },
	points = 2,
	wrong = {
		{ { "33010600001310000001", "33010600001180000002" }, why = { "That is an ID of 20 digits: of a channel or a device.", zh = "那是 20 位的编号：通道的或设备的。" } },
		{ { "30010", "96" }, why = { "That is from the m= line: a port, a payload type.", zh = "那在 m= 行中：端口或载荷类型。" } },
	},
	why = { "It is in a line that RFC 8866 does not define, after the attributes.", zh = "它在 RFC 8866 没有的那一行里，在各属性之后。" },
	records = invite,
	hint = { "It is written in ten digits after the `a=` lines of `INVITE@platform#2`, and in its Subject.",
		zh = "它写作十位数字，在 `INVITE@platform#2` 的各 `a=` 行之后，也在 Subject 中。" },
	others = {
		{
			text = function(t) return invite(t).body:match "m=video (%d+)" end,
			records = invite,
			wrong = {
				{ "96", why = { "That is the payload type.", zh = "那是载荷类型。" } },
				{ "5060", why = { "That is the port of SIP.", zh = "那是 SIP 的端口。" } },
			},
			why = { "The m= line of the INVITE to the recorder says it; the media server has chosen it.",
				zh = "发给录像机的 INVITE 的 m= 行说明了这一点；由媒体服务器选定。" },
			hint = { "It was already in the 200 of `src=media`; RFC 8866 5.14 has the line.",
				zh = "它先出现在 `src=media` 的 200 中；这一行见 RFC 8866 第 5.14 节。" },
			ask = { "To which port does the platform want the stream to be sent?\n\n    rung show gb28181-live -m 'method=INVITE dst=recorder kind=send'",
				zh = "平台要求把媒体流发往哪个端口？\n\n    rung show gb28181-live -m 'method=INVITE dst=recorder kind=send'" },
		},
		{
			text = function(t) return invite(t).body:match "c=IN IP4 ([%d.]+)" end,
			records = invite,
			wrong = {
				{ "192.0.2.10", why = { "That is the platform; it gets no video.", zh = "那是平台；它不收画面。" } },
				{ "192.0.2.70", why = { "That is the recorder itself.", zh = "那是录像机自己。" } },
			},
			why = { "The c= line of the INVITE to the recorder says it.",
				zh = "发给录像机的 INVITE 的 c= 行说明了这一点。" },
			hint = { "Whose address is in `c=` of `INVITE@platform#2`, the sender's? RFC 8866 5.7.",
				zh = "`INVITE@platform#2` 的 `c=` 中是谁的地址，是发送方的吗？RFC 8866 第 5.7 节。" },
			ask = { "To which address does the platform want the stream to be sent?\n\n    rung show gb28181-live -m 'method=INVITE dst=recorder kind=send'",
				zh = "平台要求把媒体流发往哪个地址？\n\n    rung show gb28181-live -m 'method=INVITE dst=recorder kind=send'" },
		},
	},
}

task {
	choice = {
		{ "The INVITE had none, so that the 200 was the offer and the ACK answers it", right = true,
			zh = "INVITE 没有描述，因此 ACK 是对 200 中提议的应答" },
		{ "The INVITE with the first one was lost: the ACK must say it once more",
			zh = "带描述的 INVITE 丢失了：由 ACK 再说一次",
			why = { "Nothing was lost. Look at the INVITE that reaches the media server.", zh = "什么也没有丢。看看到达媒体服务器的 INVITE。" } },
		{ "By GB/T 28181 each ACK has one, where RFC 3261 wants an empty one",
			zh = "按 GB/T 28181 每个 ACK 都带描述，RFC 3261 则要求为空",
			why = { "The ACK to the recorder has none.", zh = "发给录像机的 ACK 就没有。" } },
		{ "The recorder has moved to another port since, which the ACK tells it",
			zh = "录像机之后换了端口，由 ACK 告知",
			why = { "No node has moved: the recorder's port is in its only answer.", zh = "没有谁换过端口：录像机的端口只在它唯一的应答里。" } },
	},
	rule = "offer-none",
	hint = { "RFC 3261 13.2.1: which of `INVITE@platform`, `200@media` and `ACK@platform` is the first of that call with a body?", zh = "RFC 3261 第 13.2.1 节：那个呼叫的 `INVITE@platform`、`200@media`、`ACK@platform` 中，第一个带消息体的是哪个？" },
}

task {
	goal = {
		{ "The catalogue comes in a single message", zh = "目录用一条消息报告",
			function(t) return #pages(t) == 1, pages(t)[1] end,
			why = { "How many cameras a message may have is the setting `page`.", zh = "一条消息可以有多少路摄像机，由设置 `page` 决定。" } },
		{ "There are three cameras in it", zh = "其中有三路摄像机",
			function(t)
				local page = pages(t)[1]
				return page ~= nil and gb28181.read(page.body).SumNum == 3 and #gb28181.read(page.body).DeviceList == 3
			end,
			why = { "A setting that you leave out gets its default.", zh = "设置中不再说的，就和没有设置一样。" } },
	},
	points = 2,
}
