/* Rules of names. */
#ifndef RULES_RULES_DNS_H
#define RULES_RULES_DNS_H

/* clang-format off */
/* RFC 1034, 1035, 2308, 2782, 3263: names, and the servers that they lead to. */
#define RULES_DNS(X) \
X(DNS_ASK, "dns-ask", 1034, "5.3.1", TELLS, \
  N_("A host asks the name servers in its configuration and requests recursion, " \
     "so that they find out what they do not know.")) \
X(DNS_ITERATE, "dns-iterate", 1034, "5.3.3", TELLS, \
  N_("A resolver starts with the servers that it knows nearest to the name, and " \
     "does not request recursion.")) \
X(DNS_RETRY, "dns-retry", 1035, "4.2.1", TELLS, \
  N_("A query over UDP, or its response, may be lost. The query is " \
     "retransmitted after some seconds, first to the other servers.")) \
X(DNS_NEXT_SERVER, "dns-next-server", 1034, "5.3.3", TELLS, \
  N_("If a server fails, refuses or gives a bad response, the next server is " \
     "asked.")) \
X(DNS_PLAIN, "dns-plain", 6891, "7", TELLS, \
  N_("A server that does not understand the OPT record is asked again without " \
     "one.")) \
X(DNS_TRUNCATED, "dns-truncated", 7766, "5", TELLS, \
  N_("A truncated response over UDP is not used. The query is sent again over " \
     "TCP.")) \
X(DNS_REFERRAL, "dns-referral", 1034, "5.3.3", TELLS, \
  N_("A response without data may name the servers of a zone nearer to the " \
     "name. These are asked next.")) \
X(DNS_CACHE, "dns-cache", 1035, "3.2.1", TELLS, \
  N_("A response may be cached and used again for the smallest TTL of its " \
     "records, in seconds. A TTL of 0 allows only this one use.")) \
X(DNS_NEGATIVE, "dns-negative", 2308, "5", SHOULD_NOT, \
  N_("A negative response is cached, too: for the TTL of the SOA that comes " \
     "with it, or for the SOA's minimum if that is less. Without an SOA it " \
     "SHOULD NOT be cached.")) \
X(DNS_DENIED, "dns-denied", 2308, "5", TELLS, \
  N_("A name that does not exist has no records of any type, and no name below " \
     "it exists (RFC 8020). While that is cached, none of these is asked for.")) \
X(DNS_EXPIRED, "dns-expired", 1035, "3.2.1", TELLS, \
  N_("When the TTL has passed, the cached record is removed.")) \
X(DNS_ADDITIONAL, "dns-additional", 2181, "5.4.1", TELLS, \
  N_("Addresses in the additional section are used for the names in the " \
     "response, unless they are outside the zone of the server.")) \
X(DNS_GIVE_UP, "dns-give-up", 1035, "7.2", TELLS, \
  N_("Each server was asked several times, and none has responded. The lookup " \
     "has failed, and nothing is cached.")) \
X(DNS_NOT_ASKED, "dns-not-asked", 5452, "9.1", MUST, \
  N_("A response MUST match the address, port, id and question of the query. " \
     "Otherwise it is discarded.")) \
X(DNS_ANSWER, "dns-answer", 1034, "4.3.2", TELLS, \
  N_("A server with the zone of a name returns its records of the type asked " \
     "for, as an authoritative answer.")) \
X(DNS_ALIAS, "dns-alias", 1034, "3.6.2", TELLS, \
  N_("The name is an alias. The response contains its CNAME and, if the server " \
     "has them, the records of the canonical name.")) \
X(DNS_RING, "dns-ring", 1034, "3.6.2", TELLS, \
  N_("Aliases that form a loop are an error and give no result. A resolver " \
     "stops after 16 steps.")) \
X(DNS_NO_NAME, "dns-no-name", 2308, "2.1", TELLS, \
  N_("The name does not exist (NXDOMAIN). The zone's SOA in the response says " \
     "how long that may be cached.")) \
X(DNS_NO_DATA, "dns-no-data", 2308, "2.2", TELLS, \
  N_("The name exists but has no record of this type. The response contains no " \
     "records, only the zone's SOA.")) \
X(DNS_DELEGATED, "dns-delegated", 1034, "4.3.2", TELLS, \
  N_("This part of the zone is delegated. The server returns the names and " \
     "addresses of the other servers, and the response is not authoritative.")) \
X(DNS_RECURSION, "dns-recursion", 1034, "4.3.1", TELLS, \
  N_("If a query requests recursion and the server offers it, the server finds " \
     "the answer itself. Its response is not authoritative.")) \
X(DNS_REFUSED, "dns-refused", 1035, "4.1.1", TELLS, \
  N_("A server refuses queries that it does not serve: names outside its zones, " \
     "zone transfers, other classes.")) \
X(DNS_SERVFAIL, "dns-servfail", 1035, "4.1.1", TELLS, \
  N_("The server could not process the query because of a problem of its own.")) \
X(DNS_FORMERR, "dns-formerr", 1035, "4.1.1", TELLS, \
  N_("A malformed query is answered with a format error, if its header has an " \
     "id. A response is never answered.")) \
X(DNS_NOTIMP, "dns-notimp", 1035, "4.1.1", TELLS, \
  N_("The server supports only queries, no other operations.")) \
X(DNS_BADVERS, "dns-badvers", 6891, "6.1.3", MUST, \
  N_("If the EDNS version of a query is higher than 0, the server MUST respond " \
     "with BADVERS and its own version.")) \
X(DNS_NO_EDNS, "dns-no-edns", 6891, "7", MUST, \
  N_("A server that does not support the OPT record MUST answer the query with " \
     "a format error (FORMERR). A server that supports it would return an OPT " \
     "record of its own.")) \
X(DNS_TOO_LONG, "dns-too-long", 2181, "9", TELLS, \
  N_("A response that does not fit into the datagram size of the client is " \
     "marked as truncated (TC). Additional records are omitted first.")) \
X(DNS_LIE, "dns-lie", 3833, "2.4", TELLS, \
  N_("A name server may return false data, on purpose or because it was " \
     "deceived. Without signatures the response does not show that.")) \
X(DNS_PORT_GIVEN, "dns-port-given", 3263, "4.2", TELLS, \
  N_("If the URI has a port, no SRV query is made: the client looks up the " \
     "addresses of the host and uses that port.")) \
X(DNS_NAPTR, "dns-naptr", 3263, "4.1", SHOULD, \
  N_("For a name without a port and a transport, the client SHOULD first query " \
     "NAPTR records. It follows the domain's order, among the transports that " \
     "it supports.")) \
X(DNS_NEXT_SERVICE, "dns-next-service", 3403, "4.1", MUST_NOT, \
  N_("If all servers of a service fail, the next NAPTR record of the same order " \
     "is tried. After a match, records of another order MUST NOT be used.")) \
X(DNS_SRV_EACH, "dns-srv-each", 3263, "4.1", TELLS, \
  N_("Without NAPTR records, the client queries the SRV records of each " \
     "transport that it supports and uses the first that has some.")) \
X(DNS_SRV, "dns-srv", 3263, "4.2", SHOULD, \
  N_("A client SHOULD try the servers in the order of RFC 2782: lowest priority " \
     "first. Within one priority the order is random, and a greater weight " \
     "comes first more often.")) \
X(DNS_SRV_NONE, "dns-srv-none", 3263, "4.2", TELLS, \
  N_("An SRV record with a dot as its target says that the service is not " \
     "available (RFC 2782).")) \
X(DNS_ADDRESSES, "dns-addresses", 3263, "4.2", TELLS, \
  N_("Without SRV records, the client looks up the addresses of the host in the " \
     "URI and uses the default port of the transport.")) \
X(DNS_HOST, "dns-host", 3263, "4.2", TELLS, \
  N_("When a server is to be tried, the client looks up its addresses: A and " \
     "AAAA records, for the families that the client has.")) \
X(ENUM_LOOKUP, "enum-lookup", 6116, "3.2", TELLS, \
  N_("A telephone number is looked up as a DNS name: its digits in reverse " \
     "order, with dots between them, below e164.arpa. Its NAPTR records contain " \
     "the URIs of the number.")) \
X(ENUM_TARGET, "enum-target", 6116, "3.4.3", TELLS, \
  N_("The first NAPTR record for SIP turns the number into a SIP URI, which " \
     "becomes the Request-URI.")) \
X(DNS_HASH, "dns-hash", 3263, "4.4", MUST, \
  N_("A stateless proxy MUST send all retransmissions of a request to the same " \
     "server. It chooses the server by a hash of the parts of the request that " \
     "do not change.")) \
X(DNS_FAMILY, "dns-family", 6157, "5", TELLS, \
  N_("A host with addresses of both families queries AAAA and A at the same " \
     "time, and tries IPv6 first (RFC 6724).")) \
X(DNS_ATTEMPT, "dns-attempt", 8305, "5", SHOULD, \
  N_("If a connection attempt fails or takes more than 250 ms, another one is " \
     "started to the next address. The first that succeeds (with TLS, after its " \
     "handshake) is used, and the others SHOULD be cancelled.")) \
X(DNS_EYEBALLS, "dns-eyeballs", 8305, "3", SHOULD_NOT, \
  N_("A client SHOULD NOT wait for the addresses of both families. It uses IPv6 " \
     "addresses as soon as they arrive, and IPv4 addresses after 50 ms without " \
     "IPv6.")) \
X(DNS_SLOW, "dns-slow", 6076, "4.3", TELLS, \
  N_("The session request delay runs from the caller's request to the first " \
     "response about the call's status. It includes the time of DNS lookups.")) \
X(DNS_NUMERIC, "dns-numeric", 3263, "4.2", TELLS, \
  N_("A numeric address in a URI is used as it is, without a DNS query.")) \
X(DNS_PLACE, "dns-place", 3263, "4.2", TELLS, \
  N_("A request to a name goes only to an address that the DNS returns for that " \
     "name or for one of its servers.")) \
X(DNS_ONCE, "dns-once", 3263, "4", MUST, \
  N_("The lookup MUST be done exactly once per transaction. Retransmissions go " \
     "to the same host; a client that tries another host uses a new branch.")) \
X(DNS_NOTHING, "dns-nothing", 3263, "4.3", TELLS, \
  N_("No server was found. The request fails as if there had been no response."))
/* clang-format on */

#endif
