-- A PBX in Xi'an (29) whose trunk is static: the provider knows its address, it
-- knows the provider's name.  Extension 201 is +86 29 8880 0201.
local stem, area = "+862988800", "29"
local emergency = { ["110"] = true, ["119"] = true, ["120"] = true }

function on_request(m)
	if m.method ~= "INVITE" then return end
	local n = (uri(m.uri).user or m.uri:match "^tel:([^;]*)" or ""):gsub("[%-%.%(%) ]", "")
	if n:match "^%+" and not m.uri:match "^tel:" then return end -- whose it is the location service knows
	if n:sub(1, #stem) == stem then return "sip:" .. n .. "@b.example" end
	if n:match "^[2-9]%d%d$" then return "sip:" .. stem .. n .. "@b.example" end
	if n:match "^00" then n = "+" .. n:sub(3)
	elseif n:match "^0" then n = "+86" .. n:sub(2)
	elseif #n == 8 then n = "+86" .. area .. n end
	if emergency[n] then m:set("Priority", "emergency") end
	m:set("P-Asserted-Identity", "<" .. m:address("From").uri .. ">")
	return "sip:" .. n .. "@sp.example;user=phone"
end
