/* The table of rules; see trace/rules.h for its columns. */
#ifndef TRACE_RULES_TABLE_H
#define TRACE_RULES_TABLE_H

/* clang-format off */
#define TRACE_RULES(X) \
	TRACE_RULES_TRANSACTION(X) \
	TRACE_RULES_TRANSPORT(X) \
	TRACE_RULES_UA(X) \
	TRACE_RULES_REGISTER(X) \
	TRACE_RULES_PROXY(X)

/* Section 17 and RFC 6026: the transaction machines. */
#define TRACE_RULES_TRANSACTION(X) \
X(ICT_SEND, "ict-send", 3261, "17.1.1.2", \
  N_("A new INVITE client transaction starts in Calling, sends the INVITE and sets Timer A (T1) and Timer B (64*T1).")) \
X(ICT_TIMER_A, "ict-timer-a", 3261, "17.1.1.2", \
  N_("Over an unreliable transport the INVITE is repeated when Timer A fires: T1 (500 ms) after the first time, then after twice as long each time, until a response comes.")) \
X(ICT_TIMER_B, "ict-timer-b", 3261, "17.1.1.2", \
  N_("If no response at all has come when Timer B fires, after 64*T1 (32 s), the transaction gives up and reports a time-out.")) \
X(ICT_1XX, "ict-1xx", 3261, "17.1.1.2", \
  N_("A provisional response moves the INVITE client transaction to Proceeding: it stops repeating the INVITE and passes the response up.")) \
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
  N_("A new non-INVITE client transaction starts in Trying, sends the request and sets Timer E (T1) and Timer F (64*T1).")) \
X(NICT_TIMER_E, "nict-timer-e", 3261, "17.1.2.2", \
  N_("Over an unreliable transport the request is repeated when Timer E fires: after T1, then after twice as long each time up to T2 (4 s); in Proceeding every T2.")) \
X(NICT_TIMER_F, "nict-timer-f", 3261, "17.1.2.2", \
  N_("If no final response has come when Timer F fires, after 64*T1 (32 s), the transaction gives up and reports a time-out.")) \
X(NICT_1XX, "nict-1xx", 3261, "17.1.2.2", \
  N_("A provisional response moves the non-INVITE client transaction to Proceeding; it goes on repeating the request, at T2.")) \
X(NICT_FINAL, "nict-final", 3261, "17.1.2.2", \
  N_("A final response moves the non-INVITE client transaction to Completed, where Timer K lets repeated responses run out.")) \
X(NICT_TIMER_K, "nict-timer-k", 3261, "17.1.2.2", \
  N_("Timer K (T4, 5 s over UDP) keeps the completed transaction to absorb repeated responses.")) \
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

/* Section 18, 7 and RFC 3581: what arrives and where answers go. */
#define TRACE_RULES_TRANSPORT(X) \
X(BAD_REQUEST, "bad-request", 3261, "8.2", \
  N_("A request that can't be understood is answered with a 400-class response, as far as its Via, From, To, Call-ID and CSeq tell whom to answer.")) \
X(BAD_RESPONSE, "bad-response", 3261, "18.1.2", \
  N_("A malformed response is thrown away: there is nobody who could be told.")) \
X(STRAY, "stray-response", 6026, "8.9", \
  N_("A response that matches no client transaction is dropped; since RFC 6026 a stateful proxy must not forward it."))

/* Sections 8, 11 to 15 and 9: user agents. */
#define TRACE_RULES_UA(X) \
X(UAC_ROUTE, "uac-preloaded-route", 3261, "8.1.2", \
  N_("A request goes to its first Route, which an outbound proxy may have been configured as; else to its Request-URI.")) \
X(UAC_NO_TARGET, "uac-no-target", 3261, "8.1.2", \
  N_("Without an address for the next hop a request can't be sent.")) \
X(UAC_408, "uac-timeout-408", 3261, "8.1.3.1", \
  N_("A time-out of the transaction counts as if a 408 (Request Timeout) had come.")) \
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
  N_("A provisional response with a To tag creates an early dialog at the caller.")) \
X(INVITE_REJECT, "invite-reject", 3261, "13.3.1.3", \
  N_("A called side that can't or won't take the call says so with a final response, 486 when it is busy.")) \
X(INVITE_ACCEPT, "invite-accept", 3261, "13.3.1.4", \
  N_("Accepting a call sends a 2xx with a Contact, and the answer to the offer if there was one.")) \
X(INVITE_2XX_AGAIN, "invite-2xx-again", 3261, "13.3.1.4", \
  N_("The user agent itself repeats its 2xx, end to end: after T1, then after twice as long each time up to T2, until the ACK comes.")) \
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
  N_("A 2xx turns an early dialog into a confirmed one.")) \
X(DIALOG_CSEQ, "dialog-cseq", 3261, "12.2.2", \
  N_("A request whose CSeq is lower than the last one's is out of order and gets a 500.")) \
X(DIALOG_NONE, "dialog-none", 3261, "12.2.2", \
  N_("A request with a To tag that names no dialog here gets a 481.")) \
X(DIALOG_END, "dialog-end", 3261, "12.3", \
  N_("The dialog ends with its session, by BYE, or when a non-2xx final response ends an early one.")) \
X(BYE_SEND, "bye-send", 3261, "15.1.1", \
  N_("A BYE within the dialog ends the session; the sender stops at once, whatever the answer will be.")) \
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
  N_("A CANCEL that matches no transaction gets a 481.")) \
X(OPTIONS_SEND, "options-send", 3261, "11.1", \
  N_("An OPTIONS asks the other side what it can do, outside a call or within one.")) \
X(OPTIONS_RECV, "options-recv", 3261, "11.2", \
  N_("An OPTIONS is answered as an INVITE would be at that moment, with the methods and bodies that are understood.")) \
X(UAS_METHOD, "uas-method", 3261, "8.2.1", \
  N_("A method that is not supported gets a 405 with Allow.")) \
X(UAS_URI, "uas-uri", 3261, "8.2.2.1", \
  N_("A Request-URI that the user agent does not answer for gets a 404.")) \
X(UAS_SCHEME, "uas-scheme", 3261, "8.2.2.1", \
  N_("A Request-URI with a scheme that the user agent does not know gets a 416.")) \
X(UAS_TYPE, "uas-type", 3261, "8.2.3", \
  N_("A body of a type that is not understood gets a 415 with Accept.")) \
X(UAS_REQUIRE, "uas-require", 3261, "8.2.2.3", \
  N_("A Require that is not understood gets a 420 with Unsupported.")) \
X(UAS_MERGED, "uas-merged", 3261, "8.2.2.2", \
  N_("The same request by two ways (same From tag, Call-ID and CSeq, no To tag) gets a 482.")) \
X(REINVITE, "reinvite", 3261, "14.2", \
  N_("An INVITE within a dialog changes the session; it is answered at once when nobody needs to be asked."))

/* Section 10: registration, and the location service. */
#define TRACE_RULES_REGISTER(X) \
X(REGISTER_SEND, "register-send", 3261, "10.2", \
  N_("A REGISTER tells the registrar of a domain at which Contact an address-of-record can be reached, and for how long.")) \
X(REGISTER_REFRESH, "register-refresh", 3261, "10.2.4", \
  N_("A binding is refreshed before it expires, with the same Call-ID and the next CSeq.")) \
X(REGISTER_REMOVE, "register-remove", 3261, "10.2.2", \
  N_("Expires 0 takes a binding away; with Contact * it takes all of them.")) \
X(REGISTER_FETCH, "register-fetch", 3261, "10.2.3", \
  N_("A REGISTER without a Contact changes nothing: its 200 lists the bindings there are.")) \
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
X(LOCATION_STORE, "location-store", 3261, "10.3", \
  N_("The registrar hands the bindings to the location service, step 7: all of them are stored or none.")) \
X(REGISTER_FAILED, "register-failed", 3261, "10.3", \
  N_("If the location service can't store the bindings the registrar answers 500.")) \
X(BINDING_EXPIRED, "binding-expired", 3261, "10.3", \
  N_("A binding that is not refreshed in time is gone."))

/* Section 16: proxies. */
#define TRACE_RULES_PROXY(X) \
X(PROXY_MAX_FORWARDS, "proxy-max-forwards", 3261, "16.3", \
  N_("A request with Max-Forwards 0 may not be forwarded: it gets a 483.")) \
X(PROXY_SCHEME, "proxy-scheme", 3261, "16.3", \
  N_("A Request-URI with a scheme that the proxy does not know gets a 416.")) \
X(PROXY_REQUIRE, "proxy-require", 3261, "16.3", \
  N_("A Proxy-Require that is not understood gets a 420.")) \
X(PROXY_BY_ROUTE, "proxy-by-route", 3261, "16.6", \
  N_("The next hop is the first Route that is left, step 7; the Request-URI stays as it is.")) \
X(PROXY_BY_LOCATION, "proxy-by-location", 3261, "16.5", \
  N_("The Request-URI is of a domain this proxy is responsible for: the location service tells the targets, and the Request-URI becomes the Contact that was registered.")) \
X(PROXY_BY_DOMAIN, "proxy-by-domain", 3261, "16.5", \
  N_("The Request-URI is of another domain: it is the only target, and the request goes to that domain's entry.")) \
X(PROXY_BY_REGISTRAR, "proxy-by-registrar", 3261, "10.2.6", \
  N_("A REGISTER names the domain alone: the proxy passes it on to the registrar that is responsible for the domain.")) \
X(PROXY_BY_URI, "proxy-by-uri", 3261, "16.5", \
  N_("The Request-URI names an address: it is the only target.")) \
X(LOCATION_QUERY, "location-query", 3261, "16.5", \
  N_("The proxy asks the location service of its domain where the address-of-record can be reached.")) \
X(PROXY_404, "proxy-404", 3261, "16.5", \
  N_("An address-of-record unknown to the location service gets a 404.")) \
X(PROXY_480, "proxy-480", 3261, "16.5", \
  N_("An address-of-record that is known but has no binding now gets a 480 (Temporarily Unavailable).")) \
X(LOCATION_SILENT, "location-silent", 3261, "16.5", \
  N_("Without an answer of the location service the proxy knows no target at present: 480.")) \
X(PROXY_UNREACHABLE, "proxy-unreachable", 3261, "16.9", \
  N_("Where no address is known for the next hop, the proxy behaves as if the target had answered 503, which it passes on as 500.")) \
X(PROXY_FORWARD, "proxy-forward", 3261, "16.6", \
  N_("The copy that is forwarded has Max-Forwards less one, a new Via on top, and Record-Route if the proxy wants to stay on the path; everything else stays as it was.")) \
X(PROXY_100, "proxy-100", 3261, "16.2", \
  N_("A stateful proxy answers an INVITE with 100 at once, which stops its repetition from upstream.")) \
X(PROXY_1XX, "proxy-1xx", 3261, "16.7", \
  N_("A provisional response other than 100 is forwarded at once, step 5, its topmost Via taken off, step 3.")) \
X(PROXY_2XX, "proxy-2xx", 3261, "16.7", \
  N_("Every 2xx to an INVITE is forwarded at once, step 5, its topmost Via taken off.")) \
X(PROXY_FINAL, "proxy-final", 3261, "16.7", \
  N_("When all branches have a final response, the best of them is forwarded, step 6.")) \
X(PROXY_503, "proxy-503", 3261, "16.7", \
  N_("A 503 speaks of one server, not of the whole way: it is passed on as 500, step 6.")) \
X(PROXY_ACK, "proxy-ack", 3261, "16.6", \
  N_("An ACK for a 2xx is a request of its own: it is forwarded without a transaction, since nothing answers it.")) \
X(PROXY_CANCEL, "proxy-cancel", 3261, "16.10", \
  N_("A CANCEL ends here: it is answered with 200, and the proxy cancels every branch that is still pending.")) \
X(PROXY_TIMER_C, "proxy-timer-c", 3261, "16.8", \
  N_("Timer C, more than three minutes, bounds a branch that only rings: when it fires the branch is cancelled, or counts as 408.")) \
X(PROXY_408, "proxy-408", 3261, "16.6", \
  N_("A branch whose transaction times out counts as answered with 408 (step 7).")) \
X(PROXY_100_LATE, "proxy-100-late", 4320, "4.1", \
  N_("A request other than INVITE that has no response yet gets a 100 once Timer E of its sender has grown to T2; it never gets another provisional response."))
/* clang-format on */

#endif
