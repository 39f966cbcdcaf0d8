/* Rules of registrars, proxies and redirect servers. */
#ifndef RULES_RULES_SERVERS_H
#define RULES_RULES_SERVERS_H

/* clang-format off */
/* An IMS network's home subscriber server: RFC 6733, RFC 3310. */
#define RULES_HOME(X) \
X(CX_ASK, "cx-ask", 6733, "6.1", TELLS, \
  N_("An I-CSCF or S-CSCF queries the home subscriber server by Diameter (TS " \
     "29.228). The answer names the S-CSCF of a user, the challenge to " \
     "authenticate the user, or the user's profile.")) \
X(CX_PUSH, "cx-push", 6733, "6.1", TELLS, \
  N_("The home subscriber server tells the S-CSCF of a user that the " \
     "registration ends (RTR, TS 29.228 6.1.3) or that the profile has changed " \
     "(PPR, 6.2).")) \
X(CX_AGAIN, "cx-again", 6733, "3", TELLS, \
  N_("A request without an answer is retransmitted with the flag T, since it " \
     "may have arrived before.")) \
X(CX_SERVE, "cx-serve", 6733, "6.2", MUST, \
  N_("A Diameter answer MUST have the Session-Id and identifiers of its " \
     "request. It contains the result.")) \
X(CX_ANSWER, "cx-answer", 6733, "6.2.1", MUST, \
  N_("A Diameter client MUST match an answer to its request by the Hop-by-Hop " \
     "Identifier.")) \
X(CX_SILENT, "cx-silent", 6733, "5.5.4", TELLS, \
  N_("If the home subscriber server does not answer, an I-CSCF responds with " \
     "480 and an S-CSCF with 504 (TS 24.229 5.3.1.2, 5.4.1.2).")) \
X(CX_UNKNOWN, "cx-unknown", 6733, "7.6", TELLS, \
  N_("USER_UNKNOWN for the callee means that the user does not exist: 404 (TS " \
     "24.229 5.3.2.1).")) \
X(CX_NOT_REGISTERED, "cx-not-registered", 6733, "7.6", TELLS, \
  N_("IDENTITY_NOT_REGISTERED for the callee means that the user cannot be " \
     "reached now: 480 (TS 24.229 5.3.2.1).")) \
X(CX_FORBIDDEN, "cx-forbidden", 6733, "7.6", TELLS, \
  N_("The home subscriber server rejects the user who registers: 403 (TS 24.229 " \
     "5.3.1.2, 5.4.1.2).")) \
X(CX_ROAMING, "cx-roaming", 6733, "7.6", TELLS, \
  N_("ROAMING_NOT_ALLOWED means that the user may not use this visited network: " \
     "403 (TS 24.229 5.3.1.2).")) \
X(CX_FAILED, "cx-failed", 6733, "7.1.5", TELLS, \
  N_("The home subscriber server cannot process the request, or its answer is " \
     "not valid: 500.")) \
X(CX_NO_SERVER, "cx-no-server", 6733, "7.6", TELLS, \
  N_("No S-CSCF is available for the user: 600 (TS 24.229 5.3.1.3).")) \
X(CX_FORWARD, "cx-forward", 3261, "16.5", MAY, \
  N_("A proxy that is responsible for the domain MAY use any source to choose " \
     "the target. An I-CSCF uses the S-CSCF from the home subscriber server, or " \
     "selects one, and keeps no state (TS 24.229 5.3).")) \
X(HSS_PENDING, "hss-pending", 6733, "6.2", TELLS, \
  N_("The S-CSCF that asks for a vector is recorded for the user. The " \
     "authentication is pending until the S-CSCF reports its result (TS 29.228 " \
     "6.3.1).")) \
X(HSS_ASSIGN, "hss-assign", 6733, "6.2", TELLS, \
  N_("An S-CSCF that has registered a user reports that by Server-Assignment. " \
     "It serves the user from then on (TS 29.228 6.1.2.1).")) \
X(HSS_FAILED, "hss-failed", 6733, "6.2", TELLS, \
  N_("After a failed authentication, the S-CSCF of the user is removed. A user " \
     "who was registered before stays registered (TS 29.228 6.1.2.1).")) \
X(HSS_UNREGISTERED, "hss-unregistered", 6733, "6.2", TELLS, \
  N_("The S-CSCF of the user has restarted and reports that the user is not " \
     "registered there. No S-CSCF serves the user from now on (TS 29.228 " \
     "6.1.2). Callers learn that without a request to it.")) \
X(HSS_END, "hss-end", 6733, "6.2", TELLS, \
  N_("When a registration ends, its S-CSCF reports that by Server-Assignment " \
     "and is removed (TS 29.228 6.1.2.1).")) \
X(HSS_DEREGISTER, "hss-deregister", 6733, "6.1", TELLS, \
  N_("When the home subscriber server ends a registration, it removes it at " \
     "once and tells the S-CSCF by an RTR (TS 29.228 6.1.3).")) \
X(HSS_REMOVE, "hss-remove", 6733, "6.1", TELLS, \
  N_("A subscriber that is removed is unknown from then on. The S-CSCF gets an " \
     "RTR with PERMANENT_TERMINATION (TS 29.228 6.1.3).")) \
X(HSS_DISK, "hss-disk", 6733, "6.2", TELLS, \
  N_("The home subscriber server stores which S-CSCF serves a user, and the " \
     "users' keys. After a crash, it reads both again.")) \
X(DIAMETER_FAULT, "diameter-fault", 6733, "7.1.5", MUST, \
  N_("If a Diameter message lacks an AVP or has an invalid one, the answer " \
     "contains an error. It MUST include that AVP in Failed-AVP.")) \
X(AKA_CHALLENGE, "aka-challenge", 3310, "3.2", TELLS, \
  N_("The nonce of an AKA challenge contains RAND and AUTN of a vector from the " \
     "home subscriber server. The keys CK and IK of the vector are for the " \
     "P-CSCF (3GPP TS 33.203).")) \
X(AKA_ACCEPT, "aka-accept", 3310, "3.3", TELLS, \
  N_("A response that was computed with the expected RES proves that the SIM " \
     "has the user's key.")) \
X(AKA_WRONG, "aka-wrong", 3310, "3.3", TELLS, \
  N_("A response that was computed with another RES is rejected with a 403 (TS " \
     "24.229 5.4.1.2.3).")) \
X(AKA_WRONG_MAC_HEARD, "aka-wrong-mac-heard", 3310, "3.2", TELLS, \
  N_("An empty response to a challenge says that the challenge does not match " \
     "the SIM's key: 403 (TS 24.229 5.4.1.2.3).")) \
X(AKA_RESYNC, "aka-resync", 3310, "3.4", TELLS, \
  N_("AUTS contains the sequence number of the SIM. The home subscriber server " \
     "checks that it is genuine, continues from that number and creates a new " \
     "vector."))

/* Section 10: registration, and the location service. */
#define RULES_REGISTER(X) \
X(REGISTER_SEND, "register-send", 3261, "10.2", TELLS, \
  N_("A REGISTER tells the registrar of a domain the Contact of an " \
     "address-of-record, and for how long it is valid.")) \
X(REGISTER_REFRESH, "register-refresh", 3261, "10.2.4", SHOULD, \
  N_("A UA refreshes a binding before it expires. It SHOULD use the same " \
     "Call-ID, with the next CSeq number.")) \
X(REGISTER_THIRD, "register-third", 3261, "10.2", TELLS, \
  N_("A user who registers another user has that user's address-of-record in " \
     "To, and its own in From.")) \
X(REGISTER_REMOVE, "register-remove", 3261, "10.2.2", TELLS, \
  N_("Expires 0 removes a binding. With Contact * it removes all bindings.")) \
X(REGISTER_FETCH, "register-fetch", 3261, "10.2.3", TELLS, \
  N_("A REGISTER without a Contact changes nothing. Its 200 lists the current " \
     "bindings.")) \
X(REGISTER_DONE, "register-done", 3261, "10.2.4", TELLS, \
  N_("The 200 lists all bindings of the address-of-record. The UA finds its own " \
     "and the time for which it is valid.")) \
X(REGISTER_LONGER, "register-longer", 3261, "10.2.8", MAY, \
  N_("After a 423, the UA MAY send the REGISTER again with the duration in " \
     "Min-Expires.")) \
X(REGISTER_REFUSED, "register-refused", 3261, "10.2.8", TELLS, \
  N_("A rejected REGISTER, except after a 423, is not sent again at once. After " \
     "a 403 or rejected credentials, it is not sent again at all (21.4.4, " \
     "22.1).")) \
X(REGISTER_SILENT, "register-silent", 3261, "10.2.7", SHOULD_NOT, \
  N_("If a registrar does not respond, the UA SHOULD NOT register there again " \
     "at once.")) \
X(REGISTER_RECOVER, "register-recover", 5626, "4.5", TELLS, \
  N_("After a failure, a phone tries to register again, the first time after 30 " \
     "to 60 seconds. The wait doubles with each failure, up to half an hour. It " \
     "is never shorter than Retry-After.")) \
X(REGISTER_AGAIN, "register-again", 3680, "4.7.1", TELLS, \
  N_("If the registrar has deactivated a binding, the phone registers again at " \
     "once. If the binding is on probation, it waits for retry-after.")) \
X(REGISTER_RESTORE, "register-restore", 3261, "21.5.5", TELLS, \
  N_("An S-CSCF that has lost the data of its users answers 504 with a body " \
     "that asks for an initial registration. The phone registers again at once " \
     "(TS 24.229 5.1.2A.1.6, 5.4.3.2).")) \
X(REGISTER_REJECTED, "register-rejected", 3680, "4.7.1", TELLS, \
  N_("If the registrar has rejected a binding, another REGISTER would not " \
     "restore it.")) \
X(REGISTER_OK, "register-ok", 3261, "10.3", MUST, \
  N_("The registrar answers 200. The response MUST list all bindings of the " \
     "address-of-record, with the remaining time of each.")) \
X(REGISTER_BRIEF, "register-too-brief", 3261, "10.3", MAY, \
  N_("If the requested duration is shorter than the registrar's minimum, the " \
     "registrar MAY reject the REGISTER with a 423 and Min-Expires.")) \
X(REGISTER_STAR, "register-star", 3261, "10.3", MUST, \
  N_("Contact * is valid only without other Contacts and with Expires 0. " \
     "Otherwise the registrar MUST answer with a 400.")) \
X(REGISTER_ORDER, "register-order", 3261, "10.3", MUST, \
  N_("A REGISTER MUST change a binding only if its Call-ID is another one or " \
     "its CSeq is higher. Otherwise the whole update fails.")) \
X(REGISTER_AOR, "register-aor", 3261, "10.3", MUST, \
  N_("If the address-of-record does not belong to the registrar's domain, the " \
     "registrar MUST answer with a 404.")) \
X(REGISTER_SCHEME, "register-scheme", 3261, "10.2", MUST, \
  N_("The address-of-record in To MUST be a SIP or SIPS URI. Any other gets a " \
     "400.")) \
X(REGISTER_FORBIDDEN, "register-forbidden", 3261, "10.3", MUST, \
  N_("An authenticated user may change its own bindings and those of users that " \
     "it registers for. For any other, the registrar MUST answer with a 403, " \
     "step 4.")) \
X(REGISTER_CROWD, "register-crowd", 3261, "10.3", MUST, \
  N_("The update has more Contacts than one address-of-record may have. It MUST " \
     "fail as a whole with a 500, step 7.")) \
X(REGISTER_LARGE, "register-large", 3261, "21.5.7", TELLS, \
  N_("With all bindings and the Via and Path of this request, a 200 could be " \
     "longer than a message may be. The registrar answers 513.")) \
X(REGISTER_PATH, "register-path", 3327, "5.3", TELLS, \
  N_("The registrar stores the Path with the binding. A proxy that sends a " \
     "request there puts it into Route.")) \
X(SERVICE_ROUTE_GIVE, "service-route-give", 3608, "6.3", MAY, \
  N_("The registrar's 200 lists all bindings. It MAY contain a Service-Route, " \
     "the proxies that the user's requests go through.")) \
X(REGISTER_FAILED, "register-failed", 3261, "10.3", MUST, \
  N_("If the location service cannot store the bindings, the REGISTER MUST fail " \
     "with a 500.")) \
X(BINDING_EXPIRED, "binding-expired", 3261, "10.3", TELLS, \
  N_("A binding that is not refreshed in time is removed."))

/* Section 22, RFC 7616 and RFC 8760: authentication of the sender. */
#define RULES_AUTH(X) \
X(AUTH_401, "auth-401", 3261, "22.2", MUST, \
  N_("A server challenges a client by a 401, which MUST contain " \
     "WWW-Authenticate. The realm says which password is needed. For several " \
     "algorithms it contains several challenges, the best first (RFC 8760 2.3).")) \
X(AUTH_407, "auth-407", 3261, "22.3", MUST, \
  N_("A proxy challenges a client by a 407, not a 401. The 407 MUST contain " \
     "Proxy-Authenticate. For several algorithms it contains several " \
     "challenges, the best first (RFC 8760 2.3).")) \
X(AUTH_OTHER_REALM, "auth-other-realm", 3261, "22.3", TELLS, \
  N_("Credentials for another realm are meant for another server. They do not " \
     "answer this challenge and are forwarded unchanged.")) \
X(AUTH_SCHEME, "auth-scheme", 3261, "22.4", MUST_NOT, \
  N_("Only Digest with an algorithm and qop of the challenge is valid; anything " \
     "else counts as no credentials. A server MUST NOT accept Basic.")) \
X(AUTH_ACCEPT, "auth-accept", 7616, "3.6", MUST, \
  N_("The server MUST compute the response with the password that it knows and " \
     "compare the results. If they are equal and its nonce is fresh, the user " \
     "is authenticated.")) \
X(AUTH_WRONG, "auth-wrong-password", 3261, "22.1", MUST_NOT, \
  N_("A response with another password is not valid. The server sends its " \
     "challenge again, without stale. The UA MUST NOT try the same password " \
     "again.")) \
X(AUTH_NOBODY, "auth-unknown-user", 3261, "22.1", TELLS, \
  N_("A user without a password in the realm is challenged again, like one with " \
     "a wrong password. Nobody can thus find out which users exist.")) \
X(AUTH_STALE, "auth-stale", 7616, "3.3", TELLS, \
  N_("The password was right, but the nonce is too old or from before a " \
     "restart. The new challenge has stale=true, so the UA need not ask its " \
     "user.")) \
X(AUTH_REPLAY, "auth-replay", 7616, "3.4", TELLS, \
  N_("A nonce count that was used before is a replay: somebody sends again what " \
     "was overheard. It proves nothing, and a new nonce is needed.")) \
X(AUTH_MALFORMED, "auth-malformed", 7616, "3.4", TELLS, \
  N_("If credentials lack a parameter, or have an invalid one, the server " \
     "answers 400.")) \
X(AUTH_URI, "auth-uri", 7616, "3.4.6", MUST, \
  N_("The server MUST check that the uri of the credentials is the Request-URI, " \
     "apart from changes that a proxy may make. Otherwise it answers 400, " \
     "because the credentials may be stolen from another request."))

/* Section 16: proxies. */
#define RULES_PROXY(X) \
X(PROXY_MAX_FORWARDS, "proxy-max-forwards", 3261, "16.3", MUST_NOT, \
  N_("A proxy MUST NOT forward a request with Max-Forwards 0. It answers with a " \
     "483.")) \
X(PROXY_SESSION_TOO_SMALL, "proxy-session-too-small", 4028, "8.1", MAY, \
  N_("If a session interval is below the proxy's minimum and the caller " \
     "supports timers, the proxy MAY reject the INVITE with a 422. Otherwise it " \
     "raises the interval and Min-SE.")) \
X(PROXY_SCHEME, "proxy-scheme", 3261, "16.3", SHOULD, \
  N_("If the proxy does not know the scheme of the Request-URI, it SHOULD " \
     "reject the request with a 416.")) \
X(PROXY_REQUIRE, "proxy-require", 3261, "16.3", MUST, \
  N_("If the proxy does not understand an option tag in Proxy-Require, it MUST " \
     "return a 420.")) \
X(PROXY_LOOP, "proxy-loop", 5393, "4.2.2", MUST, \
  N_("If a request returns to a proxy with the same Request-URI and Routes, it " \
     "has looped. The proxy MUST reject it with a 482. If they have changed, it " \
     "is a spiral, which is allowed.")) \
X(PROXY_BREADTH, "proxy-breadth", 5393, "5.3.3", MUST, \
  N_("Max-Breadth limits the parallel branches of a request, over all proxies, " \
     "to 60. Each copy gets its share. A proxy whose share is 0 or less than " \
     "its targets MUST answer with a 440, unless it tries them one by one.")) \
X(PROXY_OVERLOAD, "proxy-overload", 3261, "21.5.4", TELLS, \
  N_("A server that cannot handle more requests at the moment answers 503 with " \
     "Retry-After.")) \
X(PROXY_RATE, "proxy-rate", 3261, "21.5.4", TELLS, \
  N_("More requests have arrived in this half second than the server can " \
     "handle. The others get a 503.")) \
X(OVERLOAD_ASKS, "overload-asks", 7339, "5.2", TELLS, \
  N_("An overloaded server asks its upstream neighbours, in the Via of its " \
     "responses, to send less: oc is the reduction in percent, oc-validity its " \
     "duration. With 0 the overload is over. oc-seq says which value is the " \
     "latest.")) \
X(OVERLOAD_DEAF, "overload-deaf", 7339, "5.10.2", MUST, \
  N_("An overloaded server MUST also reject requests of clients that do not " \
     "support overload control, by a 503 without Retry-After. They then have no " \
     "advantage over the others.")) \
X(OVERLOAD_OBEYED, "overload-obeyed", 7339, "5.10", TELLS, \
  N_("The next server has asked for less traffic, and this request was selected " \
     "at random. Its sender gets a 503 without Retry-After. Requests within " \
     "calls and those with Resource-Priority are rejected last (5.10.1, 7.2).")) \
X(URI_TOO_LONG, "uri-too-long", 3261, "21.4.12", TELLS, \
  N_("A Request-URI that is longer than the server is willing to read gets a " \
     "414.")) \
X(PROXY_181, "proxy-181", 3261, "21.1.3", MAY, \
  N_("A proxy MAY tell the caller by a 181 that the call is forwarded to " \
     "another destination. It cannot give a To tag of its own, so it acts as a " \
     "virtual UAS (16.7 step 6).")) \
X(PROXY_STATELESS, "proxy-stateless", 3261, "16.11", MUST, \
  N_("A stateless proxy MUST forward a retransmitted request to the same " \
     "destination. It chooses only by what does not change: the Routes, the " \
     "Request-URI and the table of domains.")) \
X(PROXY_STATELESS_BRANCH, "proxy-stateless-branch", 3261, "16.11", MUST, \
  N_("A stateless proxy forwards every request independently, even " \
     "retransmissions. It MUST compute its branch from the request, so that a " \
     "retransmission has the same branch.")) \
X(PROXY_STATELESS_CANCEL, "proxy-stateless-cancel", 3261, "16.11", MUST, \
  N_("A stateless proxy MUST choose the same target for a CANCEL as for its " \
     "INVITE. It computes the same branch, so that the next hop finds the " \
     "INVITE.")) \
X(PROXY_STATELESS_RESPONSE, "proxy-stateless-response", 3261, "16.11", MUST, \
  N_("A stateless proxy MUST remove its Via from a response and send the " \
     "response to where the next Via points.")) \
X(LOCATION_GONE, "location-gone", 3261, "21.4.10", TELLS, \
  N_("A user who has left permanently, without another known address, gets a " \
     "410.")) \
X(LOCATION_AMBIGUOUS, "location-ambiguous", 3261, "21.4.23", TELLS, \
  N_("A name that matches several users gets a 485, whose Contacts list them.")) \
X(LOCATION_INCOMPLETE, "location-incomplete", 3261, "21.4.22", TELLS, \
  N_("A number with too few digits gets a 484.")) \
X(LOCATION_GARBLED, "location-garbled", 3261, "21.5.3", TELLS, \
  N_("If the response of the location service cannot be parsed, the proxy " \
     "answers 502.")) \
X(PROXY_BY_ROUTE, "proxy-by-route", 3261, "16.6", MUST, \
  N_("The proxy MUST send the request to the first remaining Route, step 7. The " \
     "Request-URI does not change.")) \
X(PROXY_BY_LOCATION, "proxy-by-location", 3261, "16.5", MAY, \
  N_("The domain of the Request-URI is this proxy's own, so it MAY choose any " \
     "way to find the targets. It asks the location service, and the registered " \
     "Contact becomes the Request-URI.")) \
X(PROXY_BY_PATH, "proxy-by-path", 3327, "5.4", TELLS, \
  N_("The Contact was registered with a Path. Those proxies become the Route of " \
     "the request, and the first is the next hop. The Request-URI is the " \
     "Contact.")) \
X(PROXY_BY_DOMAIN, "proxy-by-domain", 3261, "16.5", MUST, \
  N_("The Request-URI belongs to another domain. It MUST be the only target, " \
     "and the request goes to the entry of that domain.")) \
X(PROXY_BY_REGISTRAR, "proxy-by-registrar", 3261, "10.2.6", TELLS, \
  N_("A REGISTER names only the domain. The proxy forwards it to the registrar " \
     "of that domain.")) \
X(PROXY_BY_URI, "proxy-by-uri", 3261, "16.5", MUST, \
  N_("The Request-URI contains an address outside this proxy's domains. It MUST " \
     "be the only target.")) \
X(PROXY_PROGRAM, "proxy-program", 3261, "16.5", MAY, \
  N_("A proxy that is responsible for the Request-URI MAY choose the targets by " \
     "anything it knows, such as the caller, the time or the header fields. " \
     "Here a program chooses them.")) \
X(PROXY_AFTER, "proxy-after", 3261, "16.6", MAY, \
  N_("A proxy MAY try its targets in any order, one by one or in parallel. Here " \
     "its program delays a target. If no other is left, that target is tried at " \
     "once. If the request is answered or cancelled first, it is not tried " \
     "(16.7).")) \
X(PROXY_PROGRAM_LEAVES, "proxy-program-leaves", 3261, "16.5", TELLS, \
  N_("A proxy asks its program before it forwards a request. If the program " \
     "decides nothing, the proxy determines the targets as usual.")) \
X(PROXY_PROGRAM_REFUSES, "proxy-program-refuses", 3261, "16.1", TELLS, \
  N_("A proxy may answer a request itself and is then a UAS. Here its program " \
     "rejects the request.")) \
X(PROXY_PROGRAM_REDIRECTS, "proxy-program-redirects", 3261, "8.3", TELLS, \
  N_("A server that answers with a 3xx names other destinations in Contact and " \
     "takes no further part: the caller tries them. Here the proxy's program " \
     "does so.")) \
X(PROXY_PROGRAM_FAILED, "proxy-program-failed", 3261, "21.5.1", TELLS, \
  N_("If an unexpected error prevents a server from handling a request, it " \
     "answers 500. Here its program has an error, does not end, or returns no " \
     "valid decision. An overloaded server answers 503 (21.5.4). The next " \
     "request starts the program again.")) \
X(SCRIPT_REPLY, "script-reply", 3261, "8.2.6", MUST, \
  N_("A response has the From, To, Call-ID, CSeq and Via of its request. All " \
     "responses to that request MUST have the same To tag. Here a program sends " \
     "the response.")) \
X(SCRIPT_SEND, "script-send", 3261, "8.1.1", MUST, \
  N_("A request MUST contain a method, a Request-URI, To, From with a tag, " \
     "Call-ID, CSeq, Max-Forwards and Via. Within a dialog, the dialog provides " \
     "them. Here a program sends the request.")) \
X(SCRIPT_ALONE, "script-alone", 3261, "17", TELLS, \
  N_("Transactions retransmit messages, absorb retransmissions and end in time. " \
     "This node has none: its program receives every message, and what it sends " \
     "is sent once, unchanged. The program itself does what section 17 " \
     "requires.")) \
X(SCRIPT_MESSAGE, "script-message", 4123, "3", TELLS, \
  N_("A gateway to another protocol also implements that protocol. Its program " \
     "decides how; this is not a rule of SIP.")) \
X(SCRIPT_501, "script-501", 3261, "21.5.2", TELLS, \
  N_("A node that cannot process a request answers 501. Here the node's program " \
     "has no function for requests.")) \
X(PROXY_HEALTH, "proxy-health", 3261, "11", TELLS, \
  N_("Any response to an OPTIONS shows that a server is available. Here a proxy " \
     "sends them regularly for its program. A server is down if it has not " \
     "responded by the next one, cannot be reached, or answers 503.")) \
X(PROXY_404, "proxy-404", 3261, "16.5", MUST, \
  N_("If the location service does not know the address-of-record, the proxy " \
     "MUST return a 404.")) \
X(PROXY_480, "proxy-480", 3261, "16.5", SHOULD, \
  N_("If the address-of-record is known but has no binding now, the proxy " \
     "SHOULD return a 480 (Temporarily Unavailable).")) \
X(LOCATION_SILENT, "location-silent", 3261, "16.5", SHOULD, \
  N_("Without a response of the location service, the proxy knows no target. It " \
     "SHOULD return a 480.")) \
X(PROXY_UNREACHABLE, "proxy-unreachable", 3261, "16.9", MUST, \
  N_("If no address is known for the next hop, the proxy MUST behave as if the " \
     "target had answered 503. It forwards that as a 500.")) \
X(PROXY_FORWARD, "proxy-forward", 3261, "16.6", MUST, \
  N_("The Request-URI of the forwarded copy MUST be the target. Max-Forwards is " \
     "reduced by one and a new Via added, also a Record-Route if the proxy " \
     "stays in the path of the dialog. A Route to this proxy is removed (16.4). " \
     "From, To, Call-ID, CSeq, Contact and body do not change.")) \
X(PROXY_100, "proxy-100", 3261, "16.2", MUST, \
  N_("A stateful proxy MUST act as a UAS that answers an INVITE with a 100 at " \
     "once. It cannot know whether another response follows within 200 ms " \
     "(17.2.1). The 100 stops retransmissions.")) \
X(PROXY_100_SOON, "proxy-100-soon", 3261, "17.2.1", MAY, \
  N_("If the proxy knows that another response follows within 200 ms, as is " \
     "usual within a dialog, it MAY send a 100 but need not.")) \
X(PROXY_1XX, "proxy-1xx", 3261, "16.7", MUST, \
  N_("The proxy MUST forward a provisional response other than 100 at once, " \
     "step 5. It removes its Via first, step 3.")) \
X(PROXY_2XX, "proxy-2xx", 3261, "16.7", MUST, \
  N_("The proxy MUST forward every 2xx to an INVITE at once, step 5. It removes " \
     "its Via first.")) \
X(PROXY_FINAL, "proxy-final", 3261, "16.7", MUST, \
  N_("The proxy MUST forward a 2xx to a non-INVITE request at once, step 5. It " \
     "keeps any other final response until all branches have one, and then " \
     "forwards the best, step 6.")) \
X(PROXY_BEST_6XX, "proxy-best-6xx", 3261, "16.7", MUST, \
  N_("All branches have a final response. If there is a 6xx, the proxy MUST " \
     "choose it, step 6, because a 6xx applies to all places where the user " \
     "could be.")) \
X(PROXY_BEST_CLASS, "proxy-best-class", 3261, "16.7", SHOULD, \
  N_("All branches have a final response. The proxy SHOULD choose from the " \
     "lowest class, step 6: a 3xx before a 4xx, a 4xx before a 5xx.")) \
X(PROXY_BEST_RETRY, "proxy-best-retry", 3261, "16.7", SHOULD, \
  N_("All branches have a final response. Of several 4xx, the proxy SHOULD " \
     "prefer one that tells the caller how to retry (401, 407, 415, 420, 484), " \
     "step 6.")) \
X(PROXY_BEST_CANCELLED, "proxy-best-cancelled", 3261, "16.7", MAY, \
  N_("All branches have a final response. The proxy MAY choose any response of " \
     "the class, step 6. To a caller that has cancelled, it forwards the 487 " \
     "and not an earlier response of another phone.")) \
X(PROXY_BEST_SAYS_MORE, "proxy-best-says-more", 3261, "16.7", MAY, \
  N_("All branches have a final response. The proxy MAY choose any response of " \
     "the lowest class, step 6. This one contains more information than a 408 " \
     "(no response), a 487 (cancelled) or a 503.")) \
X(PROXY_BEST_FIRST, "proxy-best-first", 3261, "16.7", MAY, \
  N_("All branches have a final response. The proxy MAY choose any response of " \
     "the lowest class, step 6. It forwards the first of those that are equally " \
     "good.")) \
X(PROXY_CHALLENGES, "proxy-challenges", 3261, "16.7", MUST, \
  N_("In a 401 or 407, the proxy MUST forward the challenges of all branches, " \
     "step 7, so that the caller can answer them together.")) \
X(PROXY_503, "proxy-503", 3261, "16.7", SHOULD, \
  N_("A 503 concerns one server, not the whole path. The proxy SHOULD send a " \
     "500 instead, step 6.")) \
X(PROXY_ACK, "proxy-ack", 3261, "16.6", TELLS, \
  N_("An ACK for a 2xx belongs to no transaction. One that matches none here is " \
     "meant for a UA after this proxy. The proxy forwards it as a separate " \
     "request, without a client transaction (17.1).")) \
X(PROXY_CANCEL, "proxy-cancel", 3261, "16.10", MUST, \
  N_("A CANCEL ends at this proxy: the proxy answers it with a 200 and MUST " \
     "cancel every pending branch.")) \
X(PROXY_CANCEL_UNKNOWN, "proxy-cancel-unknown", 3261, "16.10", MUST, \
  N_("If a proxy does not know the request of a CANCEL, for example after a " \
     "restart, it MUST forward the CANCEL statelessly. The branch is that of " \
     "the request, and the response returns the same way.")) \
X(PROXY_TIMER_C, "proxy-timer-c", 3261, "16.8", MUST, \
  N_("Timer C, more than three minutes (16.6 step 11), limits a branch that " \
     "only rings. Each 1xx except 100 restarts it (16.7 step 2). When it fires, " \
     "the proxy MUST cancel the branch or treat it as answered with a 408.")) \
X(PROXY_408, "proxy-408", 3261, "16.6", TELLS, \
  N_("A branch whose transaction times out is treated as answered with a 408 " \
     "(step 7).")) \
X(PROXY_408_LATE, "proxy-408-too-late", 4320, "4.2", MUST_NOT, \
  N_("A proxy or UA MUST NOT send a 408 to a non-INVITE request: it would " \
     "arrive when nobody waits for it any more.")) \
X(PROXY_100_LATE, "proxy-100-late", 4320, "4.1", MUST, \
  N_("If a non-INVITE request has no response when Timer E of its client has " \
     "grown to T2, the server MUST send a 100. It sends no other provisional " \
     "response.")) \
X(PROXY_TO_STRICT, "proxy-to-strict", 3261, "16.6", MUST, \
  N_("The next Route has no lr parameter, so the next hop is a strict router. " \
     "The Request-URI MUST become the last Route, and the first Route becomes " \
     "the Request-URI, step 6.")) \
X(PROXY_FROM_STRICT, "proxy-from-strict", 3261, "16.4", MUST, \
  N_("The Request-URI is a Record-Route of this proxy, so a strict router has " \
     "sent the request. The proxy MUST replace the Request-URI by the last " \
     "Route.")) \
X(PROXY_MADDR, "proxy-maddr", 3261, "16.4", MUST, \
  N_("The maddr of the Request-URI names this proxy. The proxy MUST remove it, " \
     "together with port and transport.")) \
X(PROXY_BY_MADDR, "proxy-by-maddr", 3261, "16.5", MUST, \
  N_("The Request-URI has an maddr. It MUST be the only target, and the request " \
     "goes to that address.")) \
X(PROXY_CANCEL_OTHERS, "proxy-cancel-others", 3261, "16.7", MUST, \
  N_("The proxy has forwarded a 2xx. It MUST cancel all pending branches, step " \
     "10.")) \
X(PROXY_6XX, "proxy-6xx", 3261, "16.7", SHOULD, \
  N_("A 6xx applies to all targets. The proxy SHOULD cancel all pending " \
     "branches, step 5, and starts no new one.")) \
X(PROXY_TRANSPORT, "proxy-transport", 3261, "16.9", MUST, \
  N_("If the transport fails, the proxy MUST behave as if the target had " \
     "answered 503. It forwards that as a 500.")) \
X(PROXY_REFUSED, "proxy-refused", 3261, "16.9", MUST, \
  N_("If a packet is refused, the proxy MUST treat the branch as answered with " \
     "a 503 (16.9, 18.4). This proxy has waited instead, and no branch has " \
     "answered: the response is a 408 (16.7, step 6).")) \
X(PROXY_OWN_FINAL, "proxy-own-final", 3261, "16.7", MUST, \
  N_("All branches have failed. A proxy MUST forward the best response of its " \
     "branches (step 6). This proxy answers with a status of its own instead.")) \
X(PROXY_UNANSWERED, "proxy-unanswered", 3261, "16.7", MUST, \
  N_("If no branch has answered, the proxy MUST send a 408, step 6. This proxy " \
     "is configured to send another response.")) \
X(PROXY_STRICT, "proxy-strict", 2543, "12.3", TELLS, \
  N_("A strict router of RFC 2543 puts the first Route into the Request-URI and " \
     "sends the request there.")) \
X(PROXY_SILENT, "proxy-silent", 3261, "16.8", MUST, \
  N_("A target that has sent no response MUST be treated as if it had answered " \
     "408. The proxy's program sets the time for that, so the caller need not " \
     "wait for Timer B.")) \
X(PROXY_RING_TIME, "proxy-ring-time", 3261, "16.10", MAY, \
  N_("A proxy MAY cancel an INVITE that it has sent, after a provisional " \
     "response. This proxy lets a target ring only for a configured time while " \
     "others wait. It then cancels that branch and tries the next target.")) \
X(PROXY_199, "proxy-199", 6228, "6", MUST, \
  N_("A forking proxy keeps a rejection back while other branches may be " \
     "answered. To a caller that supports 199, it MUST send a 199 for each " \
     "early dialog that ended so. The Reason contains the status.")) \
X(PROXY_RECURSE, "proxy-recurse", 3261, "16.7", TELLS, \
  N_("A proxy that is responsible for the Request-URI may try the Contacts of a " \
     "3xx itself, step 4. It tries no URI twice.")) \
X(HISTORY_ADDED, "history-added", 7044, "9.2", MUST, \
  N_("Each copy of a request lists the Request-URIs on its path, as a tree. An " \
     "entry MUST have an index. It says how the target was found (rc: same " \
     "user, mp: another user, np: unchanged) and with which status earlier ones " \
     "failed.")) \
X(DIVERSION_ADDED, "diversion-added", 5806, "5.4", SHOULD, \
  N_("A proxy that diverts a call for its user SHOULD add a Diversion with the " \
     "diverting user and the reason. The latest one is first.")) \
X(SCREEN_IN, "screen-in", 5359, "2.13", TELLS, \
  N_("The user rejects calls from this authenticated caller: 403. A From alone " \
     "would prove nothing.")) \
X(SCREEN_OUT, "screen-out", 5359, "2.14", TELLS, \
  N_("This authenticated caller may not call that destination: 403.")) \
X(IDENTITY_ASSERTED, "identity-asserted", 3325, "5", MUST, \
  N_("A proxy MUST authenticate the sender before it adds P-Asserted-Identity, " \
     "which it sends to elements that it trusts. P-Preferred-Identity selects " \
     "one of the user's identities.")) \
X(IDENTITY_UNTRUSTED, "identity-untrusted", 3325, "5", MUST, \
  N_("If the proxy does not trust the sender, it MUST replace or remove " \
     "P-Asserted-Identity. From here on, that header field would be the proxy's " \
     "own statement.")) \
X(IDENTITY_PRIVATE, "identity-private", 3325, "7", MUST, \
  N_("The user has asked for privacy (Privacy: id). The proxy MUST remove " \
     "P-Asserted-Identity before it forwards the request to an element that it " \
     "does not trust.")) \
X(PRIVACY_NONE, "privacy-none", 3323, "4.2", MUST_NOT, \
  N_("Privacy: none asks that nothing is hidden. A server MUST NOT remove or " \
     "change it.")) \
X(PRIVACY_LEFT, "privacy-left", 3323, "5", TELLS, \
  N_("This proxy does not provide these kinds of privacy (header, session, " \
     "user). It leaves them in Privacy for a later proxy, as they are not " \
     "marked critical.")) \
X(IDENTITY_SHOWN, "identity-shown", 3325, "8", TELLS, \
  N_("The phone shows its user an identity that a trusted element asserts. It " \
     "is more reliable than the From, which anybody can write.")) \
X(IDENTITY_IGNORED, "identity-ignored", 3325, "8", MUST_NOT, \
  N_("The phone MUST NOT use a P-Asserted-Identity from an element that it does " \
     "not trust.")) \
X(HISTORY_TOLD, "history-told", 7044, "9.4", MUST, \
  N_("If the client supports the history or has sent one, the proxy MUST " \
     "include it in its own responses, except the 100.")) \
X(PRIVACY_CRITICAL, "privacy-critical", 3323, "5", MUST, \
  N_("If the request marks its privacy as critical and the server cannot " \
     "provide it, the server MUST answer with a 500 that names it.")) \
X(SERVICE_FORWARD, "service-forward", 5359, "2.7", TELLS, \
  N_("The user forwards all calls. The proxy puts the other destination into " \
     "the Request-URI and does not try the user's phones.")) \
X(SERVICE_FIND_ME, "service-find-me", 5359, "2.12", TELLS, \
  N_("The user has a list of destinations. The proxy tries one after another, " \
     "and the first to answer gets the call.")) \
X(SERVICE_BUSY, "service-busy", 5359, "2.8", TELLS, \
  N_("The user forwards calls when busy. After a 486, the proxy tries the other " \
     "destination.")) \
X(SERVICE_NO_ANSWER, "service-no-answer", 5359, "2.9", TELLS, \
  N_("The user forwards unanswered calls. The proxy lets the phones ring for " \
     "some time, cancels, and tries the other destination. It does the same if " \
     "no phone is registered."))

/* The location service: sections 10.1, 10.3, 16.5, 8.3. */
#define RULES_LOCATION(X) \
X(LOCATION_QUERY, "location-query", 3261, "16.5", TELLS, \
  N_("A proxy or redirect server that is responsible for the domain asks the " \
     "location service where the address-of-record can be reached.")) \
X(LOCATION_FETCH, "location-fetch", 3261, "10.3", MUST, \
  N_("The registrar reads all bindings of an address-of-record and changes " \
     "none. Its response MUST list all of them, step 8; so does a NOTIFY to a " \
     "subscriber (RFC 3680).")) \
X(LOCATION_STORE, "location-store", 3261, "10.3", MUST, \
  N_("The registrar sends the bindings to the location service, step 7. If one " \
     "cannot be stored, all updates MUST be removed.")) \
X(LOCATION_REFUSED, "location-refused", 3261, "10.3", TELLS, \
  N_("Bindings are meant for the registrars, proxies and redirect servers of a " \
     "domain. The location service answers nobody else.")) \
X(LOCATION_AGAIN, "location-again", 3261, "10.3", TELLS, \
  N_("A retransmitted store, whose response was lost, gets the same response " \
     "and changes nothing.")) \
X(LOCATION_BIND, "location-bind", 3261, "10.1", TELLS, \
  N_("An administrator changes the bindings of the location service. " \
     "Registration is only one way to change them.")) \
X(LOCATION_WARM, "location-warm", 3261, "10.2", TELLS, \
  N_("The phone registered before the run began, and its binding is valid."))

/* Section 8.3: redirect servers. */
#define RULES_REDIRECT(X) \
X(REDIRECT_300, "redirect-300", 3261, "21.3.1", TELLS, \
  N_("The address-of-record can be reached at several destinations. The " \
     "redirect server lists them, the preferred one first, and the caller " \
     "chooses.")) \
X(REDIRECT_301, "redirect-301", 3261, "21.3.2", SHOULD, \
  N_("The user has moved permanently. The caller SHOULD store the new address.")) \
X(REDIRECT_302, "redirect-302", 3261, "8.3", TELLS, \
  N_("The redirect server tells the caller where to try instead, and for how " \
     "long that is valid. It takes no further part.")) \
X(REDIRECT_305, "redirect-305", 3261, "21.3.4", MUST, \
  N_("The caller MUST use the proxy in the Contact.")) \
X(REDIRECT_REGISTRAR, "redirect-registrar", 3261, "10.3", TELLS, \
  N_("A REGISTER for the own domain is redirected to the domain's registrar " \
     "with a 302.")) \
X(REDIRECT_100, "redirect-100", 3261, "17.2.1", MUST, \
  N_("If the final response takes longer than 200 ms, the server MUST send a " \
     "100, which stops the retransmissions of the INVITE.")) \
X(REDIRECT_404, "redirect-404", 3261, "21.4.5", TELLS, \
  N_("The location service does not know the address-of-record: 404.")) \
X(REDIRECT_FOREIGN, "redirect-foreign", 3261, "8.3", TELLS, \
  N_("The redirect server has locations only for its own domain. A request for " \
     "any other gets a 404.")) \
X(REDIRECT_SELF, "redirect-self", 3261, "8.3", MUST_NOT, \
  N_("A redirect server MUST NOT redirect to the URI in the Request-URI. " \
     "Without another location it answers 404.")) \
X(REDIRECT_480, "redirect-480", 3261, "21.4.18", TELLS, \
  N_("The address-of-record is known but has no binding now: 480.")) \
X(REDIRECT_410, "redirect-410", 3261, "21.4.10", TELLS, \
  N_("The user has left permanently, and no other address is known: 410.")) \
X(REDIRECT_484, "redirect-484", 3261, "21.4.22", TELLS, \
  N_("The number has too few digits: 484.")) \
X(REDIRECT_485, "redirect-485", 3261, "21.4.23", TELLS, \
  N_("Several users match: the 485 lists their addresses, and a person chooses.")) \
X(REDIRECT_SILENT, "redirect-silent", 3261, "8.3", TELLS, \
  N_("Without a response of the location service, the redirect server knows no " \
     "location: it answers 480, or 504 if configured so.")) \
X(REDIRECT_502, "redirect-502", 3261, "21.5.3", TELLS, \
  N_("The response of the location service cannot be parsed: 502.")) \
X(REDIRECT_500, "redirect-500", 3261, "21.5.1", TELLS, \
  N_("The location service rejects the request: 500."))
/* clang-format on */

#endif
