-- A BGCF (TS 23.228 4.6.4): which gateway leads to a telephone number.  It keeps
-- nothing and does not stay in the way.
settings "mgcf=text!"

function on_request(m)
	local number = m.uri:match "^tel:(%+%d+)"
	if number then return ("<sip:%s;lr>, tel:%s"):format(settings.mgcf, number) end
	return reject(404, "No Gateway")
end
