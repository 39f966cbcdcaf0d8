-- The tasks of five-functions; their texts are in README.md.
lesson { minutes = 40, level = 1 }
vary { "mobile.answer=2000ms..5000ms:250ms", "seed=1..999:1" }

-- The arrival of a message at Alice's phone.
local function heard(t, filter)
	return t:first("kind=recv dst=alice cseq=INVITE " .. filter)
end

task {
	number = 2,
	unit = { "devices", zh = "部设备" },
	wrong = {
		{ 3, why = { "So many have registered; one has taken its binding away since.", zh = "注册过的有这么多；其中一部后来取消了绑定。" } },
		{ 1, why = { "At one of them he answers. The call was sent to more.", zh = "他在其中一部上接听。呼叫发往的不止这一部。" } },
	},
	rule = "proxy-by-location",
	why = { "The service's answer to the proxy's query names them.", zh = "位置服务器对代理服务器查询的应答列出了它们。" },
	records = function(t) return t:last "kind=lookup node=px" end,
}

task {
	time = function(t) return heard(t, "status=200").time end,
	tolerance = 0.02,
	points = 2,
	wrong = {
		{ function(t) return heard(t, "status=180").time end,
			why = { "His phone rings: it says nothing of him.", zh = "他的话机在振铃：这与他本人的意愿无关。" } },
		{ function(t) return heard(t, "status=100").time end,
			why = { "That is the proxy's, and says that it has the request.", zh = "那是代理服务器发的，只说明它收到了请求。" } },
		{ function(t) return t:first("kind=send status=200 cseq=INVITE src=mobile").time end,
			why = { "Then he answers; her phone does not know it yet.", zh = "那时他接听；她的话机还不知道。" } },
	},
	rule = "invite-2xx",
	why = { "Which response is the user's own, and when does it arrive?", zh = "哪个响应出自用户本人，它何时到达？" },
	records = function(t) return heard(t, "status=200") end,
}

task {
	text = { "PCMU" },
	points = 2,
	wrong = {
		{ "opus", why = { "Alice's phone would like that best; does Bob's have it?", zh = "Alice 的话机最想用它；Bob 的话机有吗？" } },
		{ "G729", why = { "Bob's phone knows that, but was not asked for it.", zh = "Bob 的话机支持它，但对方没有提议。" } },
		{ "PCMA", why = { "Both know it. Which of those that both know stands first?", zh = "双方都支持它。双方都支持的格式中，哪一个在先？" } },
	},
	rule = "offer-answer",
	why = { "Compare the lines a=rtpmap of the offer with those of the answer.", zh = "比较提议和应答的 a=rtpmap 行。" },
	records = function(t) return t:first "kind=send status=200 cseq=INVITE src=mobile" end,
}

task {
	draw = "method=INVITE,ACK,BYE node=mobile",
	points = 3,
	hint = { "Who puts the other on hold, and who hangs up? Each INVITE with a 200 has its ACK.", zh = "谁保持了对方，谁挂断？每个得到 200 的 INVITE 都有自己的 ACK。" },
}

task {
	choice = {
		{ "telling Alice's phone which formats Bob's can receive", zh = "告诉 Alice 的话机，Bob 的话机能接收哪些格式",
			why = { "These are capabilities: SDP words them, SIP's messages bring them.", zh = "这是能力：由 SDP 表述，由 SIP 消息带来。" } },
		{ "carrying Bob's voice to Alice in packets of 20 ms", zh = "以 20 ms 的数据包把 Bob 的声音送给 Alice", right = true },
		{ "finding the one of Bob's phones at which he answers", zh = "找到 Bob 接听的那部话机",
			why = { "That is location: REGISTER says where he is, the proxy asks all of them.", zh = "这是定位：REGISTER 说明他在哪里，代理服务器逐一询问。" } },
		{ "ending the session, so that neither phone sends any more", zh = "结束会话，使两部话机都不再发送任何声音和图像",
			why = { "That is management: BYE does it.", zh = "这是管理：由 BYE 完成。" } },
	},
	points = 2,
	hint = { "Which arrow of the ladder passes by the proxy?", zh = "消息流程图中哪个箭头不经过代理服务器？" },
}

task {
	goal = {
		{ "Bob's mobile rings", zh = "Bob 的手机振铃",
			function(t)
				local r = t:first "kind=send status=180 src=mobile"
				return r ~= nil, r
			end },
		{ "he declines for all of his devices", zh = "他代表自己的所有设备拒绝",
			function(t)
				local r = t:first "kind=send status=6xx src=mobile"
				return r ~= nil, r
			end,
			why = { "A 4xx speaks for one device; which class speaks for the user (21.6)?", zh = "4xx 只代表一部设备；哪一类代表用户本人（第 21.6 节）？" }, rule = "proxy-6xx" },
		{ "Alice's phone learns it", zh = "Alice 的话机得知此事",
			function(t)
				return heard(t, "status=6xx") ~= nil
			end },
		{ "no sound is sent", zh = "没有发送声音",
			function(t)
				return t:count "kind=media op=flow" == 0
			end },
	},
	points = 3,
	hint = { "`call:reject(603)` in the function that Bob's mobile runs for an INVITE.", zh = "在 Bob 的手机为 INVITE 运行的函数中用 `call:reject(603)`。" },
}
