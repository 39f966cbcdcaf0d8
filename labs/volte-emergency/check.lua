-- The tasks of volte-emergency; their texts are in README.md.
lesson { minutes = 40, level = 3 }
vary { "exchange.pick_up=2000ms..4000ms:500ms", "alice--pcscf.delay=5ms..25ms:5ms", "seed=1..999:1" }

task {
	draw = "method=INVITE kind=send to=3s",
	points = 2,
}

task {
	text = { "urn:service:sos" },
	wrong = {
		{ { "sip:192.0.2.19", "192.0.2.19", "<sip:192.0.2.19;lr>" }, why = { "That is the Route: where to, not what for.", zh = "那是 Route：去哪里，而不是为什么。" } },
		{ { "tel:+13145550911", "+13145550911", "911", "112" }, why = { "That is of the second call, when nobody answers there.", zh = "那是第二个呼叫中无人应答时用的。" } },
	},
	why = { "RFC 5031: a service has a name of its own, whoever offers it where.", zh = "RFC 5031：业务有自己的名字，不论谁在哪里提供。" },
	records = function(t) return t:first "kind=send method=INVITE dst=centre" end,
}

task {
	choice = {
		{ "since the S-CSCF would charge for the call", zh = "因为 S-CSCF 会对呼叫计费",
			why = { "What it costs is decided elsewhere; where help is matters.", zh = "费用在别处决定；重要的是哪里能提供帮助。" } },
		{ "since the S-CSCF knows no URN", zh = "因为 S-CSCF 不认识 URN",
			why = { "A Route would lead it on like any other.", zh = "Route 可以像别的请求一样引导它。" } },
		{ "since a phone has no Service-Route before it calls", zh = "因为话机在呼叫之前没有 Service-Route",
			why = { "She is registered, and has one.", zh = "她已注册，有 Service-Route。" } },
		{ "since help is near the phone, home may be far away", zh = "因为救援在话机附近，而归属网络可能很远", right = true },
	},
	points = 2,
	records = function(t) return t:first "kind=send method=INVITE src=pcscf dst=ecscf" end,
}

task {
	time = function(t) return t:first("kind=send method=INVITE src=ecscf dst=mgcf").time - t:last("kind=send method=INVITE src=ecscf dst=centre to=4100ms").time end,
	wrong = {
		{ 32, why = { "So long Timer B would wait.", zh = "定时器 B 会等这么久。" } },
		{ 0.5, why = { "That is Timer A: the INVITE is sent once more.", zh = "那是定时器 A：重发 INVITE。" } },
	},
	rule = "proxy-silent",
	why = { "Of the second call: from its INVITE to the centre to the one for the gateway.", zh = "第二个呼叫：从发往救援中心的 INVITE 到发往网关的那个。" },
	records = function(t) return t:first "kind=send method=INVITE src=ecscf dst=mgcf" end,
}

task {
	number = { 403 },
	wrong = {
		{ 200, why = { "So ends the call for help; this one is for Bob.", zh = "呼救是这样结束的；这个呼叫打给 Bob。" } },
		{ 404, why = { "Bob is there. It is the caller who is not.", zh = "Bob 在。不在的是主叫。" } },
	},
	why = { "The P-CSCF lets nobody call who has not registered there, but for help.", zh = "没有在 P-CSCF 注册的人只能呼救。" },
	records = function(t) return t:first "kind=recv node=alice status=403" end,
}

task {
	goal = {
		{ "Bob calls for help before his phone is registered", zh = "Bob 的话机注册之前就呼救",
			function(t)
				local r = t:first "kind=send method=INVITE src=bob"
				return r ~= nil and t:count("kind=recv node=bob status=200 cseq=REGISTER to=" .. math.floor(r.time * 1000) .. "ms") == 0, r
			end,
			why = { "It registers as soon as the run begins, and that takes a moment: call at once.", zh = "运行一开始它就注册，这需要片刻：立即呼叫。" } },
		{ "and the emergency centre answers", zh = "救援中心接听",
			function(t) return t:first "kind=send src=centre status=200 cseq=INVITE" end },
	},
	points = 3,
}
