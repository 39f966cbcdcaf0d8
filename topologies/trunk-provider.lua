-- Both servers of the provider: whose trunk a call comes from, whose it goes to.
-- Where a registered trunk is the registrar knows; a static one has a name.
local trunks = {
	["203.0.113.10"] = { prefix = "+8621555001", account = "+862155500100" },
	["198.51.100.20"] = { prefix = "+8629888002", domain = "b.example" },
}
local registrar = "trunks.sp.example"
local emergency = { ["110"] = true, ["119"] = true, ["120"] = true }

local function trunk_to(number)
	for _, t in pairs(trunks) do
		if number:sub(1, #t.prefix) == t.prefix then return t end
	end
end

function on_request(m)
	if m.method ~= "INVITE" then return end
	local number = uri(m.uri).user
	local from = trunks[m.source:match "^[%d.]+"]
	if not from then return reject(403, "No Trunk From There") end
	if emergency[number] then return "sip:psap@192.0.2.110" end
	if not number:match "^%+%d+$" then return reject(484, "E.164, Please") end
	local to = trunk_to(number)
	if not to then return reject(404) end
	if to.account then
		m:set("P-Called-Party-ID", "<sip:" .. number .. "@sp.example>")
		return "sip:" .. to.account .. "@" .. registrar
	end
	return "sip:" .. number .. "@" .. to.domain .. ";user=phone"
end
