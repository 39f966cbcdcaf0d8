/*
 * What RFC 3261 and its extensions require of which role:
 *
 *	X(RFC, section, what it is about, levels)
 *
 * A row means its section and the subsections without a row; "" means the whole
 * RFC.  Levels are a letter for each enum role_class (terminal, proxy,
 * registrar, redirect, b2bua, gateway): R, required of this role; o, optional,
 * with the rules of the section if it is done; -, not for this role.  A
 *registrar is only a server.  A proxy's own requests and both sides of a B2BUA
 *have the duties of user agents.
 */
#ifndef ROLE_MATRIX_ROWS_H
#define ROLE_MATRIX_ROWS_H

/* clang-format off */
#define ROLE_MATRIX(X) \
X(3261, "6", "B2BUA: two user agents back to back", "----R-") \
X(3261, "7", "messages: start line, header fields, body", "RRRRRR") \
X(3261, "8.1.1", "required header fields", "RRRRRR") \
X(3261, "8.1.2", "the destination of a request", "RRo-RR") \
X(3261, "8.1.3", "responses: timeouts, redirections, failures", "Roo-RR") \
X(3261, "8.2.1", "checking the method", "R-RRRR") \
X(3261, "8.2.2", "checking Request-URI, merged requests, Require", "R-RRRR") \
X(3261, "8.2.3", "checking the body", "R-R-RR") \
X(3261, "8.2.4", "extensions in responses", "R-R-RR") \
X(3261, "8.2.6", "responses: header fields and tags", "RRRRRR") \
X(3261, "8.2.7", "stateless servers", "oooo--") \
X(3261, "8.2", "the order of a server's checks", "RRRRRR") \
X(3261, "8.3", "redirection", "oooRo-") \
X(3261, "9.1", "CANCEL, sent", "oR--RR") \
X(3261, "9.2", "CANCEL, received", "RR-RRR") \
X(3261, "10.1", "who stores bindings, who queries them", "-oRo--") \
X(3261, "10.2", "REGISTER, sent; a proxy forwards it", "Ro--oo") \
X(3261, "10.2.2", "removing bindings", "R-R-oo") \
X(3261, "10.3", "REGISTER, received", "--R-o-") \
X(3261, "11", "OPTIONS", "R-RRRR") \
X(3261, "12.1", "creating a dialog", "R-o-RR") \
X(3261, "12.2", "requests within a dialog", "R-o-RR") \
X(3261, "12.3", "ending a dialog", "R-o-RR") \
X(3261, "13.2", "INVITE, sent", "R---RR") \
X(3261, "13.3", "INVITE, received", "R---RR") \
X(3261, "14.1", "re-INVITE, sent", "o---Ro") \
X(3261, "14.2", "re-INVITE, received", "R---RR") \
X(3261, "15", "BYE", "R---RR") \
X(3261, "16.1", "the work of a proxy", "-R----") \
X(3261, "16.2", "stateful proxies", "-o----") \
X(3261, "16.3", "validating a request", "-R----") \
X(3261, "16.4", "removing the proxy's own Route", "-R----") \
X(3261, "16.5", "finding the targets", "-R----") \
X(3261, "16.6", "forwarding a request", "-R----") \
X(3261, "16.7", "forwarding a response", "-R----") \
X(3261, "16.8", "Timer C", "-R----") \
X(3261, "16.9", "unreachable next hops", "-R----") \
X(3261, "16.10", "CANCEL in a proxy", "-R----") \
X(3261, "16.11", "stateless proxies", "-o----") \
X(3261, "17.1.1", "INVITE client transaction", "RR--RR") \
X(3261, "17.1.2", "non-INVITE client transaction", "RRo-RR") \
X(3261, "17.1.3", "matching responses to transactions", "RRo-RR") \
X(3261, "17.1.4", "transport errors of a client", "RRo-RR") \
X(3261, "17.2.1", "INVITE server transaction", "RR-RRR") \
X(3261, "17.2.2", "non-INVITE server transaction", "RRRRRR") \
X(3261, "17.2.3", "matching requests to transactions", "RRRRRR") \
X(3261, "17.2.4", "transport errors of a server", "RRRRRR") \
X(3261, "17", "transactions in general", "RRRRRR") \
X(3261, "18.1", "transport of a client: size, Via", "RRo-RR") \
X(3261, "18.2", "transport of a server: received, where responses go", "RRRRRR") \
X(3261, "18.3", "the end of a message", "RRRRRR") \
X(3261, "18.4", "transport errors", "RRRRRR") \
X(3261, "19.1", "SIP and SIPS URIs", "RRRRRR") \
X(3261, "19.3", "tags", "RRRRRR") \
X(3261, "20", "header fields", "RRRRRR") \
X(3261, "21.1", "provisional responses", "RR--RR") \
X(3261, "21.3", "redirections", "oooRoo") \
X(3261, "21.4", "failures caused by the client", "RRRRRR") \
X(3261, "21.5", "failures caused by the server", "RRRRRR") \
X(3261, "21.6", "global failures", "o--ooo") \
X(3261, "22.1", "challenges and credentials", "RoRooo") \
X(3261, "22.2", "challenges of a user agent or registrar; a proxy forwards them", "Roo-oo") \
X(3261, "22.3", "challenges of a proxy", "Ro--oo") \
X(3261, "22.4", "digest in SIP", "RoRooo") \
X(3261, "23", "S/MIME", "o---oo") \
X(3261, "25", "the grammar", "RRRRRR") \
X(3261, "26", "security: TLS, sips", "oRRRoo") \
X(3261, "26.1", "attacks that a trace shows", "oooooo") \
X(3262, "", "reliable provisional responses (100rel)", "o---oo") \
X(3263, "", "finding servers by the DNS", "RR--RR") \
X(3264, "", "offer and answer", "R---RR") \
X(3311, "", "UPDATE", "o---oo") \
X(3323, "", "privacy", "oo--oo") \
X(3325, "", "asserted identity", "oo--oo") \
X(3326, "", "Reason", "oo--oo") \
X(3327, "", "Path", "ooo---") \
X(3428, "", "MESSAGE", "o---oo") \
X(3515, "", "REFER", "o---oo") \
X(3581, "", "rport", "oooooo") \
X(3608, "", "Service-Route", "o-o---") \
X(3680, "", "subscriptions to registrations", "ooo---") \
X(3725, "", "third-party call control", "o---o-") \
X(3842, "", "message waiting", "o---o-") \
X(3856, "", "presence", "o-----") \
X(3891, "", "Replaces", "o---oo") \
X(3903, "", "PUBLISH", "o-----") \
X(3911, "", "Join", "o---o-") \
X(4028, "", "session timers", "oo--oo") \
X(4235, "", "subscriptions to dialogs", "o---o-") \
X(4320, "", "no 408 for requests other than INVITE", "RR--RR") \
X(4353, "", "conferences: the focus", "o---o-") \
X(4488, "", "REFER without a subscription", "o---o-") \
X(4568, "", "keys in SDP", "o---oo") \
X(4575, "", "subscriptions to conferences", "o---o-") \
X(4579, "", "conferences: calls", "o---o-") \
X(4733, "", "digits in RTP", "o---oo") \
X(5057, "", "usages of a dialog", "R---RR") \
X(5393, "", "loops and Max-Breadth", "-R----") \
X(5407, "", "races", "R---RR") \
X(5589, "", "transfer", "o---o-") \
X(5626, "", "flows: open connections", "ooo---") \
X(5627, "", "GRUU", "o-o---") \
X(5630, "", "sips", "oooooo") \
X(5922, "", "certificates of domains", "oooooo") \
X(5923, "", "reusing connections (alias)", "oooooo") \
X(6026, "", "INVITE transactions, corrected", "RRRRRR") \
X(6086, "", "INFO packages", "o---oo") \
X(6228, "", "199 Early Dialog Terminated", "oo--oo") \
X(6337, "", "offers and answers in detail", "R---RR") \
X(6665, "", "SUBSCRIBE and NOTIFY", "o-o-o-") \
X(7044, "", "History-Info", "oo--oo") \
X(7092, "", "kinds of B2BUAs", "----o-") \
X(7332, "", "loops through B2BUAs", "----R-") \
X(7339, "", "overload control", "oo--oo") \
X(7362, "", "latching", "----o-") \
X(7616, "", "digest with SHA-256", "oooooo") \
X(8760, "", "several digest algorithms", "oooooo")
/* clang-format on */

#endif
