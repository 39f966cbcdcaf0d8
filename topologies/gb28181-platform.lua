-- A platform: it registers who asks, wants the catalogue of who is new, and turns
-- the first camera when it has heard of all.
local cameras = {}

local function say(device, body)
	send { method = "MESSAGE", uri = "sip:" .. device .. "@192.0.2.70", from = "<sip:33010600002000000001@3301060000>",
		to = "<sip:" .. device .. "@3301060000>", type = "Application/MANSCDP+xml", body = gb28181.write(body) }
end

function on_request(m)
	if m.method == "REGISTER" then
		cameras = {}
		reply(m, 200, { headers = { Expires = m:get "Expires" } })
		return say(m:address("From").user, { root = "Query", CmdType = "Catalog", SN = 17,
			DeviceID = m:address("From").user })
	end
	local body, why = gb28181.read(m.body)
	if not body then return reply(m, 400, { reason = why }) end
	reply(m, 200)
	for _, fault in ipairs(body.faults) do print(fault.what .. " " .. (fault.field or fault.where)) end
	if body.root ~= "Response" or body.CmdType ~= "Catalog" or body.SN ~= 17 then return end
	for _, item in ipairs(body.DeviceList or {}) do cameras[#cameras + 1] = item end
	if #cameras == body.SumNum then
		print("+ Item " .. #cameras .. ": " .. cameras[1].Name)
		say(body.DeviceID, { root = "Control", CmdType = "DeviceControl", SN = 18, DeviceID = cameras[1].DeviceID,
			PTZCmd = gb28181.ptz { right = 64, out = 7 } })
	end
end
