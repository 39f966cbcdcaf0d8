-- The tasks of ims-registration; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "alice--pcscf.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	text = "alice_private@home.example",
	rule = "cx-ask",
	wrong = {
		{ { "alice@home.example", "sip:alice@home.example" }, why = { "By that others call her: a public identity. Look into Authorization.", zh = "那是呼叫她用的公有标识。请看 Authorization。" } },
		{ "tel:+15550001", why = { "That is another public identity of hers; no REGISTER has it.", zh = "那是她的另一个公有标识；REGISTER 中没有它。" } },
	},
	why = { "Authorization has a username, an empty nonce and an empty response.", zh = "Authorization 中有 username，nonce 和 response 都为空。" },
	records = function(t) return t:first "kind=send method=REGISTER src=alice" end,
	hint = { "TS 24.229 requires it in the Authorization of `REGISTER@alice`, though its nonce is empty; compare with User-Name in `proto=diameter`.",
		zh = "TS 24.229 要求它写在 `REGISTER@alice` 的 Authorization 中，虽然 nonce 为空；与 `proto=diameter` 中的 User-Name 比较。" },
	others = {
		{ text = "visited.example",
			rule = "cx-ask",
			wrong = {
				{ "home.example", why = { "That is her own network.", zh = "那是她自己的网络。" } },
				{ { "192.0.2.10", "192.0.2.10:5060" }, why = { "That is the P-CSCF itself, in Path and Via.", zh = "那是 P-CSCF 自身，在 Path 和 Via 中。" } },
			},
			records = function(t) return t:first "kind=send method=REGISTER src=pcscf" end,
			ask = { "By which name does the P-CSCF tell the home network where Alice is?\n\n    rung show ims-registration -m method=REGISTER src=pcscf",
				zh = "P-CSCF 用哪个名称告诉归属网络 Alice 在哪里？\n\n    rung show ims-registration -m method=REGISTER src=pcscf" },
			why = { "The P-CSCF has added a field with the name of its network.",
				zh = "P-CSCF 增加了一个带有自己网络名称的字段。" },
			hint = { "Compare `REGISTER@pcscf` with `REGISTER@alice`: RFC 7315 4.3 describes one of the fields that were added. The Diameter request (RFC 6733 6.1) has it as well.",
				zh = "比较 `REGISTER@pcscf` 与 `REGISTER@alice`：RFC 7315 4.3 描述了增加的字段之一，按 RFC 6733 6.1 询问时也带上它。" } },
		{ text = { "Path", "Path:" },
			rule = "register-path",
			wrong = {
				{ { "Record-Route", "Service-Route" }, why = { "A REGISTER makes no call; the path back is recorded in another field.", zh = "REGISTER 不建立呼叫；回来的路记在另一个字段中。" } },
				{ "Via", why = { "The response uses that to return, and then it is no longer needed.", zh = "响应按它返回，之后就忘了。" } },
			},
			records = function(t) return t:first "kind=send method=REGISTER src=pcscf" end,
			ask = { "In which header field of the REGISTER does the P-CSCF say that calls for Alice must go through it?\n\n    rung show ims-registration -m method=REGISTER src=pcscf",
				zh = "P-CSCF 在 REGISTER 的哪个头字段中说明，给 Alice 的呼叫必须经过它？\n\n    rung show ims-registration -m method=REGISTER src=pcscf" },
			why = { "It has the address of the P-CSCF with `lr`.",
				zh = "其中有 P-CSCF 的地址，带 `lr`。" },
			hint = { "RFC 3327 4 has the field; `REGISTER@pcscf` has it above From.",
				zh = "这个字段见 RFC 3327 4；它在 `REGISTER@pcscf` 的 From 之前。" } },
	},
}

task {
	choice = {
		{ "since the HSS may have lost its first answer", zh = "因为 HSS 的第一次应答可能已丢失",
			why = { "That answer has arrived: the first REGISTER was forwarded because of it.", zh = "那个应答已到：第一个 REGISTER 就是据此转发的。" } },
		{ "since it forgets the first REGISTER at once", zh = "因为它随即忘记了第一个 REGISTER", right = true },
		{ "since the P-CSCF has sent it to another I-CSCF", zh = "因为 P-CSCF 把它发给了另一个 I-CSCF",
			why = { "There is only one here.", zh = "这里只有一个。" } },
		{ "It does not know that: the S-CSCF checks the response, later.", zh = "因为现在它才知道响应正确",
			why = { "It does not know that: the S-CSCF compares the response, later.", zh = "它并不知道：比较响应的是 S-CSCF，而且在其后。" } },
	},
	rule = "cx-forward",
	ahead = function(t) return t:first "kind=lookup node=icscf" end,
}

task {
	draw = "method=REGISTER to=1s",
	points = 3,
	hint = { "`method=REGISTER src=alice to=1s` shows those of her phone. The Vias of `-m method=REGISTER dst=scscf to=1s` show the path of each; docs/IMS.md says which other node wants to know about her registration.",
		zh = "`method=REGISTER src=alice to=1s` 是她的话机的一方。每个怎样继续，看 `-m method=REGISTER dst=scscf to=1s` 的 Via；还有谁要知道她已注册，见 docs/IMS.md。" },
	others = {
		{ draw = "cseq=REGISTER status=200,401 kind=send to=1s",
			rule = "aka-challenge",
			ask = { "Draw all responses to REGISTERs in the first second, one line for each hop, `scscf -> icscf 401`.\n\n    rung show ims-registration cseq=REGISTER status=200,401 to=1s",
				zh = "画出第一秒内对 REGISTER 的所有响应，每一跳一行，如 `scscf -> icscf 401`。\n\n    rung show ims-registration cseq=REGISTER status=200,401 to=1s" },
			hint = { "Take `method=REGISTER kind=send to=1s`: each is answered, hop by hop in the reverse direction; RFC 3310 3 says what the first one gets.",
				zh = "先看 `method=REGISTER kind=send to=1s`：每个都得到响应，逐跳逆序返回；第一个得到什么，见 RFC 3310 3。" } },
		{ draw = "method=SUBSCRIBE,NOTIFY kind=send to=2s",
			rule = "subscribe-accept",
			ask = { "Draw all SUBSCRIBEs and NOTIFYs of the first two seconds, one line for each hop, `pcscf -> icscf SUBSCRIBE`. Why does one of them go through the I-CSCF, and the other not?\n\n    rung show ims-registration method=SUBSCRIBE,NOTIFY to=2s",
				zh = "画出前两秒内的所有 SUBSCRIBE 和 NOTIFY，每一跳一行，如 `pcscf -> icscf SUBSCRIBE`。为什么其中一个经过 I-CSCF，另一个不经过？\n\n    rung show ims-registration method=SUBSCRIBE,NOTIFY to=2s" },
			hint = { "Two nodes subscribe, RFC 3680 and RFC 6665 4.2.1.2: `SUBSCRIBE@pcscf` and `SUBSCRIBE@alice`. What is in the Route of each, and what does each get for it?",
				zh = "有两方订阅，RFC 3680 和 RFC 6665 4.2.1.2：`SUBSCRIBE@pcscf` 和 `SUBSCRIBE@alice`。各自的 Route 中写的是什么，各自得到什么？" } },
	},
}

task {
	choice = {
		{ "the nonce, since only the SIM may know it", zh = "nonce，因为只有 SIM 可以知道它",
			why = { "The SIM needs it: it answers RAND and AUTN.", zh = "SIM 需要它：它应答的正是 RAND 和 AUTN。" } },
		{ "the algorithm, since phones know only one", zh = "算法，因为话机只知道一种",
			why = { "It stays: from it the phone knows that it must ask its SIM.", zh = "算法保留：话机由此知道要问 SIM。" } },
		{ "ck and ik, keys that are only for itself", zh = "ck、ik，它的密钥", right = true },
		{ "the Path, which the phone does not need", zh = "Path，话机用不着它",
			why = { "A 401 has none; it is in REGISTER and in its 200.", zh = "401 中没有 Path；它在 REGISTER 及其 200 中。" } },
	},
	rule = "aka-challenge",
}

task {
	text = "DIAMETER_SUBSEQUENT_REGISTRATION",
	wrong = {
		{ "DIAMETER_FIRST_REGISTRATION", why = { "That was the first answer: no S-CSCF was assigned yet.", zh = "那是第一次应答：当时还没有 S-CSCF 服务她。" } },
		{ "DIAMETER_SUCCESS", why = { "That is the result of other requests here.", zh = "那是此处其他请求的结果。" } },
	},
	why = { "`rung show … kind=lookup node=icscf` shows the answers by name.", zh = "`rung show … kind=lookup node=icscf` 列出各次应答的名称。" },
	hint = { "Among `kind=lookup node=icscf` it is the second UAA; RFC 6733 7.1 defines Result-Code, TS 29.229 the other result.",
		zh = "在 `kind=lookup node=icscf` 中是第二个 UAA；Result-Code 见 RFC 6733 7.1，另一个见 TS 29.229。" },
	others = {
		{ text = "DIAMETER_FIRST_REGISTRATION",
			wrong = {
				{ "DIAMETER_SUBSEQUENT_REGISTRATION", why = { "That is the answer to the second request: then an S-CSCF is assigned.", zh = "那是对第二次询问的应答：那时已有 S-CSCF 服务她。" } },
				{ "DIAMETER_SUCCESS", why = { "That is the result of other requests here.", zh = "那是此处其他请求的结果。" } },
			},
			ask = { "By which result does the HSS say, in the answer to the first UAR, that no S-CSCF is assigned to Alice yet? Write its whole name.\n\n    rung show ims-registration kind=lookup node=icscf",
				zh = "HSS 应答第一个 UAR 时，用哪个结果说明还没有 S-CSCF 服务 Alice？请写全名。\n\n    rung show ims-registration kind=lookup node=icscf" },
			why = { "`rung show … kind=lookup node=icscf` shows the answers by name.",
				zh = "`rung show … kind=lookup node=icscf` 列出各次应答的名称。" },
			hint = { "Of the four lines of `kind=lookup node=icscf` two are answers to a UAR; after the first of these it forwards `REGISTER@pcscf`: could an S-CSCF have been assigned by then?",
				zh = "`kind=lookup node=icscf` 的四行中有两行是对 UAR 的应答，第一次由 `REGISTER@pcscf` 引起：到那时谁可能已有 Alice？" } },
		{ number = function(t) return t:count "kind=send dst=hss to=1s" end,
			unit = { "questions", zh = "个询问" },
			rule = "cx-ask",
			wrong = {
				{ 4, why = { "That many are for the registration; the subscription needs one as well.", zh = "注册用了这么多；订阅也要一个。" } },
				{ 10, why = { "That includes the answers.", zh = "那把应答也算进去了。" } },
			},
			records = function(t) return t:all "kind=send dst=hss to=1s" end,
			ask = { "How many requests does the HSS get by Diameter in the first second?\n\n    rung show ims-registration proto=diameter kind=send to=1s",
				zh = "第一秒内 HSS 被 Diameter 询问几次？\n\n    rung show ims-registration proto=diameter kind=send to=1s" },
			why = { "Every arrow that ends at the HSS counts, from any sender.",
				zh = "到达 HSS 的每个箭头都算，不论由谁发送。" },
			hint = { "`src=icscf dst=hss kind=send to=1s`, and then `src=scscf dst=hss kind=send to=1s`: what comes back to the two is no request.",
				zh = "先看 `src=icscf dst=hss kind=send to=1s`，再看 `src=scscf dst=hss kind=send to=1s`：回给这两者的不是询问。" } },
	},
}

task {
	goal = {
		{ "the I-CSCF rejects Alice with 403", zh = "I-CSCF 以 403 拒绝 Alice",
			function(t)
				local r = t:first "kind=send status=403 src=icscf"
				return r ~= nil, r
			end,
			why = { "`networks` lists those that may be visited; the P-CSCF's is visited.example.", zh = "`networks` 列出可访问的网络；P-CSCF 所在的是 visited.example。" } },
		{ "since the HSS does not allow her to roam", zh = "因为 HSS 不允许她漫游",
			function(t)
				local r = t:first "kind=lookup node=icscf"
				return r ~= nil and r.status == "DIAMETER_ERROR_ROAMING_NOT_ALLOWED", r
			end },
	},
	points = 2,
}
