-- An H.323 terminal: four calls to the gateway, the first by fast start.
local media = "192.0.2.7:5004"
local calls = 0

local function tell(name, ref, fields)
	send { protocol = "h323", to = "gw", body = name .. " callReference=" .. ref .. (fields or "") }
end

local function setup(who, fast)
	calls = calls + 1
	tell("Setup", calls, " destinationAddress=" .. who .. (fast and " fastStart=g711Ulaw64k/" .. media or ""))
end

function on_start()
	after("1s", function() setup("alice", true) end)
	after("6s", function() tell("ReleaseComplete", 1, " reason=normalDropping") end)
	after("10s", function() setup("alice", false) end)
	after("20s", function() setup("bob", true) end)
	after("25s", function() setup("zoe", true) end)
end

function on_message(m)
	local name, ref = m.body:match "^(%S+) callReference=(%d+)"
	if name == "Connect" and not m.body:match "fastStart=" then
		tell("TerminalCapabilitySet", ref, " sequenceNumber=1 capabilityTable=g711Ulaw64k")
	elseif name == "TerminalCapabilitySet" then
		tell("TerminalCapabilitySetAck", ref, " sequenceNumber=1")
		tell("OpenLogicalChannel", ref, " forwardLogicalChannelNumber=1 dataType=g711Ulaw64k")
	elseif name == "MasterSlaveDetermination" then
		tell("MasterSlaveDeterminationAck", ref, " decision=slave")
	elseif name == "OpenLogicalChannel" then
		tell("OpenLogicalChannelAck", ref, " forwardLogicalChannelNumber=1 mediaChannel=" .. media)
	elseif name == "OpenLogicalChannelAck" then
		after("3s", function()
			tell("EndSessionCommand", ref)
			tell("ReleaseComplete", ref, " reason=normalDropping")
		end)
	end
end
