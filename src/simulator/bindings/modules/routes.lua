-- routes= of a proxy: where a number or a service goes, by how it begins (docs/roles/proxy.md).
local own = ...

-- WHERE, a node or NUMBER@NODE, as the target of URI, whose number is OLD.
local function target(uri, old, where)
	local new, node = where:match "^(.*)@(.*)$"
	local at = own.address(node or where)
	local scheme = uri:match "^sips?:"
	if scheme then return scheme .. (new or old) .. "@" .. at end
	return ("<sip:%s;lr>, %s"):format(at, new and "tel:" .. new or uri)
end

return function(m)
	local way, number, which = own.way(m.uri)
	own.blame(which)
	local targets = {}
	for where in way:gmatch "[^,]+" do
		if tonumber(where) then return reject(tonumber(where)) end
		targets[#targets + 1] = target(m.uri, number, where)
	end
	local said = targets[2] and in_turn(targets) or targets[1]
	return said and settings.within and within(settings.within, said) or said
end
