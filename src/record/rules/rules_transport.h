/* Rules of transactions, of how messages travel, and of TLS. */
#ifndef RULES_RULES_TRANSPORT_H
#define RULES_RULES_TRANSPORT_H

/* clang-format off */
/* Section 17 and RFC 6026: the transaction machines. */
#define RULES_TRANSACTION(X) \
X(ICT_SEND, "ict-send", 3261, "17.1.1.2", MUST, \
  N_("A new INVITE client transaction starts in Calling, sends the INVITE and sets Timer B (64*T1), and over an unreliable transport Timer A (T1).")) \
X(ICT_TIMER_A, "ict-timer-a", 3261, "17.1.1.2", TELLS, \
  N_("Over an unreliable transport the INVITE is repeated when Timer A fires: T1 (500 ms) after the first time, then after twice as long each time, until a response comes.")) \
X(ICT_TIMER_B, "ict-timer-b", 3261, "17.1.1.2", MUST, \
  N_("If no response at all has come when Timer B fires, after 64*T1 (32 s), the transaction gives up and reports a time-out.")) \
X(ICT_1XX, "ict-1xx", 3261, "17.1.1.2", MUST, \
  N_("A provisional response moves the INVITE client transaction to Proceeding: it stops repeating the INVITE and passes the response up. There it passes up each further one.")) \
X(ICT_2XX, "ict-2xx", 6026, "7.2", MUST_NOT, \
  N_("A 2xx moves the INVITE client transaction to Accepted. The 2xx goes up to the user agent or proxy, and the ACK for it is not the transaction's business.")) \
X(ICT_ACCEPTED, "ict-accepted", 6026, "7.2", TELLS, \
  N_("In Accepted every further 2xx, repeated or from another branch, is passed up.")) \
X(ICT_FINAL, "ict-final", 3261, "17.1.1.2", MUST, \
  N_("A final response other than 2xx moves the INVITE client transaction to Completed; it is passed up once, and the transaction itself answers it with an ACK.")) \
X(ICT_ACK, "ict-ack", 3261, "17.1.1.3", MUST, \
  N_("The client transaction acknowledges a final response other than 2xx itself: an ACK with the branch, Request-URI and Route of the INVITE, hop by hop.")) \
X(ICT_TIMER_D, "ict-timer-d", 3261, "17.1.1.2", SHOULD, \
  N_("Timer D keeps the completed transaction for at least 32 s over UDP, to answer a repeated final response with another ACK.")) \
X(ICT_TIMER_M, "ict-timer-m", 6026, "7.2", MUST, \
  N_("Timer M keeps the accepted transaction for 64*T1, so that a 2xx that comes again still finds it.")) \
X(NICT_SEND, "nict-send", 3261, "17.1.2.2", MUST, \
  N_("A new non-INVITE client transaction starts in Trying, sends the request and sets Timer F (64*T1), and over an unreliable transport Timer E (T1).")) \
X(NICT_TIMER_E, "nict-timer-e", 3261, "17.1.2.2", MUST, \
  N_("Over an unreliable transport the request is repeated when Timer E fires: after T1, then after twice as long each time up to T2 (4 s); in Proceeding every T2. A final response ends that.")) \
X(NICT_TIMER_F, "nict-timer-f", 3261, "17.1.2.2", SHOULD, \
  N_("If no final response has come when Timer F fires, after 64*T1 (32 s), the transaction gives up and reports a time-out.")) \
X(NICT_1XX, "nict-1xx", 3261, "17.1.2.2", MUST, \
  N_("A provisional response is passed up, and moves the non-INVITE client transaction to Proceeding, where each further one leaves it. Over an unreliable transport the request is repeated there, too: every T2.")) \
X(NICT_FINAL, "nict-final", 3261, "17.1.2.2", MUST, \
  N_("A final response moves the non-INVITE client transaction to Completed, where Timer K lets repeated responses run out.")) \
X(NICT_TIMER_K, "nict-timer-k", 3261, "17.1.2.2", MUST, \
  N_("Timer K (T4, 5 s over UDP) keeps the completed transaction to absorb repeated responses.")) \
X(IST_100, "ist-100", 3261, "17.2.1", MUST, \
  N_("An INVITE gets a 100 unless it is known that another response follows within 200 ms: the 100 stops its repetition, and says nothing else.")) \
X(IST_REQUEST, "ist-request", 3261, "17.2.1", TELLS, \
  N_("An INVITE creates a server transaction in Proceeding. When the same INVITE comes again, the transaction answers with the last provisional response it sent, and nobody above hears of it.")) \
X(IST_1XX, "ist-1xx", 3261, "17.2.1", MUST, \
  N_("In Proceeding the server transaction sends whatever provisional response its user gives it.")) \
X(IST_2XX, "ist-2xx", 6026, "7.1", MUST, \
  N_("A 2xx moves the INVITE server transaction to Accepted and is sent at once. Repeating it is the task of the user agent that answered.")) \
X(IST_ACCEPTED, "ist-accepted", 6026, "7.1", MUST, \
  N_("In Accepted a repeated INVITE is absorbed, an ACK is passed up, and a 2xx that the user agent repeats is sent.")) \
X(IST_FINAL, "ist-final", 3261, "17.2.1", MUST, \
  N_("A final response other than 2xx moves the INVITE server transaction to Completed; it is repeated on Timer G until the ACK comes.")) \
X(IST_ACK, "ist-ack", 3261, "17.2.1", TELLS, \
  N_("The ACK moves the INVITE server transaction from Completed to Confirmed, which absorbs further ACKs.")) \
X(IST_TIMER_G, "ist-timer-g", 3261, "17.2.1", TELLS, \
  N_("Over an unreliable transport the final response is repeated when Timer G fires: after T1, then after twice as long each time up to T2, until the ACK comes.")) \
X(IST_TIMER_H, "ist-timer-h", 3261, "17.2.1", MUST, \
  N_("If no ACK has come when Timer H fires, after 64*T1 (32 s), the server transaction gives up waiting.")) \
X(IST_TIMER_I, "ist-timer-i", 3261, "17.2.1", TELLS, \
  N_("Timer I (T4, 5 s over UDP) keeps the confirmed transaction to absorb repeated ACKs.")) \
X(IST_TIMER_L, "ist-timer-l", 6026, "7.1", MUST, \
  N_("Timer L keeps the accepted transaction for 64*T1, so that a repeated INVITE is not taken for a new one.")) \
X(NIST_REQUEST, "nist-request", 3261, "17.2.2", TELLS, \
  N_("A request other than INVITE creates a server transaction in Trying. When the same request comes again, the last response is sent again, if there was one.")) \
X(NIST_1XX, "nist-1xx", 3261, "17.2.2", MUST, \
  N_("A provisional response moves the non-INVITE server transaction to Proceeding.")) \
X(NIST_FINAL, "nist-final", 3261, "17.2.2", MUST, \
  N_("A final response moves the non-INVITE server transaction to Completed; a repeated request gets the same response again.")) \
X(NIST_TIMER_J, "nist-timer-j", 3261, "17.2.2", MUST, \
  N_("Timer J (64*T1 over UDP) keeps the completed transaction to answer repeated requests."))

/* Section 18, 7 and RFC 3581, 5923: how messages travel, what arrives, where
 * answers go. */
#define RULES_TRANSPORT(X) \
X(TRANSPORT_SIZE, "transport-size", 3261, "18.1.1", MUST, \
  N_("A request that comes within 200 bytes of the path MTU, or has more than 1,300 bytes where the MTU is unknown, is too large for UDP: it goes by TCP, and its top Via says so.")) \
X(TRANSPORT_FALLBACK, "transport-fallback", 3261, "18.1.1", SHOULD, \
  N_("A request that went by TCP for its size alone, to somebody who refuses TCP, is tried again by UDP, in a new transaction with a branch of its own.")) \
X(TRANSPORT_RECONNECT, "transport-reconnect", 3261, "18.2.2", MUST, \
  N_("A response goes back over the connection by which its request came. If that is gone, a new one is opened to the source address and the port that the Via's sent-by names.")) \
X(TRANSPORT_SENT_BY_NAME, "transport-sent-by-name", 3263, "5", TELLS, \
  N_("Where neither the connection of a request nor its source can be reached any more, its response goes to the servers of the name in its Via: with a port those that the name's addresses lead to, without one those of its SRV records for the Via's transport, each when the one before can't be reached. That way a proxy's partner gets the responses once it is gone.")) \
X(TRANSPORT_AGAIN, "transport-again", 5923, "8.1", TELLS, \
  N_("A connection that was in use may be there no more: the other side has closed it, or has been restarted and knows nothing of it. What was sent over it, and nobody has answered or acknowledged, goes out once more over a new one, under the same branch.")) \
X(TRANSPORT_ALIAS, "transport-alias", 5923, "8.2", TELLS, \
  N_("A Via with alias offers its connection for the other direction, too: requests to the address that it advertises go over it, and no second connection is made.")) \
X(CLIENT_TRANSPORT, "client-transport-error", 3261, "17.1.4", TELLS, \
  N_("When the connection fails before any response has come, the client transaction ends at once and tells its user; no timer has to run out.")) \
X(SERVER_TRANSPORT, "server-transport-error", 3261, "17.2.4", TELLS, \
  N_("A response that can't be sent is told to the transaction's user. An INVITE server transaction stays all the same (RFC 6026 7.1), to absorb the INVITE when it comes again.")) \
X(STREAM_LENGTH, "stream-length", 3261, "18.3", TELLS, \
  N_("On a stream only Content-Length tells where a message ends and the next one begins. Without a usable one nothing that follows can be read, and the connection is closed.")) \
X(STREAM_TORN, "stream-torn", 3261, "18.3", TELLS, \
  N_("A message is complete when its head and as many bytes of body as Content-Length says have come; what the end of the connection cuts short is no message and is thrown away.")) \
X(BAD_REQUEST, "bad-request", 3261, "8.2", TELLS, \
  N_("A request that can't be understood is answered with a 400-class response, as far as its Via, From, To, Call-ID and CSeq tell whom to answer.")) \
X(MESSAGE_LARGE, "message-large", 3261, "21.5.7", TELLS, \
  N_("A request that is larger than a node can process gets a 513; what can't be answered is thrown away.")) \
X(BAD_VERSION, "bad-version", 3261, "21.5.6", TELLS, \
  N_("A request of another version of SIP than 2.0 gets a 505.")) \
X(BAD_RESPONSE, "bad-response", 3261, "18.1.2", TELLS, \
  N_("A malformed response is thrown away: there is nobody who could be told.")) \
X(RESPONSE_VIAS, "response-vias", 3261, "8.1.3.3", TELLS, \
  N_("A response brings back the Vias that its request had. One with more of them, or fewer, went astray: a user agent or proxy throws it away.")) \
X(RESPONSE_OTHERS, "response-others", 3261, "8.2.6.2", TELLS, \
  N_("A response brings back Call-ID, CSeq and From of its request. One with the right branch and another of these answers something else: the user agent that has made the request throws it away, and goes on waiting.")) \
X(STRAY, "stray-response", 6026, "8.9", TELLS, \
  N_("A response that matches no client transaction is dropped; since RFC 6026 a stateful proxy must not forward it."))

/* Section 26.2: TLS. */
#define RULES_SECURITY(X) \
X(TLS_HANDSHAKE, "tls-handshake", 8446, "2", TELLS, \
  N_("Before the first message of a TLS connection both sides agree on keys, and the server shows its certificate.")) \
X(TLS_SERVER, "tls-server", 5922, "7.3", TELLS, \
  N_("A client verifies that the server's certificate is valid, and compares the domain that it looked for with the identities in it. If either fails, it closes the connection.")) \
X(TLS_CLIENT, "tls-client", 5922, "7.4", TELLS, \
  N_("A server that asks its client for a certificate takes the identities in it as those of the client.")) \
X(TLS_ALERT, "tls-alert", 8446, "6.2", MUST, \
  N_("What can't be accepted is answered by a fatal alert that says why, and the connection is closed.")) \
X(TLS_CLOSE, "tls-close", 8446, "6.1", MUST, \
  N_("A side that closes a TLS connection says so by the alert close_notify: the other side then knows that nothing was cut off.")) \
X(SIPS_KEPT, "sips-kept", 5630, "5.3", SHOULD, \
  N_("A request for a sips URI goes on to sips URIs alone; one for a sip URI goes to a sips Contact as sip, but by TLS.")) \
X(SIPS_WARNING, "sips-warning", 5630, "5.3", MUST_NOT, \
  N_("Where a proxy knows no Contact of the scheme that a request may go on to it answers 480, with the warning 380 (SIPS Not Allowed) for a sips URI, 381 (SIPS Required) for a sip URI.")) \
X(SIPS_DERIVED, "sips-derived", 5630, "5.1.1.3", TELLS, \
  N_("What comes of a sips request, by a redirection or a transfer, goes by sip only where its user allows that; phones here do not do so.")) \
X(SIPS_BIND, "sips-bind", 5630, "5.2", MUST, \
  N_("A registrar takes a sips Contact only where the Request-URI, all Contacts and all of Path are sips, too; otherwise it answers 400.")) \
X(WEBSOCKET_HANDSHAKE, "websocket-handshake", 7118, "4", TELLS, \
  N_("A WebSocket connection begins as HTTP: the client asks to upgrade it for the subprotocol sip, the server agrees with 101.")) \
X(WEBSOCKET_CLOSE, "websocket-close", 6455, "7.4.1", TELLS, \
  N_("A Close frame says why a WebSocket is closed: 1000 when all is done, 1001 when an end goes away; others name an error.")) \
X(WEBSOCKET_FRAME, "websocket-frame", 6455, "5.1", MUST_NOT, \
  N_("A client masks its frames, a server does not; whoever gets one that can't be closes the connection with a status that says why.")) \
X(WEBSOCKET_PONG, "websocket-pong", 6455, "5.5.3", TELLS, \
  N_("A Ping is answered at once by a Pong with the same octets: who asks knows that the connection still stands."))

/* What a script or a person has a node send, whatever its roles. */
#define RULES_SENDING(X) \
X(REQUEST_SEND, "request-send", 3261, "8.1.1", TELLS, \
  N_("A request has at least a Request-URI, To, From, CSeq, Call-ID, Max-Forwards and Via. Whoever can build one can send it; its client transaction sees to the rest.")) \
X(RAW_SEND, "raw-send", 3261, "26.1", TELLS, \
  N_("Whoever reaches the network can send any bytes to anybody. Nothing in a message proves that its sender is who it claims to be."))
/* clang-format on */

#endif
