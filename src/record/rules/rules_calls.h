/* Rules of user agents and their calls. */
#ifndef RULES_RULES_CALLS_H
#define RULES_RULES_CALLS_H

/* clang-format off */
/* Sections 8, 11 to 15 and 9: user agents. */
#define RULES_UA(X) \
X(UAC_ROUTE, "uac-preloaded-route", 3261, "8.1.2", SHOULD, \
  N_("A request goes to its first Route, which an outbound proxy may have been configured as; else to its Request-URI.")) \
X(UAC_NO_TARGET, "uac-no-target", 3261, "8.1.2", TELLS, \
  N_("Without an address for the next hop a request can't be sent.")) \
X(UAC_408, "uac-timeout-408", 3261, "8.1.3.1", TELLS, \
  N_("A time-out of the transaction counts as if a 408 (Request Timeout) had come.")) \
X(UAC_503, "uac-transport-503", 3261, "8.1.3.1", TELLS, \
  N_("A failure of the transport counts as if a 503 (Service Unavailable) had come.")) \
X(UAC_TYPE, "uac-type-415", 3261, "8.1.3.5", TELLS, \
  N_("A request that was refused with 415 goes out again with bodies of those types alone that the other side takes: its session description.")) \
X(UAC_TLS, "uac-tls", 3261, "26.2.2", TELLS, \
  N_("A request to a sips URI goes by TLS at every hop; without TLS it can't be sent at all.")) \
X(INVITE_SEND, "invite-send", 3261, "13.2.1", MUST, \
  N_("To call somebody a user agent sends an INVITE with its Contact, and usually with an offer of media in SDP.")) \
X(INVITE_RECV, "invite-recv", 3261, "13.3.1", TELLS, \
  N_("An INVITE outside of a dialog asks for a new session. The called side has it; nobody has been alerted yet.")) \
X(INVITE_PROGRESS, "invite-progress", 3261, "13.3.1.1", TELLS, \
  N_("While the called side can't answer at once it says so with a provisional response, 180 when the user is being alerted.")) \
X(INVITE_1XX_AGAIN, "invite-1xx-again", 3261, "13.3.1.1", MUST, \
  N_("While it takes long to answer, the called side sends a provisional response again every minute, so that no proxy on the way gives up.")) \
X(INVITE_EXPIRED, "invite-expired", 3261, "13.3.1", TELLS, \
  N_("An INVITE with Expires that is not answered within that time gets a 487.")) \
X(INVITE_1XX, "invite-1xx", 3261, "13.2.2.1", TELLS, \
  N_("A provisional response with a To tag creates an early dialog at the caller, or belongs to one that is there: then it only tells how far the call has come.")) \
X(EARLY_ENDED, "early-ended", 6228, "4", TELLS, \
  N_("A 199 says that an early dialog has ended by a final response that the proxy still keeps back: a phone has refused, or its ringing was cancelled. The caller lets go of that dialog, sends no BYE for it, and goes on with the others. Where none is left it waits for more, or for the final response.")) \
X(EARLY_TOLD, "early-told", 6228, "5", TELLS, \
  N_("A box whose early dialog stands for one of its other side ends it by a 199 when that one is over, and no other stands behind it: so the caller lets go of media that come no more. It says so where the INVITE lists 199 and does not require 100rel; what rings after that makes another early dialog.")) \
X(EARLY_UNKNOWN, "early-unknown", 6228, "4", TELLS, \
  N_("A 199 that was not sent reliably, of an early dialog that the caller does not know, is left aside.")) \
X(INVITE_PREVIEW, "invite-preview", 3261, "13.2.1", MUST, \
  N_("The first session description from a called side counts as its answer, even in a provisional response: media may flow before the call is answered. The 2xx repeats it; any other description there is ignored. Where several phones ring, each has its own answer.")) \
X(INVITE_REJECT, "invite-reject", 3261, "13.3.1.3", TELLS, \
  N_("A called side that can't or won't take the call says so with a final response, 486 when it is busy.")) \
X(BODY_OPTIONAL, "body-optional", 3261, "20.11", TELLS, \
  N_("A body that its sender calls optional may be left aside: a phone that can make nothing of its type takes the message without it.")) \
X(INVITE_UNFIT, "invite-unfit", 3261, "13.3.1.3", TELLS, \
  N_("An offer that can't be read, or of which nothing can be taken, is refused with 488; a Warning says what did not fit: a line that is missing, the medium, its network, its transport, its formats.")) \
X(INVITE_ACCEPT, "invite-accept", 3261, "13.3.1.4", MUST, \
  N_("Accepting a call sends a 2xx with a Contact, and the answer to the offer if there was one.")) \
X(INVITE_2XX_AGAIN, "invite-2xx-again", 3261, "13.3.1.4", TELLS, \
  N_("The user agent itself repeats its 2xx, end to end: after T1, then after twice as long each time up to T2, until the ACK comes.")) \
X(OFFER_MAKE, "offer-make", 6337, "2.2", TELLS, \
  N_("An offer describes the session as one side would have it. The first one goes in the INVITE; where that has none, in the first response to it that is certain to arrive.")) \
X(OFFER_ANSWER, "offer-answer", 3264, "6", TELLS, \
  N_("The answer takes or refuses each stream of the offer, in its order; with it both sides have agreed on the session.")) \
X(OFFER_AGAIN, "offer-again", 3264, "8", MAY, \
  N_("Either side may offer another session at any time, but not while an offer of either has no answer yet.")) \
X(OFFER_FORK, "offer-fork", 6337, "2.2", TELLS, \
  N_("Each dialog of a forked INVITE has its own offers and answers; the offer of the INVITE stands in all of them.")) \
X(OFFER_REFUSED, "offer-refused", 6337, "2.3", TELLS, \
  N_("An offer in a request is refused by refusing the request; one in a response can't be refused, only answered so that nothing is left.")) \
X(OFFER_MISSING, "offer-missing", 3261, "13.2.1", MUST, \
  N_("An INVITE's offer must have its answer in the 2xx at the latest, and that of a 2xx in its ACK. Where none comes, nothing new is agreed.")) \
X(OFFER_UNANSWERED, "offer-unanswered", 3261, "13.2.2.4", MUST, \
  N_("The ACK must answer what the 2xx has offered. Where it does not, nobody knows what was agreed: the called side ends the session with a BYE.")) \
X(OFFER_NONE, "offer-none", 3261, "13.2.1", MUST, \
  N_("An INVITE without an offer must get one in the first response that is certain to arrive, the 2xx at the latest.")) \
X(OFFER_DIRECTION, "offer-direction", 3264, "6.1", MUST, \
  N_("A stream goes only as the offer has it: the answer to sendonly is recvonly or inactive, that to recvonly is sendonly or inactive, that to inactive is inactive. Where the answer says more, only that goes which both sides say.")) \
X(INVITE_2XX_CONTACT, "invite-2xx-contact", 3261, "12.1.1", MUST, \
  N_("A 2xx to an INVITE must have a Contact: the requests of the dialog go there. Without one they go where an earlier response said, else where the INVITE went.")) \
X(INVITE_NO_ACK, "invite-no-ack", 3261, "13.3.1.4", SHOULD, \
  N_("If no ACK has come 64*T1 after the 2xx, the dialog is confirmed, but the session should be ended with a BYE.")) \
X(INVITE_2XX, "invite-2xx", 3261, "13.2.2.4", TELLS, \
  N_("A 2xx to an INVITE confirms the dialog at the caller.")) \
X(INVITE_ACK, "invite-ack", 3261, "13.2.2.4", MUST, \
  N_("The caller acknowledges every 2xx with an ACK of its own, end to end along the dialog's route set; the transactions have no part in it.")) \
X(INVITE_ACKED, "invite-acked", 3261, "13.3.1.4", TELLS, \
  N_("The ACK ends the repetition of the 2xx.")) \
X(INVITE_FAILED, "invite-failed", 3261, "13.2.2.3", TELLS, \
  N_("A final response other than 2xx ends the attempt and every early dialog of it.")) \
X(DIALOG_UAS, "dialog-uas", 3261, "12.1.1", MUST, \
  N_("The answering side makes the dialog from the request: its route set is the Record-Route list in the order received, its target the Contact.")) \
X(DIALOG_UAC, "dialog-uac", 3261, "12.1.2", MUST, \
  N_("The calling side makes the dialog from the response: its route set is the Record-Route list in reverse order, its target the Contact.")) \
X(DIALOG_CONFIRMED, "dialog-confirmed", 3261, "12.1", TELLS, \
  N_("A 2xx turns an early dialog into a confirmed one. Until its ACK it is in moratorium (RFC 5407 2): the called side can't know yet whether the caller has the 2xx, and must not send a BYE.")) \
X(DIALOG_CONFIRMED_UAC, "dialog-confirmed-uac", 3261, "13.2.2.4", MUST, \
  N_("A 2xx confirms the caller's early dialog; its route set is computed again from that response. Until its ACK is sent it is in moratorium (RFC 5407 2).")) \
X(DIALOG_CSEQ, "dialog-cseq", 3261, "12.2.2", MUST, \
  N_("A request whose CSeq is lower than the last one's is out of order and gets a 500.")) \
X(DIALOG_NONE, "dialog-none", 3261, "12.2.2", TELLS, \
  N_("A request that belongs within a dialog and names none that is here, with its To tag or for want of one, gets a 481.")) \
X(ACK_NONE, "ack-none", 3261, "17", TELLS, \
  N_("An ACK that belongs to no dialog and no transaction here is thrown away: nothing is ever answered to an ACK.")) \
X(DIALOG_ESTABLISHED, "dialog-established", 5407, "2", TELLS, \
  N_("A confirmed dialog is in moratorium from its 2xx until the ACK; with the ACK it is established, which is the state confirmed here. Now either side may change the session.")) \
X(DIALOG_BYE, "dialog-bye", 3261, "15.1.1", TELLS, \
  N_("Who sends a BYE takes the session for over at once. The dialog is mortal (RFC 5407 2): what is known of it is kept until the BYE's transaction ends, and nothing new begins in it.")) \
X(DIALOG_BYE_RECV, "dialog-bye-recv", 5407, "2", MUST, \
  N_("A BYE that comes makes the dialog mortal, as one that is sent does: the session is over, and the dialog is kept until the BYE's transaction ends.")) \
X(DIALOG_MORTAL, "dialog-mortal", 5407, "2", MUST_NOT, \
  N_("After a BYE, sent or received, a user agent still accepts a BYE of the other side's; any other request of the session gets a 481, since there is no session any more.")) \
X(DIALOG_MORGUE, "dialog-morgue", 5407, "2", MUST, \
  N_("A mortal dialog is gone when the transaction of its BYE has ended: at the side that has sent the BYE when Timer K fires, or Timer F if nobody has answered; at the side that got it when Timer J fires. Of two BYEs that cross the transaction that ends later counts.")) \
X(ACK_MORTAL, "ack-mortal", 5407, "3.2.4", TELLS, \
  N_("An ACK that comes after a BYE finds its dialog mortal: the BYE has ended the repetition of the 2xx already, and an answer in the ACK is ignored. Nothing begins, and nothing is ever answered to an ACK.")) \
X(DIALOG_END, "dialog-end", 3261, "12.3", TELLS, \
  N_("The dialog ends with its session, by BYE, or when a non-2xx final response ends an early one.")) \
X(BYE_SEND, "bye-send", 3261, "15.1.1", TELLS, \
  N_("A BYE within the dialog ends the session: its sender stops at once, whatever the answer will be. What is left of the call waits for that answer alone.")) \
X(BYE_HELD, "bye-held", 3261, "15", MUST_NOT, \
  N_("Who has answered a call must not send a BYE before the ACK for the 2xx has come: the BYE that was asked for before then has waited for it.")) \
X(BYE_EARLY, "bye-early", 3261, "15", MAY, \
  N_("A caller may end a single early dialog by BYE; the INVITE itself goes on, and its other branches with it.")) \
X(BYE_TOO_EARLY, "bye-too-early", 3261, "15", MUST_NOT, \
  N_("Who has answered a call must not send a BYE before the ACK for the 2xx has come. This one is sent all the same, as the script says.")) \
X(BYE_CANCELLED, "bye-cancelled", 3261, "13.2.2.4", MUST, \
  N_("The CANCEL came too late: the call was answered. A caller who does not want it any more acknowledges the 2xx and ends the dialog with a BYE.")) \
X(BYE_OTHER, "bye-other-branch", 3261, "13.2.2.4", MUST, \
  N_("A second phone has answered the same INVITE. Each 2xx makes a dialog and gets its ACK; a caller who wants to talk to one of them only ends the other dialog with a BYE.")) \
X(BYE_UNUSABLE, "bye-unusable-offer", 3261, "13.2.2.4", MUST, \
  N_("The offer in the 2xx can't be used: the ACK has an answer all the same, and the session is ended at once with a BYE.")) \
X(BYE_UNFIT, "bye-unfit-answer", 3261, "13.2.2.4", MUST, \
  N_("The answer does not fit the offer, or leaves no stream of it. An answer can't be refused: who does not want such a session ends it with a BYE, once the 2xx has its ACK.")) \
X(BYE_UNFIT_CHANGE, "bye-unfit-change", 3261, "14.1", MAY, \
  N_("The answer to a re-INVITE does not fit its offer, or leaves no stream of it. Only a final response other than 2xx would have left the session as it was; the other side has changed it, so the 2xx gets its ACK and the session is ended with a BYE.")) \
X(BYE_RECV, "bye-recv", 3261, "15.1.2", MUST, \
  N_("A BYE that matches a dialog ends its session and is answered with a 2xx.")) \
X(BYE_487, "bye-487", 3261, "15.1.2", SHOULD, \
  N_("Pending requests in a dialog that is ended get a 487.")) \
X(CANCEL_SEND, "cancel-send", 3261, "9.1", MUST, \
  N_("A CANCEL takes back a request that has no final answer yet. It copies the request's Request-URI, Call-ID, To, From, top Via and CSeq number.")) \
X(CANCEL_WAIT, "cancel-wait", 3261, "9.1", MUST_NOT, \
  N_("A CANCEL must wait until a provisional response has come.")) \
X(CANCEL_TIMEOUT, "cancel-timeout", 3261, "9.1", SHOULD, \
  N_("If no final response follows within 64*T1 of the CANCEL, the INVITE counts as cancelled and its transaction is given up.")) \
X(CANCEL_RECV, "cancel-recv", 3261, "9.2", TELLS, \
  N_("A CANCEL that matches a transaction is answered with 200, whatever becomes of the request itself.")) \
X(CANCEL_487, "cancel-487", 3261, "9.2", SHOULD, \
  N_("An INVITE that is cancelled before it was answered gets a 487 (Request Terminated).")) \
X(CANCEL_NONE, "cancel-none", 3261, "9.2", SHOULD, \
  N_("A CANCEL that matches no transaction of the user agent that it is for gets a 481.")) \
X(OPTIONS_SEND, "options-send", 3261, "11.1", TELLS, \
  N_("An OPTIONS asks the other side what it can do, outside a call or within one.")) \
X(OPTIONS_RECV, "options-recv", 3261, "11.2", TELLS, \
  N_("An OPTIONS outside of a dialog gets the status that an INVITE would get at that moment, and one within a dialog a 200. A 200 says which methods, bodies and extensions are understood.")) \
X(OPTIONS_SERVER, "options-server", 3261, "11.2", SHOULD, \
  N_("An OPTIONS that is for a server itself gets a 200 with what that server supports, and no body. A proxy says nothing of methods, since it passes on any.")) \
X(UAS_TOO_LARGE, "uas-too-large", 3261, "21.5.1", TELLS, \
  N_("An answer that can't be built, since it would be longer than a message may be, is replaced by a 500.")) \
X(RTP_PORTS, "rtp-ports", 3261, "21.5.1", TELLS, \
  N_("Each stream of media needs a port of its own for RTP, which is free again when its call has ended. If no port is left, an INVITE or UPDATE with an offer gets a 500, and a call whose offer came with the 2xx is ended by a BYE.")) \
X(UAS_METHOD, "uas-method", 3261, "8.2.1", TELLS, \
  N_("A method that is not supported gets a 405 with Allow.")) \
X(UAS_URI, "uas-uri", 3261, "8.2.2.1", TELLS, \
  N_("A Request-URI that the user agent does not answer for gets a 404.")) \
X(UAS_SCHEME, "uas-scheme", 3261, "8.2.2.1", TELLS, \
  N_("A Request-URI with a scheme that the user agent does not know gets a 416.")) \
X(UAS_TLS, "uas-tls", 3261, "26.2.2", TELLS, \
  N_("A sips URI asks for TLS on the whole way to its user. Where there is no TLS nobody can answer for one: 416.")) \
X(UAS_TYPE, "uas-type", 3261, "8.2.3", TELLS, \
  N_("A body of a type that is not understood gets a 415 with Accept.")) \
X(UAS_REQUIRE, "uas-require", 3261, "8.2.2.3", TELLS, \
  N_("A Require that is not understood gets a 420 with Unsupported; so does, from a proxy, a Proxy-Require.")) \
X(UAS_MERGED, "uas-merged", 3261, "8.2.2.2", TELLS, \
  N_("The same request by two ways (same From tag, Call-ID and CSeq, no To tag) gets a 482.")) \
X(REINVITE, "reinvite", 3261, "14.2", MUST, \
  N_("An INVITE within a dialog changes the session; it is answered at once when nobody needs to be asked.")) \
X(REINVITE_SEND, "reinvite-send", 3261, "14.1", MUST_NOT, \
  N_("Either side may change the session by an INVITE within the dialog that describes all of it anew; it never forks.")) \
X(HOLD_SEND, "hold-send", 3264, "8.4", TELLS, \
  N_("To put somebody on hold, the session is offered anew with a=sendonly: the other side shall not send any more. Where it holds as well, with a=inactive.")) \
X(HOLD_INACTIVE, "hold-inactive", 3264, "8.4", TELLS, \
  N_("A hold with a=inactive stops the media in both directions, where neither side shall hear anything.")) \
X(HOLD_ZERO, "hold-zero", 3264, "8.4", TELLS, \
  N_("The hold of RFC 2543 is an offer with the address 0.0.0.0: nothing can be sent there, and RTCP can't either. It is understood, but should not be used any more.")) \
X(STREAM_ADD, "stream-add", 3264, "8.1", TELLS, \
  N_("To add a stream, the session is offered anew with one more m= line behind all others, or in the place of one that is out of use.")) \
X(STREAM_REMOVE, "stream-remove", 3264, "8.2", TELLS, \
  N_("To take a stream out, the session is offered anew with port 0 in its m= line; the line itself stays where it is.")) \
X(RESUME_SEND, "resume-send", 3264, "8.4", TELLS, \
  N_("To take somebody off hold, the session is offered anew with a=sendrecv: media go both ways again, unless the other side holds.")) \
X(REINVITE_OK, "reinvite-ok", 3261, "14.1", MAY, \
  N_("A 2xx to a re-INVITE makes the change, and is acknowledged like that to a first INVITE.")) \
X(REINVITE_REFUSED, "reinvite-refused", 3261, "14.1", MUST, \
  N_("After a final response other than 2xx the session stays as if there had been no re-INVITE.")) \
X(REINVITE_GLARE, "reinvite-glare", 3261, "14.1", TELLS, \
  N_("After a 491 the re-INVITE is tried again: who owns the Call-ID waits for 2.1 to 4 seconds, the other side for at most 2.")) \
X(REINVITE_LOST, "reinvite-lost", 3261, "12.2.1.2", SHOULD, \
  N_("A 481 or 408 to a request within a dialog, or no response at all, says that the other side has lost it: the dialog is ended by a BYE.")) \
X(REINVITE_PENDING, "reinvite-pending", 3261, "14.2", MUST, \
  N_("A re-INVITE that comes while one's own is under way gets a 491.")) \
X(REINVITE_EARLY, "reinvite-early", 3261, "14.2", MUST, \
  N_("A second INVITE that comes before the final response to the first one was sent gets a 500 with a Retry-After of 0 to 10 seconds.")) \
X(REINVITE_MORATORIUM, "reinvite-moratorium", 5407, "3.1.4", TELLS, \
  N_("A re-INVITE that comes after the 2xx but before its ACK is answered like any other: the dialog stands, and the first offer has its answer.")) \
X(REINVITE_OFFERED, "reinvite-offered", 5407, "3.1.5", TELLS, \
  N_("The 2xx had an offer, and the ACK with its answer is not here yet: a re-INVITE gets a 491.")) \
X(REINVITE_UPDATE, "reinvite-update", 6337, "4.3", TELLS, \
  N_("A re-INVITE that comes while the offer of an UPDATE has no answer yet gets a 491 from who has sent that UPDATE, a 500 from who is to answer it.")) \
X(REINVITE_RETRY, "reinvite-retry", 3261, "20.33", TELLS, \
  N_("A 500 or 503 with Retry-After says when the other side can be asked again: the re-INVITE goes out once more after so many seconds.")) \
X(SESSION_REFRESH, "session-refresh", 4028, "10", TELLS, \
  N_("Who refreshes the session does so when half of its interval is over, or before: by a re-INVITE that offers the same as before, or by an UPDATE (7.4).")) \
X(SESSION_UPDATE, "session-update", 4028, "7.4", SHOULD, \
  N_("The session is refreshed by an UPDATE without an offer where the other side allows that; where it refuses the method after all, by a re-INVITE.")) \
X(SESSION_AGREED, "session-agreed", 4028, "7.2", TELLS, \
  N_("The 2xx says how long the session lasts and who refreshes it; where it says nothing the session does not expire, unless the caller wants to refresh it alone.")) \
X(SESSION_LONGER, "session-longer", 4028, "7.3", TELLS, \
  N_("After a 422 the request goes out again, with the next CSeq number: Min-SE and Session-Expires are the 422's Min-SE.")) \
X(SESSION_TOO_SMALL, "session-too-small", 4028, "9", MUST, \
  N_("A session interval below the least that this side takes gets a 422, whose Min-SE says how much that is.")) \
X(SESSION_EXPIRED, "session-expired", 4028, "10", SHOULD, \
  N_("Who waits for the other side to refresh the session, in vain, ends it by a BYE shortly before it expires: 32 s before, or a third of the interval where that is less.")) \
X(REINVITE_REJECT, "reinvite-reject", 3261, "14.2", TELLS, \
  N_("A re-INVITE may be refused; the session stays as it was.")) \
X(DIALOG_REQUEST, "dialog-request", 3261, "12.2.1.1", MUST, \
  N_("A request within a dialog has its tags and Call-ID and the next CSeq number, and goes to the remote target along the route set.")) \
X(DIALOG_REFRESH, "dialog-refresh", 3261, "12.2.1.2", MUST, \
  N_("The Contact of a re-INVITE that is accepted, and that of its 2xx, is the new target of the requests to that side; the route set stays.")) \
X(DIALOG_EARLY_OVER, "dialog-early-over", 3261, "13.2.2.4", TELLS, \
  N_("64*T1 after the first 2xx, early dialogs that nobody has confirmed are over."))

/* Sections 8.1.3 and 22: what a response makes a client do. */
#define RULES_CLIENT(X) \
X(UAC_FAILOVER, "uac-failover", 3263, "4.3", TELLS, \
  N_("When a server answers 503, can't be reached or does not answer at all, the same request goes to the next one, with a new branch.")) \
X(SERVER_RESTS, "server-rests", 3261, "21.5.4", TELLS, \
  N_("A server that answers 503 with Retry-After gets no other request for so long: where there is another server, that one has its turn.")) \
X(UAC_ATTEMPTS, "uac-attempts", 3261, "8.1.3.4", TELLS, \
  N_("No request is tried for ever: after 70 attempts the last answer is the final one.")) \
X(AUTH_ANSWER, "auth-answer", 3261, "22.2", TELLS, \
  N_("A 401 is answered by the same request with credentials for its realm and the next CSeq.")) \
X(AUTH_ANSWER_PROXY, "auth-answer-proxy", 3261, "22.3", MAY, \
  N_("A 407 is answered by the same request with credentials for each proxy that has asked, and the next CSeq.")) \
X(AUTH_AHEAD, "auth-ahead", 3261, "22.3", MAY, \
  N_("Credentials for a proxy that has sent a challenge before go along with later requests of the same Call-ID, or to the same server; nc counts how often the nonce was used.")) \
X(AUTH_AHEAD_SERVER, "auth-ahead-server", 3261, "22.2", TELLS, \
  N_("A user agent may send credentials before the server asks for them: it answers again a challenge that it knows for this To and realm. If the nonce is too old, the server sends a new challenge.")) \
X(AUTH_REFUSED, "auth-refused", 3261, "22.1", MUST_NOT, \
  N_("A request must not be tried again with credentials that have just been refused, unless only their nonce was stale.")) \
X(AUTH_NO_PASSWORD, "auth-no-password", 3261, "22.1", TELLS, \
  N_("Who has no password for the realm can't answer the challenge: it is the final answer.")) \
X(AUTH_UNKNOWN, "auth-unknown", 8760, "2.4", TELLS, \
  N_("A challenge that can't be read, or with a scheme or algorithm that is not known, is passed over.")) \
X(AKA_ANSWER, "aka-answer", 3310, "3.3", TELLS, \
  N_("A challenge of AKA is answered by the SIM: it finds that the network knows the key and has counted on, and its RES is the password.")) \
X(AKA_OUT_OF_STEP, "aka-out-of-step", 3310, "3.4", TELLS, \
  N_("A challenge with a sequence number that the SIM has seen before, or a lower one, is answered by AUTS, which says how far the SIM has counted, and by a response without a password.")) \
X(AKA_WRONG_MAC, "aka-wrong-mac", 3310, "3.2", TELLS, \
  N_("Who has made the challenge does not know the SIM's key: he gets an empty response.")) \
X(REDIRECT_FOLLOW, "redirect-follow", 3261, "8.1.3.4", SHOULD, \
  N_("A 3xx leads to the URIs in its Contacts: they are tried in the order of q, with the same Call-ID and the next CSeq.")) \
X(REDIRECT_NEXT, "redirect-next", 3261, "8.1.3.4", TELLS, \
  N_("When one target fails the next one is tried, until the list is exhausted.")) \
X(REDIRECT_PROXY, "redirect-use-proxy", 3261, "21.3.4", MUST, \
  N_("After a 305 this one request is repeated through the proxy that the Contact names.")) \
X(REDIRECT_ASK, "redirect-ask", 3261, "8.1.3.4", TELLS, \
  N_("A user agent may leave it to its user whether to go where it is sent.")) \
X(REDIRECT_LOOP, "redirect-loop", 3261, "8.1.3.4", MUST_NOT, \
  N_("No URI is put into the target set more than once, so that two places that name each other end it.")) \
X(REDIRECT_UNUSABLE, "redirect-unusable", 3261, "8.1.3.4", TELLS, \
  N_("A Contact that is no SIP URI can't be called from here.")) \
X(REDIRECT_LIMIT, "redirect-limit", 3261, "8.1.3.4", MUST_NOT, \
  N_("A client chooses which Contacts it takes into its target set: no more than 70.")) \
X(REDIRECT_HEADERS, "redirect-headers", 3261, "19.1.5", TELLS, \
  N_("Header fields that a URI wants in the request are taken over only where they can do no harm.")) \
X(SERVICE_ROUTE, "service-route", 3608, "6.1", TELLS, \
  N_("Requests outside a dialog go along the Service-Route that the registrar gave, behind an outbound proxy."))

/* Sections 8.2, 13.3.1 and 21: what a called phone says. */
#define RULES_CALLED(X) \
X(UAS_METHOD_UNKNOWN, "uas-method-unknown", 3261, "21.5.2", TELLS, \
  N_("A method that is not known at all gets a 501.")) \
X(PRACK_AS_ONE, "prack-as-one", 3262, "4", MUST_NOT, \
  N_("Each early dialog numbers its reliable responses by itself. This box is made to count those of all phones as of one (faults=rseq): it drops one that is the next of another phone's.")) \
X(UAS_OUTSIDE, "uas-outside", 3261, "21.4.4", TELLS, \
  N_("A request that needs no dialog comes outside of any; this node takes it within a call alone. It is understood, and refused.")) \
X(UAS_EXTENSION, "uas-extension", 3261, "8.2.4", MAY, \
  N_("Where no proper response is possible without an extension that the client does not support, the answer is 421 with Require.")) \
X(UAS_LARGE, "uas-body-large", 3261, "21.4.11", TELLS, \
  N_("A body larger than the server is willing to take gets a 413.")) \
X(UAS_ENCODING, "uas-encoding", 3261, "8.2.3", TELLS, \
  N_("A body with an encoding that is not understood gets a 415 with Accept-Encoding.")) \
X(UAS_SECRET, "uas-undecipherable", 3261, "21.4.28", TELLS, \
  N_("An encrypted body for which the receiver has no key gets a 493.")) \
X(UAS_ACCEPT, "uas-accept", 3261, "21.4.7", TELLS, \
  N_("Where the client's Accept allows no body that the server could send, the answer is 406.")) \
X(INVITE_EVERYWHERE, "invite-everywhere", 3261, "21.6", TELLS, \
  N_("Who knows that no other phone of the user will do better says so with a 6xx, which ends the search.")) \
X(INVITE_REDIRECT, "invite-redirect", 3261, "13.3.1.2", TELLS, \
  N_("A called side that wants the call to go elsewhere answers 302 with a Contact.")) \
X(INVITE_ALTERNATIVE, "invite-alternative", 3261, "21.3.5", TELLS, \
  N_("A 380 refuses the call and describes another service in its body.")) \
X(INVITE_NOT_DISTURBED, "invite-not-disturbed", 3261, "13.3.1.3", TELLS, \
  N_("A phone whose user does not want to be disturbed refuses without ringing: with 480 (21.4.18), or where it speaks for all his phones with 603.")) \
X(INVITE_UNANSWERED, "invite-unanswered", 3261, "21.4.18", TELLS, \
  N_("A phone that was reached, but whose user does not answer, says 480.")) \
X(INVITE_QUEUED, "invite-queued", 3261, "21.1.4", TELLS, \
  N_("A called side that is busy now, but does not refuse, lets the call wait with 182.")) \
X(INVITE_EARLY_MEDIA, "invite-early-media", 3261, "21.1.5", TELLS, \
  N_("A 183 tells of progress that is no ringing; it may bring the answer to the offer, so that something is heard before the call is taken."))

/* RFC 3262: provisional responses that arrive. */
#define RULES_RELIABLE(X) \
X(RELIABLE_SEND, "reliable-send", 3262, "3", MUST, \
  N_("A provisional response that has to arrive says Require: 100rel and has a number, RSeq: the first one's is drawn, each further one's is one more. It is repeated until a PRACK confirms it.")) \
X(RELIABLE_AGAIN, "reliable-again", 3262, "3", SHOULD, \
  N_("Without a PRACK the reliable provisional response is sent again after T1, then after twice as long each time.")) \
X(RELIABLE_SILENT, "reliable-silent", 3262, "3", SHOULD, \
  N_("No PRACK has come for the provisional response within 64*T1: the called side gives up and refuses the INVITE with a 5xx.")) \
X(RELIABLE_ONE, "reliable-one", 3262, "3", TELLS, \
  N_("The next reliable provisional response waits until the one before is confirmed: so they arrive in order.")) \
X(RELIABLE_2XX, "reliable-2xx", 3262, "3", MAY, \
  N_("A 2xx waits for the PRACK of a provisional response that has a session description; other final responses need not wait.")) \
X(PRACK_SEND, "prack-send", 3262, "4", TELLS, \
  N_("The caller confirms a reliable provisional response by a PRACK in its dialog: RAck repeats RSeq and CSeq of the response.")) \
X(PRACK_RECV, "prack-recv", 3262, "3", TELLS, \
  N_("A PRACK whose RAck fits the provisional response that waits for it gets a 2xx, and the response is not repeated any more.")) \
X(OFFER_RELIABLE, "offer-reliable", 3262, "5", MUST, \
  N_("A reliable provisional response has the answer for good, or the offer where the INVITE had none, which its PRACK answers.")) \
X(PRACK_OFFER, "prack-offer", 3262, "5", TELLS, \
  N_("A PRACK may bring an offer, or the answer to what its provisional response has offered; an offer is answered in the 2xx to the PRACK.")) \
X(PRACK_UNANSWERED, "prack-unanswered", 3262, "5", TELLS, \
  N_("The PRACK must answer what the provisional response has offered. Where it does not, it is confirmed all the same, and the call is refused.")) \
X(PRACK_NONE, "prack-none", 3262, "3", MUST, \
  N_("A PRACK that fits no provisional response which waits for one gets a 481.")) \
X(PRACK_LATE, "prack-late", 3262, "3", MAY, \
  N_("An INVITE may be refused before the PRACK of its last provisional response is there: when that comes it gets its 2xx all the same.")) \
X(EARLY_LOST, "early-lost", 5057, "5.1", TELLS, \
  N_("A request in one early dialog of a fork fails so that this dialog can't go on: it ends, the others do not.")) \
X(PRACK_REPEATED, "prack-repeated", 3262, "4", TELLS, \
  N_("A reliable provisional response that has come before is left aside: its PRACK, under way or answered, takes care of itself.")) \
X(PRACK_ORDER, "prack-order", 3262, "4", TELLS, \
  N_("Reliable provisional responses count in the order of their RSeq: one that is not the next in its dialog gets no PRACK and is left aside.")) \
X(UPDATE_SEND, "update-send", 3311, "5.1", TELLS, \
  N_("Either side may change the session by an UPDATE, also before the call is answered; with an offer only where no other offer waits for its answer. Without one it refreshes the target alone.")) \
X(UPDATE_RECV, "update-recv", 3311, "5.2", TELLS, \
  N_("An UPDATE is answered at once; one that offers something, with an answer to that.")) \
X(UPDATE_GLARE, "update-glare", 3311, "5.2", MUST, \
  N_("An UPDATE that offers something while one's own offer waits for its answer gets a 491.")) \
X(UPDATE_EARLY, "update-early", 3311, "5.2", MUST, \
  N_("An UPDATE that offers something before the offer before it was answered gets a 500 with a Retry-After of 0 to 10 seconds.")) \
X(UPDATE_CROSSED, "update-crossed", 6337, "4.3", TELLS, \
  N_("While the ACK or PRACK for an offer or answer in the responses to an INVITE is missing, an UPDATE that offers something gets a 491 from who has sent that INVITE, a 500 from who answers it.")) \
X(UPDATE_ASK, "update-ask", 3311, "5.2", TELLS, \
  N_("An UPDATE can't wait for a person: who would have to ask one refuses it with 504.")) \
X(UPDATE_REJECT, "update-reject", 3311, "5.2", TELLS, \
  N_("An offer in an UPDATE may be rejected; the session stays as it was.")) \
X(UPDATE_AGAIN, "update-again", 3311, "5.3", TELLS, \
  N_("After a 491 the UPDATE is tried again: who owns the Call-ID waits for 2.1 to 4 seconds, the other side for at most 2.")) \
X(UPDATE_RETRY, "update-retry", 3261, "20.33", TELLS, \
  N_("A 500 or 503 with Retry-After says when the other side can be asked again: the UPDATE goes out once more after so many seconds."))
/* clang-format on */

#endif
