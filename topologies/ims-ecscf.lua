-- An E-CSCF (TS 23.167 6.2.2): where help is.  Who has called from which cell is
-- answered there; where that place is not reached in time its telephone is called.
settings "centre=text! telephone=text mgcf=text"

function on_request(m)
	if not m.uri:find "^urn:service:sos" then return reject(404, "Not an Emergency") end
	return within("4s", ("<sip:%s;lr>, %s"):format(settings.centre, m.uri))
end

function on_failure(m, status)
	if settings.telephone and (status == 408 or status == 480 or status >= 500) then
		return ("<sip:%s;lr>, tel:%s"):format(settings.mgcf, settings.telephone)
	end
end
