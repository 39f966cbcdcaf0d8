-- The registrar, a program, writes down the nonce that it gives out at its first
-- start alone: once it was started anew it asks, and takes no answer (RFC 7616
-- 3.3, RFC 3261 22.1).
lab { title = "A registrar that takes no answer", topology = "network.gv", duration = "10min" }

local planted = true

node("reg"):set { settings = planted and "planted=yes" or "" }
