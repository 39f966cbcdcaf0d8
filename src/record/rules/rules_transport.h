/* Rules of transactions, of how messages travel, and of TLS. */
#ifndef RULES_RULES_TRANSPORT_H
#define RULES_RULES_TRANSPORT_H

/* clang-format off */
/* Section 17 and RFC 6026: the transaction machines. */
#define RULES_TRANSACTION(X) \
X(ICT_SEND, "ict-send", 3261, "17.1.1.2", MUST, \
  N_("A new INVITE client transaction MUST start in Calling, send the INVITE " \
     "and set Timer B (64*T1). Over an unreliable transport it also sets Timer " \
     "A (T1).")) \
X(ICT_TIMER_A, "ict-timer-a", 3261, "17.1.1.2", MUST, \
  N_("Over an unreliable transport, the client transaction MUST retransmit the " \
     "INVITE each time Timer A fires. Timer A starts at T1 (500 ms) and doubles " \
     "each time, until a response arrives.")) \
X(ICT_TIMER_B, "ict-timer-b", 3261, "17.1.1.2", SHOULD, \
  N_("If no response has arrived when Timer B fires after 64*T1 (32 s), the " \
     "transaction SHOULD report a timeout. It then terminates.")) \
X(ICT_1XX, "ict-1xx", 3261, "17.1.1.2", SHOULD_NOT, \
  N_("A provisional response moves the INVITE client transaction to Proceeding, " \
     "where it SHOULD NOT retransmit the INVITE any longer. It passes every " \
     "provisional response to the UA or proxy.")) \
X(ICT_2XX, "ict-2xx", 6026, "7.2", MUST, \
  N_("When a 2xx arrives, the INVITE client transaction MUST go to Accepted and " \
     "pass the 2xx to the UA or proxy. The transaction does not send the ACK " \
     "for it.")) \
X(ICT_ACCEPTED, "ict-accepted", 6026, "7.2", MUST, \
  N_("In Accepted, the transaction MUST pass on every further 2xx, whether it " \
     "is a retransmission or comes from another branch.")) \
X(ICT_FINAL, "ict-final", 3261, "17.1.1.2", MUST, \
  N_("When a non-2xx final response arrives, the INVITE client transaction MUST " \
     "go to Completed. It passes the response on once and sends the ACK itself.")) \
X(ICT_ACK, "ict-ack", 3261, "17.1.1.3", MUST, \
  N_("The client transaction itself MUST acknowledge a non-2xx final response, " \
     "hop by hop. The ACK has the branch, Request-URI and Route of the INVITE.")) \
X(ICT_TIMER_D, "ict-timer-d", 3261, "17.1.1.2", SHOULD, \
  N_("The transaction SHOULD start Timer D (at least 32 s over UDP) in " \
     "Completed, so that it can acknowledge a retransmitted final response.")) \
X(ICT_TIMER_M, "ict-timer-m", 6026, "7.2", MUST, \
  N_("The transaction MUST set Timer M to 64*T1 and stay in Accepted for that " \
     "time, so that a retransmitted 2xx still matches it.")) \
X(NICT_SEND, "nict-send", 3261, "17.1.2.2", MUST, \
  N_("A new non-INVITE client transaction starts in Trying, MUST send the " \
     "request and sets Timer F (64*T1). Over an unreliable transport it also " \
     "sets Timer E (T1).")) \
X(NICT_TIMER_E, "nict-timer-e", 3261, "17.1.2.2", MUST, \
  N_("Over an unreliable transport, the client transaction MUST retransmit the " \
     "request each time Timer E fires. Timer E starts at T1 and doubles up to " \
     "T2 (4 s); in Proceeding it is T2. A final response ends the " \
     "retransmissions.")) \
X(NICT_TIMER_F, "nict-timer-f", 3261, "17.1.2.2", SHOULD, \
  N_("If no final response has arrived when Timer F fires after 64*T1 (32 s), " \
     "the transaction SHOULD report a timeout. It then terminates.")) \
X(NICT_1XX, "nict-1xx", 3261, "17.1.2.2", MUST, \
  N_("The non-INVITE client transaction MUST pass a provisional response on, " \
     "and goes to Proceeding. Over an unreliable transport it still retransmits " \
     "the request there, every T2.")) \
X(NICT_FINAL, "nict-final", 3261, "17.1.2.2", MUST, \
  N_("When a final response arrives, the non-INVITE client transaction MUST go " \
     "to Completed. There Timer K absorbs retransmitted responses.")) \
X(NICT_TIMER_K, "nict-timer-k", 3261, "17.1.2.2", MUST, \
  N_("In Completed, the transaction MUST set Timer K (T4, 5 s over UDP), to " \
     "absorb retransmitted responses.")) \
X(IST_100, "ist-100", 3261, "17.2.1", MUST, \
  N_("The server transaction MUST answer an INVITE with a 100, unless it knows " \
     "that another response follows within 200 ms. The 100 stops the " \
     "retransmissions and says nothing else.")) \
X(IST_REQUEST, "ist-request", 3261, "17.2.1", MUST, \
  N_("An INVITE creates a server transaction in Proceeding. When a " \
     "retransmission of the INVITE arrives, the transaction MUST send the last " \
     "provisional response again. It does not pass the INVITE on.")) \
X(IST_1XX, "ist-1xx", 3261, "17.2.1", MUST, \
  N_("In Proceeding, the server transaction MUST send each provisional response " \
     "that the UA or proxy gives it.")) \
X(IST_2XX, "ist-2xx", 6026, "7.1", MUST, \
  N_("A 2xx is sent at once, and the INVITE server transaction MUST go to " \
     "Accepted. The UA that answered retransmits the 2xx itself.")) \
X(IST_ACCEPTED, "ist-accepted", 6026, "7.1", MUST, \
  N_("In Accepted, the transaction absorbs a retransmitted INVITE. It MUST pass " \
     "on an ACK, and it sends each 2xx that the UA retransmits.")) \
X(IST_FINAL, "ist-final", 3261, "17.2.1", MUST, \
  N_("A non-2xx final response is sent, and the INVITE server transaction MUST " \
     "go to Completed. Timer G retransmits the response until the ACK arrives.")) \
X(IST_ACK, "ist-ack", 3261, "17.2.1", MUST, \
  N_("When the ACK arrives in Completed, the INVITE server transaction MUST go " \
     "to Confirmed, where it absorbs further ACKs.")) \
X(IST_TIMER_G, "ist-timer-g", 3261, "17.2.1", TELLS, \
  N_("Over an unreliable transport, the final response is retransmitted each " \
     "time Timer G fires, until the ACK arrives. Timer G starts at T1 and " \
     "doubles up to T2.")) \
X(IST_TIMER_H, "ist-timer-h", 3261, "17.2.1", MUST, \
  N_("If no ACK has arrived when Timer H fires after 64*T1 (32 s), the server " \
     "transaction MUST terminate and report a failure.")) \
X(IST_TIMER_I, "ist-timer-i", 3261, "17.2.1", TELLS, \
  N_("Timer I (T4, 5 s over UDP) keeps the transaction in Confirmed, to absorb " \
     "retransmitted ACKs.")) \
X(IST_TIMER_L, "ist-timer-l", 6026, "7.1", MUST, \
  N_("The transaction MUST set Timer L to 64*T1 and stay in Accepted for that " \
     "time, so that a retransmitted INVITE is not taken for a new one.")) \
X(NIST_REQUEST, "nist-request", 3261, "17.2.2", MUST, \
  N_("A non-INVITE request creates a server transaction in Trying. If it has " \
     "sent a response when a retransmission of the request arrives, it MUST " \
     "send that response again.")) \
X(NIST_1XX, "nist-1xx", 3261, "17.2.2", MUST, \
  N_("When the UA or proxy gives it a provisional response, the non-INVITE " \
     "server transaction MUST go to Proceeding.")) \
X(NIST_FINAL, "nist-final", 3261, "17.2.2", MUST, \
  N_("A final response moves the non-INVITE server transaction to Completed. " \
     "There it MUST answer each retransmission of the request with that " \
     "response.")) \
X(NIST_TIMER_J, "nist-timer-j", 3261, "17.2.2", MUST, \
  N_("In Completed, the transaction MUST set Timer J (64*T1 over UDP), so that " \
     "it can answer retransmissions of the request."))

/* Section 18, 7 and RFC 3581, 5923: how messages travel, what arrives, where
 * answers go. */
#define RULES_TRANSPORT(X) \
X(TRANSPORT_SIZE, "transport-size", 3261, "18.1.1", MUST, \
  N_("A request within 200 bytes of the path MTU, or above 1,300 bytes if the " \
     "MTU is unknown, is too large for UDP. It MUST be sent over TCP, which its " \
     "top Via then names.")) \
X(TRANSPORT_FALLBACK, "transport-fallback", 3261, "18.1.1", SHOULD, \
  N_("The client used TCP only because of the size of the request, and the " \
     "server does not accept TCP. The client SHOULD retry over UDP, in a new " \
     "transaction with its own branch.")) \
X(TRANSPORT_RECONNECT, "transport-reconnect", 3261, "18.2.2", MUST, \
  N_("A response MUST be sent over the connection on which its request came. If " \
     "that is closed, the server opens one to the source address and the port " \
     "in the sent-by of the Via.")) \
X(TRANSPORT_SENT_BY_NAME, "transport-sent-by-name", 3263, "5", TELLS, \
  N_("If neither the connection nor the source of a request can be reached, the " \
     "response goes to the servers of the domain name in its Via. With a port, " \
     "these are the addresses of the name. Without one, they are its SRV " \
     "records for the Via's transport, one after another. A proxy's partner can " \
     "thus receive responses after that proxy has failed.")) \
X(TRANSPORT_AGAIN, "transport-again", 5923, "8.1", TELLS, \
  N_("A connection may be gone: the peer has closed it, or has restarted and " \
     "does not know it. Messages that were sent over it without a response are " \
     "sent again over a new connection, with the same branch.")) \
X(TRANSPORT_ALIAS, "transport-alias", 5923, "8.2", TELLS, \
  N_("A Via with alias offers its connection for the reverse direction. " \
     "Requests to the address that it advertises then use this connection, and " \
     "no second one is opened.")) \
X(CLIENT_TRANSPORT, "client-transport-error", 3261, "17.1.4", SHOULD, \
  N_("If the connection fails before a response arrives, the client transaction " \
     "SHOULD report that at once and terminate. It waits for no timer.")) \
X(SERVER_TRANSPORT, "server-transport-error", 3261, "17.2.4", SHOULD, \
  N_("If a response cannot be sent, the server transaction SHOULD report that " \
     "to the UA or proxy. An INVITE server transaction still remains (RFC 6026 " \
     "7.1), to absorb retransmissions.")) \
X(STREAM_LENGTH, "stream-length", 3261, "18.3", MUST, \
  N_("On a stream, each message MUST have a Content-Length, because only that " \
     "shows where the message ends. Without a valid one the rest cannot be " \
     "read, and the connection is closed.")) \
X(STREAM_TORN, "stream-torn", 3261, "18.3", TELLS, \
  N_("A message on a stream is complete when its header fields and all bytes of " \
     "the body have arrived. If the connection ends before that, the incomplete " \
     "message is discarded.")) \
X(BAD_REQUEST, "bad-request", 3261, "8.2", TELLS, \
  N_("A request that cannot be parsed is answered with a 400-class response if " \
     "its Via, From, To, Call-ID and CSeq can be read.")) \
X(MESSAGE_LARGE, "message-large", 3261, "21.5.7", TELLS, \
  N_("A request that is larger than a node can process gets a 513. If it cannot " \
     "be answered, it is discarded.")) \
X(BAD_VERSION, "bad-version", 3261, "21.5.6", TELLS, \
  N_("A request with a SIP version other than 2.0 gets a 505.")) \
X(BAD_RESPONSE, "bad-response", 3261, "18.1.2", TELLS, \
  N_("A malformed response is discarded, because nobody can be informed.")) \
X(RESPONSE_VIAS, "response-vias", 3261, "8.1.3.3", SHOULD, \
  N_("A response has the Vias of its request. If it has more or fewer, it was " \
     "misrouted, and the UA or proxy SHOULD discard it.")) \
X(RESPONSE_OTHERS, "response-others", 3261, "8.2.6.2", MUST, \
  N_("A response MUST have the Call-ID, CSeq and From of its request. If one of " \
     "these differs although the branch matches, the UA discards the response " \
     "and continues to wait.")) \
X(STRAY, "stray-response", 6026, "8.9", MUST, \
  N_("A response that matches no client transaction MUST be discarded; only a " \
     "stateless proxy forwards it."))

/* Section 26.2: TLS. */
#define RULES_SECURITY(X) \
X(TLS_HANDSHAKE, "tls-handshake", 8446, "2", TELLS, \
  N_("Before the first message on a TLS connection, both sides agree on keys, " \
     "and the server presents its certificate.")) \
X(TLS_SERVER, "tls-server", 5922, "7.3", MUST, \
  N_("A client checks that the server's certificate is valid. It MUST compare " \
     "the domain that it looked up with the identities in the certificate. If " \
     "either check fails, it closes the connection.")) \
X(TLS_CLIENT, "tls-client", 5922, "7.4", MUST, \
  N_("A server that authenticates its client MUST take the client's identities " \
     "from the client's certificate.")) \
X(TLS_ALERT, "tls-alert", 8446, "6.2", SHOULD, \
  N_("After a fatal error, a TLS implementation SHOULD send a fatal alert that " \
     "names the error. It then closes the connection.")) \
X(TLS_CLOSE, "tls-close", 8446, "6.1", MUST, \
  N_("A side that closes a TLS connection MUST first send the alert " \
     "close_notify. The peer then knows that nothing is missing.")) \
X(SIPS_KEPT, "sips-kept", 5630, "5.3", MUST, \
  N_("A proxy MUST forward a request for a sips URI only to sips URIs. A " \
     "request for a sip URI goes to a sips Contact as sip, but over TLS.")) \
X(SIPS_WARNING, "sips-warning", 5630, "5.3", MUST, \
  N_("If no Contact has a scheme to which the request may be forwarded, the " \
     "proxy MUST reject it with a 480. The Warning is 380 (SIPS Not Allowed) " \
     "for a sips URI and 381 (SIPS Required) for a sip URI.")) \
X(SIPS_DERIVED, "sips-derived", 5630, "5.1.1.3", MUST_NOT, \
  N_("A request that results from a sips request, by a redirection or a " \
     "transfer, MUST NOT use sip unless its user allows that. Phones in rung " \
     "never do.")) \
X(SIPS_BIND, "sips-bind", 5630, "5.2", MUST, \
  N_("A registrar MUST accept a sips Contact only if the Request-URI, all " \
     "Contacts and all Path header fields are sips URIs. Otherwise it answers " \
     "400.")) \
X(WEBSOCKET_HANDSHAKE, "websocket-handshake", 7118, "4", TELLS, \
  N_("A WebSocket connection starts as HTTP. The client asks to upgrade it to " \
     "the subprotocol sip, and the server agrees with 101.")) \
X(WEBSOCKET_CLOSE, "websocket-close", 6455, "7.4.1", TELLS, \
  N_("A Close frame says why the WebSocket is closed: 1000 for normal, 1001 " \
     "when an end goes away; other codes name an error.")) \
X(WEBSOCKET_FRAME, "websocket-frame", 6455, "5.1", MUST, \
  N_("A client masks its frames, and a server does not. An endpoint that " \
     "receives a wrong frame MUST close the connection, with a status that " \
     "gives the reason.")) \
X(WEBSOCKET_PONG, "websocket-pong", 6455, "5.5.3", TELLS, \
  N_("A Ping is answered at once by a Pong with the same octets, so that its " \
     "sender knows that the connection still works."))

/* What a script or a person has a node send, whatever its roles. */
#define RULES_SENDING(X) \
X(REQUEST_SEND, "request-send", 3261, "8.1.1", MUST, \
  N_("A request MUST contain at least a Request-URI, To, From, CSeq, Call-ID, " \
     "Max-Forwards and Via. Anybody who can build one can send it; its client " \
     "transaction does the rest.")) \
X(RAW_SEND, "raw-send", 3261, "26.1", TELLS, \
  N_("Anybody with access to the network can send any bytes to anybody. Nothing " \
     "in a message proves that its sender is who the message claims."))
/* clang-format on */

#endif
