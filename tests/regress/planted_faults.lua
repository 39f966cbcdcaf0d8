
-- Of planted_faults.sh: short ways to say what becomes of a message.
local function rewrite(which, fn)
	which.rewrite = function(text) return (fn(text)) end
	fault(which)
end

local function replace(which, from, to)
	rewrite(which, function(text) return text:gsub(from, to) end)
end

-- TEXT with its body as FN makes it, and the length of that.
local function body(text, fn)
	local head, rest = text:match("^(.-\r\n\r\n)(.*)$")

	rest = fn(rest)
	return (head:gsub("Content%-Length: %d+", "Content-Length: " .. #rest))
		.. rest
end
