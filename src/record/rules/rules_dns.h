/* Rules of names. */
#ifndef RULES_RULES_DNS_H
#define RULES_RULES_DNS_H

/* clang-format off */
/* RFC 1034, 1035, 2308, 2782, 3263: names, and the servers that they lead to. */
#define RULES_DNS(X) \
X(DNS_ASK, "dns-ask", 1034, "5.3.1", TELLS, \
  N_("A host asks the name servers that it was told of, and has them find out what they do not know themselves: it says that it wants recursion.")) \
X(DNS_ITERATE, "dns-iterate", 1034, "5.3.3", TELLS, \
  N_("Who finds out for others begins with the servers that it knows nearest to the name, and does not ask for recursion.")) \
X(DNS_RETRY, "dns-retry", 1035, "4.2.1", TELLS, \
  N_("A question by UDP may be lost, and so may its answer: it is asked again after some seconds, first of the other servers.")) \
X(DNS_NEXT_SERVER, "dns-next-server", 1034, "5.3.3", TELLS, \
  N_("A server that fails, refuses or answers nonsense is left out, and the next one is asked.")) \
X(DNS_PLAIN, "dns-plain", 6891, "7", TELLS, \
  N_("A server that does not understand the OPT record is asked again without one.")) \
X(DNS_TRUNCATED, "dns-truncated", 7766, "5", TELLS, \
  N_("An answer by UDP that is cut off is not used: the question is asked again over TCP.")) \
X(DNS_REFERRAL, "dns-referral", 1034, "5.3.3", TELLS, \
  N_("An answer without data, that names the servers of a zone nearer to the name, leads to these.")) \
X(DNS_CACHE, "dns-cache", 1035, "3.2.1", TELLS, \
  N_("An answer may be kept and used again for as many seconds as the least TTL of its records says; one of 0 is for this one use.")) \
X(DNS_NEGATIVE, "dns-negative", 2308, "5", TELLS, \
  N_("That a name, or a type of it, is not there is kept, too: as long as the SOA that comes with it says, by its TTL or its minimum, whichever is less; without one, not at all.")) \
X(DNS_DENIED, "dns-denied", 2308, "5", TELLS, \
  N_("A name that is not there has no records of any type, and there is none below it (RFC 8020): none of that is asked for while it is kept.")) \
X(DNS_EXPIRED, "dns-expired", 1035, "3.2.1", TELLS, \
  N_("When its TTL is over, what was kept is forgotten.")) \
X(DNS_ADDITIONAL, "dns-additional", 2181, "5.4.1", TELLS, \
  N_("Addresses that come beside an answer are used for the names that it mentions, unless they lie outside the zone of who says so.")) \
X(DNS_GIVE_UP, "dns-give-up", 1035, "7.2", TELLS, \
  N_("Where each server was asked several times, and none has answered, there is no answer: nothing of that is kept.")) \
X(DNS_NOT_ASKED, "dns-not-asked", 5452, "9.1", TELLS, \
  N_("An answer counts only where address and port, id and question are those of what was asked; others are thrown away.")) \
X(DNS_ANSWER, "dns-answer", 1034, "4.3.2", TELLS, \
  N_("A server that has the zone of a name answers with the records that it has of the type asked for, with authority.")) \
X(DNS_ALIAS, "dns-alias", 1034, "3.6.2", TELLS, \
  N_("The name is an alias: its CNAME is part of the answer, and what the other name has, as far as the server knows it.")) \
X(DNS_RING, "dns-ring", 1034, "3.6.2", TELLS, \
  N_("Aliases that lead from one to another without an end are an error: nothing comes of them. After 16 steps a resolver goes no further.")) \
X(DNS_NO_NAME, "dns-no-name", 2308, "2.1", MUST, \
  N_("There is no such name (NXDOMAIN). The zone's SOA comes along and says for how long that may be believed.")) \
X(DNS_NO_DATA, "dns-no-data", 2308, "2.2", TELLS, \
  N_("The name is there, but has no record of this type: an answer without records, with the zone's SOA.")) \
X(DNS_DELEGATED, "dns-delegated", 1034, "4.3.2", TELLS, \
  N_("Others serve this part of the zone: the server names them, with their addresses, and claims no authority.")) \
X(DNS_RECURSION, "dns-recursion", 1034, "4.3.1", TELLS, \
  N_("A server that offers recursion finds the answer out itself, where it is asked to, and passes it on without authority.")) \
X(DNS_REFUSED, "dns-refused", 1035, "4.1.1", TELLS, \
  N_("A server refuses what it is not there for: names of which it has no zone, transfers of a whole zone, other classes.")) \
X(DNS_SERVFAIL, "dns-servfail", 1035, "4.1.1", TELLS, \
  N_("The server could not process the question because of a problem of its own.")) \
X(DNS_FORMERR, "dns-formerr", 1035, "4.1.1", TELLS, \
  N_("A question that can't be read is answered as such, as long as it has a head with an id; an answer never is.")) \
X(DNS_NOTIMP, "dns-notimp", 1035, "4.1.1", TELLS, \
  N_("Other operations than questions are not known here.")) \
X(DNS_BADVERS, "dns-badvers", 6891, "6.1.3", TELLS, \
  N_("Whoever has a newer version of EDNS than 0 is told which one the server has.")) \
X(DNS_NO_EDNS, "dns-no-edns", 6891, "7", TELLS, \
  N_("A server that does not know the OPT record takes the question for malformed; one that knows it would answer with one of its own.")) \
X(DNS_TOO_LONG, "dns-too-long", 2181, "9", TELLS, \
  N_("An answer that does not fit into the datagram that the asker takes is marked as cut off (TC). Additional records are left out before that.")) \
X(DNS_LIE, "dns-lie", 3833, "2.4", TELLS, \
  N_("A name server may say what is not true, by its owner's will or because it was deceived: without signatures nobody sees that in the answer.")) \
X(DNS_PORT_GIVEN, "dns-port-given", 3263, "4.2", TELLS, \
  N_("A URI with a port is not looked up by SRV: the addresses of its host are asked for, and that port is used.")) \
X(DNS_NAPTR, "dns-naptr", 3263, "4.1", MUST, \
  N_("A name alone is asked for NAPTR records first. The domain's order counts, among those for transports that are spoken here.")) \
X(DNS_NEXT_SERVICE, "dns-next-service", 3403, "4.1", MUST_NOT, \
  N_("When all servers of a service have failed, the next NAPTR record of the same order has its turn. Once a record has matched, none of another order counts.")) \
X(DNS_SRV_EACH, "dns-srv-each", 3263, "4.1", TELLS, \
  N_("Without NAPTR records the domain is asked for SRV records of each transport that is spoken here, and the first one that has some is used.")) \
X(DNS_SRV, "dns-srv", 3263, "4.2", TELLS, \
  N_("As RFC 2782 has it, servers are tried in the order of their priority, lowest first; those of one priority in an order drawn by chance, in which a greater weight comes earlier more often.")) \
X(DNS_SRV_NONE, "dns-srv-none", 3263, "4.2", TELLS, \
  N_("An SRV record with a dot as its target says that the service is not there (RFC 2782).")) \
X(DNS_ADDRESSES, "dns-addresses", 3263, "4.2", TELLS, \
  N_("Without SRV records the host of the URI is asked for its addresses, and the transport's usual port is taken.")) \
X(DNS_HOST, "dns-host", 3263, "4.2", TELLS, \
  N_("When a server has its turn its addresses are asked for: its A and AAAA records, whichever families the asker has.")) \
X(ENUM_LOOKUP, "enum-lookup", 6116, "3.2", TELLS, \
  N_("A telephone number is a name in the DNS: its digits from the last to the first, with dots between them, below e164.arpa. Its NAPTR records say which URIs it has.")) \
X(ENUM_TARGET, "enum-target", 6116, "3.4.3", TELLS, \
  N_("The first record for SIP makes a SIP URI of the number, which becomes the Request-URI.")) \
X(DNS_HASH, "dns-hash", 3263, "4.4", TELLS, \
  N_("A stateless proxy must choose the same server for each repetition of a request: by a hash of what stays the same in it, not by a draw.")) \
X(DNS_FAMILY, "dns-family", 6157, "5", TELLS, \
  N_("A host with addresses of both families asks for both at once, AAAA and A, and tries IPv6 first (RFC 6724).")) \
X(DNS_ATTEMPT, "dns-attempt", 8305, "5", TELLS, \
  N_("When a connection has not been made within 250 ms, or has failed, another one is tried beside it, to the next address. The first that is open, with TLS after its handshake, is used, the others are given up.")) \
X(DNS_EYEBALLS, "dns-eyeballs", 8305, "3", SHOULD, \
  N_("A connection does not wait for all addresses: those of IPv6 are used as soon as they are there, those of IPv4 when 50 ms more have brought no others.")) \
X(DNS_SLOW, "dns-slow", 6076, "4.3", TELLS, \
  N_("How long a caller waits is counted from his request to the first answer that says how it stands: looking up names is a part of it.")) \
X(DNS_NUMERIC, "dns-numeric", 3263, "4.2", TELLS, \
  N_("A numeric address in a URI is used as it is: the DNS is asked for nothing.")) \
X(DNS_PLACE, "dns-place", 3263, "4.2", TELLS, \
  N_("A request to a name goes to an address that the DNS has for that name, or for a server of it, and nowhere else.")) \
X(DNS_ONCE, "dns-once", 3263, "4", MUST, \
  N_("Where a request goes is found out once for each transaction: its repetitions go to the same host, and who tries another one makes a new branch.")) \
X(DNS_NOTHING, "dns-nothing", 3263, "4.3", TELLS, \
  N_("No server is found: the request fails as if nobody had answered."))
/* clang-format on */

#endif
