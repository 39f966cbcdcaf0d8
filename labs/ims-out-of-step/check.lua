-- The tasks of ims-out-of-step; their texts are in README.md.
lesson { minutes = 30, level = 3 }
vary { "alice--pcscf.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	text = "auts",
	rule = "aka-out-of-step",
	wrong = {
		{ "nonce", why = { "That comes back as it was: it says which challenge is answered.", zh = "nonce 原样返回：它说明应答的是哪个质询。" } },
		{ { "nc", "cnonce" }, why = { "That belongs to digest authentication, whatever the SIM has counted.", zh = "那属于摘要认证，与 SIM 的计数无关。" } },
		{ "response", why = { "That was computed without a password: it says nothing of numbers.", zh = "它不用密码计算：没有说明任何序号。" } },
	},
	why = { "Compare Alice's second Authorization with her third.", zh = "比较 Alice 的第二个与第三个 Authorization。" },
	records = function(t) return t:first "kind=auth node=alice" end,
}

task {
	choice = {
		{ "It refuses her: somebody has copied her SIM.", zh = "它拒绝她：有人复制了她的 SIM。",
			why = { "It has another vector ready at once.", zh = "它马上又造出一个认证向量。" } },
		{ "It sends the same vector once more.", zh = "它再发送一次同一个认证向量。",
			why = { "That would be as old as before: compare the two nonces.", zh = "那样还是旧的：比较两个 nonce。" } },
		{ "It asks the SIM by SIP how far it has counted.", zh = "它用 SIP 询问 SIM 计到何处。",
			why = { "It speaks no SIP; the S-CSCF has handed it RAND and AUTS.", zh = "它不使用 SIP；S-CSCF 已把 RAND 和 AUTS 交给它。" } },
		{ "It counts on from where the SIM is.", zh = "它从 SIM 处继续计数。", right = true },
	},
	points = 2,
	rule = "aka-resync",
}

task {
	number = function(t)
		return t:count "kind=send src=pcscf dst=alice status=401"
	end,
	wrong = {
		{ 1, why = { "That is what a SIM in step gets.", zh = "那是步调一致的 SIM 得到的个数。" } },
		{ 3, why = { "After the second useless challenge in a row a phone stops; hers was good.", zh = "连续第二个无用的质询之后话机就停止；她的第二个是有用的。" } },
	},
	why = { "Count the 401s that reach her phone.", zh = "数一数到达她的话机的 401。" },
	records = function(t) return t:first "kind=send src=pcscf dst=alice status=401" end,
}

task {
	choice = {
		{ "since it does not know how far the network has counted", zh = "因为它不知道网络计到何处",
			why = { "Alice's SIM did not know that either, and sent AUTS.", zh = "Alice 的 SIM 也不知道，却发送了 AUTS。" } },
		{ "since the challenge is not from who knows its key", zh = "因为质询不是出自知道其密钥者", right = true },
		{ "since his phone knows MD5 alone", zh = "因为他的话机只支持 MD5",
			why = { "It has asked its SIM: the `auth` record says what that found.", zh = "它问过 SIM：`auth` 记录写着 SIM 的发现。" } },
		{ "since the nonce has come too late", zh = "因为 nonce 来得太迟",
			why = { "It came within a tenth of a second.", zh = "它不到十分之一秒就到了。" } },
	},
	points = 2,
	rule = "aka-wrong-mac",
}

task {
	text = "403",
	rule = "aka-wrong-mac-heard",
	wrong = {
		{ "401", why = { "That has asked him; what has ended it?", zh = "那是质询；是什么结束了注册？" } },
		{ { "404", "407", "480", "500" }, why = { "Look for the last response to his REGISTER.", zh = "请看对他的 REGISTER 的最后一个响应。" } },
	},
	why = { "The last response that his phone gets has it.", zh = "他的话机得到的最后一个响应中有它。" },
	records = function(t) return t:first "kind=send dst=bob status=403" end,
}

task {
	goal = {
		{ "Bob is registered", zh = "Bob 注册成功",
			function(t)
				local r = t:first "kind=send dst=bob status=200 cseq=REGISTER"
				return r ~= nil, r
			end,
			why = { "The topology says which key the server has: leave his SIM as it is.", zh = "拓扑文件写着服务器所知的密钥：不要改动他的 SIM。" } },
		{ "after two challenges", zh = "而且是在两个质询之后",
			function(t)
				return t:count "kind=send src=pcscf dst=bob status=401" == 2
			end,
			why = { "His SIM has to have counted further, with the right key.", zh = "他的 SIM 须计得更远，而密钥正确。" } },
	},
	points = 3,
}
