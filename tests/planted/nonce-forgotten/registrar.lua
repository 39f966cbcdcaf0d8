-- One user, one password.  How often it was started outlasts a crash.
store.starts = (store.starts or 0) + 1
local nonce = "nonce-" .. store.starts
local taken = nonce
if settings.planted and store.starts > 1 then taken = nil end

-- What the credentials of M are: "right", "stale" (the password is, the nonce is
-- not), nil.
local function judge(m)
	local value = m:get "Authorization"
	local said = value and digest.read(value)
	if not said or said.response ~= digest.response(value, m.method, "secret") then
		return nil
	end
	return taken and said.nonce == taken and "right" or "stale"
end

function on_request(m)
	if m.method ~= "REGISTER" then return reply(m, 501) end
	local is = judge(m)
	if is == "right" then
		return reply(m, 200, { headers = { Contact = m:get "Contact", Expires = "60" } })
	end
	reply(m, 401, { headers = { ["WWW-Authenticate"] = 'Digest realm="a.example", nonce="' ..
		nonce .. '"' .. (is and ", stale=true" or "") .. ', algorithm=MD5, qop="auth"' } })
end
