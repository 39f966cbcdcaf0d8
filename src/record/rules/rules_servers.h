/* Rules of registrars, proxies and redirect servers. */
#ifndef RULES_RULES_SERVERS_H
#define RULES_RULES_SERVERS_H

/* clang-format off */
/* An IMS network's home subscriber server: RFC 6733, RFC 3310. */
#define RULES_HOME(X) \
X(CX_ASK, "cx-ask", 6733, "6.1", TELLS, \
  N_("An I-CSCF or S-CSCF asks the home subscriber server by Diameter (TS 29.228): which S-CSCF has a user, by which challenge he proves who he is, what his profile is.")) \
X(CX_PUSH, "cx-push", 6733, "6.1", TELLS, \
  N_("A home subscriber server tells the S-CSCF that has a user of itself that his registration ends (RTR, TS 29.228 6.1.3), or that his profile is another (PPR, 6.2).")) \
X(CX_AGAIN, "cx-again", 6733, "3", TELLS, \
  N_("A question without an answer is sent again with the flag T: it may have been there before.")) \
X(CX_SERVE, "cx-serve", 6733, "6.2", TELLS, \
  N_("An answer has the command, the session and the numbers of its question, and says by a result how it went.")) \
X(CX_ANSWER, "cx-answer", 6733, "6.2.1", TELLS, \
  N_("The answer belongs to the question with its Hop-by-Hop Identifier.")) \
X(CX_SILENT, "cx-silent", 6733, "5.5.4", TELLS, \
  N_("Where no answer of the home subscriber server comes an I-CSCF answers 480, an S-CSCF 504 (TS 24.229 5.3.1.2, 5.4.1.2).")) \
X(CX_UNKNOWN, "cx-unknown", 6733, "7.6", TELLS, \
  N_("USER_UNKNOWN to a question for the one who is called: there is no such user, 404 (TS 24.229 5.3.2.1).")) \
X(CX_NOT_REGISTERED, "cx-not-registered", 6733, "7.6", TELLS, \
  N_("IDENTITY_NOT_REGISTERED to a question for the one who is called: he can't be reached now, 480 (TS 24.229 5.3.2.1).")) \
X(CX_FORBIDDEN, "cx-forbidden", 6733, "7.6", TELLS, \
  N_("The home subscriber server refuses the user who registers: 403 (TS 24.229 5.3.1.2, 5.4.1.2).")) \
X(CX_ROAMING, "cx-roaming", 6733, "7.6", TELLS, \
  N_("ROAMING_NOT_ALLOWED: the user may not use the network in which he is, 403 (TS 24.229 5.3.1.2).")) \
X(CX_FAILED, "cx-failed", 6733, "7.1.5", TELLS, \
  N_("The home subscriber server can't do what it was asked, or says what can't be: 500.")) \
X(CX_NO_SERVER, "cx-no-server", 6733, "7.6", TELLS, \
  N_("No S-CSCF is there that could take the user: 600 (TS 24.229 5.3.1.3).")) \
X(CX_FORWARD, "cx-forward", 3261, "16.5", TELLS, \
  N_("An I-CSCF sends a request on to the S-CSCF that the home subscriber server has named, or that it has chosen itself, and keeps nothing of it (TS 24.229 5.3).")) \
X(HSS_PENDING, "hss-pending", 6733, "6.2", TELLS, \
  N_("The S-CSCF that asks for a vector is noted as the user's, whose authentication is pending until it says how it went (TS 29.228 6.3.1).")) \
X(HSS_ASSIGN, "hss-assign", 6733, "6.2", TELLS, \
  N_("An S-CSCF that has registered a user says so by Server-Assignment, and is the user's from then on (TS 29.228 6.1.2.1).")) \
X(HSS_FAILED, "hss-failed", 6733, "6.2", TELLS, \
  N_("After a failed authentication the S-CSCF is forgotten; a user who was registered before stays so (TS 29.228 6.1.2.1).")) \
X(HSS_UNREGISTERED, "hss-unregistered", 6733, "6.2", TELLS, \
  N_("The S-CSCF that is asked for a user says that it does not have him registered, for it has begun anew: nobody has him from now on (TS 29.228 6.1.2), and who calls him is told so without asking there.")) \
X(HSS_END, "hss-end", 6733, "6.2", TELLS, \
  N_("When a registration ends its S-CSCF says so by Server-Assignment, and is forgotten (TS 29.228 6.1.2.1).")) \
X(HSS_DEREGISTER, "hss-deregister", 6733, "6.1", TELLS, \
  N_("A registration that the home subscriber server ends is over there at once, and its S-CSCF is told by RTR (TS 29.228 6.1.3).")) \
X(HSS_REMOVE, "hss-remove", 6733, "6.1", TELLS, \
  N_("Who is no subscriber any more is unknown from then on; the S-CSCF is told by RTR with PERMANENT_TERMINATION (TS 29.228 6.1.3).")) \
X(HSS_DISK, "hss-disk", 6733, "6.2", TELLS, \
  N_("Which S-CSCF has a user outlasts a crash of the home subscriber server, as its users' keys do: when it starts again it reads both.")) \
X(DIAMETER_FAULT, "diameter-fault", 6733, "7.1.5", TELLS, \
  N_("A Diameter message that lacks something, or has what can't be, is refused by a result that says what, with the AVP in Failed-AVP.")) \
X(AKA_CHALLENGE, "aka-challenge", 3310, "3.2", TELLS, \
  N_("The nonce of a challenge by AKA is RAND and AUTN of a vector that the home subscriber server has made; its keys CK and IK are for the P-CSCF (3GPP TS 33.203).")) \
X(AKA_ACCEPT, "aka-accept", 3310, "3.3", TELLS, \
  N_("A response that was computed with the RES that is expected shows that the SIM has the user's key.")) \
X(AKA_WRONG, "aka-wrong", 3310, "3.3", TELLS, \
  N_("A response that was computed with another RES is refused with 403 (TS 24.229 5.4.1.2.3).")) \
X(AKA_WRONG_MAC_HEARD, "aka-wrong-mac-heard", 3310, "3.2", TELLS, \
  N_("An empty response to a challenge says that the SIM has found another key behind it: 403 (TS 24.229 5.4.1.2.3).")) \
X(AKA_RESYNC, "aka-resync", 3310, "3.4", TELLS, \
  N_("AUTS says how far the SIM has counted: the home subscriber server verifies that it is the SIM's, counts on from there and makes another vector."))

/* Section 10: registration, and the location service. */
#define RULES_REGISTER(X) \
X(REGISTER_SEND, "register-send", 3261, "10.2", TELLS, \
  N_("A REGISTER tells the registrar of a domain at which Contact an address-of-record can be reached, and for how long.")) \
X(REGISTER_REFRESH, "register-refresh", 3261, "10.2.4", TELLS, \
  N_("A binding is refreshed before it expires, with the same Call-ID and the next CSeq.")) \
X(REGISTER_THIRD, "register-third", 3261, "10.2", TELLS, \
  N_("Who registers another user's address-of-record has that in To, and himself in From.")) \
X(REGISTER_REMOVE, "register-remove", 3261, "10.2.2", TELLS, \
  N_("Expires 0 takes a binding away; with Contact * it takes all of them.")) \
X(REGISTER_FETCH, "register-fetch", 3261, "10.2.3", TELLS, \
  N_("A REGISTER without a Contact changes nothing: its 200 lists the bindings there are.")) \
X(REGISTER_DONE, "register-done", 3261, "10.2.4", TELLS, \
  N_("The 200 lists all bindings of the address-of-record: the user agent looks for its own and how long it lasts.")) \
X(REGISTER_LONGER, "register-longer", 3261, "10.2.8", TELLS, \
  N_("A 423 says how long it must be at least: the REGISTER goes out again with that.")) \
X(REGISTER_REFUSED, "register-refused", 3261, "10.2.8", TELLS, \
  N_("What the registrar has refused, other than by 423, is not tried again at once; a 403, or credentials that were rejected, not at all (21.4.4, 22.1).")) \
X(REGISTER_SILENT, "register-silent", 3261, "10.2.7", TELLS, \
  N_("A registrar that does not answer is not asked again at once.")) \
X(REGISTER_RECOVER, "register-recover", 5626, "4.5", TELLS, \
  N_("A phone that is to be registered tries again after a failure: between 30 and 60 seconds later, after each failure in a row twice as much later, at most half an hour; at the earliest when Retry-After is over.")) \
X(REGISTER_AGAIN, "register-again", 3680, "4.7.1", TELLS, \
  N_("A registrar that has deactivated a binding wants it to be asked for again at once, one that has put it on probation after retry-after.")) \
X(REGISTER_RESTORE, "register-restore", 3261, "21.5.5", TELLS, \
  N_("An S-CSCF that has lost what it knew of its users says so by a 504, of which the body wants an initial registration: the phone registers anew at once (TS 24.229 5.1.2A.1.6, 5.4.3.2).")) \
X(REGISTER_REJECTED, "register-rejected", 3680, "4.7.1", TELLS, \
  N_("Where the registrar has rejected a binding another REGISTER would not bring it back.")) \
X(REGISTER_OK, "register-ok", 3261, "10.3", TELLS, \
  N_("The registrar answers 200 with all bindings of the address-of-record and the time each has left.")) \
X(REGISTER_BRIEF, "register-too-brief", 3261, "10.3", MUST, \
  N_("An expiration shorter than the registrar's least is refused with 423 and Min-Expires.")) \
X(REGISTER_STAR, "register-star", 3261, "10.3", MUST, \
  N_("Contact * must stand alone and with Expires 0; else the answer is 400.")) \
X(REGISTER_ORDER, "register-order", 3261, "10.3", MUST, \
  N_("A binding is changed only by a REGISTER with another Call-ID or with a higher CSeq; else the whole update fails.")) \
X(REGISTER_AOR, "register-aor", 3261, "10.3", MUST, \
  N_("An address-of-record that is not of the registrar's domain gets a 404.")) \
X(REGISTER_SCHEME, "register-scheme", 3261, "10.2", MUST, \
  N_("An address-of-record is a SIP or SIPS URI; a To with any other gets a 400.")) \
X(REGISTER_FORBIDDEN, "register-forbidden", 3261, "10.3", MUST, \
  N_("Who has proved to be somebody may change the bindings of that user, and of those that the user registers for; step 4: else the answer is 403.")) \
X(REGISTER_CROWD, "register-crowd", 3261, "10.3", TELLS, \
  N_("More contacts than one address-of-record can have: nothing of the update is kept, and the answer is 500, step 7.")) \
X(REGISTER_LARGE, "register-large", 3261, "21.5.7", TELLS, \
  N_("A 200 with this request's Via and Path fields and all bindings could be longer than a message may be: the answer is 513.")) \
X(REGISTER_PATH, "register-path", 3327, "5.3", TELLS, \
  N_("The registrar keeps the Path with the binding: who sends a request there puts it into Route.")) \
X(SERVICE_ROUTE_GIVE, "service-route-give", 3608, "6.3", MAY, \
  N_("The registrar's 200 lists all bindings, and in Service-Route the proxies that the user's requests shall go through.")) \
X(REGISTER_FAILED, "register-failed", 3261, "10.3", TELLS, \
  N_("If the location service can't store the bindings the registrar answers 500.")) \
X(BINDING_EXPIRED, "binding-expired", 3261, "10.3", TELLS, \
  N_("A binding that is not refreshed in time is gone."))

/* Section 22, RFC 7616 and RFC 8760: authentication of the sender. */
#define RULES_AUTH(X) \
X(AUTH_401, "auth-401", 3261, "22.2", TELLS, \
  N_("A server that wants to know who asks answers 401 with a challenge in WWW-Authenticate, whose realm says which password is wanted. For several algorithms it has several challenges, the best first (RFC 8760 2.3).")) \
X(AUTH_407, "auth-407", 3261, "22.3", MAY, \
  N_("A proxy that wants to know who asks answers 407 with a challenge in Proxy-Authenticate; 401 is not for proxies. For several algorithms it has several challenges, the best first (RFC 8760 2.3).")) \
X(AUTH_OTHER_REALM, "auth-other-realm", 3261, "22.3", TELLS, \
  N_("Credentials for another realm are for another server: they are no answer here, and pass on as they are.")) \
X(AUTH_SCHEME, "auth-scheme", 3261, "22.4", MUST_NOT, \
  N_("Only Digest, with an algorithm and a qop of the challenge, proves anything; what else there is counts as no credentials, and Basic must not be accepted.")) \
X(AUTH_ACCEPT, "auth-accept", 7616, "3.6", MUST, \
  N_("The server computes the response with the password it knows; the same result, with a nonce of its own that is fresh, proves who asks.")) \
X(AUTH_WRONG, "auth-wrong-password", 3261, "22.1", MUST, \
  N_("A response computed with another password proves nothing: the server repeats its challenge, without stale, and the user agent must not try the same password again.")) \
X(AUTH_NOBODY, "auth-unknown-user", 3261, "22.1", TELLS, \
  N_("Who has no password in the realm is challenged again like one with a wrong password, so that nobody learns by trying which users there are.")) \
X(AUTH_STALE, "auth-stale", 7616, "3.3", TELLS, \
  N_("The password was right, but the nonce is too old or from a life before: a new challenge with stale=true, which needs no question to the user.")) \
X(AUTH_REPLAY, "auth-replay", 7616, "3.4", TELLS, \
  N_("A nonce count that was seen before is a replay: somebody says again what he has heard. It proves nothing; a new nonce must be used.")) \
X(AUTH_MALFORMED, "auth-malformed", 7616, "3.4", TELLS, \
  N_("Credentials that lack a parameter, or have an improper one, get a 400.")) \
X(AUTH_URI, "auth-uri", 7616, "3.4.6", TELLS, \
  N_("The uri in the credentials must be the Request-URI, as far as no proxy can have changed that; else the answer is 400, since the credentials may be stolen from another request."))

/* Section 16: proxies. */
#define RULES_PROXY(X) \
X(PROXY_MAX_FORWARDS, "proxy-max-forwards", 3261, "16.3", TELLS, \
  N_("A request with Max-Forwards 0 may not be forwarded: it gets a 483.")) \
X(PROXY_SESSION_TOO_SMALL, "proxy-session-too-small", 4028, "8.1", MAY, \
  N_("A proxy refuses a session interval below its least with a 422, if the caller knows session timers; else it raises the interval, and Min-SE with it.")) \
X(PROXY_SCHEME, "proxy-scheme", 3261, "16.3", SHOULD, \
  N_("A Request-URI with a scheme that the proxy does not know gets a 416.")) \
X(PROXY_REQUIRE, "proxy-require", 3261, "16.3", TELLS, \
  N_("A Proxy-Require that is not understood gets a 420.")) \
X(PROXY_LOOP, "proxy-loop", 5393, "4.2.2", MUST, \
  N_("A request that comes back to a proxy with the same Request-URI and Routes would be sent the same way again: it has looped and gets a 482. If they have changed it is a spiral, which is well.")) \
X(PROXY_BREADTH, "proxy-breadth", 5393, "5.3.3", TELLS, \
  N_("All branches into which a request is forked, by all proxies on its way, may be 60 at once: each copy gets its share as Max-Breadth, and a proxy whose share is less than its targets, or 0, answers 440.")) \
X(PROXY_OVERLOAD, "proxy-overload", 3261, "21.5.4", TELLS, \
  N_("A server that can't handle more requests for the moment answers 503, with Retry-After.")) \
X(PROXY_RATE, "proxy-rate", 3261, "21.5.4", TELLS, \
  N_("More requests have come in this half second than the server can handle: the others get 503.")) \
X(OVERLOAD_ASKS, "overload-asks", 7339, "5.2", MUST_NOT, \
  N_("A server in overload asks its upstream neighbours, in the Via of its responses, to keep back so many percent of their requests (oc), for oc-validity; 0 says that it is over. oc-seq tells which word is the later one.")) \
X(OVERLOAD_DEAF, "overload-deaf", 7339, "5.10.2", MUST, \
  N_("A server in overload refuses as many requests of a client that takes no part in overload control as it asks others to keep back: 503 without Retry-After. So whoever does not take part fares no better.")) \
X(OVERLOAD_OBEYED, "overload-obeyed", 7339, "5.10", TELLS, \
  N_("The next server has asked for less, and chance has kept this request back: whoever has sent it gets a 503 without Retry-After. Requests of calls that there are already, and those with a Resource-Priority, are kept back last (5.10.1, 7.2).")) \
X(URI_TOO_LONG, "uri-too-long", 3261, "21.4.12", TELLS, \
  N_("A Request-URI longer than the server is willing to read gets a 414.")) \
X(PROXY_181, "proxy-181", 3261, "21.1.3", TELLS, \
  N_("A 181 tells the caller that the call is being forwarded to somewhere else. A proxy has no To tag to give: it is the word of a virtual user agent server beside it (16.7 step 6).")) \
X(PROXY_STATELESS, "proxy-stateless", 3261, "16.11", TELLS, \
  N_("A stateless proxy chooses by what does not change with time: the Routes, the Request-URI, the table of domains. It has no one to ask.")) \
X(PROXY_STATELESS_BRANCH, "proxy-stateless-branch", 3261, "16.11", TELLS, \
  N_("A stateless proxy forwards every request by itself, repeated ones too. Its branch is computed from the request, so that a repetition has the same.")) \
X(PROXY_STATELESS_CANCEL, "proxy-stateless-cancel", 3261, "16.11", MUST, \
  N_("A stateless proxy forwards a CANCEL as any other request. It chooses the same target as for the INVITE and computes the same branch, so that the next hop finds the INVITE.")) \
X(PROXY_STATELESS_RESPONSE, "proxy-stateless-response", 3261, "16.11", MUST, \
  N_("A stateless proxy takes its Via off a response and sends it to where the next Via points.")) \
X(LOCATION_GONE, "location-gone", 3261, "21.4.10", TELLS, \
  N_("A user who has left for good, and of whom no other address is known, gets a 410.")) \
X(LOCATION_AMBIGUOUS, "location-ambiguous", 3261, "21.4.23", TELLS, \
  N_("A name that fits several users gets a 485; its Contacts tell which.")) \
X(LOCATION_INCOMPLETE, "location-incomplete", 3261, "21.4.22", TELLS, \
  N_("A number with too few digits gets a 484.")) \
X(LOCATION_GARBLED, "location-garbled", 3261, "21.5.3", TELLS, \
  N_("An answer of the location service that can't be read is a bad answer from downstream: 502.")) \
X(PROXY_BY_ROUTE, "proxy-by-route", 3261, "16.6", MUST_NOT, \
  N_("The next hop is the first Route that is left, step 7; the Request-URI stays as it is.")) \
X(PROXY_BY_LOCATION, "proxy-by-location", 3261, "16.5", MUST, \
  N_("The Request-URI is of a domain this proxy is responsible for: the location service tells the targets, and the Request-URI becomes the Contact that was registered.")) \
X(PROXY_BY_PATH, "proxy-by-path", 3327, "5.4", TELLS, \
  N_("The contact was registered with a Path: those proxies become the Route of what is sent there, and the first of them is the next hop, though the Request-URI is the Contact.")) \
X(PROXY_BY_DOMAIN, "proxy-by-domain", 3261, "16.5", MUST, \
  N_("The Request-URI is of another domain: it is the only target, and the request goes to that domain's entry.")) \
X(PROXY_BY_REGISTRAR, "proxy-by-registrar", 3261, "10.2.6", TELLS, \
  N_("A REGISTER names the domain alone: the proxy passes it on to the registrar that is responsible for the domain.")) \
X(PROXY_BY_URI, "proxy-by-uri", 3261, "16.5", TELLS, \
  N_("The Request-URI names an address: it is the only target.")) \
X(PROXY_PROGRAM, "proxy-program", 3261, "16.5", MAY, \
  N_("A proxy that is responsible for the Request-URI may make the target set of whatever it knows: who calls, when, by which method and fields, how it went with other targets. Here a program says it.")) \
X(PROXY_AFTER, "proxy-after", 3261, "16.6", MAY, \
  N_("A proxy may try its targets in any order, one after the other or at once. Here its program lets a target wait for some time. The target is tried at once when no other is left, and not at all when the request was answered or cancelled before (16.7).")) \
X(PROXY_PROGRAM_LEAVES, "proxy-program-leaves", 3261, "16.5", TELLS, \
  N_("A proxy asks its program before it forwards a request. If that decides nothing, the proxy determines the targets as it does without a program.")) \
X(PROXY_PROGRAM_REFUSES, "proxy-program-refuses", 3261, "16.1", TELLS, \
  N_("A proxy may answer a request itself, and is then a user agent server. Here a program has told it to refuse.")) \
X(PROXY_PROGRAM_REDIRECTS, "proxy-program-redirects", 3261, "8.3", TELLS, \
  N_("Whoever answers with 3xx names other places in Contact and is out of it: the caller asks there. Here a program has told the proxy to.")) \
X(PROXY_PROGRAM_FAILED, "proxy-program-failed", 3261, "21.5.1", TELLS, \
  N_("A server that something unexpected keeps from serving a request answers 500: here its program has an error, does not come to an end, or says what is no decision. One that has too much to do answers 503 (21.5.4). The next request is another chance.")) \
X(SCRIPT_REPLY, "script-reply", 3261, "8.2.6", TELLS, \
  N_("Whoever answers says a status; From, To, Call-ID, CSeq and Via are the request's, and all answers to it have one tag in To. Here a program says what is answered, and when.")) \
X(SCRIPT_SEND, "script-send", 3261, "8.1.1", TELLS, \
  N_("A request has a method, a Request-URI, To, From with a tag, Call-ID, CSeq, Max-Forwards and Via; what lies in a dialog takes them from there. Here a program sends it.")) \
X(SCRIPT_ALONE, "script-alone", 3261, "17", TELLS, \
  N_("Transactions repeat what may be lost, take what is repeated for one, and end in time. This node has none: its program sees every message, and what it sends goes out once, as it is. What section 17 asks for is the program's to do.")) \
X(SCRIPT_MESSAGE, "script-message", 4123, "3", TELLS, \
  N_("A gateway between SIP and another protocol speaks that protocol, too: how that is done is its program's, and no rule of SIP's.")) \
X(SCRIPT_501, "script-501", 3261, "21.5.2", TELLS, \
  N_("Whoever does not know how to serve a request, whatever it is, answers 501. Here the program of a node has no function that hears of requests.")) \
X(PROXY_HEALTH, "proxy-health", 3261, "11", TELLS, \
  N_("Whoever wants to know whether a server is there asks by OPTIONS, to which any answer says yes. Here a proxy asks for its program again and again, and counts one as down that has not answered by the next time, can't be reached, or says 503.")) \
X(PROXY_404, "proxy-404", 3261, "16.5", TELLS, \
  N_("An address-of-record unknown to the location service gets a 404.")) \
X(PROXY_480, "proxy-480", 3261, "16.5", MUST, \
  N_("An address-of-record that is known but has no binding now gets a 480 (Temporarily Unavailable).")) \
X(LOCATION_SILENT, "location-silent", 3261, "16.5", TELLS, \
  N_("Without an answer of the location service the proxy knows no target at present: 480.")) \
X(PROXY_UNREACHABLE, "proxy-unreachable", 3261, "16.9", TELLS, \
  N_("Where no address is known for the next hop, the proxy behaves as if the target had answered 503, which it passes on as 500.")) \
X(PROXY_FORWARD, "proxy-forward", 3261, "16.6", TELLS, \
  N_("The copy that is forwarded has the target as its Request-URI, Max-Forwards less one, a new Via on top, and Record-Route if the proxy wants to stay on the path of a dialog; a Route that named this proxy is gone (16.4). From, To, Call-ID, CSeq, Contact and body stay as they were.")) \
X(PROXY_100, "proxy-100", 3261, "16.2", TELLS, \
  N_("A stateful proxy answers an INVITE with 100 at once, as it can't know whether anything else will follow within 200 ms (17.2.1): that stops its repetition from upstream.")) \
X(PROXY_100_SOON, "proxy-100-soon", 3261, "17.2.1", MUST, \
  N_("An INVITE that is known to be answered soon, as one within a dialog mostly is, needs no 100 before 200 ms are over.")) \
X(PROXY_1XX, "proxy-1xx", 3261, "16.7", SHOULD, \
  N_("A provisional response other than 100 is forwarded at once, step 5, its topmost Via taken off, step 3.")) \
X(PROXY_2XX, "proxy-2xx", 3261, "16.7", MUST_NOT, \
  N_("Every 2xx to an INVITE is forwarded at once, step 5, its topmost Via taken off.")) \
X(PROXY_FINAL, "proxy-final", 3261, "16.7", TELLS, \
  N_("A 2xx to a request other than INVITE is forwarded at once, step 5. What else is final waits until all branches have a final response; then the best of them is forwarded, step 6.")) \
X(PROXY_BEST_6XX, "proxy-best-6xx", 3261, "16.7", SHOULD, \
  N_("All branches have a final response. A 6xx speaks for all places where the user could be: it goes before any other, step 6.")) \
X(PROXY_BEST_CLASS, "proxy-best-class", 3261, "16.7", SHOULD, \
  N_("All branches have a final response, and the one of the lowest class is forwarded, step 6: a 3xx before a 4xx, a 4xx before a 5xx.")) \
X(PROXY_BEST_RETRY, "proxy-best-retry", 3261, "16.7", SHOULD, \
  N_("All branches have a final response. Of several 4xx one is forwarded that tells the caller how to ask again (401, 407, 415, 420, 484), step 6.")) \
X(PROXY_BEST_CANCELLED, "proxy-best-cancelled", 3261, "16.7", TELLS, \
  N_("All branches have a final response. Within 4xx the proxy may choose, step 6: a caller who has cancelled gets the 487 that this led to, not what another phone had said before.")) \
X(PROXY_BEST_SAYS_MORE, "proxy-best-says-more", 3261, "16.7", SHOULD, \
  N_("All branches have a final response. Within the lowest class the proxy may choose, step 6: this one says more than a 408 (no answer), a 487 (cancelled) or a 503.")) \
X(PROXY_BEST_FIRST, "proxy-best-first", 3261, "16.7", SHOULD, \
  N_("All branches have a final response. Within the lowest class the proxy may choose, step 6: the first of those that say as much is forwarded.")) \
X(PROXY_CHALLENGES, "proxy-challenges", 3261, "16.7", MUST, \
  N_("A 401 or 407 that is forwarded brings the challenges of all branches, step 7, so that the caller can answer them at once.")) \
X(PROXY_503, "proxy-503", 3261, "16.7", SHOULD, \
  N_("A 503 speaks of one server, not of the whole way: it is passed on as 500, step 6.")) \
X(PROXY_ACK, "proxy-ack", 3261, "16.6", MUST, \
  N_("An ACK for a 2xx belongs to no transaction, and one that matches none here is for somebody behind this proxy: it is forwarded as a request of its own, but without a client transaction, as there is none for an ACK (17.1).")) \
X(PROXY_CANCEL, "proxy-cancel", 3261, "16.10", TELLS, \
  N_("A CANCEL ends here: it is answered with 200, and the proxy cancels every branch that is still pending.")) \
X(PROXY_CANCEL_UNKNOWN, "proxy-cancel-unknown", 3261, "16.10", TELLS, \
  N_("A proxy forwards a CANCEL for a request of which it knows nothing, as after a restart, without a transaction: under the branch that the request had. What answers it goes back the same way.")) \
X(PROXY_TIMER_C, "proxy-timer-c", 3261, "16.8", TELLS, \
  N_("Timer C, more than three minutes (16.6 step 11), bounds a branch that only rings: each 1xx but a 100 sets it anew (16.7 step 2), and when it fires the branch is cancelled, or counts as 408.")) \
X(PROXY_408, "proxy-408", 3261, "16.6", MUST, \
  N_("A branch whose transaction times out counts as answered with 408 (step 7).")) \
X(PROXY_408_LATE, "proxy-408-too-late", 4320, "4.2", TELLS, \
  N_("A request other than INVITE never gets a 408, from a proxy or a user agent: it would come when nobody waits for it any more.")) \
X(PROXY_100_LATE, "proxy-100-late", 4320, "4.1", TELLS, \
  N_("A request other than INVITE that has no response yet gets a 100 once Timer E of its sender has grown to T2; it never gets another provisional response.")) \
X(PROXY_TO_STRICT, "proxy-to-strict", 3261, "16.6", MUST_NOT, \
  N_("The next Route has no lr, so the next hop is a strict router: its URI becomes the Request-URI, and the Request-URI that there was becomes the last Route, step 6.")) \
X(PROXY_FROM_STRICT, "proxy-from-strict", 3261, "16.4", MUST, \
  N_("The Request-URI is what this proxy put into Record-Route, so a strict router sent it: the true Request-URI is the last Route.")) \
X(PROXY_MADDR, "proxy-maddr", 3261, "16.4", MUST, \
  N_("A maddr that names this proxy has done its work: it is taken off the Request-URI, with port and transport.")) \
X(PROXY_BY_MADDR, "proxy-by-maddr", 3261, "16.5", MUST, \
  N_("The Request-URI has a maddr: it is the only target, and the request goes there.")) \
X(PROXY_CANCEL_OTHERS, "proxy-cancel-others", 3261, "16.7", SHOULD, \
  N_("A 2xx has been forwarded: the branches that are still pending are cancelled, step 10.")) \
X(PROXY_6XX, "proxy-6xx", 3261, "16.7", SHOULD, \
  N_("A 6xx speaks for all targets: the branches that are still pending are cancelled, step 5, and none is started any more.")) \
X(PROXY_TRANSPORT, "proxy-transport", 3261, "16.9", TELLS, \
  N_("A transport that fails counts as if the target had answered 503, which is passed on as 500.")) \
X(PROXY_REFUSED, "proxy-refused", 3261, "16.9", MUST, \
  N_("If a packet is refused, the branch counts as answered with 503 (16.9, 18.4). This proxy has waited instead, and no branch has answered: then the response is 408 (16.7, step 6).")) \
X(PROXY_OWN_FINAL, "proxy-own-final", 3261, "16.7", TELLS, \
  N_("All branches have failed. This proxy answers with a status of its own, although the best response of the branches would be forwarded (step 6).")) \
X(PROXY_UNANSWERED, "proxy-unanswered", 3261, "16.7", SHOULD, \
  N_("Where no branch has answered at all the answer is 408, step 6; this proxy is told to say something else instead.")) \
X(PROXY_STRICT, "proxy-strict", 2543, "12.3", TELLS, \
  N_("A strict router, as RFC 2543 had it, puts the first Route into the Request-URI and sends the request there.")) \
X(PROXY_SILENT, "proxy-silent", 3261, "16.8", TELLS, \
  N_("Where a target has said nothing at all in the time that the proxy's program gives it, the proxy goes on as if the answer were 408: the caller need not wait for Timer B.")) \
X(PROXY_RING_TIME, "proxy-ring-time", 3261, "16.10", MAY, \
  N_("A proxy may cancel any INVITE that it has sent, once a provisional response has come. While others wait for their turn this one lets a target ring for some time only, as it is set up; then it cancels that branch and tries the next target.")) \
X(PROXY_199, "proxy-199", 6228, "6", MUST, \
  N_("A forking proxy that keeps a refusal back, since other branches may still be answered, tells a caller who supports it by a 199 for each early dialog that has ended so; its Reason has the status.")) \
X(PROXY_RECURSE, "proxy-recurse", 3261, "16.7", MUST, \
  N_("A proxy may try the Contacts of a 3xx itself, step 4, if it is responsible for the Request-URI; none of them is tried twice.")) \
X(HISTORY_ADDED, "history-added", 7044, "9.2", TELLS, \
  N_("Each copy of a request tells the Request-URIs that it had on its way, as a tree: an index, how the target was found (rc: the same user elsewhere, mp: somebody else, np: unchanged), and the status of those that were tried before.")) \
X(DIVERSION_ADDED, "diversion-added", 5806, "5.4", TELLS, \
  N_("A proxy that sends a call elsewhere for its user says from whom, and why, in Diversion; the last one stands first.")) \
X(SCREEN_IN, "screen-in", 5359, "2.13", TELLS, \
  N_("The user does not want calls from this caller, who has proved who he is: 403. A From alone proves nothing.")) \
X(SCREEN_OUT, "screen-out", 5359, "2.14", TELLS, \
  N_("The caller, who has proved who he is, may not call this place: 403.")) \
X(IDENTITY_ASSERTED, "identity-asserted", 3325, "5", TELLS, \
  N_("A proxy that has asked for the password knows who sends the request, and tells those it trusts: P-Asserted-Identity. Of several identities that the user has, P-Preferred-Identity chooses.")) \
X(IDENTITY_UNTRUSTED, "identity-untrusted", 3325, "5", TELLS, \
  N_("What somebody asserts whom the proxy does not trust, or what can't be read, is taken out: P-Asserted-Identity would be the proxy's own word from here on.")) \
X(IDENTITY_PRIVATE, "identity-private", 3325, "7", TELLS, \
  N_("The user has asked for privacy (Privacy: id): no P-Asserted-Identity goes to somebody whom the proxy does not trust.")) \
X(PRIVACY_NONE, "privacy-none", 3323, "4.2", TELLS, \
  N_("Privacy: none asks that nothing be hidden, whatever a server would do by itself; it stays in the request as it is.")) \
X(PRIVACY_LEFT, "privacy-left", 3323, "5", TELLS, \
  N_("A proxy that offers no service for these kinds of privacy (header, session, user) leaves them in Privacy for one behind it that does; nobody has called them critical.")) \
X(IDENTITY_SHOWN, "identity-shown", 3325, "8", TELLS, \
  N_("What an element asserts that the phone trusts is shown to its user: it counts for more than the From, which anybody can write.")) \
X(IDENTITY_IGNORED, "identity-ignored", 3325, "8", TELLS, \
  N_("What somebody asserts whom the phone does not trust is not used in any way.")) \
X(HISTORY_TOLD, "history-told", 7044, "9.4", TELLS, \
  N_("Who has asked for the history, or has sent one, finds it in the responses that the proxy makes itself, but for the 100.")) \
X(PRIVACY_CRITICAL, "privacy-critical", 3323, "5", MUST, \
  N_("A request that calls the privacy it wants critical, of a kind that the server can't give, gets a 500 that names it.")) \
X(SERVICE_FORWARD, "service-forward", 5359, "2.7", TELLS, \
  N_("The user wants all calls forwarded: the proxy puts the other place into the Request-URI, and his phones are not asked.")) \
X(SERVICE_FIND_ME, "service-find-me", 5359, "2.12", TELLS, \
  N_("The user has given a list of places where he may be found: the proxy tries one after the other, and the first that answers has the call.")) \
X(SERVICE_BUSY, "service-busy", 5359, "2.8", TELLS, \
  N_("The user wants calls forwarded when he is busy: at a 486 the proxy tries the other place.")) \
X(SERVICE_NO_ANSWER, "service-no-answer", 5359, "2.9", TELLS, \
  N_("The user wants calls forwarded that he does not answer: the proxy lets his phones ring for some time, cancels, and tries the other place; the same when no phone of his is registered."))

/* The location service: sections 10.1, 10.3, 16.5, 8.3. */
#define RULES_LOCATION(X) \
X(LOCATION_QUERY, "location-query", 3261, "16.5", TELLS, \
  N_("Who is responsible for the domain, a proxy or a redirect server, asks the location service where the address-of-record can be reached.")) \
X(LOCATION_FETCH, "location-fetch", 3261, "10.3", MUST, \
  N_("The registrar reads all bindings of an address-of-record, step 8, and changes none: a REGISTER without a Contact asks for them, or somebody who has subscribed to them (RFC 3680) is told.")) \
X(LOCATION_STORE, "location-store", 3261, "10.3", MUST, \
  N_("The registrar hands the bindings to the location service, step 7: all of them are stored or none.")) \
X(LOCATION_REFUSED, "location-refused", 3261, "10.3", TELLS, \
  N_("Bindings are for the registrars, proxies and redirect servers of a domain: the location service tells nobody else.")) \
X(LOCATION_AGAIN, "location-again", 3261, "10.3", TELLS, \
  N_("A store that comes again, since its answer was lost, gets the same answer and changes nothing.")) \
X(LOCATION_BIND, "location-bind", 3261, "10.1", TELLS, \
  N_("An administrator changes the location service's bindings; registration is only one of the ways.")) \
X(LOCATION_WARM, "location-warm", 3261, "10.2", TELLS, \
  N_("The phone registered before the run began, and its binding stands."))

/* Section 8.3: redirect servers. */
#define RULES_REDIRECT(X) \
X(REDIRECT_300, "redirect-300", 3261, "21.3.1", TELLS, \
  N_("The address-of-record can be reached at several places: the redirect server lists them, the one most wanted first, and the caller chooses.")) \
X(REDIRECT_301, "redirect-301", 3261, "21.3.2", TELLS, \
  N_("The user has moved for good: the caller is to note the new address.")) \
X(REDIRECT_302, "redirect-302", 3261, "8.3", TELLS, \
  N_("The redirect server tells the caller where to try instead, and for how long that holds; it takes no further part.")) \
X(REDIRECT_305, "redirect-305", 3261, "21.3.4", TELLS, \
  N_("The caller must go through the proxy in Contact.")) \
X(REDIRECT_REGISTRAR, "redirect-registrar", 3261, "10.3", TELLS, \
  N_("A REGISTER for the own domain is sent on to the registrar of the domain with 302.")) \
X(REDIRECT_100, "redirect-100", 3261, "17.2.1", MUST, \
  N_("A final answer that takes longer than 200 ms is announced with 100, which stops the repetition of the INVITE.")) \
X(REDIRECT_404, "redirect-404", 3261, "21.4.5", TELLS, \
  N_("The location service does not know the address-of-record: 404.")) \
X(REDIRECT_FOREIGN, "redirect-foreign", 3261, "8.3", TELLS, \
  N_("The redirect server has locations for its own domain only; what else is asked for gets a 404.")) \
X(REDIRECT_SELF, "redirect-self", 3261, "8.3", MUST_NOT, \
  N_("A redirect server must not redirect to the very URI that was asked for; with no other location the answer is 404.")) \
X(REDIRECT_480, "redirect-480", 3261, "21.4.18", TELLS, \
  N_("The address-of-record is known but has no binding now: 480.")) \
X(REDIRECT_410, "redirect-410", 3261, "21.4.10", TELLS, \
  N_("The user has left for good, and no forwarding address is known: 410.")) \
X(REDIRECT_484, "redirect-484", 3261, "21.4.22", TELLS, \
  N_("The number has too few digits: 484.")) \
X(REDIRECT_485, "redirect-485", 3261, "21.4.23", TELLS, \
  N_("Several users may be meant: 485 lists their addresses, and a person must choose.")) \
X(REDIRECT_SILENT, "redirect-silent", 3261, "8.3", TELLS, \
  N_("Without an answer of the location service the redirect server knows no location: 480, or 504 where it is set so.")) \
X(REDIRECT_502, "redirect-502", 3261, "21.5.3", TELLS, \
  N_("The location service's answer can't be read: 502.")) \
X(REDIRECT_500, "redirect-500", 3261, "21.5.1", TELLS, \
  N_("The location service refuses to answer: 500."))
/* clang-format on */

#endif
