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
	text = { "3301060000" },
	wrong = {
		{ "33010600002000000001", why = { "That is the platform's ID; the realm is shorter.", zh = "那是平台的编号；realm 更短。" } },
		{ "33010600001180000002", why = { "That is the recorder's ID, its user name.", zh = "那是录像机的编号，也就是用户名。" } },
	},
	why = { "It stands in WWW-Authenticate of the first answer that the recorder gets.", zh = "它在录像机得到的第一个响应的 WWW-Authenticate 中。" },
	records = challenge,
}

task {
	number = function(t) return #pages(t) end,
	unit = { "messages", zh = "条消息" },
	wrong = {
		{ 1, why = { "Num of each message counts the cameras in that one alone.", zh = "每条消息的 Num 只数这一条里的摄像机。" } },
		{ function(t) return t:count "kind=send method=MESSAGE src=recorder" end,
			why = { "Some of these are keep-alives, or answer other queries.", zh = "其中有的是保活，有的回答别的查询。" } },
	},
	why = { "Count the MESSAGEs whose body is a Response with CmdType Catalog.", zh = "数一数消息体是 Response、CmdType 为 Catalog 的 MESSAGE。" },
	records = pages,
}

task {
	text = { "0106000001", "106000001" },
	points = 2,
	wrong = {
		{ { "33010600001310000001", "33010600001180000002" }, why = { "That is an ID of 20 digits: of a channel or a device.", zh = "那是 20 位的编号：通道的或设备的。" } },
		{ { "30010", "96" }, why = { "That stands in the m= line: a port, a payload type.", zh = "那在 m= 行中：端口或载荷类型。" } },
	},
	why = { "It stands in a line that RFC 8866 does not know, behind the attributes.", zh = "它在 RFC 8866 没有的那一行里，在各属性之后。" },
	records = invite,
}

task {
	draw = "method=INVITE,ACK src=platform",
	points = 2,
	rule = "third-party-flow-i",
}

task {
	choice = {
		{ "The INVITE had none: the 200 was the offer, and the ACK is the answer", right = true,
			zh = "INVITE 没有描述：200 是提议，ACK 是应答" },
		{ "The INVITE with the first one was lost, so that it is told once more",
			zh = "带描述的 INVITE 丢失了，所以再说一次",
			why = { "Nothing was lost. Look at the INVITE that comes to the media server.", zh = "什么也没有丢。看看到达媒体服务器的 INVITE。" } },
		{ "By GB/T 28181 each ACK has one, where RFC 3261 wants an empty one",
			zh = "按 GB/T 28181 每个 ACK 都带描述，RFC 3261 则要求为空",
			why = { "The ACK to the recorder has none.", zh = "发给录像机的 ACK 就没有。" } },
		{ "The recorder has moved to another port since, which the ACK tells it",
			zh = "录像机之后换了端口，由 ACK 告知",
			why = { "Nobody has moved: the recorder's port stands in its only answer.", zh = "没有谁换过端口：录像机的端口只在它唯一的应答里。" } },
	},
	rule = "third-party-flow-i",
	hint = { "Who has made the offer in that call?", zh = "在那个呼叫里，提议是谁给出的？" },
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
			why = { "What the setting does not say any more is as it would be without it.", zh = "设置中不再说的，就和没有设置一样。" } },
	},
	points = 2,
}
