-- The caller is a program that expects a 200 only behind a 180: without one it
-- does nothing (RFC 3261 13.2.2.4: an ACK for each 2xx).
lab { title = "A caller that waits for ringing", topology = "network.gv", duration = "120s" }

local planted = true

node("alice"):set { settings = planted and "planted=yes" or "" }
