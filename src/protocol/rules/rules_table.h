/* The table of rules; see rules/rules.h for its columns. */
#ifndef RULES_RULES_TABLE_H
#define RULES_RULES_TABLE_H

/* clang-format off */
#define RULES(X) \
	RULES_TRANSACTION(X) \
	RULES_TRANSPORT(X) \
	RULES_SECURITY(X) \
	RULES_UA(X) \
	RULES_CLIENT(X) \
	RULES_CALLED(X) \
	RULES_RELIABLE(X) \
	RULES_TRANSFER(X) \
	RULES_THIRD_PARTY(X) \
	RULES_PAIR(X) \
	RULES_QUEUE(X) \
	RULES_MESSAGE(X) \
	RULES_PING(X) \
	RULES_SUBSCRIBE(X) \
	RULES_MENU(X) \
	RULES_MAILBOX(X) \
	RULES_CONFERENCE(X) \
	RULES_PRESENCE(X) \
	RULES_REGISTER(X) \
	RULES_PROXY(X) \
	RULES_LOCATION(X) \
	RULES_STUN(X) \
	RULES_FLOW(X) \
	RULES_REDIRECT(X) \
	RULES_DNS(X) \
	RULES_SENDING(X) \
	RULES_AUTH(X) \
	RULES_NAT(X) \
	RULES_SEEN(X)

/* RFC 4787 and RFC 5382: what translates addresses. */
#define RULES_NAT(X) \
X(NAT_MAPPING, "nat-mapping", 4787, "4.1", \
  N_("The first packet from an inner address and port makes a binding to an outer port. Whether what the same address sends elsewhere goes through the same one is the NAT's mapping behaviour; it shall.")) \
X(NAT_TIMER, "nat-timer", 4787, "4.3", \
  N_("A binding for UDP ends when nothing has refreshed it for its time, which is at least 2 minutes, better 5. What goes out refreshes it; what comes in may.")) \
X(NAT_TCP_TIMER, "nat-tcp-timer", 5382, "5", \
  N_("A binding for TCP lives as its connection does: at least 2 hours 4 minutes of silence while that is established, at least 4 minutes while it opens or closes.")) \
X(NAT_FILTER, "nat-filter", 4787, "5", \
  N_("What comes from outside passes only through a binding, and only from those whom its filter admits: everybody, the addresses to which it has sent, or exactly the addresses and ports.")) \
X(NAT_FULL, "nat-full", 4787, "4.2.1", \
  N_("Two bindings of a protocol never share an outer port. Where no port, or no room, is left the packet is lost.")) \
X(NAT_HAIRPIN, "nat-hairpin", 4787, "6", \
  N_("What is sent from inside to an outer address of the same NAT comes back in, with the sender's outer address as its source.")) \
X(NAT_ALG, "nat-alg", 4787, "7", \
  N_("A gateway for an application rewrites addresses within messages. It does not know who else looks after them, so it shall be off unless somebody wants it.")) \
X(NAT_PRIVATE, "nat-private", 1918, "3", \
  N_("Private addresses mean something within their network only: nobody outside has a route to them."))
/* RFC 1034, 1035, 2308, 2782, 3263: names, and the servers that they lead to. */
#define RULES_DNS(X) \
X(DNS_ASK, "dns-ask", 1034, "5.3.1", \
  N_("A host asks the name servers that it was told of, and has them find out what they do not know themselves: it says that it wants recursion.")) \
X(DNS_ITERATE, "dns-iterate", 1034, "5.3.3", \
  N_("Who finds out for others begins with the servers that it knows nearest to the name, and does not ask for recursion.")) \
X(DNS_RETRY, "dns-retry", 1035, "4.2.1", \
  N_("A question by UDP may be lost, and so may its answer: it is asked again after some seconds, first of the other servers.")) \
X(DNS_NEXT_SERVER, "dns-next-server", 1034, "5.3.3", \
  N_("A server that fails, refuses or answers nonsense is left out, and the next one is asked.")) \
X(DNS_PLAIN, "dns-plain", 6891, "7", \
  N_("A server that does not understand the OPT record is asked again without one.")) \
X(DNS_TRUNCATED, "dns-truncated", 7766, "5", \
  N_("An answer by UDP that is cut off is not used: the question is asked again over TCP.")) \
X(DNS_REFERRAL, "dns-referral", 1034, "5.3.3", \
  N_("An answer without data, that names the servers of a zone nearer to the name, leads to these.")) \
X(DNS_CACHE, "dns-cache", 1035, "3.2.1", \
  N_("An answer may be kept and used again for as many seconds as the least TTL of its records says; one of 0 is for this one use.")) \
X(DNS_NEGATIVE, "dns-negative", 2308, "5", \
  N_("That a name, or a type of it, is not there is kept, too: as long as the SOA that comes with it says, by its TTL or its minimum, whichever is less; without one, not at all.")) \
X(DNS_DENIED, "dns-denied", 2308, "5", \
  N_("A name that is not there has no records of any type, and there is none below it (RFC 8020): none of that is asked for while it is kept.")) \
X(DNS_EXPIRED, "dns-expired", 1035, "3.2.1", \
  N_("When its TTL is over, what was kept is forgotten.")) \
X(DNS_ADDITIONAL, "dns-additional", 2181, "5.4.1", \
  N_("Addresses that come beside an answer are used for the names that it mentions, unless they lie outside the zone of who says so.")) \
X(DNS_GIVE_UP, "dns-give-up", 1035, "7.2", \
  N_("Where each server was asked several times, and none has answered, there is no answer: nothing of that is kept.")) \
X(DNS_NOT_ASKED, "dns-not-asked", 5452, "9.1", \
  N_("An answer counts only where address and port, id and question are those of what was asked; others are thrown away.")) \
X(DNS_ANSWER, "dns-answer", 1034, "4.3.2", \
  N_("A server that has the zone of a name answers with the records that it has of the type asked for, with authority.")) \
X(DNS_ALIAS, "dns-alias", 1034, "3.6.2", \
  N_("The name is an alias: its CNAME is part of the answer, and what the other name has, as far as the server knows it.")) \
X(DNS_NO_NAME, "dns-no-name", 2308, "2.1", \
  N_("There is no such name (NXDOMAIN). The zone's SOA comes along and says for how long that may be believed.")) \
X(DNS_NO_DATA, "dns-no-data", 2308, "2.2", \
  N_("The name is there, but has no record of this type: an answer without records, with the zone's SOA.")) \
X(DNS_DELEGATED, "dns-delegated", 1034, "4.3.2", \
  N_("Others serve this part of the zone: the server names them, with their addresses, and claims no authority.")) \
X(DNS_RECURSION, "dns-recursion", 1034, "4.3.1", \
  N_("A server that offers recursion finds the answer out itself, where it is asked to, and passes it on without authority.")) \
X(DNS_REFUSED, "dns-refused", 1035, "4.1.1", \
  N_("A server refuses what it is not there for: names of which it has no zone, transfers of a whole zone, other classes.")) \
X(DNS_SERVFAIL, "dns-servfail", 1035, "4.1.1", \
  N_("The server could not process the question because of a problem of its own.")) \
X(DNS_FORMERR, "dns-formerr", 1035, "4.1.1", \
  N_("A question that can't be read is answered as such, as long as it has a head with an id; an answer never is.")) \
X(DNS_NOTIMP, "dns-notimp", 1035, "4.1.1", \
  N_("Other operations than questions are not known here.")) \
X(DNS_BADVERS, "dns-badvers", 6891, "6.1.3", \
  N_("Whoever has a newer version of EDNS than 0 is told which one the server has.")) \
X(DNS_NO_EDNS, "dns-no-edns", 6891, "7", \
  N_("A server that does not know the OPT record takes the question for malformed; one that knows it would answer with one of its own.")) \
X(DNS_TOO_LONG, "dns-too-long", 2181, "9", \
  N_("An answer that does not fit into the datagram that the asker takes is marked as cut off (TC). Additional records are left out before that.")) \
X(DNS_LIE, "dns-lie", 3833, "2.4", \
  N_("A name server may say what is not true, by its owner's will or because it was deceived: without signatures nobody sees that in the answer.")) \
X(DNS_PORT_GIVEN, "dns-port-given", 3263, "4.2", \
  N_("A URI with a port is not looked up by SRV: the addresses of its host are asked for, and that port is used.")) \
X(DNS_NAPTR, "dns-naptr", 3263, "4.1", \
  N_("A name alone is asked for NAPTR records first. The domain's order counts, among those for transports that are spoken here.")) \
X(DNS_NEXT_SERVICE, "dns-next-service", 3403, "4.1", \
  N_("When all servers of a service have failed, the next NAPTR record of the same order has its turn. Once a record has matched, none of another order counts.")) \
X(DNS_SRV_EACH, "dns-srv-each", 3263, "4.1", \
  N_("Without NAPTR records the domain is asked for SRV records of each transport that is spoken here, and the first one that has some is used.")) \
X(DNS_SRV, "dns-srv", 3263, "4.2", \
  N_("As RFC 2782 has it, servers are tried in the order of their priority, lowest first; those of one priority in an order drawn by chance, in which a greater weight comes earlier more often.")) \
X(DNS_SRV_NONE, "dns-srv-none", 3263, "4.2", \
  N_("An SRV record with a dot as its target says that the service is not there (RFC 2782).")) \
X(DNS_ADDRESSES, "dns-addresses", 3263, "4.2", \
  N_("Without SRV records the host of the URI is asked for its addresses, and the transport's usual port is taken.")) \
X(DNS_HOST, "dns-host", 3263, "4.2", \
  N_("When a server has its turn its addresses are asked for: its A and AAAA records, whichever families the asker has.")) \
X(ENUM_LOOKUP, "enum-lookup", 6116, "3.2", \
  N_("A telephone number is a name in the DNS: its digits from the last to the first, with dots between them, below e164.arpa. Its NAPTR records say which URIs it has.")) \
X(ENUM_TARGET, "enum-target", 6116, "3.4.3", \
  N_("The first record for SIP makes a SIP URI of the number, which becomes the Request-URI.")) \
X(DNS_HASH, "dns-hash", 3263, "4.4", \
  N_("A stateless proxy must choose the same server for each repetition of a request: by a hash of what stays the same in it, not by a draw.")) \
X(DNS_FAMILY, "dns-family", 6157, "5", \
  N_("A host with addresses of both families asks for both at once, AAAA and A, and tries IPv6 first (RFC 6724).")) \
X(DNS_ATTEMPT, "dns-attempt", 8305, "5", \
  N_("When a connection has not been made within 250 ms, or has failed, another one is tried beside it, to the next address. The first that is made is used, the others are given up.")) \
X(DNS_EYEBALLS, "dns-eyeballs", 8305, "3", \
  N_("A connection does not wait for all addresses: those of IPv6 are used as soon as they are there, those of IPv4 when 50 ms more have brought no others.")) \
X(DNS_SLOW, "dns-slow", 6076, "4.3", \
  N_("How long a caller waits is counted from his request to the first answer that says how it stands: looking up names is a part of it.")) \
X(DNS_NOTHING, "dns-nothing", 3263, "4.3", \
  N_("No server is found: the request fails as if nobody had answered."))

/* Section 17 and RFC 6026: the transaction machines. */
#define RULES_TRANSACTION(X) \
X(ICT_SEND, "ict-send", 3261, "17.1.1.2", \
  N_("A new INVITE client transaction starts in Calling, sends the INVITE and sets Timer B (64*T1), and over an unreliable transport Timer A (T1).")) \
X(ICT_TIMER_A, "ict-timer-a", 3261, "17.1.1.2", \
  N_("Over an unreliable transport the INVITE is repeated when Timer A fires: T1 (500 ms) after the first time, then after twice as long each time, until a response comes.")) \
X(ICT_TIMER_B, "ict-timer-b", 3261, "17.1.1.2", \
  N_("If no response at all has come when Timer B fires, after 64*T1 (32 s), the transaction gives up and reports a time-out.")) \
X(ICT_1XX, "ict-1xx", 3261, "17.1.1.2", \
  N_("A provisional response moves the INVITE client transaction to Proceeding: it stops repeating the INVITE and passes the response up. There it passes up each further one.")) \
X(ICT_2XX, "ict-2xx", 6026, "7.2", \
  N_("A 2xx moves the INVITE client transaction to Accepted. The 2xx goes up to the user agent or proxy, and the ACK for it is not the transaction's business.")) \
X(ICT_ACCEPTED, "ict-accepted", 6026, "7.2", \
  N_("In Accepted every further 2xx, repeated or from another branch, is passed up.")) \
X(ICT_FINAL, "ict-final", 3261, "17.1.1.2", \
  N_("A final response other than 2xx moves the INVITE client transaction to Completed; it is passed up once, and the transaction itself answers it with an ACK.")) \
X(ICT_ACK, "ict-ack", 3261, "17.1.1.3", \
  N_("The client transaction acknowledges a final response other than 2xx itself: an ACK with the branch, Request-URI and Route of the INVITE, hop by hop.")) \
X(ICT_TIMER_D, "ict-timer-d", 3261, "17.1.1.2", \
  N_("Timer D keeps the completed transaction for at least 32 s over UDP, to answer a repeated final response with another ACK.")) \
X(ICT_TIMER_M, "ict-timer-m", 6026, "7.2", \
  N_("Timer M keeps the accepted transaction for 64*T1, so that a 2xx that comes again still finds it.")) \
X(NICT_SEND, "nict-send", 3261, "17.1.2.2", \
  N_("A new non-INVITE client transaction starts in Trying, sends the request and sets Timer F (64*T1), and over an unreliable transport Timer E (T1).")) \
X(NICT_TIMER_E, "nict-timer-e", 3261, "17.1.2.2", \
  N_("Over an unreliable transport the request is repeated when Timer E fires: after T1, then after twice as long each time up to T2 (4 s); in Proceeding every T2. A final response ends that.")) \
X(NICT_TIMER_F, "nict-timer-f", 3261, "17.1.2.2", \
  N_("If no final response has come when Timer F fires, after 64*T1 (32 s), the transaction gives up and reports a time-out.")) \
X(NICT_1XX, "nict-1xx", 3261, "17.1.2.2", \
  N_("A provisional response is passed up, and moves the non-INVITE client transaction to Proceeding, where each further one leaves it. Over an unreliable transport the request is repeated there, too: every T2.")) \
X(NICT_FINAL, "nict-final", 3261, "17.1.2.2", \
  N_("A final response moves the non-INVITE client transaction to Completed, where Timer K lets repeated responses run out.")) \
X(NICT_TIMER_K, "nict-timer-k", 3261, "17.1.2.2", \
  N_("Timer K (T4, 5 s over UDP) keeps the completed transaction to absorb repeated responses.")) \
X(IST_100, "ist-100", 3261, "17.2.1", \
  N_("An INVITE gets a 100 unless it is known that another response follows within 200 ms: the 100 stops its repetition, and says nothing else.")) \
X(IST_REQUEST, "ist-request", 3261, "17.2.1", \
  N_("An INVITE creates a server transaction in Proceeding. When the same INVITE comes again, the transaction answers with the last provisional response it sent, and nobody above hears of it.")) \
X(IST_1XX, "ist-1xx", 3261, "17.2.1", \
  N_("In Proceeding the server transaction sends whatever provisional response its user gives it.")) \
X(IST_2XX, "ist-2xx", 6026, "7.1", \
  N_("A 2xx moves the INVITE server transaction to Accepted and is sent at once. Repeating it is the task of the user agent that answered.")) \
X(IST_ACCEPTED, "ist-accepted", 6026, "7.1", \
  N_("In Accepted a repeated INVITE is absorbed, an ACK is passed up, and a 2xx that the user agent repeats is sent.")) \
X(IST_FINAL, "ist-final", 3261, "17.2.1", \
  N_("A final response other than 2xx moves the INVITE server transaction to Completed; it is repeated on Timer G until the ACK comes.")) \
X(IST_ACK, "ist-ack", 3261, "17.2.1", \
  N_("The ACK moves the INVITE server transaction from Completed to Confirmed, which absorbs further ACKs.")) \
X(IST_TIMER_G, "ist-timer-g", 3261, "17.2.1", \
  N_("Over an unreliable transport the final response is repeated when Timer G fires: after T1, then after twice as long each time up to T2, until the ACK comes.")) \
X(IST_TIMER_H, "ist-timer-h", 3261, "17.2.1", \
  N_("If no ACK has come when Timer H fires, after 64*T1 (32 s), the server transaction gives up waiting.")) \
X(IST_TIMER_I, "ist-timer-i", 3261, "17.2.1", \
  N_("Timer I (T4, 5 s over UDP) keeps the confirmed transaction to absorb repeated ACKs.")) \
X(IST_TIMER_L, "ist-timer-l", 6026, "7.1", \
  N_("Timer L keeps the accepted transaction for 64*T1, so that a repeated INVITE is not taken for a new one.")) \
X(NIST_REQUEST, "nist-request", 3261, "17.2.2", \
  N_("A request other than INVITE creates a server transaction in Trying. When the same request comes again, the last response is sent again, if there was one.")) \
X(NIST_1XX, "nist-1xx", 3261, "17.2.2", \
  N_("A provisional response moves the non-INVITE server transaction to Proceeding.")) \
X(NIST_FINAL, "nist-final", 3261, "17.2.2", \
  N_("A final response moves the non-INVITE server transaction to Completed; a repeated request gets the same response again.")) \
X(NIST_TIMER_J, "nist-timer-j", 3261, "17.2.2", \
  N_("Timer J (64*T1 over UDP) keeps the completed transaction to answer repeated requests."))

/* Section 18, 7 and RFC 3581, 5923: how messages travel, what arrives, where
 * answers go. */
#define RULES_TRANSPORT(X) \
X(TRANSPORT_SIZE, "transport-size", 3261, "18.1.1", \
  N_("A request that comes within 200 bytes of the path MTU, or has more than 1,300 bytes where the MTU is unknown, is too large for UDP: it goes by TCP, and its top Via says so.")) \
X(TRANSPORT_FALLBACK, "transport-fallback", 3261, "18.1.1", \
  N_("A request that went by TCP for its size alone, to somebody who refuses TCP, is tried again by UDP, in a new transaction with a branch of its own.")) \
X(TRANSPORT_RECONNECT, "transport-reconnect", 3261, "18.2.2", \
  N_("A response goes back over the connection by which its request came. If that is gone, a new one is opened to the source address and the port that the Via's sent-by names.")) \
X(TRANSPORT_AGAIN, "transport-again", 5923, "8.1", \
  N_("A connection that was in use may be there no more: the other side has closed it, or has been restarted and knows nothing of it. What was sent over it, and nobody has answered or acknowledged, goes out once more over a new one, under the same branch.")) \
X(TRANSPORT_ALIAS, "transport-alias", 5923, "8.2", \
  N_("A Via with alias offers its connection for the other direction, too: requests to the address that it advertises go over it, and no second connection is made.")) \
X(CLIENT_TRANSPORT, "client-transport-error", 3261, "17.1.4", \
  N_("When the connection fails before any response has come, the client transaction ends at once and tells its user; no timer has to run out.")) \
X(SERVER_TRANSPORT, "server-transport-error", 3261, "17.2.4", \
  N_("A response that can't be sent is told to the transaction's user. An INVITE server transaction stays all the same (RFC 6026 7.1), to absorb the INVITE when it comes again.")) \
X(STREAM_LENGTH, "stream-length", 3261, "18.3", \
  N_("On a stream only Content-Length tells where a message ends and the next one begins. Without a usable one nothing that follows can be read, and the connection is closed.")) \
X(STREAM_TORN, "stream-torn", 3261, "18.3", \
  N_("A message is complete when its head and as many bytes of body as Content-Length says have come; what the end of the connection cuts short is no message and is thrown away.")) \
X(BAD_REQUEST, "bad-request", 3261, "8.2", \
  N_("A request that can't be understood is answered with a 400-class response, as far as its Via, From, To, Call-ID and CSeq tell whom to answer.")) \
X(MESSAGE_LARGE, "message-large", 3261, "21.5.7", \
  N_("A request that is larger than a node can process gets a 513; what can't be answered is thrown away.")) \
X(BAD_VERSION, "bad-version", 3261, "21.5.6", \
  N_("A request of another version of SIP than 2.0 gets a 505.")) \
X(BAD_RESPONSE, "bad-response", 3261, "18.1.2", \
  N_("A malformed response is thrown away: there is nobody who could be told.")) \
X(RESPONSE_VIAS, "response-vias", 3261, "8.1.3.3", \
  N_("A response brings back the Vias that its request had. One with more of them, or fewer, went astray: a user agent or proxy throws it away.")) \
X(RESPONSE_OTHERS, "response-others", 3261, "8.2.6.2", \
  N_("A response brings back Call-ID, CSeq and From of its request. One with the right branch and another of these answers something else: the user agent that has made the request throws it away, and goes on waiting.")) \
X(STRAY, "stray-response", 6026, "8.9", \
  N_("A response that matches no client transaction is dropped; since RFC 6026 a stateful proxy must not forward it."))

/* Section 26.2: TLS. */
#define RULES_SECURITY(X) \
X(TLS_HANDSHAKE, "tls-handshake", 8446, "2", \
  N_("Before the first message of a TLS connection both sides agree on keys, and the server shows its certificate.")) \
X(TLS_SERVER, "tls-server", 5922, "7.3", \
  N_("A client compares the domain that it looked for with the identities in the server's certificate; where none is the same it closes the connection.")) \
X(TLS_CLIENT, "tls-client", 5922, "7.4", \
  N_("A server that asks its client for a certificate takes the identities in it as those of the client.")) \
X(TLS_ALERT, "tls-alert", 8446, "6.2", \
  N_("What can't be accepted is answered by a fatal alert that says why, and the connection is closed.")) \
X(SIPS_KEPT, "sips-kept", 5630, "5.3", \
  N_("A request for a sips URI goes on to sips URIs alone; one for a sip URI goes to a sips Contact as sip, but by TLS.")) \
X(SIPS_WARNING, "sips-warning", 5630, "5.3", \
  N_("Where a proxy knows no Contact of the scheme that a request may go on to it answers 480, with the warning 380 (SIPS Not Allowed) for a sips URI, 381 (SIPS Required) for a sip URI.")) \
X(SIPS_DERIVED, "sips-derived", 5630, "5.1.1.3", \
  N_("What comes of a sips request, by a redirection or a transfer, goes by sip only where its user allows that; phones here do not do so.")) \
X(SIPS_BIND, "sips-bind", 5630, "5.2", \
  N_("A registrar takes a sips Contact only where the Request-URI, all Contacts and all of Path are sips, too; otherwise it answers 400.")) \
X(WEBSOCKET_HANDSHAKE, "websocket-handshake", 7118, "4", \
  N_("A WebSocket connection begins as HTTP: the client asks to upgrade it for the subprotocol sip, the server agrees with 101.")) \
X(WEBSOCKET_CLOSE, "websocket-close", 6455, "7.4.1", \
  N_("A Close frame says why a WebSocket is closed: 1000 when all is done, 1001 when an end goes away; others name an error.")) \
X(WEBSOCKET_FRAME, "websocket-frame", 6455, "5.1", \
  N_("A client masks its frames, a server does not; whoever gets one that can't be closes the connection with a status that says why.")) \
X(WEBSOCKET_PONG, "websocket-pong", 6455, "5.5.3", \
  N_("A Ping is answered at once by a Pong with the same octets: who asks knows that the connection still stands."))

/* Sections 8, 11 to 15 and 9: user agents. */
#define RULES_UA(X) \
X(UAC_ROUTE, "uac-preloaded-route", 3261, "8.1.2", \
  N_("A request goes to its first Route, which an outbound proxy may have been configured as; else to its Request-URI.")) \
X(UAC_NO_TARGET, "uac-no-target", 3261, "8.1.2", \
  N_("Without an address for the next hop a request can't be sent.")) \
X(UAC_408, "uac-timeout-408", 3261, "8.1.3.1", \
  N_("A time-out of the transaction counts as if a 408 (Request Timeout) had come.")) \
X(UAC_503, "uac-transport-503", 3261, "8.1.3.1", \
  N_("A failure of the transport counts as if a 503 (Service Unavailable) had come.")) \
X(UAC_TLS, "uac-tls", 3261, "26.2.2", \
  N_("A request to a sips URI goes by TLS at every hop; without TLS it can't be sent at all.")) \
X(INVITE_SEND, "invite-send", 3261, "13.2.1", \
  N_("To call somebody a user agent sends an INVITE with its Contact, and usually with an offer of media in SDP.")) \
X(INVITE_RECV, "invite-recv", 3261, "13.3.1", \
  N_("An INVITE outside of a dialog asks for a new session. The called side has it; nobody has been alerted yet.")) \
X(INVITE_PROGRESS, "invite-progress", 3261, "13.3.1.1", \
  N_("While the called side can't answer at once it says so with a provisional response, 180 when the user is being alerted.")) \
X(INVITE_1XX_AGAIN, "invite-1xx-again", 3261, "13.3.1.1", \
  N_("While it takes long to answer, the called side sends a provisional response again every minute, so that no proxy on the way gives up.")) \
X(INVITE_EXPIRED, "invite-expired", 3261, "13.3.1", \
  N_("An INVITE with Expires that is not answered within that time gets a 487.")) \
X(INVITE_1XX, "invite-1xx", 3261, "13.2.2.1", \
  N_("A provisional response with a To tag creates an early dialog at the caller, or belongs to one that is there: then it only tells how far the call has come.")) \
X(EARLY_ENDED, "early-ended", 6228, "4", \
  N_("A 199 says that an early dialog has ended by a final response that the proxy still keeps back: a phone has refused, or its ringing was cancelled. The caller lets go of that dialog, sends no BYE for it, and goes on with the others. Where none is left it waits for more, or for the final response.")) \
X(EARLY_TOLD, "early-told", 6228, "5", \
  N_("A box whose early dialog stands for one of its other side ends it by a 199 when that one is over, and no other stands behind it: so the caller lets go of media that come no more. It says so where the INVITE lists 199 and does not require 100rel; what rings after that makes another early dialog.")) \
X(EARLY_UNKNOWN, "early-unknown", 6228, "4", \
  N_("A 199 that was not sent reliably, of an early dialog that the caller does not know, is left aside.")) \
X(INVITE_PREVIEW, "invite-preview", 3261, "13.2.1", \
  N_("The first session description from a called side counts as its answer, even in a provisional response: media may flow before the call is answered. The 2xx repeats it; any other description there is ignored. Where several phones ring, each has its own answer.")) \
X(INVITE_REJECT, "invite-reject", 3261, "13.3.1.3", \
  N_("A called side that can't or won't take the call says so with a final response, 486 when it is busy.")) \
X(BODY_OPTIONAL, "body-optional", 3261, "20.11", \
  N_("A body that its sender calls optional may be left aside: a phone that can make nothing of its type takes the message without it.")) \
X(INVITE_UNFIT, "invite-unfit", 3261, "13.3.1.3", \
  N_("An offer that can't be read, or of which nothing can be taken, is refused with 488; a Warning says what did not fit: a line that is missing, the medium, its network, its transport, its formats.")) \
X(INVITE_ACCEPT, "invite-accept", 3261, "13.3.1.4", \
  N_("Accepting a call sends a 2xx with a Contact, and the answer to the offer if there was one.")) \
X(INVITE_2XX_AGAIN, "invite-2xx-again", 3261, "13.3.1.4", \
  N_("The user agent itself repeats its 2xx, end to end: after T1, then after twice as long each time up to T2, until the ACK comes.")) \
X(OFFER_MAKE, "offer-make", 6337, "2.2", \
  N_("An offer describes the session as one side would have it. The first one goes in the INVITE; where that has none, in the first response to it that is certain to arrive.")) \
X(OFFER_ANSWER, "offer-answer", 3264, "6", \
  N_("The answer takes or refuses each stream of the offer, in its order; with it both sides have agreed on the session.")) \
X(OFFER_AGAIN, "offer-again", 3264, "8", \
  N_("Either side may offer another session at any time, but not while an offer of either has no answer yet.")) \
X(OFFER_FORK, "offer-fork", 6337, "2.2", \
  N_("Each dialog of a forked INVITE has its own offers and answers; the offer of the INVITE stands in all of them.")) \
X(OFFER_REFUSED, "offer-refused", 6337, "2.3", \
  N_("An offer in a request is refused by refusing the request; one in a response can't be refused, only answered so that nothing is left.")) \
X(OFFER_MISSING, "offer-missing", 3261, "13.2.1", \
  N_("An INVITE's offer must have its answer in the 2xx at the latest, and that of a 2xx in its ACK. Where none comes, nothing new is agreed.")) \
X(OFFER_UNANSWERED, "offer-unanswered", 3261, "13.2.2.4", \
  N_("The ACK must answer what the 2xx has offered. Where it does not, nobody knows what was agreed: the called side ends the session with a BYE.")) \
X(OFFER_NONE, "offer-none", 3261, "13.2.1", \
  N_("An INVITE without an offer must get one in the first response that is certain to arrive, the 2xx at the latest.")) \
X(OFFER_DIRECTION, "offer-direction", 3264, "6.1", \
  N_("A stream goes only as the offer has it: the answer to sendonly is recvonly or inactive, that to recvonly is sendonly or inactive, that to inactive is inactive. Where the answer says more, only that goes which both sides say.")) \
X(INVITE_2XX_CONTACT, "invite-2xx-contact", 3261, "12.1.1", \
  N_("A 2xx to an INVITE must have a Contact: the requests of the dialog go there. Without one they go where an earlier response said, else where the INVITE went.")) \
X(INVITE_NO_ACK, "invite-no-ack", 3261, "13.3.1.4", \
  N_("If no ACK has come 64*T1 after the 2xx, the dialog is confirmed, but the session should be ended with a BYE.")) \
X(INVITE_2XX, "invite-2xx", 3261, "13.2.2.4", \
  N_("A 2xx to an INVITE confirms the dialog at the caller.")) \
X(INVITE_ACK, "invite-ack", 3261, "13.2.2.4", \
  N_("The caller acknowledges every 2xx with an ACK of its own, end to end along the dialog's route set; the transactions have no part in it.")) \
X(INVITE_ACKED, "invite-acked", 3261, "13.3.1.4", \
  N_("The ACK ends the repetition of the 2xx.")) \
X(INVITE_FAILED, "invite-failed", 3261, "13.2.2.3", \
  N_("A final response other than 2xx ends the attempt and every early dialog of it.")) \
X(DIALOG_UAS, "dialog-uas", 3261, "12.1.1", \
  N_("The answering side makes the dialog from the request: its route set is the Record-Route list in the order received, its target the Contact.")) \
X(DIALOG_UAC, "dialog-uac", 3261, "12.1.2", \
  N_("The calling side makes the dialog from the response: its route set is the Record-Route list in reverse order, its target the Contact.")) \
X(DIALOG_CONFIRMED, "dialog-confirmed", 3261, "12.1", \
  N_("A 2xx turns an early dialog into a confirmed one. Until its ACK it is in moratorium (RFC 5407 2): the called side can't know yet whether the caller has the 2xx, and must not send a BYE.")) \
X(DIALOG_CONFIRMED_UAC, "dialog-confirmed-uac", 3261, "13.2.2.4", \
  N_("A 2xx confirms the caller's early dialog; its route set is computed again from that response. Until its ACK is sent it is in moratorium (RFC 5407 2).")) \
X(DIALOG_CSEQ, "dialog-cseq", 3261, "12.2.2", \
  N_("A request whose CSeq is lower than the last one's is out of order and gets a 500.")) \
X(DIALOG_NONE, "dialog-none", 3261, "12.2.2", \
  N_("A request that belongs within a dialog and names none that is here, with its To tag or for want of one, gets a 481.")) \
X(ACK_NONE, "ack-none", 3261, "17", \
  N_("An ACK that belongs to no dialog and no transaction here is thrown away: nothing is ever answered to an ACK.")) \
X(DIALOG_ESTABLISHED, "dialog-established", 5407, "2", \
  N_("A confirmed dialog is in moratorium from its 2xx until the ACK; with the ACK it is established, which is the state confirmed here. Now either side may change the session.")) \
X(DIALOG_BYE, "dialog-bye", 3261, "15.1.1", \
  N_("Who sends a BYE takes the session for over at once. The dialog is mortal (RFC 5407 2): what is known of it is kept until the BYE's transaction ends, and nothing new begins in it.")) \
X(DIALOG_BYE_RECV, "dialog-bye-recv", 5407, "2", \
  N_("A BYE that comes makes the dialog mortal, as one that is sent does: the session is over, and the dialog is kept until the BYE's transaction ends.")) \
X(DIALOG_MORTAL, "dialog-mortal", 5407, "2", \
  N_("After a BYE, sent or received, a user agent still accepts a BYE of the other side's; any other request of the session gets a 481, since there is no session any more.")) \
X(DIALOG_MORGUE, "dialog-morgue", 5407, "2", \
  N_("A mortal dialog is gone when the transaction of its BYE has ended: at the side that has sent the BYE when Timer K fires, or Timer F if nobody has answered; at the side that got it when Timer J fires. Of two BYEs that cross the transaction that ends later counts.")) \
X(ACK_MORTAL, "ack-mortal", 5407, "3.2.4", \
  N_("An ACK that comes after a BYE finds its dialog mortal: the BYE has ended the repetition of the 2xx already, and an answer in the ACK is ignored. Nothing begins, and nothing is ever answered to an ACK.")) \
X(DIALOG_END, "dialog-end", 3261, "12.3", \
  N_("The dialog ends with its session, by BYE, or when a non-2xx final response ends an early one.")) \
X(BYE_SEND, "bye-send", 3261, "15.1.1", \
  N_("A BYE within the dialog ends the session: its sender stops at once, whatever the answer will be. What is left of the call waits for that answer alone.")) \
X(BYE_HELD, "bye-held", 3261, "15", \
  N_("Who has answered a call must not send a BYE before the ACK for the 2xx has come: the BYE that was asked for before then has waited for it.")) \
X(BYE_EARLY, "bye-early", 3261, "15", \
  N_("A caller may end a single early dialog by BYE; the INVITE itself goes on, and its other branches with it.")) \
X(BYE_TOO_EARLY, "bye-too-early", 3261, "15", \
  N_("Who has answered a call must not send a BYE before the ACK for the 2xx has come. This one is sent all the same, as the script says.")) \
X(BYE_CANCELLED, "bye-cancelled", 3261, "13.2.2.4", \
  N_("The CANCEL came too late: the call was answered. A caller who does not want it any more acknowledges the 2xx and ends the dialog with a BYE.")) \
X(BYE_OTHER, "bye-other-branch", 3261, "13.2.2.4", \
  N_("A second phone has answered the same INVITE. Each 2xx makes a dialog and gets its ACK; a caller who wants to talk to one of them only ends the other dialog with a BYE.")) \
X(BYE_UNUSABLE, "bye-unusable-offer", 3261, "13.2.2.4", \
  N_("The offer in the 2xx can't be used: the ACK has an answer all the same, and the session is ended at once with a BYE.")) \
X(BYE_UNFIT, "bye-unfit-answer", 3261, "13.2.2.4", \
  N_("The answer does not fit the offer, or leaves no stream of it. An answer can't be refused: who does not want such a session ends it with a BYE, once the 2xx has its ACK.")) \
X(BYE_UNFIT_CHANGE, "bye-unfit-change", 3261, "14.1", \
  N_("The answer to a re-INVITE does not fit its offer, or leaves no stream of it. Only a final response other than 2xx would have left the session as it was; the other side has changed it, so the 2xx gets its ACK and the session is ended with a BYE.")) \
X(BYE_RECV, "bye-recv", 3261, "15.1.2", \
  N_("A BYE that matches a dialog ends its session and is answered with a 2xx.")) \
X(BYE_487, "bye-487", 3261, "15.1.2", \
  N_("Pending requests in a dialog that is ended get a 487.")) \
X(CANCEL_SEND, "cancel-send", 3261, "9.1", \
  N_("A CANCEL takes back a request that has no final answer yet. It copies the request's Request-URI, Call-ID, To, From, top Via and CSeq number.")) \
X(CANCEL_WAIT, "cancel-wait", 3261, "9.1", \
  N_("A CANCEL must wait until a provisional response has come.")) \
X(CANCEL_TIMEOUT, "cancel-timeout", 3261, "9.1", \
  N_("If no final response follows within 64*T1 of the CANCEL, the INVITE counts as cancelled and its transaction is given up.")) \
X(CANCEL_RECV, "cancel-recv", 3261, "9.2", \
  N_("A CANCEL that matches a transaction is answered with 200, whatever becomes of the request itself.")) \
X(CANCEL_487, "cancel-487", 3261, "9.2", \
  N_("An INVITE that is cancelled before it was answered gets a 487 (Request Terminated).")) \
X(CANCEL_NONE, "cancel-none", 3261, "9.2", \
  N_("A CANCEL that matches no transaction of the user agent that it is for gets a 481.")) \
X(OPTIONS_SEND, "options-send", 3261, "11.1", \
  N_("An OPTIONS asks the other side what it can do, outside a call or within one.")) \
X(OPTIONS_RECV, "options-recv", 3261, "11.2", \
  N_("An OPTIONS outside of a dialog gets the status that an INVITE would get at that moment, and one within a dialog a 200. A 200 says which methods, bodies and extensions are understood.")) \
X(OPTIONS_SERVER, "options-server", 3261, "11.2", \
  N_("An OPTIONS that is for a server itself gets a 200 with what that server supports, and no body. A proxy says nothing of methods, since it passes on any.")) \
X(UAS_TOO_LARGE, "uas-too-large", 3261, "21.5.1", \
  N_("An answer that can't be built, since it would be longer than a message may be, is replaced by a 500.")) \
X(RTP_PORTS, "rtp-ports", 3261, "21.5.1", \
  N_("Each stream of media needs an RTP port of its own, which is free again when its call has ended. A phone whose ports are all taken can't take part in another: an INVITE gets a 500, and a call whose offer came with the 2xx is ended with a BYE.")) \
X(UAS_METHOD, "uas-method", 3261, "8.2.1", \
  N_("A method that is not supported gets a 405 with Allow.")) \
X(UAS_URI, "uas-uri", 3261, "8.2.2.1", \
  N_("A Request-URI that the user agent does not answer for gets a 404.")) \
X(UAS_SCHEME, "uas-scheme", 3261, "8.2.2.1", \
  N_("A Request-URI with a scheme that the user agent does not know gets a 416.")) \
X(UAS_TLS, "uas-tls", 3261, "26.2.2", \
  N_("A sips URI asks for TLS on the whole way to its user. Where there is no TLS nobody can answer for one: 416.")) \
X(UAS_TYPE, "uas-type", 3261, "8.2.3", \
  N_("A body of a type that is not understood gets a 415 with Accept.")) \
X(UAS_REQUIRE, "uas-require", 3261, "8.2.2.3", \
  N_("A Require that is not understood gets a 420 with Unsupported; so does, from a proxy, a Proxy-Require.")) \
X(UAS_MERGED, "uas-merged", 3261, "8.2.2.2", \
  N_("The same request by two ways (same From tag, Call-ID and CSeq, no To tag) gets a 482.")) \
X(REINVITE, "reinvite", 3261, "14.2", \
  N_("An INVITE within a dialog changes the session; it is answered at once when nobody needs to be asked.")) \
X(REINVITE_SEND, "reinvite-send", 3261, "14.1", \
  N_("Either side may change the session by an INVITE within the dialog that describes all of it anew; it never forks.")) \
X(HOLD_SEND, "hold-send", 3264, "8.4", \
  N_("To put somebody on hold, the session is offered anew with a=sendonly: the other side shall not send any more. Where it holds as well, with a=inactive.")) \
X(HOLD_INACTIVE, "hold-inactive", 3264, "8.4", \
  N_("A hold with a=inactive stops the media in both directions, where neither side shall hear anything.")) \
X(HOLD_ZERO, "hold-zero", 3264, "8.4", \
  N_("The hold of RFC 2543 is an offer with the address 0.0.0.0: nothing can be sent there, and RTCP can't either. It is understood, but should not be used any more.")) \
X(STREAM_ADD, "stream-add", 3264, "8.1", \
  N_("To add a stream, the session is offered anew with one more m= line behind all others, or in the place of one that is out of use.")) \
X(STREAM_REMOVE, "stream-remove", 3264, "8.2", \
  N_("To take a stream out, the session is offered anew with port 0 in its m= line; the line itself stays where it is.")) \
X(RESUME_SEND, "resume-send", 3264, "8.4", \
  N_("To take somebody off hold, the session is offered anew with a=sendrecv: media go both ways again, unless the other side holds.")) \
X(REINVITE_OK, "reinvite-ok", 3261, "14.1", \
  N_("A 2xx to a re-INVITE makes the change, and is acknowledged like that to a first INVITE.")) \
X(REINVITE_REFUSED, "reinvite-refused", 3261, "14.1", \
  N_("After a final response other than 2xx the session stays as if there had been no re-INVITE.")) \
X(REINVITE_GLARE, "reinvite-glare", 3261, "14.1", \
  N_("After a 491 the re-INVITE is tried again: who owns the Call-ID waits for 2.1 to 4 seconds, the other side for at most 2.")) \
X(REINVITE_LOST, "reinvite-lost", 3261, "12.2.1.2", \
  N_("A 481 or 408 to a request within a dialog, or no response at all, says that the other side has lost it: the dialog is ended by a BYE.")) \
X(REINVITE_PENDING, "reinvite-pending", 3261, "14.2", \
  N_("A re-INVITE that comes while one's own is under way gets a 491.")) \
X(REINVITE_EARLY, "reinvite-early", 3261, "14.2", \
  N_("A second INVITE that comes before the final response to the first one was sent gets a 500 with a Retry-After of 0 to 10 seconds.")) \
X(REINVITE_MORATORIUM, "reinvite-moratorium", 5407, "3.1.4", \
  N_("A re-INVITE that comes after the 2xx but before its ACK is answered like any other: the dialog stands, and the first offer has its answer.")) \
X(REINVITE_OFFERED, "reinvite-offered", 5407, "3.1.5", \
  N_("The 2xx had an offer, and the ACK with its answer is not here yet: a re-INVITE gets a 491.")) \
X(REINVITE_UPDATE, "reinvite-update", 6337, "4.3", \
  N_("A re-INVITE that comes while the offer of an UPDATE has no answer yet gets a 491 from who has sent that UPDATE, a 500 from who is to answer it.")) \
X(REINVITE_RETRY, "reinvite-retry", 3261, "20.33", \
  N_("A 500 or 503 with Retry-After says when the other side can be asked again: the re-INVITE goes out once more after so many seconds.")) \
X(SESSION_REFRESH, "session-refresh", 4028, "10", \
  N_("Who refreshes the session does so when half of its interval is over, or before: by a re-INVITE that offers the same as before, or by an UPDATE (7.4).")) \
X(SESSION_UPDATE, "session-update", 4028, "7.4", \
  N_("The session is refreshed by an UPDATE without an offer where the other side allows that; where it refuses the method after all, by a re-INVITE.")) \
X(SESSION_AGREED, "session-agreed", 4028, "7.2", \
  N_("The 2xx says how long the session lasts and who refreshes it; where it says nothing the session does not expire, unless the caller wants to refresh it alone.")) \
X(SESSION_LONGER, "session-longer", 4028, "7.3", \
  N_("After a 422 the request goes out again, with the next CSeq number: Min-SE and Session-Expires are the 422's Min-SE.")) \
X(SESSION_TOO_SMALL, "session-too-small", 4028, "9", \
  N_("A session interval below the least that this side takes gets a 422, whose Min-SE says how much that is.")) \
X(SESSION_EXPIRED, "session-expired", 4028, "10", \
  N_("Who waits for the other side to refresh the session, in vain, ends it by a BYE shortly before it expires: 32 s before, or a third of the interval where that is less.")) \
X(REINVITE_REJECT, "reinvite-reject", 3261, "14.2", \
  N_("A re-INVITE may be refused; the session stays as it was.")) \
X(DIALOG_REQUEST, "dialog-request", 3261, "12.2.1.1", \
  N_("A request within a dialog has its tags and Call-ID and the next CSeq number, and goes to the remote target along the route set.")) \
X(DIALOG_REFRESH, "dialog-refresh", 3261, "12.2.1.2", \
  N_("The Contact of a re-INVITE that is accepted, and that of its 2xx, is the new target of the requests to that side; the route set stays.")) \
X(DIALOG_EARLY_OVER, "dialog-early-over", 3261, "13.2.2.4", \
  N_("64*T1 after the first 2xx, early dialogs that nobody has confirmed are over."))

/* RFC 3725: calls that a third party makes between two others. */
#define RULES_THIRD_PARTY(X) \
X(THIRD_FLOW_I, "third-party-flow-i", 3725, "4.1", \
  N_("Flow I: the first party is called without an offer; what its 2xx offers is the offer to the second, and what that answers is the answer in the first one's ACK.")) \
X(THIRD_FLOW_III, "third-party-flow-iii", 3725, "4.3", \
  N_("Flow III: what the first party's 2xx offers is answered at once with an address to which nothing is sent; the second party, called without an offer, makes the offer for a re-INVITE to the first.")) \
X(THIRD_FLOW_IV, "third-party-flow-iv", 3725, "4.4", \
  N_("Flow IV: the first party is called with an offer without any stream; the second party, called without an offer, makes the offer for a re-INVITE to the first.")) \
X(THIRD_FAILED, "third-party-failed", 3725, "6", \
  N_("The second party can't be had: the first gets a BYE, whose Reason has the status.")) \
X(THIRD_UNANSWERED, "third-party-unanswered", 3725, "6", \
  N_("The second party may not answer: the controller waits for as long as it is set to, and takes its INVITE back with a CANCEL. Then the first party gets a BYE.")) \
X(THIRD_PENDING, "third-party-pending", 3725, "6", \
  N_("A re-INVITE of one party that comes while the controller still waits for the other gets a 491.")) \
X(THIRD_PARTED, "third-party-parted", 3725, "7", \
  N_("One party has hung up: the controller hangs up with the other one, too.")) \
X(THIRD_PASSED, "third-party-passed", 3725, "7", \
  N_("A re-INVITE of one party is passed on to the other, and is answered as that one does.")) \
X(THIRD_NO_OFFER, "third-party-no-offer", 3725, "7", \
  N_("A controller that passes offers on refuses a re-INVITE without one with 488: it has none of its own.")) \
X(REDIAL_SUBSCRIBE, "redial-subscribe", 5359, "2.17", \
  N_("Who was busy is asked to say when he is free: a subscription to his dialogs.")) \
X(REDIAL_CALL, "redial-call", 5359, "2.17", \
  N_("Who was busy has no dialog any more: he is called again.")) \
X(THIRD_UNASKED, "third-party-unasked", 3725, "4", \
  N_("A controller calls others; who calls it gets a 403."))

/* RFC 3261 and what queues of calls make of it. */
#define RULES_QUEUE(X) \
X(QUEUE_WAIT, "queue-wait", 3261, "21.1.4", \
  N_("A queue lets a call wait until an agent is free: a 182 tells the caller, and its reason phrase how many are ahead of him and about how long that takes.")) \
X(QUEUE_TOLD, "queue-told", 3261, "21.1.4", \
  N_("A server may send several 182: a queue does when the place or the wait of a caller has changed, at most every ten seconds.")) \
X(QUEUE_CHOSEN, "queue-chosen", 7092, "3.1.2", \
  N_("The caller whose turn it is gets the agent whom the strategy names: a second INVITE, a call of the queue's own.")) \
X(QUEUE_SILENT, "queue-silent", 3261, "9.1", \
  N_("An agent who refuses, or lets it ring for too long, is left alone for a while; the caller keeps his place.")) \
X(QUEUE_TALK, "queue-talk", 7092, "3.1.2", \
  N_("An agent has answered, and so does the queue: the waiting is over.")) \
X(QUEUE_ABANDONED, "queue-abandoned", 3261, "9.2", \
  N_("A caller who hangs up before an agent answers has abandoned the queue: whoever rings for him is hung up, too.")) \
X(QUEUE_WRAP_UP, "queue-wrap-up", 7092, "3.1.2", \
  N_("After a call an agent writes down what it was about; until then no other call gets him.")) \
X(QUEUE_FREE, "queue-free", 7092, "3.1.2", \
  N_("An agent's call is done with: he is free for the next.")) \
X(QUEUE_FULL, "queue-full", 3261, "21.4.24", \
  N_("As many calls wait as may: one more gets a 486, or goes on to where the queue overflows.")) \
X(QUEUE_CLOSED, "queue-closed", 3261, "21.4.18", \
  N_("Out of hours a queue refuses calls with 480.")) \
X(QUEUE_EMPTY, "queue-empty", 3261, "21.4.18", \
  N_("No agent who could take the call is logged on: 480, or it goes on to where the queue overflows.")) \
X(QUEUE_LOGON, "queue-logon", 3261, "10.3", \
  N_("An agent logs on by a REGISTER that the queue accepts: his Contact is where he is called until that expires or he takes it away.")) \
X(QUEUE_LOGOFF, "queue-logoff", 3261, "10.3", \
  N_("An agent has logged off, or his registration has expired: no call goes to him any more.")) \
X(QUEUE_STRANGER, "queue-stranger", 3261, "21.4.4", \
  N_("Only the agents whom the queue knows may log on; others get a 403."))

/* RFC 7092, 7332, 3261, 3264, 6337: two user agents back to back. */
#define RULES_PAIR(X) \
X(PAIR_INVITE, "pair-invite", 3261, "6", \
  N_("A back-to-back user agent takes a request as a user agent that is called; to find out how to answer it, it calls as another user agent. The two calls have nothing in common but what it carries over.")) \
X(PAIR_CALL, "pair-call", 7092, "3.1.2", \
  N_("The other half of the call is an INVITE of the box's own: its Call-ID, tags, CSeq, Via and Contact are new; From, To, the subject and what the box does not know are carried over.")) \
X(PAIR_NOT_SENT, "pair-not-sent", 3261, "8.1.3.1", \
  N_("The other half can't be sent: its caller hears that as if it had been answered so.")) \
X(PAIR_HOPS, "pair-hops", 7332, "5", \
  N_("A back-to-back user agent carries Max-Forwards over, one less, as a proxy does; at zero it refuses with 483. So a ring of boxes ends.")) \
X(PAIR_BREADTH, "pair-breadth", 7332, "6", \
  N_("A back-to-back user agent copies Max-Breadth (RFC 5393) into what it makes of a request, as a proxy does, and makes it no larger.")) \
X(PAIR_PROGRESS, "pair-progress", 7092, "3.1.2", \
  N_("What the called party says while it rings is said to the caller in a provisional response of the box's own; each side confirms its own reliable ones (RFC 3262).")) \
X(PAIR_ANSWER, "pair-answer", 7092, "3.1.2", \
  N_("The called party's 2xx makes the box answer its caller, with what that said of the media.")) \
X(PAIR_ADAPTED, "pair-adapted", 3725, "4.4", \
  N_("The answer that one party gives is the other's, whose ACK has waited for it.")) \
X(PAIR_UNFIT, "pair-unfit", 3264, "6", \
  N_("What one party offers the other can't do: both are hung up.")) \
X(PAIR_REFUSED, "pair-refused", 7092, "3.1.2", \
  N_("The other party's refusal is the answer to the caller: status and reason, Warning, Retry-After, challenges and contacts are carried over.")) \
X(PAIR_CHANGE, "pair-change", 6337, "5", \
  N_("An offer of one party is made to the other, and answered as that does, in a message of the box's own: o= and its version belong to the box. The same offer once more is answered by the box.")) \
X(PAIR_ANCHOR, "pair-anchor", 7092, "3.2.1", \
  N_("A box through which media go puts an address and a port of its own into every description, and takes out what would lead past it.")) \
X(PAIR_PENDING, "pair-pending", 3261, "14.2", \
  N_("While the box waits for the other side's answer, what would cross it gets a 491.")) \
X(PAIR_LATE, "pair-late", 3264, "4", \
  N_("A party's offer can't be made to the other now: it is refused with 488, and the session stays.")) \
X(PAIR_PASS, "pair-pass", 7092, "3.1.2", \
  N_("A request that the box does not answer itself goes on in the other call, and its answer comes back.")) \
X(PAIR_OTHER_DIALOG, "pair-other-dialog", 5057, "5.1", \
  N_("An answer that ends the dialog in which it was given says nothing of the other one: who has asked there gets a 500, which ends nothing.")) \
X(PAIR_BYE, "pair-bye", 7092, "3.1.2", \
  N_("One half of the call has ended: the box ends the other, with the same Reason.")) \
X(PAIR_OVER, "pair-over", 7092, "3.1.2", \
  N_("Both halves of the call are over.")) \
X(PAIR_TRANSFER, "pair-transfer", 3725, "7", \
  N_("A box that carries a REFER out itself calls the target, and lets the party that stays hear of it by a re-INVITE.")) \
X(PAIR_TAKEN, "pair-taken", 3326, "3.1", \
  N_("Of several that a box has called at once the first to answer is the other party; the others are hung up, and the Reason tells that the call was completed elsewhere.")) \
X(PAIR_SILENT, "pair-silent", 3261, "9.1", \
  N_("Whoever lets a caller wait takes back what nobody answers in time, and calls others; the caller hears nothing of that but that he waits.")) \
X(PAIR_REPLACES, "pair-replaces", 3891, "3", \
  N_("An INVITE with Replaces names a dialog of the box's: the other half of that call is what the box's INVITE is to replace, under the names that it has there.")) \
X(PRACK_OTHERS, "prack-others", 6337, "3.1", \
  N_("An offer in a PRACK would have to be answered at once; who has to ask the other side first refuses it."))

/* RFC 3515, 6665, 5589, 3892: calls that are transferred. */
#define RULES_TRANSFER(X) \
X(REFER_SEND, "refer-send", 3515, "2.4.1", \
  N_("A REFER asks the other side to contact whoever stands in Refer-To. It makes a subscription, by which NOTIFY tells the outcome, unless it asks for none with Refer-Sub: false (RFC 4488).")) \
X(REFER_REFUSED, "refer-refused", 6665, "4.1.2.1", \
  N_("A final response other than 2xx says that there is no subscription, and that nothing will be done.")) \
X(REFER_2XX, "refer-2xx", 6665, "4.1.2.1", \
  N_("A 2xx says that the request was accepted, and that a NOTIFY will come at once; it is that NOTIFY which makes the subscription.")) \
X(REFER_SILENT, "refer-silent", 6665, "4.1.2.4", \
  N_("The first NOTIFY must come within 64*T1 of the REFER (Timer N); where none has, the subscription has failed.")) \
X(REFER_EXPIRED, "refer-expired", 3515, "2.4.4", \
  N_("The side that was referred chooses how long it sends news of the transfer; when that time is over the subscription ends.")) \
X(REFER_ACCEPT, "refer-accept", 3515, "2.4.2", \
  N_("A REFER that is accepted gets a 202: what it asks for is begun, not done. (RFC 6665 8.3.1 gives the 202 up for SUBSCRIBE; here it stands in RFC 3515.)")) \
X(REFER_INVITE, "refer-invite", 3515, "2.4.3", \
  N_("Whoever stands in Refer-To is called as anybody else would be, by a new INVITE of a dialog of its own; a Referred-By goes along as it came (RFC 3892 2.2).")) \
X(REFER_ASKS, "refer-asks", 3515, "2.4.2", \
  N_("Who has to ask its user, or to prepare, before it calls whom a REFER names says 202 and 100 all the same, and calls later.")) \
X(REFER_BAD, "refer-bad", 3515, "2.4.2", \
  N_("A REFER without a Refer-To, or with more than one, gets a 400.")) \
X(REFER_DECLINE, "refer-decline", 3515, "2.4.2", \
  N_("A user agent may decline what a REFER asks for.")) \
X(REFER_UNTOLD, "refer-untold", 4488, "4", \
  N_("Refer-Sub: false asks for no news of what the REFER brings: the 202 says the same, and there is no subscription.")) \
X(REFER_UNHEARD, "refer-unheard", 4488, "4", \
  N_("A 2xx with Refer-Sub: false says that the REFER is obeyed and that nothing will be told of what comes of it: there is no subscription, and the call it came in stays until somebody hangs up.")) \
X(REFER_SUB_KEPT, "refer-sub-kept", 4488, "4", \
  N_("A REFER with Refer-Sub: false was answered by a 2xx without it: the other side does not grant that, and the subscription is made as of any REFER.")) \
X(REFER_TARGET, "refer-target", 3515, "2.4.2", \
  N_("What can't be called from here, by its scheme, for want of TLS, or since it asks for another method than INVITE or for other header fields than Replaces and Join, is declined.")) \
X(REFER_OUTSIDE, "refer-outside", 5589, "5", \
  N_("Who may transfer a call is one of the two who talk: a REFER outside of their dialog is declined.")) \
X(INFO_DIGIT, "info-digit", 6086, "4.2.2", \
  N_("An INFO within a call is answered 200: it told which digit was pressed at the other side, and changes nothing in the call.")) \
X(INFO_ACCEPT, "info-accept", 6086, "4.2.2", \
  N_("An INFO within a call is answered 200: what it tells has arrived, and nothing in the call is changed by it.")) \
X(INFO_EMPTY, "info-empty", 2976, "2.2", \
  N_("An INFO without a body is answered 200 where its call is known: it says nothing, and changes nothing.")) \
X(INFO_PACKAGE, "info-package", 6086, "4.2.2", \
  N_("An INFO of a package that the phone did not announce in Recv-Info gets a 469.")) \
X(INFO_TAKEN, "info-taken", 6086, "4.2.2", \
  N_("An INFO of a package that is in the phone's Recv-Info gets a 200: what it means is the application's business, and so is whether it likes it.")) \
X(INFO_SEND, "info-send", 6086, "4.4", \
  N_("An INFO goes within the dialog of a call, and says something of its own to the other side. Nothing keeps several in order but that one waits for the answer to the one before.")) \
X(INFO_REFUSED, "info-refused", 6086, "4.2.1", \
  N_("A 469 or another refusal of an INFO is about that INFO alone: the call goes on.")) \
X(REFER_PENDING, "refer-pending", 3515, "2.4.2", \
  N_("While one transfer of a call is under way, or the call is not answered yet, another REFER gets a 491.")) \
X(NOTIFY_FIRST, "notify-first", 3515, "2.4.4", \
  N_("A subscription that is made brings a NOTIFY at once. Of a REFER it says 100: the call to the target is under way.")) \
X(NOTIFY_FINAL, "notify-final", 3515, "2.4.7", \
  N_("The final NOTIFY has the status line of the answer to the referred call, and ends the subscription with the reason noresource: there will be no more news.")) \
X(NOTIFY_TIMEOUT, "notify-timeout", 6665, "4.2.1.4", \
  N_("A subscription that is not refreshed is removed when its time is over, and the last NOTIFY says so: terminated, with the reason timeout. What a REFER has asked for goes on.")) \
X(NOTIFY_LOST, "notify-lost", 6665, "4.2.2", \
  N_("A NOTIFY that is refused, or not answered, ends the subscription; what the REFER asked for goes on.")) \
X(NOTIFY_RECV, "notify-recv", 6665, "4.1.3", \
  N_("A NOTIFY that belongs to a subscription, and that can be read, is answered with 200 at once: the 200 says that it has arrived, and no more.")) \
X(NOTIFY_BEGINS, "notify-begins", 6665, "4.1.2.4", \
  N_("The first NOTIFY makes the subscription, and Timer N is stopped.")) \
X(NOTIFY_NEWS, "notify-news", 6665, "4.1.3", \
  N_("What a NOTIFY says in Subscription-State is how the subscription stands.")) \
X(NOTIFY_BODY, "notify-body", 6665, "4.1.3", \
  N_("A NOTIFY brings the state of what was subscribed to: its body has that in the form of the event package.")) \
X(NOTIFY_NONE, "notify-none", 6665, "4.1.3", \
  N_("A NOTIFY that belongs to no subscription gets a 481.")) \
X(NOTIFY_EVENT, "notify-event", 6665, "4.1.3", \
  N_("A NOTIFY of an event package that is not known gets a 489, with those that are in Allow-Events.")) \
X(NOTIFY_BAD, "notify-bad", 6665, "4.1.3", \
  N_("A NOTIFY must have an Event and a Subscription-State, and of a REFER begin its body with a status line (RFC 3515 2.4.5): else 400.")) \
X(NOTIFY_TYPE, "notify-type", 3515, "2.4.4", \
  N_("A NOTIFY of a REFER has a body of type message/sipfrag; another one gets a 415 with Accept.")) \
X(TRANSFER_DONE, "transfer-done", 5589, "6", \
  N_("The target has taken the call: who asked for the transfer is not needed any more, and hangs up.")) \
X(TRANSFER_FAILED, "transfer-failed", 5589, "6", \
  N_("A transfer that was refused, or that did not reach its target, leaves the call as it was: the two who talked before talk on, and who is on hold is taken off it.")) \
X(TRANSFER_STOP, "transfer-stop", 3515, "2.4.4", \
  N_("Who hangs up waits for no more news of a transfer; what the REFER asked for goes on.")) \
X(REPLACES_SEND, "replaces-send", 3891, "4", \
  N_("An INVITE with Replaces asks for the place of a call that there is: it names the dialog by its Call-ID and tags, as the side that gets it knows them. Require makes sure that who does not know Replaces says so.")) \
X(PICKUP_NONE, "pickup-none", 5359, "2.16", \
  N_("A call is picked up by the dialog that a NOTIFY of its phone has named with its tags, and that may still be replaced; without one there is nothing to pick up.")) \
X(REPLACES_BAD, "replaces-bad", 3891, "3", \
  N_("An INVITE may have one Replaces, with one Call-ID, one to-tag and one from-tag, and no Join beside it. More than that, or a Replaces in another request, gets a 400.")) \
X(REPLACES_NONE, "replaces-none", 3891, "3", \
  N_("A Replaces that names no dialog of a call here gets a 481: its to-tag is the tag of this side, its from-tag that of the other one.")) \
X(REPLACES_OVER, "replaces-over", 3891, "3", \
  N_("A call that has just ended is not replaced: the INVITE gets a 603, so that no phone rings for a call that nobody wants any more.")) \
X(REPLACES_TAKEN, "replaces-taken", 3891, "3", \
  N_("A call in whose place another already comes is as good as ended: a second INVITE that wants its place gets a 603.")) \
X(REPLACES_DENIED, "replaces-denied", 3891, "3", \
  N_("Who may replace a call is for the user agent to decide: it must be sure that the other side of that call wants it. Else the INVITE is refused, here with a 403.")) \
X(REPLACES_ANSWERED, "replaces-answered", 3891, "3", \
  N_("With early-only a call is replaced only while nobody has answered it: afterwards the INVITE gets a 486.")) \
X(REPLACES_EARLY, "replaces-early", 3891, "3", \
  N_("An early dialog is replaced at the side that has called, never at the one that rings: there the INVITE gets a 481.")) \
X(REPLACES_ACCEPT, "replaces-accept", 3891, "3", \
  N_("An INVITE with Replaces is answered at once with a 200: the new call takes the place of the old one, of which a confirmed one gets a BYE and an early one a CANCEL.")) \
X(REPLACES_BYE, "replaces-bye", 3891, "3", \
  N_("The new call stands: the one that it replaces is ended by a BYE.")) \
X(JOIN_SEND, "join-send", 3911, "5", \
  N_("An INVITE with Join asks to be let into a call that there is: it names the dialog by its Call-ID and tags, as the side that gets it knows them.")) \
X(JOIN_BAD, "join-bad", 3911, "4", \
  N_("An INVITE may have one Join, with one Call-ID, one to-tag and one from-tag, and no Replaces beside it. More than that, or a Join in another request, gets a 400.")) \
X(JOIN_NONE, "join-none", 3911, "4", \
  N_("A Join that names no dialog of a call here gets a 481: its to-tag is the tag of this side, its from-tag that of the other one.")) \
X(JOIN_OVER, "join-over", 3911, "4", \
  N_("Nobody can join a call that has just ended: the INVITE gets a 603.")) \
X(JOIN_DENIED, "join-denied", 3911, "4", \
  N_("Who may join a call is for the user agent to decide. Else the INVITE is refused, here with a 403.")) \
X(JOIN_ACCEPT, "join-accept", 3911, "4", \
  N_("An INVITE with Join is answered like any other; then its caller hears, and is heard by, all who are in the call that it joins.")) \
X(JOIN_MIX, "join-mix", 3911, "4", \
  N_("Two calls, and all that either is mixed with already, become one conversation: this side mixes the media, so that everybody hears everybody else."))

/* Section 11, as a question whether somebody is there. */
#define RULES_PING(X) \
X(PING_SEND, "ping-send", 3261, "11", \
  N_("An OPTIONS changes nothing: asked for at regular times it tells whether the server still answers.")) \
X(PING_LOST, "ping-lost", 3261, "17.1.2.2", \
  N_("No final response within 64*T1 counts as 408, a failure of the transport as 503: the server is not there.")) \
X(PING_BACK, "ping-back", 3261, "11.2", \
  N_("Any response, also one that refuses, says that the server is there."))

/* RFC 3428: instant messages. */
#define RULES_MESSAGE(X) \
X(MESSAGE_SEND, "message-send", 3428, "4", \
  N_("A MESSAGE carries its text itself. It begins no dialog and has no Contact; one within the dialog of a call belongs to that conversation.")) \
X(MESSAGE_SHOW, "message-show", 3428, "7", \
  N_("A MESSAGE is answered at once. The 200 has no body and no Contact, and says that the text has arrived, not that anybody has read it.")) \
X(MESSAGE_EXPIRED, "message-expired", 3428, "7", \
  N_("Expires says for how long a message is worth reading, from its Date on, or from its arrival where it has none. One that comes too late is answered, and not shown.")) \
X(MESSAGE_DECLINED, "message-declined", 3428, "7", \
  N_("A 6xx to a MESSAGE says that it has arrived and is not wanted.")) \
X(MESSAGE_FAILED, "message-failed", 3428, "7", \
  N_("A final response from 300 to 599, or none, says that the message was not delivered.")) \
X(MESSAGE_TCP, "message-tcp", 3428, "8", \
  N_("A message that goes by TCP for its size does not go by UDP where TCP is refused: it would take more than its share of the way.")) \
X(MESSAGE_RELAYED, "message-relayed", 3428, "4", \
  N_("A 202 to a MESSAGE says that somebody has it who may deliver it later: it was not delivered yet."))

/* Sections 8.1.3 and 22: what a response makes a client do. */
#define RULES_CLIENT(X) \
X(UAC_FAILOVER, "uac-failover", 3263, "4.3", \
  N_("When a server answers 503, can't be reached or does not answer at all, the same request goes to the next one, with a new branch.")) \
X(UAC_ATTEMPTS, "uac-attempts", 3261, "8.1.3.4", \
  N_("No request is tried for ever: after 70 attempts the last answer is the final one.")) \
X(AUTH_ANSWER, "auth-answer", 3261, "22.2", \
  N_("A 401 is answered by the same request with credentials for its realm and the next CSeq.")) \
X(AUTH_ANSWER_PROXY, "auth-answer-proxy", 3261, "22.3", \
  N_("A 407 is answered by the same request with credentials for each proxy that has asked, and the next CSeq.")) \
X(AUTH_AHEAD, "auth-ahead", 3261, "22.3", \
  N_("Credentials for a realm that has asked before go along with later requests of the same Call-ID, or to the same server; nc counts how often the nonce was used.")) \
X(AUTH_REFUSED, "auth-refused", 3261, "22.1", \
  N_("A request must not be tried again with credentials that have just been refused, unless only their nonce was stale.")) \
X(AUTH_NO_PASSWORD, "auth-no-password", 3261, "22.1", \
  N_("Who has no password for the realm can't answer the challenge: it is the final answer.")) \
X(AUTH_UNKNOWN, "auth-unknown", 8760, "2.4", \
  N_("A challenge that can't be read, or with a scheme or algorithm that is not known, is passed over.")) \
X(REDIRECT_FOLLOW, "redirect-follow", 3261, "8.1.3.4", \
  N_("A 3xx leads to the URIs in its Contacts: they are tried in the order of q, with the same Call-ID and the next CSeq.")) \
X(REDIRECT_NEXT, "redirect-next", 3261, "8.1.3.4", \
  N_("When one target fails the next one is tried, until the list is exhausted.")) \
X(REDIRECT_PROXY, "redirect-use-proxy", 3261, "21.3.4", \
  N_("After a 305 this one request is repeated through the proxy that the Contact names.")) \
X(REDIRECT_ASK, "redirect-ask", 3261, "8.1.3.4", \
  N_("A user agent may leave it to its user whether to go where it is sent.")) \
X(REDIRECT_LOOP, "redirect-loop", 3261, "8.1.3.4", \
  N_("No URI is put into the target set more than once, so that two places that name each other end it.")) \
X(REDIRECT_UNUSABLE, "redirect-unusable", 3261, "8.1.3.4", \
  N_("A Contact that is no SIP URI can't be called from here.")) \
X(REDIRECT_LIMIT, "redirect-limit", 3261, "8.1.3.4", \
  N_("A client chooses which Contacts it takes into its target set: no more than 70.")) \
X(REDIRECT_HEADERS, "redirect-headers", 3261, "19.1.5", \
  N_("Header fields that a URI wants in the request are taken over only where they can do no harm.")) \
X(SERVICE_ROUTE, "service-route", 3608, "6.1", \
  N_("Requests outside a dialog go along the Service-Route that the registrar gave, behind an outbound proxy."))

/* Sections 8.2, 13.3.1 and 21: what a called phone says. */
#define RULES_CALLED(X) \
X(UAS_METHOD_UNKNOWN, "uas-method-unknown", 3261, "21.5.2", \
  N_("A method that is not known at all gets a 501.")) \
X(UAS_EXTENSION, "uas-extension", 3261, "8.2.4", \
  N_("Where no proper response is possible without an extension that the client does not support, the answer is 421 with Require.")) \
X(UAS_LARGE, "uas-body-large", 3261, "21.4.11", \
  N_("A body larger than the server is willing to take gets a 413.")) \
X(UAS_ENCODING, "uas-encoding", 3261, "8.2.3", \
  N_("A body with an encoding that is not understood gets a 415 with Accept-Encoding.")) \
X(UAS_SECRET, "uas-undecipherable", 3261, "21.4.28", \
  N_("An encrypted body for which the receiver has no key gets a 493.")) \
X(UAS_ACCEPT, "uas-accept", 3261, "21.4.7", \
  N_("Where the client's Accept allows no body that the server could send, the answer is 406.")) \
X(INVITE_EVERYWHERE, "invite-everywhere", 3261, "21.6", \
  N_("Who knows that no other phone of the user will do better says so with a 6xx, which ends the search.")) \
X(INVITE_REDIRECT, "invite-redirect", 3261, "13.3.1.2", \
  N_("A called side that wants the call to go elsewhere answers 302 with a Contact.")) \
X(INVITE_ALTERNATIVE, "invite-alternative", 3261, "21.3.5", \
  N_("A 380 refuses the call and describes another service in its body.")) \
X(INVITE_NOT_DISTURBED, "invite-not-disturbed", 3261, "13.3.1.3", \
  N_("A phone whose user does not want to be disturbed refuses without ringing: with 480 (21.4.18), or where it speaks for all his phones with 603.")) \
X(INVITE_UNANSWERED, "invite-unanswered", 3261, "21.4.18", \
  N_("A phone that was reached, but whose user does not answer, says 480.")) \
X(INVITE_QUEUED, "invite-queued", 3261, "21.1.4", \
  N_("A called side that is busy now, but does not refuse, lets the call wait with 182.")) \
X(INVITE_EARLY_MEDIA, "invite-early-media", 3261, "21.1.5", \
  N_("A 183 tells of progress that is no ringing; it may bring the answer to the offer, so that something is heard before the call is taken."))

/* RFC 3262: provisional responses that arrive. */
#define RULES_RELIABLE(X) \
X(RELIABLE_SEND, "reliable-send", 3262, "3", \
  N_("A provisional response that has to arrive says Require: 100rel and has a number, RSeq: the first one's is drawn, each further one's is one more. It is repeated until a PRACK confirms it.")) \
X(RELIABLE_AGAIN, "reliable-again", 3262, "3", \
  N_("Without a PRACK the reliable provisional response is sent again after T1, then after twice as long each time.")) \
X(RELIABLE_SILENT, "reliable-silent", 3262, "3", \
  N_("No PRACK has come for the provisional response within 64*T1: the called side gives up and refuses the INVITE with a 5xx.")) \
X(RELIABLE_ONE, "reliable-one", 3262, "3", \
  N_("The next reliable provisional response waits until the one before is confirmed: so they arrive in order.")) \
X(RELIABLE_2XX, "reliable-2xx", 3262, "3", \
  N_("A 2xx waits for the PRACK of a provisional response that has a session description; other final responses need not wait.")) \
X(PRACK_SEND, "prack-send", 3262, "4", \
  N_("The caller confirms a reliable provisional response by a PRACK in its dialog: RAck repeats RSeq and CSeq of the response.")) \
X(PRACK_RECV, "prack-recv", 3262, "3", \
  N_("A PRACK whose RAck fits the provisional response that waits for it gets a 2xx, and the response is not repeated any more.")) \
X(OFFER_RELIABLE, "offer-reliable", 3262, "5", \
  N_("A reliable provisional response has the answer for good, or the offer where the INVITE had none, which its PRACK answers.")) \
X(PRACK_OFFER, "prack-offer", 3262, "5", \
  N_("A PRACK may bring an offer, or the answer to what its provisional response has offered; an offer is answered in the 2xx to the PRACK.")) \
X(PRACK_UNANSWERED, "prack-unanswered", 3262, "5", \
  N_("The PRACK must answer what the provisional response has offered. Where it does not, it is confirmed all the same, and the call is refused.")) \
X(PRACK_NONE, "prack-none", 3262, "3", \
  N_("A PRACK that fits no provisional response which waits for one gets a 481.")) \
X(PRACK_LATE, "prack-late", 3262, "3", \
  N_("An INVITE may be refused before the PRACK of its last provisional response is there: when that comes it gets its 2xx all the same.")) \
X(EARLY_LOST, "early-lost", 5057, "5.1", \
  N_("A request in one early dialog of a fork fails so that this dialog can't go on: it ends, the others do not.")) \
X(PRACK_REPEATED, "prack-repeated", 3262, "4", \
  N_("A reliable provisional response that has come before is left aside: its PRACK, under way or answered, takes care of itself.")) \
X(PRACK_ORDER, "prack-order", 3262, "4", \
  N_("Reliable provisional responses count in the order of their RSeq: one that is not the next in its dialog gets no PRACK and is left aside.")) \
X(UPDATE_SEND, "update-send", 3311, "5.1", \
  N_("Either side may change the session by an UPDATE, also before the call is answered; with an offer only where no other offer waits for its answer. Without one it refreshes the target alone.")) \
X(UPDATE_RECV, "update-recv", 3311, "5.2", \
  N_("An UPDATE is answered at once, with an answer to what it offers.")) \
X(UPDATE_GLARE, "update-glare", 3311, "5.2", \
  N_("An UPDATE that offers something while one's own offer waits for its answer gets a 491.")) \
X(UPDATE_EARLY, "update-early", 3311, "5.2", \
  N_("An UPDATE that offers something before the offer before it was answered gets a 500 with a Retry-After of 0 to 10 seconds.")) \
X(UPDATE_CROSSED, "update-crossed", 6337, "4.3", \
  N_("While the ACK or PRACK for an offer or answer in the responses to an INVITE is missing, an UPDATE that offers something gets a 491 from who has sent that INVITE, a 500 from who answers it.")) \
X(UPDATE_ASK, "update-ask", 3311, "5.2", \
  N_("An UPDATE can't wait for a person: who would have to ask one refuses it with 504.")) \
X(UPDATE_AGAIN, "update-again", 3311, "5.3", \
  N_("After a 491 the UPDATE is tried again: who owns the Call-ID waits for 2.1 to 4 seconds, the other side for at most 2.")) \
X(UPDATE_RETRY, "update-retry", 3261, "20.33", \
  N_("A 500 or 503 with Retry-After says when the other side can be asked again: the UPDATE goes out once more after so many seconds."))

/* RFC 6665: subscriptions by SUBSCRIBE, and the dialogs of all of them; RFC
 * 5057: usages that share one. */
#define RULES_SUBSCRIBE(X) \
X(USAGE_DIALOG_LOST, "usage-dialog-lost", 5057, "5.1", \
  N_("A failure that says that the far end is not at its Contact any more ends the dialog, and with it all that shares it: the call and its subscriptions.")) \
X(USAGE_LOST, "usage-lost", 5057, "5.1", \
  N_("A 481 says that the other side has lost this one usage of the dialog: it ends, and others in the same dialog go on.")) \
X(USAGE_BYE, "usage-bye", 5057, "5.5", \
  N_("A BYE ends the session, not the dialog: subscriptions that share it go on.")) \
X(SUBSCRIBE_SEND, "subscribe-send", 6665, "4.1.2.1", \
  N_("A SUBSCRIBE asks to be told how something stands, and of each change: Event names the package, Expires says for how long.")) \
X(SUBSCRIBE_REFRESH, "subscribe-refresh", 6665, "4.1.2.2", \
  N_("A subscription is refreshed before it expires by a SUBSCRIBE in its dialog; Expires 0 in it ends the subscription.")) \
X(SUBSCRIBE_STOP, "subscribe-stop", 6665, "4.1.2.3", \
  N_("Who does not want the news any more asks once more with Expires 0; the subscription ends with the NOTIFY that follows.")) \
X(SUBSCRIBE_LONGER, "subscribe-longer", 6665, "4.1.2.1", \
  N_("A 423 says how long it must be at least: the SUBSCRIBE goes out again with that.")) \
X(SUBSCRIBE_AGAIN, "subscribe-again", 6665, "4.1.3", \
  N_("Some reasons for the end of a subscription mean that it is to be asked for again: deactivated and timeout at once, probation and giveup later.")) \
X(SUBSCRIBE_RECOVER, "subscribe-recover", 6665, "4.1.2.2", \
  N_("What a phone is to watch is asked for anew, with another Call-ID and From tag, when the subscription was lost or could not be had: after a 481 at once, else after a wait as that of a registration.")) \
X(SUBSCRIBE_EXPIRED, "subscribe-expired", 6665, "4.1.2.2", \
  N_("A subscription that was not refreshed is over when its time is. The subscriber waits 64*T1 longer for the NOTIFY that says so, and then does without it.")) \
X(SUBSCRIBE_FORKED, "subscribe-forked", 6665, "4.1.4", \
  N_("A SUBSCRIBE that was forked brings a NOTIFY from each branch: each is a subscription of its own, with a dialog of its own, where the package allows that.")) \
X(NOTIFY_FORK, "notify-fork", 6665, "4.1.4", \
  N_("A package that allows one subscription only refuses the NOTIFYs of other branches with 481, which ends them.")) \
X(SUBSCRIBE_ACCEPT, "subscribe-accept", 6665, "4.2.1.2", \
  N_("A SUBSCRIBE that is accepted gets a 200 with the time granted, and a NOTIFY with the state at once.")) \
X(SUBSCRIBE_REFRESHED, "subscribe-refreshed", 6665, "4.2.1.4", \
  N_("A SUBSCRIBE in its dialog gives the subscription its time anew, or with Expires 0 ends it; a NOTIFY follows as after the first.")) \
X(SUBSCRIBE_BRIEF, "subscribe-brief", 6665, "4.2.1.1", \
  N_("A time that is too brief is refused with 423 and the least that is granted.")) \
X(SUBSCRIBE_FULL, "subscribe-full", 6665, "6.3", \
  N_("Each subscription costs whoever notifies memory: where there are as many as it keeps, one more gets a 503 with Retry-After.")) \
X(NOTIFY_FORKS, "notify-forks", 6665, "4.1.4", \
  N_("Of one SUBSCRIBE a subscriber keeps so many subscriptions at most; the NOTIFYs of further branches get a 481.")) \
X(SUBSCRIBE_EVENT, "subscribe-event", 6665, "4.2.1.1", \
  N_("An event package that is not served here gets a 489, with those that are.")) \
X(SUBSCRIBE_REFER, "subscribe-refer", 3515, "2.4.4", \
  N_("Only a REFER begins a subscription to refer. A SUBSCRIBE that would begin one gets a 403; within a dialog, where it would have refreshed one that is not there, a 481.")) \
X(SUBSCRIBE_ACCEPTS, "subscribe-accepts", 6665, "5.4.5", \
  N_("Who takes no body of the package's type can't be told: 406.")) \
X(SUBSCRIBE_REFUSED, "subscribe-refused", 6665, "4.2.1.3", \
  N_("Whether somebody may have the state is decided by whose state it is; who may not gets a refusal, or a NOTIFY that says rejected.")) \
X(USAGE_SECOND, "usage-second", 5057, "5.6", \
  N_("A request that would begin one more usage of a dialog is refused with 603, which harms no usage that there is.")) \
X(NOTIFY_AT_ONCE, "notify-at-once", 6665, "4.2.1.2", \
  N_("Each SUBSCRIBE is followed by a NOTIFY at once, with the full state, whether anything has changed or not.")) \
X(NOTIFY_CHANGE, "notify-change", 6665, "4.2.2", \
  N_("What has changed is told to all who have subscribed to it, one NOTIFY after the other.")) \
X(NOTIFY_RATE, "notify-rate", 4235, "3.10", \
  N_("Of dialogs nobody is told more often than once a second: what changes sooner waits, and then the state of that moment is told.")) \
X(NOTIFY_SILENT, "notify-silent", 6665, "4.1.2.4", \
  N_("A NOTIFY must come within 64*T1 of the SUBSCRIBE (Timer N); where none has, the subscription has failed.")) \
X(DIALOG_NOTIFY, "dialog-notify", 6665, "4.4.1", \
  N_("The NOTIFY that answers a SUBSCRIBE, or a REFER outside of a dialog, makes the dialog, not the 2xx.")) \
X(DIALOG_UNSUBSCRIBED, "dialog-unsubscribed", 6665, "4.4.1", \
  N_("With its last subscription a dialog ends, unless a session uses it as well."))

/* A voice menu: what its program does with a call. */
#define RULES_MENU(X) \
X(MENU_PROGRAM, "menu-program", 3261, "13.3.1", \
  N_("Who is called says when it rings, and whether the call is taken. Here a program says it.")) \
X(MENU_REFUSES, "menu-refuses", 3261, "13.3.1.3", \
  N_("Who does not take a call refuses it, with the status that says why. Here a program says so.")) \
X(MENU_PLAYS, "menu-plays", 3261, "13.3.1.4", \
  N_("Once a call is taken, what is to be heard goes over its media. Here a program plays something for a time.")) \
X(MENU_COLLECTS, "menu-collects", 6086, "2", \
  N_("Digits that somebody presses reach a program by INFO, as before that RFC: it has them one by one, until there are enough, a # ends them, or none comes for a time.")) \
X(MENU_TRANSFERS, "menu-transfers", 5589, "6.1", \
  N_("Who has a call and wants somebody else to have it asks the other side by REFER to call there; NOTIFYs tell what comes of it. Here a program says so.")) \
X(MENU_HANGS_UP, "menu-hangs-up", 3261, "15", \
  N_("Either side of a call may end it by BYE. Here a program hangs up.")) \
X(MENU_DONE, "menu-done", 3261, "15", \
  N_("A program that has said all has no more use for its call: it ends by BYE, or by 480 where it was never answered.")) \
X(MENU_FAILED, "menu-failed", 3261, "21.5.1", \
  N_("A server that something unexpected keeps from serving a call answers 500: here its program has an error, does not come to an end, or says nonsense. One that has too much to do answers 503 (21.5.4). A call that was answered ends by BYE.")) \
X(MENU_NONE, "menu-none", 3261, "21.4.18", \
  N_("A voice menu without a program can do nothing with a call: 480."))

/* Voice mail: which mailbox a call is for, and what waits there (RFC 3842). */
#define RULES_MAILBOX(X) \
X(MAILBOX_NONE, "mailbox-none", 3261, "8.2.2.1", \
  N_("A call for which there is no mailbox gets a 404: for whom it was is looked up in the Request-URI (also its parameter target, RFC 4458), in History-Info, in Diversion and in To.")) \
X(MAILBOX_RECORD, "mailbox-record", 7044, "12.1", \
  N_("Voice mail keeps a message for whom the caller has called first, and not for who has sent the call here.")) \
X(MAILBOX_HEARD, "mailbox-heard", 3842, "3.5", \
  N_("What the owner of a mailbox has heard is old: messages are waiting only where some are new."))

/* RFC 4579, 4353, 4575: conferences, their focus, and who is in them. */
#define RULES_CONFERENCE(X) \
X(CONFERENCE_CREATE, "conference-create", 4579, "5.4", \
  N_("A call to the conference factory makes a conference: its URI, which nobody had before, is the Contact of the 2xx, with isfocus.")) \
X(CONFERENCE_MOVE, "conference-move", 4579, "5.4", \
  N_("The factory may make the conference and send the caller to its focus: a 302 whose Contact is the new conference's URI, with isfocus.")) \
X(CONFERENCE_APPLY, "conference-apply", 4579, "5.3", \
  N_("A conference application asks its caller for what it needs, in a call like any other; the conference is made in that call, and a re-INVITE whose Contact is its URI, with isfocus, says so.")) \
X(CONFERENCE_ENTER, "conference-enter", 4579, "5.1", \
  N_("Who calls the URI of a conference is a participant from the answer on; the Contact of the 2xx is the conference's URI, with isfocus.")) \
X(CONFERENCE_DIAL, "conference-dial", 4579, "5.2", \
  N_("The focus brings somebody in by an INVITE whose Contact is the conference's URI, with isfocus; a phone that knows nothing of conferences takes it for an ordinary call.")) \
X(CONFERENCE_REFERRED, "conference-referred", 4579, "5.5", \
  N_("A REFER to the conference's URI asks the focus to bring in whom Refer-To names: the focus calls them and tells what came of it.")) \
X(CONFERENCE_REMOVE, "conference-remove", 4579, "5.11", \
  N_("Who asks for a participant's removal sends the conference's URI a REFER with the participant's URI and method=BYE: the focus knows the dialog, and sends the BYE.")) \
X(CONFERENCE_ABSENT, "conference-absent", 4579, "5.11", \
  N_("Whom a REFER with method=BYE names is no participant: there is no dialog to be ended, and the REFER gets a 404.")) \
X(CONFERENCE_STRANGER, "conference-stranger", 4579, "6", \
  N_("The focus's policy says which call control it allows: here participants may bring others in, who has made the conference may remove them, and nobody may use it for another one; else 403.")) \
X(CONFERENCE_UNTOLD, "conference-untold", 4353, "5.4", \
  N_("When a conference is over its subscriptions are ended by the focus, with a last NOTIFY; so is that of a participant who was removed, or who has left and goes on listening.")) \
X(CONFERENCE_LEFT, "conference-left", 4353, "5.3", \
  N_("Who hangs up, or does not come in, is no participant; the focus ends nothing of the others' for that.")) \
X(CONFERENCE_DELETE, "conference-delete", 4579, "5.12", \
  N_("A conference that the factory has made is over when its creator leaves: all others get a BYE, and each subscription a last NOTIFY.")) \
X(CONFERENCE_EMPTY, "conference-empty", 4353, "5.4", \
  N_("When the last participant has left a conference made for these calls alone, it is destroyed, and its URI leads nowhere.")) \
X(CONFERENCE_NONE, "conference-none", 4353, "5.4", \
  N_("The URI of a conference that there is not, or not any more, is invalid: an INVITE, SUBSCRIBE or REFER to it gets a 404.")) \
X(CONFERENCE_LOCKED, "conference-locked", 4575, "5.5.3", \
  N_("While a conference is locked nobody can be added to it, by whatever way: 403. Who is in it stays and may leave.")) \
X(CONFERENCE_FULL, "conference-full", 4575, "5.3.3", \
  N_("A conference has room for so many participants and no more: one more gets a 486, and its focus calls nobody.")) \
X(CONFERENCE_ITSELF, "conference-itself", 3261, "21.4.20", \
  N_("A focus that is called by a conference of its own, or shall call one, would hear itself: the INVITE is a loop and gets a 482, the REFER is declined.")) \
X(CONFERENCE_OPTIONS, "conference-options", 4579, "4.3", \
  N_("A 200 to an OPTIONS for the URI of a conference has isfocus in its Contact: so one can find out what a URI is.")) \
X(CONFERENCE_MIX, "conference-mix", 4353, "4.3", \
  N_("The focus's mixer gives each participant the media of all the others: whoever is connected hears everybody else who is.")) \
X(CONFERENCE_HOLD, "conference-hold", 4575, "5.7.3", \
  N_("A participant who has put the focus on hold, or to whom no stream goes, is in the conference and hears nothing of it.")) \
X(CONFERENCE_MUTE, "conference-mute", 4575, "5.7.3", \
  N_("Whom the focus has muted hears the others and is not heard: its media are not mixed. Who has subscribed is told so (muted-via-focus, and recvonly as the streams are to the participant); nothing is sent to its phone for that.")) \
X(CONFERENCE_ASK, "conference-ask", 4579, "3.4", \
  N_("A phone that knows conferences subscribes to the package conference when the Contact of the other side has isfocus and its Allow-Events names the package; by a SUBSCRIBE outside of the call's dialog.")) \
X(CONFERENCE_CONFER, "conference-confer", 4579, "5.10", \
  N_("Who talks with others can move these calls into a conference: it calls the focus, then asks it by a REFER for each of them to call that phone in the place of the call that there is (Replaces).")) \
X(CONFERENCE_GAP, "conference-gap", 4575, "4.6", \
  N_("A partial document whose version is not the next one does not say what was in between: it is not used, and a refresh of the subscription asks for the whole state.")) \
X(CONFERENCE_OLD, "conference-old", 4575, "4.6", \
  N_("A document whose version is not above the one that is known says nothing new, and is passed over.")) \
X(CONFERENCE_EVENTS, "conference-events", 4579, "3.1", \
  N_("A focus tells who is in its conference, and says so: its Allow-Events names the package conference.")) \
X(CONFERENCE_FOCUS, "conference-focus", 4579, "4.2", \
  N_("The Contact of a focus has isfocus: by that the other side knows that the dialog belongs to a conference, and that the Contact is its URI.")) \
X(CONFERENCE_DOCUMENT, "conference-document", 4575, "5.2", \
  N_("A document of a conference says by entity whose it is, by version which it is of its subscription's, and by state whether it has all, what has changed, or the end; its elements have the keys that tell them apart.")) \
X(CONFERENCE_OVER, "conference-over", 4575, "4.6", \
  N_("A document with state=deleted says that the conference is no more; a subscription that still stands is ended."))

/* RFC 3903: state that is published; RFC 3856, 3863: presence. */
#define RULES_PRESENCE(X) \
X(PUBLISH_SEND, "publish-send", 3903, "4.2", \
  N_("A PUBLISH tells the compositor of the own domain how its user stands; without a SIP-If-Match it is new state.")) \
X(PUBLISH_REFRESH, "publish-refresh", 3903, "4.3", \
  N_("Published state is refreshed before it expires: SIP-If-Match names it by its entity tag, and there is no body.")) \
X(PUBLISH_MODIFY, "publish-modify", 3903, "4.4", \
  N_("State that has changed is published with the entity tag of what it replaces.")) \
X(PUBLISH_REMOVE, "publish-remove", 3903, "4.5", \
  N_("An expiry of 0 with the entity tag takes published state away.")) \
X(PUBLISH_DONE, "publish-done", 3903, "4.1", \
  N_("The 2xx has the entity tag by which the state is known from now on, and the time for which it is kept.")) \
X(PUBLISH_ANEW, "publish-anew", 3903, "4.1", \
  N_("A 412 says that the compositor has no state of that entity tag: all of it is published anew.")) \
X(PUBLISH_LONGER, "publish-longer", 3903, "4.1", \
  N_("A 423 says how long it must be at least: the PUBLISH goes out again with that.")) \
X(PUBLISH_REFUSED, "publish-refused", 3903, "4.1", \
  N_("A PUBLISH that is refused changes nothing: what was published before runs out by itself.")) \
X(PUBLISH_RECOVER, "publish-recover", 3903, "4.1", \
  N_("What a phone is to publish is published anew, without an entity tag, when that failed for a reason that may pass: after a wait as that of a registration.")) \
X(PUBLISH_ACCEPT, "publish-accept", 3903, "6", \
  N_("A PUBLISH that is accepted gets a 200 with a new entity tag and with the time granted.")) \
X(PUBLISH_MATCH, "publish-match", 3903, "6", \
  N_("A SIP-If-Match that names no state of this user gets a 412.")) \
X(PUBLISH_EVENT, "publish-event", 3903, "6", \
  N_("An event package for which nothing can be published here gets a 489, with those for which something can.")) \
X(PUBLISH_BRIEF, "publish-brief", 3903, "6", \
  N_("A time that is too brief is refused with 423 and the least that is granted.")) \
X(PUBLISH_TYPE, "publish-type", 3903, "6", \
  N_("A body of another type than the package's gets a 415 with Accept.")) \
X(PUBLISH_BODY, "publish-body", 3903, "6", \
  N_("New state needs a body, and a body must be a document of the package: else 400.")) \
X(PUBLISH_FORBIDDEN, "publish-forbidden", 3903, "6", \
  N_("Who has proved to be somebody may publish for that user alone: else 403.")) \
X(PUBLISH_LIMIT, "publish-limit", 3903, "6", \
  N_("A compositor that can keep no more refuses with 503.")) \
X(PUBLISH_EXPIRED, "publish-expired", 3903, "6", \
  N_("State that nobody has refreshed is forgotten when its time is over.")) \
X(PRESENCE_CHANGED, "presence-changed", 3856, "6.7.2", \
  N_("All who watch a user are told when what is known of the user has changed.")) \
X(PRESENCE_PENDING, "presence-pending", 3856, "6.6.2", \
  N_("A watcher about whom nothing is decided yet is told that the subscription is pending, and no state.")) \
X(PRESENCE_DECIDED, "presence-decided", 3856, "6.6.2", \
  N_("A watcher who is admitted gets the state at once; the subscription of one who is not ends with the reason rejected.")) \
X(PROXY_BY_PRESENCE, "proxy-by-presence", 3856, "5", \
  N_("Who asks for a user's presence, or publishes it, is sent to the presence agent of the user's domain, wherever the user's phones are."))

/* STUN: RFC 8489, and what it finds out of a NAT: RFC 5780. */
#define RULES_STUN(X) \
X(STUN_ASK, "stun-ask", 8489, "6.2", \
  N_("Who wants to know how others see an address asks a STUN server from there, by a Binding request with a transaction id that nobody can guess.")) \
X(STUN_AGAIN, "stun-again", 8489, "6.2.1", \
  N_("Over UDP a STUN request is repeated after RTO (500 ms), then after twice as long each time, until an answer comes: it is sent seven times in all.")) \
X(STUN_SILENT, "stun-silent", 8489, "6.2.1", \
  N_("When 16 times RTO have gone after the last STUN request without an answer the transaction has failed.")) \
X(STUN_ANSWER, "stun-answer", 8489, "6.3.1", \
  N_("A STUN server answers with the address and port from which the request has come, in XOR-MAPPED-ADDRESS, so that no box on the way takes it for an address and rewrites it.")) \
X(STUN_UNKNOWN, "stun-unknown", 8489, "6.3.1", \
  N_("A request with an attribute that must be understood and is not gets the error 420, which names it in UNKNOWN-ATTRIBUTES.")) \
X(STUN_LEARN, "stun-learn", 8489, "6.3.3", \
  N_("A success response tells the client how its address looks to the server: behind a NAT that is the NAT's.")) \
X(STUN_REFUSED, "stun-refused", 8489, "6.3.4", \
  N_("An error response ends the STUN transaction in vain, and so does a success response with an attribute that must be understood and is not.")) \
X(STUN_STRAY, "stun-stray", 8489, "6.3.3", \
  N_("A STUN response counts only where its transaction id is that of a request that waits, and only from where that was sent; else it is thrown away.")) \
X(STUN_BAD, "stun-bad", 8489, "6.3", \
  N_("What begins like a STUN message and is none, by its length, its attributes or its fingerprint, is thrown away without an answer.")) \
X(STUN_CONTACT, "stun-contact", 8489, "1", \
  N_("A phone that knows by STUN how it is seen gives that address in its Contact. Whether others reach it there is up to the NAT.")) \
X(STUN_CHANGE, "stun-change", 5780, "6.1", \
  N_("A server of NAT discovery has two addresses with two ports each: OTHER-ADDRESS names the other ones, and CHANGE-REQUEST asks for an answer from there.")) \
X(NAT_TEST_MAPPING, "nat-test-mapping", 5780, "4.3", \
  N_("Which mapping a NAT has is asked from one socket: first at one address of the server, then at its other one, then at another port there. The same mapped address twice is one mapping.")) \
X(NAT_TEST_FILTERING, "nat-test-filtering", 5780, "4.4", \
  N_("What a NAT lets in is asked from a socket that has sent to one address alone: does an answer come from another address, or from another port?"))

/* Flows: RFC 5626, RFC 5627, RFC 3581. */
#define RULES_FLOW(X) \
X(KEEPALIVE_SEND, "keepalive-send", 5626, "4.4", \
  N_("A phone keeps a flow open by sending something over it before a NAT on the way forgets it, after a time that is drawn anew each time: over UDP 24 to 29 s, over a connection 95 to 120 s, unless it is told another.")) \
X(KEEPALIVE_PONG, "keepalive-pong", 5626, "5.4", \
  N_("Two empty lines between the messages of a connection are a ping: one empty line answers it at once.")) \
X(KEEPALIVE_SILENT, "keepalive-silent", 5626, "4.4.1", \
  N_("When no pong has come 10 s after a ping the flow has failed.")) \
X(KEEPALIVE_STUN, "keepalive-stun", 5626, "4.4.2", \
  N_("A flow over UDP has failed when a STUN request over it gets no answer, an error, or another mapped address than before.")) \
X(FLOW_BROKEN, "flow-broken", 5626, "4.5", \
  N_("A flow ends with its connection; the phone makes a new one.")) \
X(FLOW_AGAIN, "flow-again", 5626, "4.5", \
  N_("In place of a flow that has failed the phone makes a new one, by a REGISTER with the same reg-id.")) \
X(FLOW_WAIT, "flow-wait", 5626, "4.5", \
  N_("A flow that fails before anything has come back over it counts as a registration that has failed: the phone waits before it makes another one, longer each time.")) \
X(ALIAS_ROUTE, "alias-route", 3581, "4", \
  N_("A request for a Contact in which an address was noted goes to that address, from the port to which the phone has sent.")) \
X(FLOW_ROUTE, "flow-route", 5626, "5.3.1", \
  N_("A request whose Route has a flow token of this proxy goes over that flow, whatever its Request-URI says.")) \
X(FLOW_FAILED, "flow-failed", 5626, "5.3.1", \
  N_("Where the flow of a flow token is no more the edge proxy answers 430 (Flow Failed): it makes no new one, which could not get through.")) \
X(FLOW_FORGED, "flow-forged", 5626, "5.3.1", \
  N_("A flow token that this proxy has not made gets a 403.")) \
X(FLOW_HOP, "flow-first-hop", 5626, "6", \
  N_("A reg-id is of no use where the first hop knows nothing of flows, as a Path without ob shows: 439 (First Hop Lacks Outbound Support).")) \
X(FLOW_PLAIN, "flow-plain", 5626, "4.2.1", \
  N_("After a 439 a phone may register without reg-id, as if there were no flows.")) \
X(FLOW_BIND, "flow-bind", 5626, "6", \
  N_("A binding with +sip.instance and reg-id is known by these two: the next REGISTER with them takes its place, whatever its Contact. The 200 says Require: outbound.")) \
X(FLOW_CONTACTS, "flow-contacts", 5626, "6", \
  N_("A REGISTER with a reg-id binds one Contact alone; with several the answer is 400.")) \
X(FLOW_ONE, "flow-one", 5626, "7", \
  N_("Of several flows to one instance of a phone a proxy tries one at a time, the one registered last first.")) \
X(FLOW_NEXT, "flow-next", 5626, "7", \
  N_("Where a flow has failed (430), or has brought no answer (408), the next flow to the same instance has its turn.")) \
X(GRUU_GIVE, "gruu-give", 5627, "5.3", \
  N_("A phone that says +sip.instance and supports gruu gets two URIs that lead to it alone, wherever it is registered: pub-gruu, and temp-gruu, which says nothing of its user.")) \
X(GRUU_LOOP, "gruu-loop", 5627, "5.1", \
  N_("Who is bound to his own address-of-record, or to a GRUU of it, would get what is for him for ever: such a Contact of an instance gets a 403.")) \
X(GRUU_ROUTE, "gruu-route", 5627, "6", \
  N_("A request to a GRUU goes to the one instance that it names, not to all phones of the user.")) \
X(GRUU_GONE, "gruu-gone", 5627, "6", \
  N_("A GRUU whose instance is not registered gets a 480; a temporary one that is no more, a 404."))

/* Section 10: registration, and the location service. */
#define RULES_REGISTER(X) \
X(REGISTER_SEND, "register-send", 3261, "10.2", \
  N_("A REGISTER tells the registrar of a domain at which Contact an address-of-record can be reached, and for how long.")) \
X(REGISTER_REFRESH, "register-refresh", 3261, "10.2.4", \
  N_("A binding is refreshed before it expires, with the same Call-ID and the next CSeq.")) \
X(REGISTER_THIRD, "register-third", 3261, "10.2", \
  N_("Who registers another user's address-of-record has that in To, and himself in From.")) \
X(REGISTER_REMOVE, "register-remove", 3261, "10.2.2", \
  N_("Expires 0 takes a binding away; with Contact * it takes all of them.")) \
X(REGISTER_FETCH, "register-fetch", 3261, "10.2.3", \
  N_("A REGISTER without a Contact changes nothing: its 200 lists the bindings there are.")) \
X(REGISTER_DONE, "register-done", 3261, "10.2.4", \
  N_("The 200 lists all bindings of the address-of-record: the user agent looks for its own and how long it lasts.")) \
X(REGISTER_LONGER, "register-longer", 3261, "10.2.8", \
  N_("A 423 says how long it must be at least: the REGISTER goes out again with that.")) \
X(REGISTER_REFUSED, "register-refused", 3261, "10.2.8", \
  N_("What the registrar has refused, other than by 423, is not tried again at once; a 403, or credentials that were rejected, not at all (21.4.4, 22.1).")) \
X(REGISTER_SILENT, "register-silent", 3261, "10.2.7", \
  N_("A registrar that does not answer is not asked again at once.")) \
X(REGISTER_RECOVER, "register-recover", 5626, "4.5", \
  N_("A phone that is to be registered tries again after a failure: between 30 and 60 seconds later, after each failure in a row twice as much later, at most half an hour; at the earliest when Retry-After is over.")) \
X(REGISTER_AGAIN, "register-again", 3680, "4.7.1", \
  N_("A registrar that has deactivated a binding wants it to be asked for again at once, one that has put it on probation after retry-after.")) \
X(REGISTER_REJECTED, "register-rejected", 3680, "4.7.1", \
  N_("Where the registrar has rejected a binding another REGISTER would not bring it back.")) \
X(REGISTER_OK, "register-ok", 3261, "10.3", \
  N_("The registrar answers 200 with all bindings of the address-of-record and the time each has left.")) \
X(REGISTER_BRIEF, "register-too-brief", 3261, "10.3", \
  N_("An expiration shorter than the registrar's least is refused with 423 and Min-Expires.")) \
X(REGISTER_STAR, "register-star", 3261, "10.3", \
  N_("Contact * must stand alone and with Expires 0; else the answer is 400.")) \
X(REGISTER_ORDER, "register-order", 3261, "10.3", \
  N_("A binding is changed only by a REGISTER with another Call-ID or with a higher CSeq; else the whole update fails.")) \
X(REGISTER_AOR, "register-aor", 3261, "10.3", \
  N_("An address-of-record that is not of the registrar's domain gets a 404.")) \
X(REGISTER_SCHEME, "register-scheme", 3261, "10.2", \
  N_("An address-of-record is a SIP or SIPS URI; a To with any other gets a 400.")) \
X(REGISTER_FORBIDDEN, "register-forbidden", 3261, "10.3", \
  N_("Who has proved to be somebody may change the bindings of that user, and of those that the user registers for; step 4: else the answer is 403.")) \
X(REGISTER_CROWD, "register-crowd", 3261, "10.3", \
  N_("More contacts than one address-of-record can have: nothing of the update is kept, and the answer is 500, step 7.")) \
X(REGISTER_LARGE, "register-large", 3261, "21.5.7", \
  N_("A 200 with this request's Via and Path fields and all bindings could be longer than a message may be: the answer is 513.")) \
X(REGISTER_PATH, "register-path", 3327, "5.3", \
  N_("The registrar keeps the Path with the binding: who sends a request there puts it into Route.")) \
X(SERVICE_ROUTE_GIVE, "service-route-give", 3608, "6.3", \
  N_("The registrar's 200 lists all bindings, and in Service-Route the proxies that the user's requests shall go through.")) \
X(REGISTER_FAILED, "register-failed", 3261, "10.3", \
  N_("If the location service can't store the bindings the registrar answers 500.")) \
X(BINDING_EXPIRED, "binding-expired", 3261, "10.3", \
  N_("A binding that is not refreshed in time is gone."))

/* Section 22, RFC 7616 and RFC 8760: who is it that asks? */
#define RULES_AUTH(X) \
X(AUTH_401, "auth-401", 3261, "22.2", \
  N_("A server that wants to know who asks answers 401 with a challenge in WWW-Authenticate, whose realm says which password is wanted. For several algorithms it has several challenges, the best first (RFC 8760 2.3).")) \
X(AUTH_407, "auth-407", 3261, "22.3", \
  N_("A proxy that wants to know who asks answers 407 with a challenge in Proxy-Authenticate; 401 is not for proxies. For several algorithms it has several challenges, the best first (RFC 8760 2.3).")) \
X(AUTH_OTHER_REALM, "auth-other-realm", 3261, "22.3", \
  N_("Credentials for another realm are for another server: they are no answer here, and pass on as they are.")) \
X(AUTH_SCHEME, "auth-scheme", 3261, "22.4", \
  N_("Only Digest, with an algorithm and a qop of the challenge, proves anything; what else there is counts as no credentials, and Basic must not be accepted.")) \
X(AUTH_ACCEPT, "auth-accept", 7616, "3.6", \
  N_("The server computes the response with the password it knows; the same result, with a nonce of its own that is fresh, proves who asks.")) \
X(AUTH_WRONG, "auth-wrong-password", 3261, "22.1", \
  N_("A response computed with another password proves nothing: the server repeats its challenge, without stale, and the user agent must not try the same password again.")) \
X(AUTH_NOBODY, "auth-unknown-user", 3261, "22.1", \
  N_("Who has no password in the realm is challenged again like one with a wrong password, so that nobody learns by trying which users there are.")) \
X(AUTH_STALE, "auth-stale", 7616, "3.3", \
  N_("The password was right, but the nonce is too old or from a life before: a new challenge with stale=true, which needs no question to the user.")) \
X(AUTH_REPLAY, "auth-replay", 7616, "3.4", \
  N_("A nonce count that was seen before is a replay: somebody says again what he has heard. It proves nothing; a new nonce must be used.")) \
X(AUTH_MALFORMED, "auth-malformed", 7616, "3.4", \
  N_("Credentials that lack a parameter, or have an improper one, get a 400.")) \
X(AUTH_URI, "auth-uri", 7616, "3.4.6", \
  N_("The uri in the credentials must be the Request-URI, as far as no proxy can have changed that; else the answer is 400, since the credentials may be stolen from another request."))

/* Section 16: proxies. */
#define RULES_PROXY(X) \
X(PROXY_MAX_FORWARDS, "proxy-max-forwards", 3261, "16.3", \
  N_("A request with Max-Forwards 0 may not be forwarded: it gets a 483.")) \
X(PROXY_SESSION_TOO_SMALL, "proxy-session-too-small", 4028, "8.1", \
  N_("A proxy refuses a session interval below its least with a 422, if the caller knows session timers; else it raises the interval, and Min-SE with it.")) \
X(PROXY_SCHEME, "proxy-scheme", 3261, "16.3", \
  N_("A Request-URI with a scheme that the proxy does not know gets a 416.")) \
X(PROXY_REQUIRE, "proxy-require", 3261, "16.3", \
  N_("A Proxy-Require that is not understood gets a 420.")) \
X(PROXY_LOOP, "proxy-loop", 5393, "4.2.2", \
  N_("A request that comes back to a proxy with the same Request-URI and Routes would be sent the same way again: it has looped and gets a 482. If they have changed it is a spiral, which is well.")) \
X(PROXY_BREADTH, "proxy-breadth", 5393, "5.3.3", \
  N_("All branches into which a request is forked, by all proxies on its way, may be 60 at once: each copy gets its share as Max-Breadth, and a proxy whose share is less than its targets, or 0, answers 440.")) \
X(PROXY_OVERLOAD, "proxy-overload", 3261, "21.5.4", \
  N_("A server that can't handle more requests for the moment answers 503, with Retry-After.")) \
X(PROXY_RATE, "proxy-rate", 3261, "21.5.4", \
  N_("More requests have come in this half second than the server can handle: the others get 503.")) \
X(OVERLOAD_ASKS, "overload-asks", 7339, "5.2", \
  N_("A server in overload asks its upstream neighbours, in the Via of its responses, to keep back so many percent of their requests (oc), for oc-validity; 0 says that it is over. oc-seq tells which word is the later one.")) \
X(OVERLOAD_DEAF, "overload-deaf", 7339, "5.10.2", \
  N_("A server in overload refuses as many requests of a client that takes no part in overload control as it asks others to keep back: 503 without Retry-After. So whoever does not take part fares no better.")) \
X(OVERLOAD_OBEYED, "overload-obeyed", 7339, "5.10", \
  N_("The next server has asked for less, and chance has kept this request back: whoever has sent it gets a 503 without Retry-After. Requests of calls that there are already, and those with a Resource-Priority, are kept back last (5.10.1, 7.2).")) \
X(URI_TOO_LONG, "uri-too-long", 3261, "21.4.12", \
  N_("A Request-URI longer than the server is willing to read gets a 414.")) \
X(PROXY_181, "proxy-181", 3261, "21.1.3", \
  N_("A 181 tells the caller that the call is being forwarded to somewhere else. A proxy has no To tag to give: it is the word of a virtual user agent server beside it (16.7 step 8).")) \
X(PROXY_STATELESS, "proxy-stateless", 3261, "16.11", \
  N_("A stateless proxy chooses by what does not change with time: the Routes, the Request-URI, the table of domains. It has no one to ask.")) \
X(PROXY_STATELESS_BRANCH, "proxy-stateless-branch", 3261, "16.11", \
  N_("A stateless proxy forwards every request by itself, repeated ones too. Its branch is computed from the request, so that a repetition has the same.")) \
X(PROXY_STATELESS_RESPONSE, "proxy-stateless-response", 3261, "16.11", \
  N_("A stateless proxy takes its Via off a response and sends it to where the next Via points.")) \
X(LOCATION_GONE, "location-gone", 3261, "21.4.10", \
  N_("A user who has left for good, and of whom no other address is known, gets a 410.")) \
X(LOCATION_AMBIGUOUS, "location-ambiguous", 3261, "21.4.23", \
  N_("A name that fits several users gets a 485; its Contacts tell which.")) \
X(LOCATION_INCOMPLETE, "location-incomplete", 3261, "21.4.22", \
  N_("A number with too few digits gets a 484.")) \
X(LOCATION_GARBLED, "location-garbled", 3261, "21.5.3", \
  N_("An answer of the location service that can't be read is a bad answer from downstream: 502.")) \
X(PROXY_BY_ROUTE, "proxy-by-route", 3261, "16.6", \
  N_("The next hop is the first Route that is left, step 7; the Request-URI stays as it is.")) \
X(PROXY_BY_LOCATION, "proxy-by-location", 3261, "16.5", \
  N_("The Request-URI is of a domain this proxy is responsible for: the location service tells the targets, and the Request-URI becomes the Contact that was registered.")) \
X(PROXY_BY_PATH, "proxy-by-path", 3327, "5.4", \
  N_("The contact was registered with a Path: those proxies become the Route of what is sent there, and the first of them is the next hop, though the Request-URI is the Contact.")) \
X(PROXY_BY_DOMAIN, "proxy-by-domain", 3261, "16.5", \
  N_("The Request-URI is of another domain: it is the only target, and the request goes to that domain's entry.")) \
X(PROXY_BY_REGISTRAR, "proxy-by-registrar", 3261, "10.2.6", \
  N_("A REGISTER names the domain alone: the proxy passes it on to the registrar that is responsible for the domain.")) \
X(PROXY_BY_URI, "proxy-by-uri", 3261, "16.5", \
  N_("The Request-URI names an address: it is the only target.")) \
X(PROXY_PROGRAM, "proxy-program", 3261, "16.5", \
  N_("A proxy that is responsible for the Request-URI may make the target set of whatever it knows: who calls, when, by which method and fields, how it went with other targets. Here a program says it.")) \
X(PROXY_PROGRAM_REFUSES, "proxy-program-refuses", 3261, "16.1", \
  N_("A proxy may answer a request itself, and is then a user agent server. Here a program has told it to refuse.")) \
X(PROXY_PROGRAM_REDIRECTS, "proxy-program-redirects", 3261, "8.3", \
  N_("Whoever answers with 3xx names other places in Contact and is out of it: the caller asks there. Here a program has told the proxy to.")) \
X(PROXY_PROGRAM_FAILED, "proxy-program-failed", 3261, "21.5.1", \
  N_("A server that something unexpected keeps from serving a request answers 500: here its program has an error, does not come to an end, or says what is no decision. One that has too much to do answers 503 (21.5.4). The next request is another chance.")) \
X(SCRIPT_REPLY, "script-reply", 3261, "8.2.6", \
  N_("Whoever answers says a status; From, To, Call-ID, CSeq and Via are the request's, and all answers to it have one tag in To. Here a program says what is answered, and when.")) \
X(SCRIPT_SEND, "script-send", 3261, "8.1.1", \
  N_("A request has a method, a Request-URI, To, From with a tag, Call-ID, CSeq, Max-Forwards and Via; what lies in a dialog takes them from there. Here a program sends it.")) \
X(SCRIPT_501, "script-501", 3261, "21.5.2", \
  N_("Whoever does not know how to serve a request, whatever it is, answers 501. Here the program of a node has no function that hears of requests.")) \
X(PROXY_HEALTH, "proxy-health", 3261, "11", \
  N_("Whoever wants to know whether a server is there asks by OPTIONS, to which any answer says yes. Here a proxy asks for its program again and again, and counts one as down that has not answered by the next time, can't be reached, or says 503.")) \
X(PROXY_404, "proxy-404", 3261, "16.5", \
  N_("An address-of-record unknown to the location service gets a 404.")) \
X(PROXY_480, "proxy-480", 3261, "16.5", \
  N_("An address-of-record that is known but has no binding now gets a 480 (Temporarily Unavailable).")) \
X(LOCATION_SILENT, "location-silent", 3261, "16.5", \
  N_("Without an answer of the location service the proxy knows no target at present: 480.")) \
X(PROXY_UNREACHABLE, "proxy-unreachable", 3261, "16.9", \
  N_("Where no address is known for the next hop, the proxy behaves as if the target had answered 503, which it passes on as 500.")) \
X(PROXY_FORWARD, "proxy-forward", 3261, "16.6", \
  N_("The copy that is forwarded has the target as its Request-URI, Max-Forwards less one, a new Via on top, and Record-Route if the proxy wants to stay on the path of a dialog; a Route that named this proxy is gone (16.4). From, To, Call-ID, CSeq, Contact and body stay as they were.")) \
X(PROXY_100, "proxy-100", 3261, "16.2", \
  N_("A stateful proxy answers an INVITE with 100 at once, as it can't know whether anything else will follow within 200 ms (17.2.1): that stops its repetition from upstream.")) \
X(PROXY_100_SOON, "proxy-100-soon", 3261, "17.2.1", \
  N_("An INVITE that is known to be answered soon, as one within a dialog mostly is, needs no 100 before 200 ms are over.")) \
X(PROXY_1XX, "proxy-1xx", 3261, "16.7", \
  N_("A provisional response other than 100 is forwarded at once, step 5, its topmost Via taken off, step 3.")) \
X(PROXY_2XX, "proxy-2xx", 3261, "16.7", \
  N_("Every 2xx to an INVITE is forwarded at once, step 5, its topmost Via taken off.")) \
X(PROXY_FINAL, "proxy-final", 3261, "16.7", \
  N_("A 2xx to a request other than INVITE is forwarded at once, step 5. What else is final waits until all branches have a final response; then the best of them is forwarded, step 6.")) \
X(PROXY_BEST_6XX, "proxy-best-6xx", 3261, "16.7", \
  N_("All branches have a final response. A 6xx speaks for all places where the user could be: it goes before any other, step 6.")) \
X(PROXY_BEST_CLASS, "proxy-best-class", 3261, "16.7", \
  N_("All branches have a final response, and the one of the lowest class is forwarded, step 6: a 3xx before a 4xx, a 4xx before a 5xx.")) \
X(PROXY_BEST_RETRY, "proxy-best-retry", 3261, "16.7", \
  N_("All branches have a final response. Of several 4xx one is forwarded that tells the caller how to ask again (401, 407, 415, 420, 484), step 6.")) \
X(PROXY_BEST_CANCELLED, "proxy-best-cancelled", 3261, "16.7", \
  N_("All branches have a final response. Within 4xx the proxy may choose, step 6: a caller who has cancelled gets the 487 that this led to, not what another phone had said before.")) \
X(PROXY_BEST_SAYS_MORE, "proxy-best-says-more", 3261, "16.7", \
  N_("All branches have a final response. Within the lowest class the proxy may choose, step 6: this one says more than a 408 (no answer), a 487 (cancelled) or a 503.")) \
X(PROXY_BEST_FIRST, "proxy-best-first", 3261, "16.7", \
  N_("All branches have a final response. Within the lowest class the proxy may choose, step 6: the first of those that say as much is forwarded.")) \
X(PROXY_CHALLENGES, "proxy-challenges", 3261, "16.7", \
  N_("A 401 or 407 that is forwarded brings the challenges of all branches, step 7, so that the caller can answer them at once.")) \
X(PROXY_503, "proxy-503", 3261, "16.7", \
  N_("A 503 speaks of one server, not of the whole way: it is passed on as 500, step 6.")) \
X(PROXY_ACK, "proxy-ack", 3261, "16.6", \
  N_("An ACK for a 2xx belongs to no transaction, and one that matches none here is for somebody behind this proxy: it is forwarded as a request of its own, but without a client transaction, as there is none for an ACK (17.1).")) \
X(PROXY_CANCEL, "proxy-cancel", 3261, "16.10", \
  N_("A CANCEL ends here: it is answered with 200, and the proxy cancels every branch that is still pending.")) \
X(PROXY_CANCEL_UNKNOWN, "proxy-cancel-unknown", 3261, "16.10", \
  N_("A proxy forwards a CANCEL for a request of which it knows nothing, as after a restart, without a transaction: under the branch that the request had. What answers it goes back the same way.")) \
X(PROXY_TIMER_C, "proxy-timer-c", 3261, "16.8", \
  N_("Timer C, more than three minutes, bounds a branch that only rings: when it fires the branch is cancelled, or counts as 408.")) \
X(PROXY_408, "proxy-408", 3261, "16.6", \
  N_("A branch whose transaction times out counts as answered with 408 (step 7).")) \
X(PROXY_408_LATE, "proxy-408-too-late", 4320, "4.2", \
  N_("A request other than INVITE never gets a 408, from a proxy or a user agent: it would come when nobody waits for it any more.")) \
X(PROXY_100_LATE, "proxy-100-late", 4320, "4.1", \
  N_("A request other than INVITE that has no response yet gets a 100 once Timer E of its sender has grown to T2; it never gets another provisional response.")) \
X(PROXY_TO_STRICT, "proxy-to-strict", 3261, "16.6", \
  N_("The next Route has no lr, so the next hop is a strict router: its URI becomes the Request-URI, and the Request-URI that there was becomes the last Route, step 6.")) \
X(PROXY_FROM_STRICT, "proxy-from-strict", 3261, "16.4", \
  N_("The Request-URI is what this proxy put into Record-Route, so a strict router sent it: the true Request-URI is the last Route.")) \
X(PROXY_MADDR, "proxy-maddr", 3261, "16.4", \
  N_("A maddr that names this proxy has done its work: it is taken off the Request-URI, with port and transport.")) \
X(PROXY_BY_MADDR, "proxy-by-maddr", 3261, "16.5", \
  N_("The Request-URI has a maddr: it is the only target, and the request goes there.")) \
X(PROXY_CANCEL_OTHERS, "proxy-cancel-others", 3261, "16.7", \
  N_("A 2xx has been forwarded: the branches that are still pending are cancelled, step 10.")) \
X(PROXY_6XX, "proxy-6xx", 3261, "16.7", \
  N_("A 6xx speaks for all targets: the branches that are still pending are cancelled, step 5, and none is started any more.")) \
X(PROXY_TRANSPORT, "proxy-transport", 3261, "16.9", \
  N_("A transport that fails counts as if the target had answered 503, which is passed on as 500.")) \
X(PROXY_UNANSWERED, "proxy-unanswered", 3261, "16.7", \
  N_("Where no branch has answered at all the answer is 408, step 6; this proxy is told to say something else instead.")) \
X(PROXY_STRICT, "proxy-strict", 2543, "12.3", \
  N_("A strict router, as RFC 2543 had it, puts the first Route into the Request-URI and sends the request there.")) \
X(PROXY_RING_TIME, "proxy-ring-time", 3261, "16.10", \
  N_("A proxy may cancel any INVITE that it has sent, once a provisional response has come. While others wait for their turn this one lets a target ring for some time only, as it is set up; then it cancels that branch and tries the next target.")) \
X(PROXY_199, "proxy-199", 6228, "6", \
  N_("A forking proxy that keeps a refusal back, since other branches may still be answered, tells a caller who supports it by a 199 for each early dialog that has ended so; its Reason has the status.")) \
X(PROXY_RECURSE, "proxy-recurse", 3261, "16.7", \
  N_("A proxy may try the Contacts of a 3xx itself, step 4, if it is responsible for the Request-URI; none of them is tried twice.")) \
X(HISTORY_ADDED, "history-added", 7044, "9.2", \
  N_("Each copy of a request tells the Request-URIs that it had on its way, as a tree: an index, how the target was found (rc: the same user elsewhere, mp: somebody else, np: unchanged), and the status of those that were tried before.")) \
X(DIVERSION_ADDED, "diversion-added", 5806, "5.4", \
  N_("A proxy that sends a call elsewhere for its user says from whom, and why, in Diversion; the last one stands first.")) \
X(SCREEN_IN, "screen-in", 5359, "2.13", \
  N_("The user does not want calls from this caller, who has proved who he is: 403. A From alone proves nothing.")) \
X(SCREEN_OUT, "screen-out", 5359, "2.14", \
  N_("The caller, who has proved who he is, may not call this place: 403.")) \
X(IDENTITY_ASSERTED, "identity-asserted", 3325, "5", \
  N_("A proxy that has asked for the password knows who sends the request, and tells those it trusts: P-Asserted-Identity. Of several identities that the user has, P-Preferred-Identity chooses.")) \
X(IDENTITY_UNTRUSTED, "identity-untrusted", 3325, "5", \
  N_("What somebody asserts whom the proxy does not trust, or what can't be read, is taken out: P-Asserted-Identity would be the proxy's own word from here on.")) \
X(IDENTITY_PRIVATE, "identity-private", 3325, "7", \
  N_("The user has asked for privacy (Privacy: id): no P-Asserted-Identity goes to somebody whom the proxy does not trust.")) \
X(PRIVACY_NONE, "privacy-none", 3323, "4.2", \
  N_("Privacy: none asks that nothing be hidden, whatever a server would do by itself; it stays in the request as it is.")) \
X(PRIVACY_LEFT, "privacy-left", 3323, "5", \
  N_("A proxy that offers no service for these kinds of privacy (header, session, user) leaves them in Privacy for one behind it that does; nobody has called them critical.")) \
X(IDENTITY_SHOWN, "identity-shown", 3325, "8", \
  N_("What an element asserts that the phone trusts is shown to its user: it counts for more than the From, which anybody can write.")) \
X(IDENTITY_IGNORED, "identity-ignored", 3325, "8", \
  N_("What somebody asserts whom the phone does not trust is not used in any way.")) \
X(HISTORY_TOLD, "history-told", 7044, "9.4", \
  N_("Who has asked for the history, or has sent one, finds it in the responses that the proxy makes itself, but for the 100.")) \
X(PRIVACY_CRITICAL, "privacy-critical", 3323, "5", \
  N_("A request that calls the privacy it wants critical, of a kind that the server can't give, gets a 500 that names it.")) \
X(SERVICE_FORWARD, "service-forward", 5359, "2.7", \
  N_("The user wants all calls forwarded: the proxy puts the other place into the Request-URI, and his phones are not asked.")) \
X(SERVICE_FIND_ME, "service-find-me", 5359, "2.12", \
  N_("The user has given a list of places where he may be found: the proxy tries one after the other, and the first that answers has the call.")) \
X(SERVICE_BUSY, "service-busy", 5359, "2.8", \
  N_("The user wants calls forwarded when he is busy: at a 486 the proxy tries the other place.")) \
X(SERVICE_NO_ANSWER, "service-no-answer", 5359, "2.9", \
  N_("The user wants calls forwarded that he does not answer: the proxy lets his phones ring for some time, cancels, and tries the other place; the same when no phone of his is registered."))

/* The location service: sections 10.1, 10.3, 16.5, 8.3. */
#define RULES_LOCATION(X) \
X(LOCATION_QUERY, "location-query", 3261, "16.5", \
  N_("Who is responsible for the domain, a proxy or a redirect server, asks the location service where the address-of-record can be reached.")) \
X(LOCATION_FETCH, "location-fetch", 3261, "10.3", \
  N_("The registrar reads all bindings of an address-of-record, step 8, and changes none: a REGISTER without a Contact asks for them, or somebody who has subscribed to them (RFC 3680) is told.")) \
X(LOCATION_STORE, "location-store", 3261, "10.3", \
  N_("The registrar hands the bindings to the location service, step 7: all of them are stored or none.")) \
X(LOCATION_REFUSED, "location-refused", 3261, "10.3", \
  N_("Bindings are for the registrars, proxies and redirect servers of a domain: the location service tells nobody else.")) \
X(LOCATION_AGAIN, "location-again", 3261, "10.3", \
  N_("A store that comes again, since its answer was lost, gets the same answer and changes nothing.")) \
X(LOCATION_BIND, "location-bind", 3261, "10.1", \
  N_("An administrator changes the location service's bindings; registration is only one of the ways.")) \
X(LOCATION_WARM, "location-warm", 3261, "10.2", \
  N_("The phone registered before the run began, and its binding stands."))

/* Section 8.3: redirect servers. */
#define RULES_REDIRECT(X) \
X(REDIRECT_300, "redirect-300", 3261, "21.3.1", \
  N_("The address-of-record can be reached at several places: the redirect server lists them, the one most wanted first, and the caller chooses.")) \
X(REDIRECT_301, "redirect-301", 3261, "21.3.2", \
  N_("The user has moved for good: the caller is to note the new address.")) \
X(REDIRECT_302, "redirect-302", 3261, "8.3", \
  N_("The redirect server tells the caller where to try instead, and for how long that holds; it takes no further part.")) \
X(REDIRECT_305, "redirect-305", 3261, "21.3.4", \
  N_("The caller must go through the proxy in Contact.")) \
X(REDIRECT_REGISTRAR, "redirect-registrar", 3261, "10.3", \
  N_("A REGISTER for the own domain is sent on to the registrar of the domain with 302.")) \
X(REDIRECT_100, "redirect-100", 3261, "17.2.1", \
  N_("A final answer that takes longer than 200 ms is announced with 100, which stops the repetition of the INVITE.")) \
X(REDIRECT_404, "redirect-404", 3261, "21.4.5", \
  N_("The location service does not know the address-of-record: 404.")) \
X(REDIRECT_FOREIGN, "redirect-foreign", 3261, "8.3", \
  N_("The redirect server has locations for its own domain only; what else is asked for gets a 404.")) \
X(REDIRECT_SELF, "redirect-self", 3261, "8.3", \
  N_("A redirect server must not redirect to the very URI that was asked for; with no other location the answer is 404.")) \
X(REDIRECT_480, "redirect-480", 3261, "21.4.18", \
  N_("The address-of-record is known but has no binding now: 480.")) \
X(REDIRECT_410, "redirect-410", 3261, "21.4.10", \
  N_("The user has left for good, and no forwarding address is known: 410.")) \
X(REDIRECT_484, "redirect-484", 3261, "21.4.22", \
  N_("The number has too few digits: 484.")) \
X(REDIRECT_485, "redirect-485", 3261, "21.4.23", \
  N_("Several users may be meant: 485 lists their addresses, and a person must choose.")) \
X(REDIRECT_SILENT, "redirect-silent", 3261, "8.3", \
  N_("Without an answer of the location service the redirect server knows no location: 480, or 504 where it is set so.")) \
X(REDIRECT_502, "redirect-502", 3261, "21.5.3", \
  N_("The location service's answer can't be read: 502.")) \
X(REDIRECT_500, "redirect-500", 3261, "21.5.1", \
  N_("The location service refuses to answer: 500."))

/* What a script or a person has a node send, whatever its roles. */
#define RULES_SENDING(X) \
X(REQUEST_SEND, "request-send", 3261, "8.1.1", \
  N_("A request has at least a Request-URI, To, From, CSeq, Call-ID, Max-Forwards and Via. Whoever can build one can send it; its client transaction sees to the rest.")) \
X(RAW_SEND, "raw-send", 3261, "26.1", \
  N_("Whoever reaches the network can send any bytes to anybody. Nothing in a message proves that its sender is who it claims to be."))
/* What messages look like, and what whoever watches them can hold them to. */
#define RULES_SEEN(X) \
X(FORM_START, "form-start-line", 3261, "7.1", \
  N_("A message begins with a request line or a status line of SIP/2.0.")) \
X(FORM_HEAD, "form-head", 3261, "7.3", \
  N_("A header field is a name, a colon and a value; each line ends with CR and LF, and an empty line ends the head.")) \
X(FORM_MANDATORY, "form-mandatory", 3261, "8.1.1", \
  N_("Every message has Via, From, To, Call-ID and CSeq, and a request what its method asks for beyond that.")) \
X(FORM_ONCE, "form-once", 3261, "7.3.1", \
  N_("Only a header field whose value is a list may stand more than once.")) \
X(FORM_VALUE, "form-value", 3261, "25.1", \
  N_("A header field's value follows the grammar of its name.")) \
X(FORM_LENGTH, "form-length", 3261, "20.14", \
  N_("Content-Length is the number of bytes of the body; on a stream it must be there.")) \
X(FORM_TYPE, "form-content-type", 3261, "20.15", \
  N_("A message with a body says in Content-Type what kind of body it is.")) \
X(FORM_DATE, "form-date", 3261, "20.17", \
  N_("Date has the one form that RFC 1123 gives it, in GMT.")) \
X(FORM_FROM_TAG, "form-from-tag", 3261, "8.1.1.3", \
  N_("From has a tag, which is the sender's part of the dialog's name.")) \
X(FORM_TO_TAG, "form-to-tag", 3261, "8.1.1.2", \
  N_("A request outside of any dialog has no tag in To: whoever answers puts it there.")) \
X(FORM_MAX_FORWARDS, "form-max-forwards", 3261, "8.1.1.6", \
  N_("A request has Max-Forwards, so that no loop lasts for ever.")) \
X(FORM_HOPS, "form-hops", 3261, "8.1.1.6", \
  N_("Max-Forwards begins with 70: more hops than that are a loop.")) \
X(FORM_BRANCH, "form-branch", 3261, "8.1.1.7", \
  N_("The branch of a Via begins with z9hG4bK, which tells a client of this RFC from older ones.")) \
X(BRANCH_UNIQUE, "branch-unique", 3261, "8.1.1.7", \
  N_("Each request has a branch of its own, never used before; CANCEL and the ACK for a refusal have that of their INVITE.")) \
X(CONTACT_ONE, "contact-one", 3261, "8.1.1.8", \
  N_("A request that may begin a dialog has exactly one Contact: there the other side sends its own requests.")) \
X(RESPONSE_FIELDS, "response-fields", 3261, "8.2.6.2", \
  N_("A response has the Vias, From, To, Call-ID and CSeq of its request, in order and unchanged but for To's tag.")) \
X(RESPONSE_TAG, "response-tag", 3261, "8.2.6.2", \
  N_("Every response but 100 has a tag in To; where the request had one it is that.")) \
X(RESPONSE_PLACE, "response-place", 3261, "18.2.2", \
  N_("Over UDP a response goes where the top Via says: to received and rport, else to its sent-by.")) \
X(VIA_OWN, "via-own-address", 3261, "18.1.1", \
  N_("A client writes into the sent-by of its Via where it can be reached itself. Another address than the one that the request comes from is a NAT on the way, or somebody who poses as another.")) \
X(VIA_RECEIVED, "via-received", 3261, "18.2.1", \
  N_("Where the sent-by is not the address that a request came from, the server puts that into received.")) \
X(VIA_RPORT, "via-rport", 3581, "4", \
  N_("A Via with rport asks for the port that the request came from: the server puts it there, and the address into received.")) \
X(FINAL_SENT, "final-sent", 3261, "8.2", \
  N_("Every request but ACK gets a final response.")) \
X(FINAL_ONCE, "final-once", 3261, "17.2", \
  N_("A server transaction has one final response; only several 2xx to an INVITE may come, each from a phone of its own.")) \
X(PROVISIONAL_LATE, "provisional-late", 3261, "17.2", \
  N_("After its final response a transaction has no provisional one any more.")) \
X(NON_INVITE_1XX, "non-invite-1xx", 4320, "4.1", \
  N_("A request other than INVITE gets no provisional response but 100, and over UDP that only once its Timer E has grown to T2.")) \
X(ACK_FIELDS, "ack-fields", 3261, "17.1.1.3", \
  N_("The ACK for a refusal has the Request-URI, From, Call-ID, CSeq number and top Via of its INVITE, and the To of what it acknowledges.")) \
X(ACK_2XX_CSEQ, "ack-2xx-cseq", 3261, "13.2.2.4", \
  N_("The ACK for a 2xx has the CSeq number of the INVITE that it acknowledges.")) \
X(ACK_2XX_BRANCH, "ack-2xx-branch", 3261, "17.1.1.3", \
  N_("The ACK for a 2xx is no part of the INVITE's transaction: it has a branch of its own.")) \
X(CANCEL_FIELDS, "cancel-fields", 3261, "9.1", \
  N_("A CANCEL is found by what it shares with its INVITE: the top Via with its branch, and the CSeq number. It has no Require, which nobody could refuse.")) \
X(REINVITE_ALONE, "reinvite-alone", 3261, "14.1", \
  N_("No INVITE is sent within a dialog while another one of either side waits for its final response.")) \
X(BYE_CALLED_EARLY, "bye-called-early", 3261, "15", \
  N_("Who is called does not end an early dialog by BYE: a final response refuses the call.")) \
X(DIALOG_TARGET, "dialog-target", 3261, "12.2.1.1", \
  N_("The Request-URI of a request within a dialog is the remote target: the other side's last Contact.")) \
X(DIALOG_ROUTE, "dialog-route", 3261, "12.2.1.1", \
  N_("A request within a dialog goes along its route set: each Route is what Record-Route has said.")) \
X(SDP_FORM, "sdp-form", 8866, "5", \
  N_("A session description is lines of a letter, = and a value, in a fixed order, the first one v=0.")) \
X(ANSWER_FORMATS, "answer-formats", 3264, "6.1", \
  N_("A stream that an answer takes has at least one format that the offer lists for it.")) \
X(ANSWER_DIRECTION, "answer-direction", 3264, "6.1", \
  N_("An answer fits the direction that was offered: sendonly is answered with recvonly or inactive, recvonly with sendonly or inactive, inactive with inactive; and port 0 with port 0 (8.2).")) \
X(OFFER_VERSION, "offer-version", 3264, "8", \
  N_("A description that differs from the one before has the next version in its o= line.")) \
X(OFFER_LINES, "offer-lines", 3264, "8", \
  N_("A new offer has at least as many m= lines as what was agreed: a stream that ends keeps its line, with port 0.")) \
X(RECORD_ROUTE_COPIED, "record-route-copied", 3261, "12.1.1", \
  N_("A response that makes a dialog hands back all Record-Routes of its request, so that the caller learns which proxies want to stay on the way.")) \
X(ROUTE_REMOVED, "route-removed", 3261, "16.4", \
  N_("A proxy takes the first Route off a request where it names the proxy itself.")) \
X(RECORD_ROUTE_LR, "record-route-lr", 3261, "16.6", \
  N_("The URI that a proxy puts into Record-Route has lr, step 4, so that nobody takes it for a strict router.")) \
X(PROXY_RESPONSE, "proxy-response", 3261, "16.7", \
  N_("A proxy takes its own Via off a response, step 3, and leaves the others; From, To, Call-ID, CSeq and the body stay as they are, step 9.")) \
X(PROXY_UNCHANGED, "proxy-unchanged", 3261, "16.6", \
  N_("A proxy leaves From, To, Call-ID, CSeq and the body of what it forwards as they are.")) \
X(REGISTER_URI, "register-uri", 3261, "10.2", \
  N_("The Request-URI of a REGISTER names the registrar's domain, without a user.")) \
X(REGISTER_CSEQ, "register-cseq", 3261, "10.2", \
  N_("REGISTERs of one Call-ID count up in CSeq.")) \
X(REGISTER_LISTED, "register-listed", 3261, "10.3", \
  N_("Each Contact in the 2xx to a REGISTER has its own expires, step 8.")) \
X(REGISTER_SHORTER, "register-shorter", 3261, "10.3", \
  N_("A registrar may shorten the time that was asked for, step 7, not prolong it.")) \
X(DIGEST_ALGORITHM, "digest-algorithm", 8760, "2.1", \
  N_("MD5 is broken: a challenge offers SHA-256, and MD5 at most beside it.")) \
X(DIGEST_QOP, "digest-qop", 3261, "22.4", \
  N_("A challenge has qop: without it nothing counts how often a nonce was used, and who listens can repeat the credentials.")) \
X(DIGEST_QOP_ANSWER, "digest-qop-answer", 3261, "22.4", \
  N_("Where a challenge has qop the credentials that answer it have it, too: without it no nonce count tells a repetition from a new request.")) \
X(DIGEST_NONCE, "digest-nonce", 7616, "3.3", \
  N_("A nonce is made anew for each challenge: one that everybody gets makes what was heard once useful for ever.")) \
X(DIGEST_COUNT, "digest-count", 7616, "3.4", \
  N_("The nonce count goes up with each request that uses the nonce.")) \
X(DIGEST_OPAQUE, "digest-opaque", 7616, "3.4", \
  N_("Credentials bring back the opaque of the challenge as it was.")) \
X(URI_PASSWORD, "uri-password", 3261, "19.1.1", \
  N_("A password in a URI can be read by everybody on the way: it should not stand there.")) \
X(PLAIN_SIGNALLING, "plain-signalling", 3261, "26.2.1", \
  N_("Without TLS whoever is on the way reads who calls whom, and may change it.")) \
X(PLAIN_KEYS, "plain-keys", 4568, "8.3", \
  N_("The keys of SRTP in a session description are secret only where the signalling is encrypted.")) \
X(SESSION_LEAST, "session-least", 4028, "4", \
  N_("A session interval is never less than 90 seconds.")) \
X(SESSION_SHORTER, "session-shorter", 4028, "9", \
  N_("Who answers may shorten the session interval that the request asks for, not prolong it.")) \
X(SUBSCRIBE_SHORTER, "subscribe-shorter", 6665, "4.2.1.1", \
  N_("A notifier may shorten the time that a SUBSCRIBE asks for, not prolong it.")) \
X(PUBLISH_SHORTER, "publish-shorter", 3903, "6", \
  N_("Who takes a publication may shorten the time that it asks for, not prolong it.")) \
X(NOTIFY_SUBSCRIBED, "notify-subscribed", 6665, "3.2.1", \
  N_("The Event of a NOTIFY is that of the SUBSCRIBE that it belongs to: the same package, the same id (8.2.1)."))
/* clang-format on */

#endif
