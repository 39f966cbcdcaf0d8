-- The tasks of private-contact; their texts are in README.md.
lesson { minutes = 30, level = 2 }

-- How often the server sends an OPTIONS, and how long it rings.
local settings = {}
for _, every in ipairs { 6, 7, 8, 9, 11, 13, 20 } do
	for rings = 1, 3 do
		settings[#settings + 1] = "public=203.0.113.7 every=" .. every .. " rings=" .. rings
	end
end

vary {
	"server.settings=" .. table.concat(settings, ","),
	"alice--net.delay=5ms..40ms:1ms",
	"seed=1..999:1",
}

local function ok(t)
	return t:first "kind=send status=200 cseq=INVITE src=server dst=alice"
end

local function over(t)
	return t:last "kind=send method=BYE src=server"
end

-- The calls that last for the whole announcement.
local function whole(t, who)
	local bye = t:first("kind=send method=BYE src=server dst=" .. who)
	local start = t:first("kind=send status=200 cseq=INVITE src=server dst=" .. who)
	return bye ~= nil and start ~= nil and bye.time - start.time > 39, bye
end

task {
	choice = {
		{ "To the address of the NAT, to which its INVITE went as well",
			zh = "发往 NAT 的地址，它的 INVITE 也是发往那里的",
			why = { "The INVITE had no dialog. Since the 200 there is one, and it has a target.", zh = "INVITE 时还没有对话。有了 200 就有对话，对话有目标。" } },
		{ "To the address from which the packet with the 200 has come",
			zh = "发往带来 200 的数据包的来源地址",
			why = { "So responses go, by their Via. An ACK is a request.", zh = "响应按 Via 这样走。ACK 是请求。" } },
		{ "To the address that the Contact of that 200 names", right = true,
			zh = "发往那个 200 的 Contact 中的地址" },
		{ "To the address in the session description of that 200",
			zh = "发往那个 200 的会话描述中的地址",
			why = { "Its sound goes there.", zh = "它的声音发往那里。" } },
	},
	ahead = true,
	rule = "dialog-uac",
	hint = { "RFC 3261, section 12.1.2: from which field does the caller take the remote target?", zh = "RFC 3261 第 12.1.2 节：主叫从哪个字段得到远端目标？" },
	records = function(t) return t:first "kind=send method=ACK src=alice" end,
}

task {
	find = { node = "server", rule = { "dialog-contact", "invite-2xx-contact", "dialog-uas", "contact-one", "invite-accept" }, record = ok },
	points = 2,
	rule = "dialog-contact",
	why = { "Look for the last message before the first ACK that tells Alice's phone a target.", zh = "找第一个 ACK 之前最后一个告诉 Alice 的话机目标的消息。" },
	hint = { "`cseq=INVITE kind=send dst=alice from=50s` begins with two of them: which one does the ACK follow? The field's section in chapter 12 is the rule.", zh = "`cseq=INVITE kind=send dst=alice from=50s` 从两个这样的消息开始：ACK 跟随的是哪一个？第 12 章中讲这个字段的节就是规则。" },
	records = ok,
}

task {
	number = 13,
	rule = "contact-one",
	wrong = {
		{ { 17, 18 }, why = { "That is where the sound goes, and it is right.", zh = "那是声音的去处，是对的。" } },
		{ 9, why = { "That line knows both addresses. Who asks it, and who does not?", zh = "那一行知道两个地址。谁问它，谁没有问？" } },
		{ 32, why = { "That line sends what another one has written.", zh = "那一行发送别的行写好的内容。" } },
	},
	why = { "Two functions write an address into the 200. Compare them.", zh = "有两个函数把地址写进 200。比较它们。" },
	hint = { "Which function gets `source` and does not use it?", zh = "哪个函数得到 `source` 却没有使用？" },
	records = ok,
}

task {
	time = function(t) return over(t).time end,
	tolerance = "20ms",
	rule = "invite-no-ack",
	wrong = {
		{ function(t) return over(t).time - ok(t).time end, why = { "That is how long it waits. At what time of the run is that?", zh = "那是它等待的时长。在运行的什么时间？" } },
		{ function(t) return t:last("kind=send status=200 cseq=INVITE src=server").time end, why = { "That is its last attempt.", zh = "那是它最后一次尝试。" } },
	},
	why = { "Look for the BYE that the server sends to Alice.", zh = "找服务器发给 Alice 的 BYE。" },
	hint = { "`method=BYE kind=send src=server from=50s` has one record.", zh = "`method=BYE kind=send src=server from=50s` 只有一条记录。" },
	records = over,
}

task {
	agent = {
		{ "Alice's ACK reaches the server, and she hears the announcement to its end", zh = "Alice 的 ACK 到达服务器，她听完播报",
			function(t)
				local all, bye = whole(t, "alice")
				return t:first "kind=recv method=ACK src=alice dst=server" ~= nil and all, bye
			end, rule = "dialog-contact",
			why = { "Which address of the server can she reach?", zh = "服务器的哪个地址是她能到达的？" } },
		{ "Dora hears it to its end as well, and her ACK goes straight to the server", zh = "Dora 也听完，她的 ACK 直接到达服务器",
			function(t)
				local ack = t:first "kind=send method=ACK src=dora"
				local all = whole(t, "dora")
				return ack ~= nil and all and ack.dst_addr:find("10.0.0.5", 1, true) ~= nil, ack
			end, rule = "dialog-contact",
			why = { "Which address does the server have for those in its own network?", zh = "对自己网络里的人，服务器用哪个地址？" } },
		program = "server.lua",
		node = "server",
		points = 3,
	},
	hint = { "The function for this is in the program already.", zh = "做这件事的函数程序里已经有了。" },
}
