-- The tasks of handout-tls; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "bob.answer=1000ms..4000ms:500ms", "seed=1..999:1" }

local function is(t, name, role)
	local node = name and t:node(name)
	return node ~= nil and node.role:find(role, 1, true) ~= nil
end

-- What a proxy has sent on by TLS of what came to it by TLS, for which FN says so.
local function sent_on(t, fn)
	return t:first("kind=send proto=sip", function(s)
		local came = s.fwd and s.transport == "tls" and is(t, s.src, "proxy") and t:get(s.fwd)
		return came and came.of and came.of.transport == "tls" and fn(came.of, s)
	end)
end

-- 1: sips seals from phone to phone
task {
	run = {
		{ "a phone sends an INVITE for a sips URI by TLS, to a proxy", zh = "话机通过 TLS 向代理服务器发送指向 sips URI 的 INVITE",
			function(t)
				return t:first("kind=send method=INVITE", function(r)
					return r.transport == "tls" and r.text:find("INVITE sips:", 1, true) == 1 and is(t, r.dst, "proxy")
				end)
			end, rule = "sips-kept" },
		{ "the proxy has decrypted it: what it forwards over another TLS connection has its own Via, and a hop less",
			zh = "代理服务器打开了它：在另一条 TLS 连接上继续前进的消息带有代理服务器自己的 Via，跳数少了一",
			function(t)
				local s = sent_on(t, function(came, s)
					return s.method == "INVITE" and s.text:find("INVITE sips:", 1, true) == 1 and s:header "Via" ~= came:header "Via" and
						tonumber(s:header "Max-Forwards") == tonumber(came:header "Max-Forwards") - 1
				end)
				return s ~= nil, s
			end, rule = "proxy-forward" },
	},
	key = "sips-end-to-end",
	rule = "sips-kept",
	why = { "The run needs a call by a sips URI through a proxy: where does each TLS connection end?",
		zh = "这次运行里要有一个经过代理服务器、按 sips URI 的呼叫：每条 TLS 连接在哪里结束？" },
	hint = { "`-m method=INVITE kind=send`, hop by hop: which node could add another Via to an encrypted message? RFC 5630 4.",
		zh = "逐跳看 `-m method=INVITE kind=send`：谁能在封好的内容里再写一个 Via？RFC 5630 4。" },
}

-- 2: keys in SDP are safe since SIP goes by TLS
task {
	run = {
		{ "a key for media goes by TLS to a proxy, which forwards it: the proxy had it in plain text",
			zh = "媒体的密钥通过 TLS 到达代理服务器，由它转发：它看到的是明文",
			function(t)
				local s = sent_on(t, function(came, s)
					local key = (came.body or ""):match "inline:(%S+)"
					return key and (s.body or ""):find(key, 1, true)
				end)
				return s ~= nil, s
			end, rule = "tls-handshake" },
		{ "the voice is encrypted with this key", zh = "语音正是用这个密钥加密的",
			function(t)
				for _, m in ipairs(t:all "kind=media op=agree") do
					local key = m.seals and sent_on(t, function(_, s) return (s.body or ""):find(m.seals, 1, true) ~= nil end)
					if key then return true, m end
				end
				return false
			end, rule = "secret-agree" },
	},
	key = "srtp-listener",
	rule = "secret-agree",
	why = { "The run needs encrypted media, and signalling by TLS through a proxy: at which nodes can the key be read?",
		zh = "这次运行里要有加密的媒体，以及经代理服务器的 TLS 信令：密钥在哪些节点可以读到？" },
	hint = { "Compare `a=crypto` in what a proxy sends, `-m kind=send src=proxy1`, with `seals` of `kind=media op=agree`; RFC 4568 says what it requires of the signalling.",
		zh = "代理服务器发送的内容（`-m kind=send src=proxy1`）中的 `a=crypto`，与 `kind=media op=agree` 的 `seals` 对照；RFC 4568 说明了它对信令的要求。" },
}

-- 3: a longer buffer is better
task {
	run = {
		{ "of two phones that receive the same codec, and lose no packet to lateness, one has a longer buffer than the other",
			zh = "两部话机听同一编解码器，都没有因迟到而丢弃，其中一部等得更久",
			function(t)
				local heard = t:all("kind=media op=heard", function(m) return m.mos and m.late == 0 and m.lost <= 0 end)
				for _, a in ipairs(heard) do
					for _, b in ipairs(heard) do
						if a.codec == b.codec and a.scale == b.scale and a.buffer < b.buffer then return true, b end
					end
				end
				return false
			end, rule = "media-quality" },
		{ "and the quality of what it hears is lower", zh = "而它听到的质量反而更差",
			function(t)
				local heard = t:all("kind=media op=heard", function(m) return m.mos and m.late == 0 and m.lost <= 0 end)
				for _, a in ipairs(heard) do
					for _, b in ipairs(heard) do
						if a.codec == b.codec and a.scale == b.scale and b.buffer - a.buffer >= 20e6 and
						    a.mos - b.mos >= 100 then
							return true, b
						end
					end
				end
				return false
			end, rule = "media-quality" },
	},
	key = "jitter-buffer",
	rule = "media-quality",
	points = 2,
	why = { "The run needs phones with buffers of different lengths: compare the MOS of those at which no packet was late.",
		zh = "这次运行里要有缓冲长短不同的话机：比较没有任何东西迟到的那些话机的 MOS。" },
	hint = { "In the labs of \"Media: what is heard\" compare `buffer`, `late` and `mos` of `kind=media op=heard`, or see the pane `Media`; what else than loss does the E-model G.107 count?",
		zh = "在“媒体：听到什么”的各实验中比较 `kind=media op=heard` 的 `buffer`、`late` 和 `mos`，或看 `Media` 面板；除了丢失，E 模型 G.107 还计算什么？" },
}

-- 4: inactive is hold
task {
	run = {
		{ "a call is held by an offer that says sendonly, and answered recvonly", zh = "呼叫以 sendonly 的提议保持，应答为 recvonly",
			function(t)
				return t:first("kind=send status=200", function(ok)
					return (ok.body or ""):find("a=recvonly", 1, true) and
						t:first("kind=send", function(r)
							return r.method and r.call_id == ok.call_id and r.cseq == ok.cseq and
								(r.body or ""):find("a=sendonly", 1, true)
						end) ~= nil
				end)
			end, rule = "hold-send" },
		{ "the holding phone still sends music, and it is heard", zh = "保持方继续发送音乐，并且被听到",
			function(t)
				for _, m in ipairs(t:all "kind=media op=agree") do
					local music = m.direction == "sendonly" and t:first("kind=media op=say", function(s)
						return s.call == m.call and s.sound == "music"
					end)
					local report = music and t:first("kind=media op=report", function(r) return r.call == m.call and r.seq > music.seq end)
					if report then return true, music end
				end
				return false
			end, rule = "media-flow" },
	},
	key = "hold-dialects",
	rule = "hold-send",
	why = { "The run needs a phone with media that holds a call: which direction does it offer, and what does it still send?",
		zh = "这次运行里要有一部带媒体、保持呼叫的话机：它提议哪个方向，还在发送什么？" },
	hint = { "A lab under \"Media: what is heard\" has phones that hold in several ways: `kind=media op=agree` has the `direction`, `op=say` what is sent then; RFC 3264 8.4.",
		zh = "“媒体：听到什么”中有一个实验，各话机以不同方式保持：`kind=media op=agree` 有 `direction`，`op=say` 有此后发送的内容；RFC 3264 8.4。" },
}

-- 5: a certificate by a known authority is enough
task {
	run = {
		{ "a certificate is rejected only because of its name", zh = "证书仅仅因为名字而被拒绝",
			function(t)
				return t:first("kind=auth op=verify", function(r) return r.reason == "wrong-name" end)
			end, rule = "tls-server" },
		{ "though the same authority has issued one that is accepted", zh = "尽管同一机构颁发的另一证书被接受",
			function(t)
				local bad = t:first("kind=auth op=verify", function(r) return r.reason == "wrong-name" end)
				return bad and t:first("kind=auth op=verify", function(r)
					return r.reason == "good" and r.issuer == bad.issuer
				end)
			end, rule = "tls-server" },
	},
	key = "bad-certificates",
	rule = "tls-server",
	why = { "The run needs a server with a valid certificate for another name: what does the client compare?",
		zh = "这次运行里要有一台服务器，它出示的是别人的有效证书：客户端比较什么？" },
	hint = { "`kind=auth op=verify`: `issuer`, `names` and `realm` of each, RFC 5922 7.",
		zh = "`kind=auth op=verify`：各自的 `issuer`、`names` 和 `realm`，RFC 5922 7。" },
}
