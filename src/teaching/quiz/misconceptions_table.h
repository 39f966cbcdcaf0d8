/*
 * The misconceptions that the quiz knows; see quiz/misconceptions.c.
 *
 * F(function, RFC, section, why not): sender and message are found by a
 * function.  W(when, method, status, method, status, RFC, section, why not):
 * the right two nodes, but instead of the first method or status (below 10:
 * class) the second.  RFC 0: no rule, only how things follow one another.  M is
 * like W, and N like F, but the rules allow what they say: choosing it is not a
 * mistake.
 */
#ifndef QUIZ_MISCONCEPTIONS_TABLE_H
#define QUIZ_MISCONCEPTIONS_TABLE_H

/* clang-format off */
#define MISCONCEPTIONS(F, W, M, N) \
	MISCONCEPTIONS_ACK(F, W, M, N) \
	MISCONCEPTIONS_WAY(F, W, M, N) \
	MISCONCEPTIONS_PROVISIONAL(F, W, M, N) \
	MISCONCEPTIONS_FINAL(F, W, M, N) \
	MISCONCEPTIONS_CHANGE(F, W, M, N) \
	MISCONCEPTIONS_REQUEST(F, W, M, N) \
	MISCONCEPTIONS_TIME(F, W, M, N) \
	MISCONCEPTIONS_LAST(F, W, M, N)

#define MISCONCEPTIONS_ACK(F, W, M, N) \
F(ack_past_route, 3261, "12.2.1.1", \
  N_("The ACK for a 2xx goes to the other phone along the route set: a proxy that put itself into Record-Route is on its path.")) \
F(ack_to_proxy, 3261, "13.2.2.4", \
  N_("The ACK for a 2xx goes end to end along the route set: a proxy without a Record-Route does not receive it. Only the ACK for a non-2xx final response goes hop by hop, 17.1.1.3.")) \
F(ack_end_to_end, 3261, "17.1.1.3", \
  N_("The ACK for a non-2xx final response goes hop by hop: each client transaction acknowledges the response that it received.")) \
F(proxy_acks, 3261, "13.2.2.4", \
  N_("A proxy forwards a 2xx and does not acknowledge it: its ACK comes from the caller, end to end. Only a non-2xx final response is acknowledged hop by hop, 17.1.1.3.")) \
W(ACK_2XX, "ACK", 0, "BYE", 0, 3261, "13.2.2.4", \
  N_("Before anything else the caller acknowledges the 2xx; only then can either side hang up.")) \
W(ACK_2XX, "ACK", 0, NULL, 200, 3261, "13.2.2.4", \
  N_("A 200 is not answered by a 200: the caller answers it with a request, the ACK.")) \
W(ACK_OTHER, "ACK", 0, "BYE", 0, 3261, "15", \
  N_("The call was rejected, so there is nothing to hang up. The rejection is only acknowledged.")) \
W(ACK_OTHER, "ACK", 0, "CANCEL", 0, 3261, "9.1", \
  N_("There is nothing left to cancel: the INVITE has its final response, which must be acknowledged.")) \
F(ack_non_invite, 3261, "17.1.2", \
  N_("Only the final response to an INVITE is acknowledged. Any other request ends with its response."))

#define MISCONCEPTIONS_WAY(F, W, M, N) \
F(past_route_set, 3261, "12.2.1.1", \
  N_("Every request within a dialog goes along its route set: a proxy that put itself into Record-Route stays on the path.")) \
F(via_old_proxy, 3261, "12.2.1.1", \
  N_("A proxy without a Record-Route is not on the path of later requests: these go directly to the Contact.")) \
F(skips_via, 3261, "18.2.2", \
  N_("A response goes back hop by hop, along the Vias that its request has collected. No hop is left out.")) \
F(skips_hop, 3261, "16.5", \
  N_("Only the server of the callee's domain knows where the callee is. Until there the request goes from hop to hop.")) \
F(cancel_skips_hop, 3261, "9.1", \
  N_("A CANCEL goes hop by hop, to where its INVITE was sent. It does not go past the proxies to the phone.")) \
F(redirect_forwards, 3261, "8.3", \
  N_("A redirect server forwards no request: it only tells the caller where to try.")) \
F(passes_unproved, 3261, "22.3", \
  N_("A proxy that asks for credentials does not forward the request without them: it answers with a challenge first.")) \
F(passes_100, 3261, "16.7", \
  N_("A 100 is for one hop only: its receiver does not forward it, step 5."))

#define MISCONCEPTIONS_PROVISIONAL(F, W, M, N) \
M(BY_CALLEE, NULL, 180, NULL, 100, 3261, "17.2.1", \
  N_("A phone may send a 100 first. It need not, if it has a better response within 200 ms.")) \
M(BY_CALLEE, NULL, 180, NULL, 200, 3261, "13.3.1.4", \
  N_("A phone may answer the call at once, without ringing first.")) \
M(BY_CALLEE, NULL, 180, NULL, 183, 3261, "21.1.5", \
  N_("A phone may report other progress than ringing first.")) \
M(BY_CALLEE, NULL, 183, NULL, 180, 3261, "21.1.2", \
  N_("A phone may ring. Here there is other progress to report.")) \
M(BY_CALLEE, NULL, 183, NULL, 200, 3261, "13.3.1.4", \
  N_("A phone may answer the call at once, without reporting progress first.")) \
M(BY_CALLEE, NULL, 100, NULL, 180, 3261, "13.3.1.1", \
  N_("A phone that rings may report that without a 100 first.")) \
W(OF_INVITE, NULL, 180, NULL, 100, 3261, "13.3.1.1", \
  N_("A 100 only says that the INVITE has reached the next hop. A 180 says that the phone rings, and it goes back all the way.")) \
W(OF_INVITE, NULL, 180, NULL, 200, 3261, "16.7", \
  N_("A 180 has arrived, and it is forwarded. A proxy does not answer a call itself: only the phone sends a 200.")) \
W(OF_INVITE, NULL, 183, NULL, 180, 3261, "21.1.5", \
  N_("A 180 means that the phone rings. Other progress, such as an announcement, is a 183.")) \
W(OF_INVITE, NULL, 100, NULL, 180, 3261, "13.3.1.1", \
  N_("Only the phone can say that it rings. A hop that has the INVITE sends a 100 first.")) \
W(OF_INVITE, NULL, 100, NULL, 200, 3261, "13.3.1.4", \
  N_("Only the phone can answer the call. A hop that has the INVITE sends a 100 first.")) \
W(OF_OTHER, NULL, 100, NULL, 200, 4320, "4.1", \
  N_("There is no final response yet. A 100 is sent instead when the sender's retransmissions have become rare."))

#define MISCONCEPTIONS_FINAL(F, W, M, N) \
M(BY_CALLEE, NULL, 486, NULL, 480, 3261, "21.4.18", \
  N_("A phone may report that its user is not available. This one is in use: 486.")) \
M(BY_CALLEE, NULL, 486, NULL, 603, 3261, "21.6.2", \
  N_("A phone may answer for all phones of its user. This one reports only that it is in use itself: 486.")) \
M(BY_CALLEE, NULL, 480, NULL, 486, 3261, "21.4.21", \
  N_("A phone may be in use. The user of this one is just not available: 480.")) \
W(OF_OTHER, NULL, 2, NULL, 100, 4320, "4.1", \
  N_("A request other than INVITE is answered at once, so a 100 would be of no use. Such requests get no 100 before Timer E has grown to T2.")) \
W(OF_INVITE, NULL, 2, NULL, 180, 3261, "13.3.1.4", \
  N_("The call is answered now, and that is a 2xx; a 180 says that the phone still rings.")) \
W(OF_CANCEL, NULL, 200, NULL, 487, 3261, "9.2", \
  N_("A 487 is the response to the INVITE, once it has been cancelled. The CANCEL is answered with 200.")) \
W(ANY, NULL, 487, NULL, 200, 3261, "9.2", \
  N_("The 200 answers the CANCEL. The INVITE, which was cancelled before it was answered, ends with 487.")) \
W(ANY, NULL, 487, NULL, 486, 3261, "9.2", \
  N_("A 486 means that the phone is busy. A cancelled INVITE ends with 487.")) \
W(ANY, NULL, 486, NULL, 480, 3261, "21.4.21", \
  N_("A 480 says that the user is not available. A phone that is in use says 486.")) \
W(ANY, NULL, 486, NULL, 603, 3261, "21.6.2", \
  N_("A 603 speaks for all phones of the user. A 486 says that this one phone is busy.")) \
W(ANY, NULL, 480, NULL, 404, 3261, "21.4.18", \
  N_("A 404 says that there is no such user. For a user who is known, but not available now, the status is 480.")) \
W(ANY, NULL, 480, NULL, 486, 3261, "21.4.18", \
  N_("A 486 says that the phone is in use. Here the user is just not available: 480.")) \
W(ANY, NULL, 404, NULL, 480, 3261, "21.4.5", \
  N_("A 480 says that a known user is not available now. Here the name itself is not known: 404.")) \
W(ANY, NULL, 404, NULL, 410, 3261, "21.4.5", \
  N_("A 410 says that a known user is gone permanently. Here the name is not known: 404.")) \
W(ANY, NULL, 401, NULL, 407, 3261, "22.2", \
  N_("With 407 a proxy asks for credentials. A registrar or a phone asks with 401.")) \
W(ANY, NULL, 401, NULL, 403, 3261, "21.4.4", \
  N_("A 403 means that not even a password would help. A server that first asks for a password sends 401.")) \
W(ANY, NULL, 401, NULL, 200, 3261, "22.2", \
  N_("Nothing has been proved yet: the challenge comes before the 200.")) \
W(ANY, NULL, 407, NULL, 401, 3261, "22.3", \
  N_("With 401 a registrar or a phone asks for credentials. A proxy asks with 407.")) \
W(ANY, NULL, 407, NULL, 403, 3261, "21.4.4", \
  N_("A 403 says that not even a password would help. A proxy that asks for a password sends 407.")) \
W(BY_PROXY, NULL, 408, NULL, 480, 3261, "16.7", \
  N_("A 480 would be somebody's answer. If no answer came at all, the proxy sends 408, step 6.")) \
W(BY_PROXY, NULL, 408, NULL, 503, 3261, "16.7", \
  N_("A 503 says that a server is overloaded. If no answer came at all, the proxy sends 408, step 6.")) \
W(BY_PROXY, NULL, 482, NULL, 483, 3261, "16.3", \
  N_("A 483 is sent when Max-Forwards has reached 0. The proxy detects the loop before that, by its own Via: 482.")) \
W(BY_PROXY, NULL, 483, NULL, 482, 3261, "16.3", \
  N_("A 482 is sent by a proxy that finds its own Via. Here Max-Forwards has reached 0: 483.")) \
W(ANY, NULL, 481, NULL, 404, 3261, "12.2.2", \
  N_("A 404 says that the user is not known. Here the dialog or transaction is not known: 481.")) \
W(BY_PROXY, NULL, 500, NULL, 503, 3261, "16.7", \
  N_("A 503 is about one server, and the caller can use others. A proxy forwards it as 500, step 6.")) \
W(ANY, NULL, 503, NULL, 486, 3261, "21.5.4", \
  N_("A 486 says that a phone is in use. An overloaded server sends 503.")) \
W(ANY, NULL, 302, NULL, 301, 3261, "21.3.2", \
  N_("A 301 says that the user has moved permanently. For this one call the status is 302.")) \
W(ANY, NULL, 3, NULL, 181, 3261, "21.1.3", \
  N_("A 181 is sent by a server that forwards the call itself. A 3xx leaves it to the caller to try another address.")) \
W(ANY, NULL, 6, NULL, 486, 3261, "21.6", \
  N_("A 486 speaks of one phone. A 6xx speaks for all phones of the user."))

/* What changes a session that is up: RFC 3261 14.2, RFC 3311 5.2. */
#define MISCONCEPTIONS_CHANGE(F, W, M, N) \
W(OF_REINVITE, NULL, 200, NULL, 491, 3261, "14.2", \
  N_("A 491 is sent by a UA with a pending offer of its own. Here none is pending: the change is accepted.")) \
W(OF_REINVITE, NULL, 200, NULL, 500, 3261, "14.2", \
  N_("A 500 with Retry-After is for an INVITE that arrives while an earlier one of the same side has no final response yet. Here the earlier one has a response.")) \
M(OF_REINVITE, NULL, 200, NULL, 488, 3261, "14.2", \
  N_("A phone may reject the change; then the session stays unchanged.")) \
W(OF_REINVITE, NULL, 491, NULL, 200, 3261, "14.2", \
  N_("This side has an offer of its own that is not answered yet. Until then it accepts no other offer: 491.")) \
W(OF_OTHER, NULL, 491, NULL, 200, 3311, "5.2", \
  N_("This side has an offer of its own that is not answered yet. Until then it accepts no other offer: 491.")) \
W(OF_REINVITE, NULL, 491, NULL, 500, 3261, "14.2", \
  N_("A 500 with Retry-After is for two changes by the same side, one after the other. If both sides have a pending offer, it is a 491.")) \
W(OF_OTHER, NULL, 491, NULL, 500, 3311, "5.2", \
  N_("A 500 with Retry-After is for two changes by the same side, one after the other. If both sides have a pending offer, it is a 491.")) \
W(ANY, NULL, 491, NULL, 486, 3261, "21.4.27", \
  N_("A 486 rejects a call because the phone is in use. This call continues: only its change must be tried again a little later, 491.")) \
W(NOT_UP, "UPDATE", 0, "INVITE", 0, 3261, "14.1", \
  N_("Another INVITE must wait until the first is complete. Until then the session is changed by UPDATE.")) \
M(UP, "UPDATE", 0, "INVITE", 0, 3311, "5.1", \
  N_("In an answered call a re-INVITE may do the same, and it is preferred if a person has to be asked. Here it is an UPDATE.")) \
W(ANY, "UPDATE", 0, "OPTIONS", 0, 3261, "11.2", \
  N_("An OPTIONS asks for the peer's capabilities, and changes nothing. UPDATE or another INVITE changes the session.")) \
W(ANY, "UPDATE", 0, "PRACK", 0, 3262, "4", \
  N_("A PRACK confirms a reliable provisional response. Here there is none to confirm."))

#define MISCONCEPTIONS_REQUEST(F, W, M, N) \
N(other_side, 0, "", \
  N_("Either side may do that at any time: nothing shows in advance which one it will be.")) \
W(ANY, "BYE", 0, "CANCEL", 0, 3261, "9.1", \
  N_("A CANCEL cancels a request that has no final response yet. A call that was answered ends with BYE.")) \
W(ANY, "CANCEL", 0, "BYE", 0, 3261, "9.1", \
  N_("A BYE ends a call that was answered. The caller ends a ringing call with CANCEL.")) \
W(OWN, "REGISTER", 0, "OPTIONS", 0, 3261, "10.2", \
  N_("An OPTIONS asks for the peer's capabilities. REGISTER says where a user can be reached.")) \
M(ANY, "ping", 0, "REGISTER", 0, 5626, "4.4", \
  N_("A REGISTER would also keep the path open. Its time has not come: until then a keep-alive of a few bytes is enough.")) \
W(ANY, "PRACK", 0, "ACK", 0, 3262, "4", \
  N_("An ACK is for a final response to an INVITE. A reliable provisional response is confirmed by a PRACK, which is a request of its own.")) \
W(OWN, "SUBSCRIBE", 0, "PUBLISH", 0, 3903, "1", \
  N_("A PUBLISH brings a user's own state to a server. To learn another user's state, a UA sends SUBSCRIBE.")) \
W(OWN, "PUBLISH", 0, "NOTIFY", 0, 3903, "1", \
  N_("A NOTIFY informs subscribers. PUBLISH brings a user's own state to the server that informs them.")) \
W(OWN, "NOTIFY", 0, "MESSAGE", 0, 6665, "4.2.2", \
  N_("A MESSAGE contains text for a person. A subscription reports by a NOTIFY in its dialog.")) \
W(OWN, "REFER", 0, "INVITE", 0, 3515, "2", \
  N_("An INVITE would call its receiver. REFER asks the receiver to call somebody else."))

#define MISCONCEPTIONS_TIME(F, W, M, N) \
F(proxy_repeats_2xx, 3261, "13.3.1.4", \
  N_("Proxies do not retransmit a 2xx by themselves: the phone does, end to end, until the ACK arrives.")) \
F(repeat_young, 3261, "17.1.1.2", \
  N_("A request is retransmitted only when no response has arrived for T1 (500 ms) or longer, by Timer A or E. That time is not over.")) \
F(repeat_answered, 3261, "17.1.1.2", \
  N_("Each hop retransmits for itself. Here the next hop has sent a provisional response, and that ends the retransmission of the INVITE.")) \
F(repeat_tcp, 3261, "17.1.1.2", \
  N_("Over TCP, a client transaction retransmits nothing: TCP itself makes sure that the bytes arrive. Timers A and E are for UDP.")) \
W(REPEATED, "INVITE", 0, "CANCEL", 0, 3261, "9.1", \
  N_("A CANCEL gives up the call, and MUST NOT be sent before a provisional response has arrived. A client that receives nothing retransmits the INVITE itself.")) \
W(REPEATED, "INVITE", 0, "ACK", 0, 3261, "17.1.1.2", \
  N_("No final response has arrived here, and nothing else is acknowledged. A client that receives nothing retransmits the INVITE.")) \
F(too_early, 0, "", \
  N_("That comes later: another message has to be sent before it.")) \
F(nothing_yet, 0, "", \
  N_("No timer runs here: a message that has arrived, or an action of a user, takes effect at once.")) \
F(before_its_timer, 0, "", \
  N_("That comes later: a timer has to fire before it.")) \
F(much_too_early, 0, "", \
  N_("That comes later: several messages have to be sent before it."))

#define MISCONCEPTIONS_LAST(F, W, M, N) \
F(request_back, 3261, "8.1.2", \
  N_("It is the reverse: a request goes from the client towards the server.")) \
F(response_forth, 3261, "18.2.2", \
  N_("It is the other way round: a response goes back to where its request came from.")) \
F(request_astray, 3261, "8.1.2", \
  N_("The message is right, but it goes to another node: the next hop is named by the first Route, or else by the Request-URI.")) \
F(response_astray, 3261, "18.2.2", \
  N_("The message is right, but it goes to another node: a response goes to the address in the top Via, from where its request came.")) \
W(OF_INVITE, NULL, 180, NULL, 183, 3261, "21.1.5", \
  N_("A 183 reports progress other than ringing. The phone rings: 180.")) \
W(OF_INVITE, NULL, 100, NULL, 183, 3261, "21.1.5", \
  N_("A 183 reports progress of the call itself. A hop that has the INVITE sends a 100 first.")) \
W(ANY, "INVITE", 0, "OPTIONS", 0, 3261, "11.1", \
  N_("An OPTIONS asks for the peer's capabilities. A caller that wants to talk sends an INVITE.")) \
W(ANY, "MESSAGE", 0, "INVITE", 0, 3428, "2", \
  N_("An INVITE sets up a call. A few words need no call: they go in a MESSAGE.")) \
W(ANY, "MESSAGE", 0, "OPTIONS", 0, 3261, "11.1", \
  N_("An OPTIONS asks for the peer's capabilities, and shows its user nothing."))
/* clang-format on */

#endif
