-- The registrar grants a minute; a 200 that it sends again, out of its cache,
-- says an hour (RFC 3261 17.2.2: the same response; 10.3: what it has granted).
lab { title = "A repetition that grants an hour", topology = "network.gv", duration = "5min" }

local planted = true
local bob = node "bob"
local sent = {}

fault { cseq = "REGISTER", status = 200, src = "reg", rewrite = function(text)
	local branch = text:match "branch=([^;\r]*)"
	local again = sent[branch]
	sent[branch] = true
	if not planted or not again then return text end
	return (text:gsub("(\r\nExpires: )60\r", "%13600\r"):gsub("expires=60\r", "expires=3600\r"))
end }

script(function()
	sleep "1s"
	bob:register()
end)
