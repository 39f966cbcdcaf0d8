-- A recorder with three cameras: it registers, keeps itself alive, says what it
-- has, one camera a message, and turns them.
local me, platform = "33010600001180000002", "33010600002000000001"
local sn = 0

local function say(body)
	send { method = "MESSAGE", uri = "sip:" .. platform .. "@192.0.2.10", from = "<sip:" .. me .. "@3301060000>",
		to = "<sip:" .. platform .. "@3301060000>", type = "Application/MANSCDP+xml", body = gb28181.write(body) }
end

local function keep_alive()
	sn = sn + 1
	say { root = "Notify", CmdType = "Keepalive", SN = sn, DeviceID = me, Status = "OK" }
	after("60s", keep_alive)
end

function on_start()
	send { method = "REGISTER", uri = "sip:" .. platform .. "@192.0.2.10", from = "<sip:" .. me .. "@3301060000>",
		to = "<sip:" .. me .. "@3301060000>", headers = { Expires = 3600 } }
end

function on_reply(m, answer)
	if m.method == "REGISTER" and answer.status == 200 then keep_alive() end
end

local function catalogue(query)
	for i = 1, 3 do
		after(i .. "00ms", function()
			say { root = "Response", CmdType = "Catalog", SN = query.SN, DeviceID = me, SumNum = 3,
				DeviceList = { { DeviceID = "3301060000131000000" .. i, Name = "东门 " .. i,
					Manufacturer = "Acme", Model = "K1", CivilCode = "330106", Address = "East", Parental = 0,
					ParentID = me, RegisterWay = 1, Secrecy = 0, Status = "ON" } } }
		end)
	end
end

function on_request(m)
	local body, why = gb28181.read(m.body)
	if not body then return reply(m, 400, { reason = why }) end
	reply(m, 200)
	if body.CmdType == "Catalog" then catalogue(body) end
	if body.PTZCmd then
		for what, speed in pairs(gb28181.ptz(body.PTZCmd)) do print("+ PTZCmd " .. what .. " " .. speed) end
	end
end
