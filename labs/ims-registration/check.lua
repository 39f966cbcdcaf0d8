-- The tasks of ims-registration; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "alice--pcscf.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	text = "alice_private@home.example",
	rule = "cx-ask",
	wrong = {
		{ { "alice@home.example", "sip:alice@home.example" }, why = { "By that she is called: a public identity. Look into Authorization.", zh = "那是呼叫她用的公有标识。请看 Authorization。" } },
		{ "tel:+15550001", why = { "That is another public identity of hers; no REGISTER has it.", zh = "那是她的另一个公有标识；REGISTER 中没有它。" } },
	},
	why = { "Authorization has a username, an empty nonce and an empty response.", zh = "Authorization 中有 username，nonce 和 response 都为空。" },
	records = function(t) return t:first "kind=send method=REGISTER src=alice" end,
}

task {
	choice = {
		{ "since the HSS may have lost its first answer", zh = "因为 HSS 的第一次应答可能已丢失",
			why = { "That answer has come: the first REGISTER went on by it.", zh = "那个应答已到：第一个 REGISTER 就是据此转发的。" } },
		{ "since it keeps nothing of the first REGISTER", zh = "因为它不保留第一个 REGISTER 的任何状态", right = true },
		{ "since the P-CSCF has sent it to another I-CSCF", zh = "因为 P-CSCF 把它发给了另一个 I-CSCF",
			why = { "There is but one here.", zh = "这里只有一个。" } },
		{ "since only now it knows that the response is right", zh = "因为现在它才知道响应正确",
			why = { "It does not know that: the S-CSCF compares the response, later.", zh = "它并不知道：比较响应的是 S-CSCF，而且在其后。" } },
	},
	rule = "cx-forward",
}

task {
	draw = "method=REGISTER to=1s",
	points = 3,
}

task {
	choice = {
		{ "the nonce, since only the SIM may know it", zh = "nonce，因为只有 SIM 可以知道它",
			why = { "The SIM needs it: RAND and AUTN are what it answers.", zh = "SIM 需要它：它应答的正是 RAND 和 AUTN。" } },
		{ "the algorithm, since phones know but one", zh = "算法，因为话机只知道一种",
			why = { "It stays: by it the phone knows that its SIM is asked.", zh = "算法保留：话机由此知道要问 SIM。" } },
		{ "ck and ik, keys that are for itself alone", zh = "ck、ik，它的密钥", right = true },
		{ "the Path, which the phone does not need", zh = "Path，话机用不着它",
			why = { "A 401 has none; it stands in REGISTER and in its 200.", zh = "401 中没有 Path；它在 REGISTER 及其 200 中。" } },
	},
	rule = "aka-challenge",
}

task {
	text = "DIAMETER_SUBSEQUENT_REGISTRATION",
	wrong = {
		{ "DIAMETER_FIRST_REGISTRATION", why = { "That was the first answer: nobody had her yet.", zh = "那是第一次应答：当时还没有 S-CSCF 服务她。" } },
		{ "DIAMETER_SUCCESS", why = { "That is the result of other questions here.", zh = "那是此处其他请求的结果。" } },
	},
	why = { "`rung show … kind=lookup node=icscf` has the answers by their names.", zh = "`rung show … kind=lookup node=icscf` 列出各次应答的名称。" },
}

task {
	goal = {
		{ "the I-CSCF refuses Alice with 403", zh = "I-CSCF 以 403 拒绝 Alice",
			function(t)
				local r = t:first "kind=send status=403 src=icscf"
				return r ~= nil, r
			end,
			why = { "`networks` lists those that may be visited; the P-CSCF's is visited.example.", zh = "`networks` 列出可访问的网络；P-CSCF 所在的是 visited.example。" } },
		{ "since the HSS does not let her roam", zh = "因为 HSS 不允许她漫游",
			function(t)
				local r = t:first "kind=lookup node=icscf"
				return r ~= nil and r.status == "DIAMETER_ERROR_ROAMING_NOT_ALLOWED", r
			end },
	},
	points = 2,
}
