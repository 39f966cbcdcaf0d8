-- The tasks of ims-out-of-step; their texts are in README.md.
lesson { minutes = 30, level = 3 }
vary { "alice--pcscf.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	text = "auts",
	rule = "aka-out-of-step",
	wrong = {
		{ "nonce", why = { "That is copied unchanged: it says which challenge is answered.", zh = "nonce 原样返回：它说明应答的是哪个质询。" } },
		{ { "nc", "cnonce" }, why = { "That belongs to digest authentication, whatever the sequence number.", zh = "那属于摘要认证，与 SIM 的计数无关。" } },
		{ "response", why = { "That was computed without a password: it says nothing about numbers.", zh = "它不用密码计算：没有说明任何序号。" } },
	},
	why = { "Compare Alice's second Authorization with her third.", zh = "比较 Alice 的第二个与第三个 Authorization。" },
	records = function(t) return t:first "kind=auth node=alice" end,
	hint = { "`REGISTER@alice#2` has a parameter that `REGISTER@alice` has not; RFC 3310 3.4.",
		zh = "`REGISTER@alice#2` 有一个 `REGISTER@alice` 没有的参数；RFC 3310 3.4。" },
	others = {
		{ text = "nonce",
			rule = "aka-challenge",
			wrong = {
				{ "auts", why = { "That is her SIM's own number; the challenge is copied in another parameter.", zh = "那是她的 SIM 自己的序号；质询由另一个参数带回。" } },
				{ { "realm", "username", "uri" }, why = { "It is the same whatever the challenge.", zh = "不论什么质询，它都一样。" } },
				{ { "response", "cnonce", "nc" }, why = { "Her phone has made it; it does not come from the network.", zh = "那是她的话机生成的，不是网络发来的。" } },
			},
			records = function(t) return t:all "kind=send method=REGISTER src=alice" end,
			ask = { "RAND and AUTN are one value in the 401, and the response repeats this value. In which parameter of Authorization is it?\n\n    rung show ims-out-of-step -m node=alice from=1s to=1.3s",
				zh = "RAND 和 AUTN 在 401 中合成一个值到来，又随应答返回。它在 Authorization 的哪个参数中？\n\n    rung show ims-out-of-step -m node=alice from=1s to=1.3s" },
			why = { "It is empty in her first REGISTER.",
				zh = "它在她的第一个 REGISTER 中是空的。" },
			hint = { "Which value is the same in `401@pcscf` and in `REGISTER@alice#2`, letter by letter? RFC 3310 3.2.",
				zh = "哪个值在 `401@pcscf` 和 `REGISTER@alice#2` 中逐字相同？RFC 3310 3.2。" } },
		{ text = { "alice_private@home.example", "\"alice_private@home.example\"" },
			rule = "cx-ask",
			wrong = {
				{ { "sip:alice@home.example", "alice@home.example" }, why = { "By that others call her: To has it.", zh = "那是呼叫她用的：在 To 中。" } },
				{ "home.example", why = { "That is the realm.", zh = "那是 realm。" } },
			},
			records = function(t) return t:first "kind=send method=REGISTER src=alice" end,
			ask = { "By which username does Alice's phone identify its SIM?\n\n    rung show ims-out-of-step -m method=REGISTER src=alice",
				zh = "Alice 的话机用哪个 username 说明它的 SIM 是谁的？\n\n    rung show ims-out-of-step -m method=REGISTER src=alice" },
			why = { "It is in Authorization, before realm.",
				zh = "它在 Authorization 中，在 realm 之前。" },
			hint = { "The Authorization of `REGISTER@alice`, or User-Name in `proto=diameter`.",
				zh = "看 `REGISTER@alice` 的 Authorization，或 `proto=diameter` 中的 User-Name。" } },
	},
}

task {
	choice = {
		{ "It rejects her: somebody has copied her SIM.", zh = "它拒绝她：有人复制了她的 SIM。",
			why = { "It provides another vector at once.", zh = "它马上又造出一个认证向量。" } },
		{ "It sends the same vector again.", zh = "它再发送一次同一个认证向量。",
			why = { "That one would have the same low number: compare the two nonces.", zh = "那样还是旧的：比较两个 nonce。" } },
		{ "It asks the SIM by SIP for its sequence number.", zh = "它用 SIP 询问 SIM 计到何处。",
			why = { "It does not use SIP; the S-CSCF has passed RAND and AUTS to it.", zh = "它不使用 SIP；S-CSCF 已把 RAND 和 AUTS 交给它。" } },
		{ "It continues counting from the SIM's number.", zh = "它从 SIM 处继续计数。", right = true },
	},
	points = 2,
	rule = "aka-resync",
}

task {
	number = function(t)
		return t:count "kind=send src=pcscf dst=alice status=401"
	end,
	wrong = {
		{ 1, why = { "That is the number for a SIM in step.", zh = "那是步调一致的 SIM 得到的个数。" } },
		{ 3, why = { "A phone stops after the second useless challenge in a row; her second one was good.", zh = "连续第二个无用的质询之后话机就停止；她的第二个是有用的。" } },
	},
	why = { "Count the 401s that reach her phone.", zh = "数一数到达她的话机的 401。" },
	records = function(t) return t:first "kind=send src=pcscf dst=alice status=401" end,
	hint = { "RFC 3310 3.4 says what a SIM with a higher number does; `REGISTER@alice#2` and `REGISTER@alice#3` each answer a challenge.",
		zh = "SIM 计数更大时会怎样，见 RFC 3310 3.4；`REGISTER@alice#2` 和 `REGISTER@alice#3` 各自应答了什么。" },
	ahead = true,
	others = {
		{ number = function(t) return t:count "kind=send src=pcscf dst=bob status=401" end,
			rule = "aka-wrong-mac",
			wrong = {
				{ 0, why = { "He must be challenged before any node can see that the keys differ.", zh = "先要有质询，才看得出密钥不同。" } },
				{ 2, why = { "A second one would be made with the same wrong key.", zh = "第二个质询用的仍是同一个错误的密钥。" } },
			},
			records = function(t) return t:first "kind=send src=pcscf dst=bob status=401" end,
			ask = { "Before you look at the run: how many challenges will Bob's phone get?\n\n    rung show ims-out-of-step status=401 dst=bob",
				zh = "先不看运行：Bob 的话机会得到几个质询？\n\n    rung show ims-out-of-step status=401 dst=bob" },
			why = { "Count the 401s that reach his phone.",
				zh = "数一数到达他的话机的 401。" },
			hint = { "Which node can see that the keys differ, and from what? See how his phone answers a challenge, `-m method=REGISTER src=bob`, and whether RFC 3310 3.4 describes that.",
				zh = "谁能看出密钥不同，从什么看出？看他的话机对质询怎样回答，`-m method=REGISTER src=bob`，以及这是不是 RFC 3310 3.4 的情况。" },
			ahead = true },
		{ number = function(t) return t:count "kind=send dst=hss from=2s" end,
			unit = { "questions", zh = "个询问" },
			rule = "cx-ask",
			wrong = {
				{ 2, why = { "Two for each REGISTER: one from the I-CSCF, one from the S-CSCF.", zh = "每个 REGISTER 两个：I-CSCF 一个，S-CSCF 一个。" } },
				{ 3, why = { "The S-CSCF also tells the HSS the result.", zh = "S-CSCF 还要把结果告诉 HSS。" } },
			},
			records = function(t) return t:all "kind=send dst=hss from=2s" end,
			ask = { "Before you look at the run: how many requests will the HSS get by Diameter for Bob's registration?\n\n    rung show ims-out-of-step dst=hss from=2s kind=send",
				zh = "先不看运行：为 Bob 的注册，HSS 会被 Diameter 询问几次？\n\n    rung show ims-out-of-step dst=hss from=2s kind=send" },
			why = { "Every arrow that ends at the HSS from 2 s on counts.",
				zh = "2 s 之后到达 HSS 的每个箭头都算。" },
			hint = { "For each of `method=REGISTER dst=icscf from=2s kind=send` the I-CSCF asks once; see by `src=scscf dst=hss from=2s kind=send` when the S-CSCF has something to ask or to report.",
				zh = "`method=REGISTER dst=icscf from=2s kind=send` 的每一条使 I-CSCF 询问一次；S-CSCF 何时要询问或告知，看 `src=scscf dst=hss from=2s kind=send`。" },
			ahead = true },
	},
}

task {
	choice = {
		{ "since it does not know how far the network has counted", zh = "因为它不知道网络计到何处",
			why = { "Alice's SIM did not know that either, and sent AUTS.", zh = "Alice 的 SIM 也不知道，却发送了 AUTS。" } },
		{ "since the challenge's sender lacks its key", zh = "因为质询不是出自知道其密钥者", right = true },
		{ "since his phone knows MD5 alone", zh = "因为他的话机只支持 MD5",
			why = { "It has asked its SIM: the `auth` record has the result.", zh = "它问过 SIM：`auth` 记录写着 SIM 的发现。" } },
		{ "since the nonce has come too late", zh = "因为 nonce 来得太迟",
			why = { "It arrived within a tenth of a second.", zh = "它不到十分之一秒就到了。" } },
	},
	points = 2,
	rule = "aka-wrong-mac",
}

task {
	draw = "node=bob proto=sip kind=send",
	rule = "aka-wrong-mac-heard",
	hint = { "`-m method=REGISTER src=bob` shows the messages of his phone: with what does its response answer the challenge, and what can the server conclude (RFC 3310 3.3)?",
		zh = "`-m method=REGISTER src=bob` 是他的话机的一方：它用怎样的 response 回答质询，服务器对此能说什么（RFC 3310 3.3）？" },
	others = {
		{ draw = "status=401 kind=send from=2s",
			rule = "response-place",
			ask = { "Draw the path of the 401 for Bob, one line for each hop, `scscf -> icscf 401`. Which node removes something from it?\n\n    rung show ims-out-of-step -m status=401 from=2s",
				zh = "画出给 Bob 的 401 的路径，每一跳一行，如 `scscf -> icscf 401`。哪一跳从中取出了什么？\n\n    rung show ims-out-of-step -m status=401 from=2s" },
			hint = { "It returns along the Vias of `-m method=REGISTER dst=scscf from=2s to=2.08s`, from the top down, RFC 3261 18.2.2.",
				zh = "它按 `-m method=REGISTER dst=scscf from=2s to=2.08s` 的 Via 自上而下返回，RFC 3261 18.2.2。" } },
		{ draw = "method=REGISTER kind=send to=1.9s src=alice,pcscf,icscf",
			rule = "aka-resync",
			ask = { "Draw all REGISTERs of Alice's registration up to the S-CSCF (leave out the one to the application server), one line for each hop, `alice -> pcscf REGISTER`.\n\n    rung show ims-out-of-step method=REGISTER kind=send to=1.6s",
				zh = "画出 Alice 的注册中直到 S-CSCF 的所有 REGISTER（发往应用服务器的还有一个，不画），每一跳一行，如 `alice -> pcscf REGISTER`。\n\n    rung show ims-out-of-step method=REGISTER kind=send to=1.6s" },
			hint = { "`method=REGISTER src=alice kind=send` shows how often she registers; the Vias of `-m method=REGISTER dst=scscf to=1.08s` show the path of each.",
				zh = "`method=REGISTER src=alice kind=send` 说明她注册几次；每一次经过谁，看 `-m method=REGISTER dst=scscf to=1.08s` 的 Via。" } },
	},
}

task {
	goal = {
		{ "Bob is registered", zh = "Bob 注册成功",
			function(t)
				local r = t:first "kind=send dst=bob status=200 cseq=REGISTER"
				return r ~= nil, r
			end,
			why = { "The topology says which key the server has: leave the key of his SIM as it is.", zh = "拓扑文件写着服务器所知的密钥：不要改动他的 SIM。" } },
		{ "after two challenges", zh = "而且是在两个质询之后",
			function(t)
				return t:count "kind=send src=pcscf dst=bob status=401" == 2
			end,
			why = { "His SIM must have a higher number, and the right key.", zh = "他的 SIM 须计得更远，而密钥正确。" } },
	},
	points = 3,
}
