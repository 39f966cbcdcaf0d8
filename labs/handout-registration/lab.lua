-- Two phones register. On the way the first REGISTER of one loses its Via, that of the other its Call-ID and
-- its CSeq.
lab {
	title = "What a tutorial says of registration",
	topology = "registrar.gv",
	duration = "10s",
}

local function without(text, name)
	return (text:gsub("\n" .. name .. ":[^\n]*", ""))
end

fault {
	method = "REGISTER", src = "alice", nth = 1,
	rewrite = function(text) return without(text, "Via") end,
}
fault {
	method = "REGISTER", src = "bob", nth = 1,
	rewrite = function(text) return without(without(text, "Call%-ID"), "CSeq") end,
}

script(function()
	sleep "5s"
end)
