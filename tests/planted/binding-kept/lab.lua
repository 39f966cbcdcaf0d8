-- The registrar keeps each binding for ever, whatever it has granted (RFC 3261
-- 10.3, 10.2.4: it is gone when its time is over, unless it is refreshed).
lab { title = "A binding that never expires", topology = "network.gv", duration = "5min" }

local planted = true
local bob = node "bob"

if planted then
	fault { method = "REGISTER", dst = "reg", rewrite = function(text)
		return (text:gsub("(\r\nExpires: )60\r", "%1604800\r"):gsub("expires=60\r", "expires=604800\r"))
	end }
	fault { cseq = "REGISTER", status = 200, src = "reg", rewrite = function(text)
		return (text:gsub("(\r\nExpires: )604800", "%160"):gsub("expires=604800", "expires=60"))
	end }
end

script(function()
	sleep "1s"
	bob:register()
	sleep "20s"
	if bob.registers then return end
	bob:unregister()
end)
