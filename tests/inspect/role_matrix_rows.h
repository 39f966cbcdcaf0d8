/*
 * What RFC 3261 and its extensions ask of whom:
 *
 *	X(RFC, section, what it is about, levels)
 *
 * A row stands for its section and those within it that have no row; "" is all
 * of an RFC.  Levels are a letter for each enum role_class (terminal, proxy,
 * registrar, redirect, b2bua, gateway): R, who has this role has to; o, it may,
 * and does as is written there where it does; -, not for it.  A registrar is a
 * server alone; what a proxy's own requests and a box's two sides owe is that
 * of their user agents.
 */
#ifndef ROLE_MATRIX_ROWS_H
#define ROLE_MATRIX_ROWS_H

/* clang-format off */
#define ROLE_MATRIX(X) \
X(3261, "6", "two user agents back to back", "----R-") \
X(3261, "7", "messages: first line, fields, body", "RRRRRR") \
X(3261, "8.1.1", "fields that messages have", "RRRRRR") \
X(3261, "8.1.2", "where a request goes", "RRo-RR") \
X(3261, "8.1.3", "what comes back: time-outs, redirections, refusals", "Roo-RR") \
X(3261, "8.2.1", "is the method known?", "R-RRRR") \
X(3261, "8.2.2", "for whom is it, was it there before, does it ask for more?", "R-RRRR") \
X(3261, "8.2.3", "can its body be read?", "R-R-RR") \
X(3261, "8.2.4", "extensions in answers", "R-R-RR") \
X(3261, "8.2.6", "answers: fields and tags", "RRRRRR") \
X(3261, "8.2.7", "a server without state", "oooo--") \
X(3261, "8.2", "in which order a server looks", "RRRRRR") \
X(3261, "8.3", "redirecting", "oooRo-") \
X(3261, "9.1", "CANCEL, sent", "oR--RR") \
X(3261, "9.2", "CANCEL, answered", "RR-RRR") \
X(3261, "10.1", "who keeps bindings, who asks for them", "-oRo--") \
X(3261, "10.2", "REGISTER, sent; a proxy forwards it", "Ro--oo") \
X(3261, "10.2.2", "bindings taken away: asked for, done", "R-R-oo") \
X(3261, "10.3", "REGISTER, answered", "--R-o-") \
X(3261, "11", "OPTIONS", "R-RRRR") \
X(3261, "12.1", "a dialog begins", "R-o-RR") \
X(3261, "12.2", "requests within a dialog", "R-o-RR") \
X(3261, "12.3", "a dialog ends", "R-o-RR") \
X(3261, "13.2", "INVITE, sent", "R---RR") \
X(3261, "13.3", "INVITE, answered", "R---RR") \
X(3261, "14.1", "re-INVITE, sent", "o---Ro") \
X(3261, "14.2", "re-INVITE, answered", "R---RR") \
X(3261, "15", "BYE", "R---RR") \
X(3261, "16.1", "what a proxy is to which request", "-R----") \
X(3261, "16.2", "a proxy with state", "-o----") \
X(3261, "16.3", "a request is looked at", "-R----") \
X(3261, "16.4", "the own Route is taken away", "-R----") \
X(3261, "16.5", "where to?", "-R----") \
X(3261, "16.6", "a request goes on", "-R----") \
X(3261, "16.7", "an answer goes back", "-R----") \
X(3261, "16.8", "Timer C", "-R----") \
X(3261, "16.9", "the next hop can't be reached", "-R----") \
X(3261, "16.10", "CANCEL at a proxy", "-R----") \
X(3261, "16.11", "a proxy without state", "-o----") \
X(3261, "17.1.1", "INVITE, the client's transaction", "RR--RR") \
X(3261, "17.1.2", "others, the client's transaction", "RRo-RR") \
X(3261, "17.1.3", "to which transaction an answer belongs", "RRo-RR") \
X(3261, "17.1.4", "a client's transport fails", "RRo-RR") \
X(3261, "17.2.1", "INVITE, the server's transaction", "RR-RRR") \
X(3261, "17.2.2", "others, the server's transaction", "RRRRRR") \
X(3261, "17.2.3", "to which transaction a request belongs", "RRRRRR") \
X(3261, "17.2.4", "a server's transport fails", "RRRRRR") \
X(3261, "17", "transactions in general", "RRRRRR") \
X(3261, "18.1", "transport, a client's: size, Via", "RRo-RR") \
X(3261, "18.2", "transport, a server's: received, back to where", "RRRRRR") \
X(3261, "18.3", "where a message ends", "RRRRRR") \
X(3261, "18.4", "transport fails", "RRRRRR") \
X(3261, "19.1", "SIP and SIPS URIs", "RRRRRR") \
X(3261, "19.3", "tags", "RRRRRR") \
X(3261, "20", "fields", "RRRRRR") \
X(3261, "21.1", "provisional answers", "RR--RR") \
X(3261, "21.3", "redirections", "oooRoo") \
X(3261, "21.4", "refusals: the client's doing", "RRRRRR") \
X(3261, "21.5", "refusals: the server's doing", "RRRRRR") \
X(3261, "21.6", "refusals for good", "o--ooo") \
X(3261, "22.1", "who is it? challenges and answers", "RoRooo") \
X(3261, "22.2", "asked by a user agent or registrar; a proxy forwards it", "Roo-oo") \
X(3261, "22.3", "asked by a proxy", "Ro--oo") \
X(3261, "22.4", "digest in SIP", "RoRooo") \
X(3261, "23", "S/MIME", "o---oo") \
X(3261, "25", "the grammar", "RRRRRR") \
X(3261, "26", "security: TLS, sips", "oRRRoo") \
X(3261, "26.1", "attacks, as a trace shows them", "oooooo") \
X(3262, "", "reliable provisional answers (100rel)", "o---oo") \
X(3263, "", "servers found by the DNS", "RR--RR") \
X(3264, "", "offer and answer", "R---RR") \
X(3311, "", "UPDATE", "o---oo") \
X(3323, "", "privacy", "oo--oo") \
X(3325, "", "an identity that is vouched for", "oo--oo") \
X(3326, "", "Reason", "oo--oo") \
X(3327, "", "Path", "ooo---") \
X(3428, "", "MESSAGE", "o---oo") \
X(3515, "", "REFER", "o---oo") \
X(3581, "", "rport", "oooooo") \
X(3608, "", "Service-Route", "o-o---") \
X(3680, "", "news of registrations", "ooo---") \
X(3725, "", "calls between third parties", "o---o-") \
X(3842, "", "waiting messages", "o---o-") \
X(3856, "", "presence", "o-----") \
X(3891, "", "Replaces", "o---oo") \
X(3903, "", "PUBLISH", "o-----") \
X(3911, "", "Join", "o---o-") \
X(4028, "", "session timers", "oo--oo") \
X(4235, "", "news of dialogs", "o---o-") \
X(4320, "", "no 408 to what is no INVITE", "RR--RR") \
X(4353, "", "conferences: who is the focus", "o---o-") \
X(4488, "", "REFER without a subscription", "o---o-") \
X(4568, "", "keys in SDP", "o---oo") \
X(4575, "", "news of conferences", "o---o-") \
X(4579, "", "conferences: calls", "o---o-") \
X(4733, "", "digits in RTP", "o---oo") \
X(5057, "", "usages of a dialog", "R---RR") \
X(5393, "", "loops and Max-Breadth", "-R----") \
X(5407, "", "races", "R---RR") \
X(5589, "", "transfer", "o---o-") \
X(5626, "", "flows that are kept open", "ooo---") \
X(5627, "", "GRUU", "o-o---") \
X(5630, "", "sips", "oooooo") \
X(5922, "", "certificates of domains", "oooooo") \
X(5923, "", "connections used again (alias)", "oooooo") \
X(6026, "", "transactions of INVITEs, corrected", "RRRRRR") \
X(6086, "", "INFO packages", "o---oo") \
X(6228, "", "199 Early Dialog Terminated", "oo--oo") \
X(6337, "", "offers and answers in detail", "R---RR") \
X(6665, "", "SUBSCRIBE and NOTIFY", "o-o-o-") \
X(7044, "", "History-Info", "oo--oo") \
X(7092, "", "kinds of boxes", "----o-") \
X(7332, "", "loops through boxes", "----R-") \
X(7339, "", "overload", "oo--oo") \
X(7362, "", "latching", "----o-") \
X(7616, "", "digest by SHA-256", "oooooo") \
X(8760, "", "several digests at once", "oooooo")
/* clang-format on */

#endif
