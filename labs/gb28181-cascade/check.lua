-- The tasks of gb28181-cascade; their texts are in README.md.
lesson { minutes = 30, level = 3 }
vary { "lower--upper.delay=10ms..90ms:10ms", "seed=1..999:1" }

local function refusals(t)
	return t:all "kind=send status=403 src=upper"
end

-- The first REGISTER that the upper platform accepts behind its restart.
local function back(t)
	return t:first("kind=send status=200 cseq=REGISTER src=upper", function(r) return r.time > 110 end)
end

task {
	number = 403,
	wrong = {
		{ 200, why = { "So it was before.", zh = "之前是这样。" } },
		{ 408, why = { "There is an answer each time.", zh = "每次都有响应。" } },
		{ 401, why = { "That would ask for a password; nobody asks here.", zh = "那是要求密码；这里没有谁要求。" } },
	},
	why = { "Look at what the upper platform sends from 110 s on.", zh = "看上级平台从 110 s 起发送什么。" },
	records = refusals,
}

task {
	number = function(t) return #refusals(t) end,
	unit = { "keep-alives", zh = "次保活" },
	wrong = {
		{ function(t) return #refusals(t) + 4 end, why = { "Those before the crash do not count.", zh = "崩溃之前的不算。" } },
	},
	why = { "Count the MESSAGEs of the lower platform from 110 s on.", zh = "数一数下级平台从 110 s 起的 MESSAGE。" },
	records = refusals,
}

task {
	number = 2880,
	unit = { "seconds", zh = "秒" },
	wrong = {
		{ 3600, why = { "So long the registration lasts; it is refreshed before its end.", zh = "注册持续这么久；在结束之前刷新。" } },
		{ { 30, 90 }, why = { "That is of the keep-alives.", zh = "那是保活的。" } },
	},
	why = { "Expires of the 200 says how long it lasts.", zh = "200 的 Expires 说明它持续多久。" },
	records = function(t) return t:first "kind=send status=200 cseq=REGISTER src=upper" end,
}

task {
	choice = {
		{ "Its registration lasts for an hour, and until then nobody may say otherwise",
			zh = "它的注册持续一小时，在此之前谁也不能否认",
			why = { "Who was started anew knows nothing of it, and says so.", zh = "重新启动的一方对它一无所知，并且说了出来。" } },
		{ "It gets a 200 to each keep-alive, since the upper platform does not look",
			zh = "每次保活都得到 200，因为上级平台不检查",
			why = { "Look at the answers again.", zh = "再看看那些响应。" } },
		{ "It waits for three without an answer, and takes a refusal for an answer", right = true,
			zh = "它等的是三次没有响应，而把拒绝也当作响应" },
		{ "The upper platform would have to register with it, and has forgotten to",
			zh = "本应由上级平台向它注册，而上级忘记了",
			why = { "In a cascade the lower one registers.", zh = "在级联中由下级注册。" } },
	},
	points = 2,
	hint = { "What has it sent behind each 403?", zh = "每个 403 之后它发送了什么？" },
}

task {
	goal = {
		{ "The upper platform is started anew", zh = "上级平台重新启动过",
			function(t) return t:first "kind=act node=upper verb=restart" ~= nil end },
		{ "The lower platform is registered again within two minutes", zh = "下级平台在两分钟内再次注册",
			function(t) local r = back(t) return r ~= nil and r.time < 231, r end,
			why = { "Which of its settings lets it pass over a refusal?", zh = "哪个设置使它忽略拒绝？" } },
		{ "And its keep-alives have a 200 then", zh = "之后它的保活得到 200",
			function(t)
				local r = back(t)
				return r ~= nil and t:first("kind=send status=200 cseq=MESSAGE src=upper", function(m) return m.time > r.time end) ~= nil
			end },
	},
	points = 2,
}
