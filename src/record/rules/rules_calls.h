/* Rules of user agents and their calls. */
#ifndef RULES_RULES_CALLS_H
#define RULES_RULES_CALLS_H

/* clang-format off */
/* Sections 8, 11 to 15 and 9: user agents. */
#define RULES_UA(X) \
X(UAC_ROUTE, "uac-preloaded-route", 3261, "8.1.2", SHOULD, \
  N_("A UAC SHOULD send a request to its first Route, which may name a " \
     "configured outbound proxy. Without a Route, the request goes to its " \
     "Request-URI.")) \
X(UAC_NO_TARGET, "uac-no-target", 3261, "8.1.2", TELLS, \
  N_("Without an address for the next hop, a request cannot be sent.")) \
X(UAC_408, "uac-timeout-408", 3261, "8.1.3.1", MUST, \
  N_("The UAC MUST treat a timeout of the transaction as if it had received a " \
     "408 (Request Timeout).")) \
X(UAC_503, "uac-transport-503", 3261, "8.1.3.1", MUST, \
  N_("The UAC MUST treat a transport error as if it had received a 503 (Service " \
     "Unavailable).")) \
X(UAC_TYPE, "uac-type-415", 3261, "8.1.3.5", SHOULD, \
  N_("After a 415, the UAC SHOULD retry the request, using only body types that " \
     "the Accept of the response lists. Here that is the session description.")) \
X(UAC_TLS, "uac-tls", 3261, "26.2.2", TELLS, \
  N_("A request to a sips URI is secured by TLS at every hop. Without TLS it " \
     "cannot be sent.")) \
X(INVITE_SEND, "invite-send", 3261, "13.2.1", TELLS, \
  N_("To set up a call, a UA sends an INVITE with its Contact, and usually with " \
     "an SDP offer.")) \
X(INVITE_RECV, "invite-recv", 3261, "13.3.1", TELLS, \
  N_("An INVITE outside a dialog asks for a new session. It has reached the " \
     "callee's UA; the user has not been alerted yet.")) \
X(INVITE_PROGRESS, "invite-progress", 3261, "13.3.1.1", TELLS, \
  N_("If the callee cannot answer at once, its UA reports progress with a " \
     "provisional response: 180 when the user is being alerted.")) \
X(INVITE_1XX_AGAIN, "invite-1xx-again", 3261, "13.3.1.1", MUST, \
  N_("If the callee takes long to answer, its UA MUST send a provisional " \
     "response every minute, so that no proxy on the path cancels the INVITE.")) \
X(INVITE_EXPIRED, "invite-expired", 3261, "13.3.1", SHOULD, \
  N_("If an INVITE with Expires gets no final response within that time, the " \
     "UAS SHOULD answer it with a 487.")) \
X(INVITE_1XX, "invite-1xx", 3261, "13.2.2.1", TELLS, \
  N_("A provisional response with a To tag creates an early dialog at the " \
     "caller. If that dialog exists already, the response only reports " \
     "progress.")) \
X(EARLY_ENDED, "early-ended", 6228, "4", TELLS, \
  N_("A 199 says that an early dialog has ended because of a final response " \
     "that the proxy has not forwarded yet. The caller discards that dialog " \
     "without a BYE and keeps the others. If none is left, it waits for another " \
     "early dialog or for the final response.")) \
X(EARLY_TOLD, "early-told", 6228, "5", TELLS, \
  N_("When an early dialog of the other leg ends and no other replaces it, a " \
     "B2BUA ends its own early dialog with a 199. The caller can then release " \
     "the media. A 199 is sent only if the INVITE supports 199 and does not " \
     "require 100rel. A phone that rings later creates another early dialog.")) \
X(EARLY_UNKNOWN, "early-unknown", 6228, "4", MUST, \
  N_("If a 199 was not sent reliably and belongs to an early dialog that the " \
     "caller does not know, the caller MUST discard it.")) \
X(INVITE_PREVIEW, "invite-preview", 3261, "13.2.1", MUST, \
  N_("The caller MUST treat the first session description from the callee as " \
     "its answer, even in a provisional response. Media may therefore flow " \
     "before the call is answered. The 2xx may contain it again; the caller " \
     "ignores any other description there. Each forked dialog has its own " \
     "answer.")) \
X(INVITE_REJECT, "invite-reject", 3261, "13.3.1.3", TELLS, \
  N_("A callee that cannot or will not take the call rejects it with a final " \
     "response: 486 if it is busy.")) \
X(BODY_OPTIONAL, "body-optional", 3261, "20.11", TELLS, \
  N_("A body may be marked as optional (handling=optional). A phone that does " \
     "not understand its type accepts the message and ignores that body.")) \
X(INVITE_UNFIT, "invite-unfit", 3261, "13.3.1.3", SHOULD, \
  N_("A UAS that rejects an offer SHOULD return a 488. A Warning gives the " \
     "reason: a missing line, the medium, its network, its transport or its " \
     "formats.")) \
X(INVITE_ACCEPT, "invite-accept", 3261, "13.3.1.4", MUST, \
  N_("To accept a call, the UAS sends a 2xx with a Contact. If the INVITE had " \
     "an offer that is not answered yet, the 2xx MUST contain the answer.")) \
X(INVITE_2XX_AGAIN, "invite-2xx-again", 3261, "13.3.1.4", TELLS, \
  N_("The UA core itself retransmits its 2xx end to end until the ACK arrives. " \
     "The interval starts at T1 and doubles up to T2.")) \
X(OFFER_MAKE, "offer-make", 6337, "2.2", TELLS, \
  N_("An offer describes the session that a UA proposes. The first offer is in " \
     "the INVITE. If the INVITE has none, it is in the first reliable response.")) \
X(OFFER_ANSWER, "offer-answer", 3264, "6", MUST, \
  N_("For each m= line of the offer there MUST be one in the answer, in the " \
     "same order, which accepts or rejects the stream. With the answer, both " \
     "sides agree on the session.")) \
X(OFFER_AGAIN, "offer-again", 3264, "8", MAY, \
  N_("Either side MAY offer another session at any time, unless an offer of " \
     "either side has no answer yet (4).")) \
X(OFFER_FORK, "offer-fork", 6337, "2.2", TELLS, \
  N_("Each dialog of a forked INVITE has its own offers and answers. The offer " \
     "of the INVITE applies to all of them.")) \
X(OFFER_REFUSED, "offer-refused", 6337, "2.3", TELLS, \
  N_("A UA rejects an offer in a request by rejecting the request. An offer in " \
     "a response cannot be rejected: the UA answers it and disables its " \
     "streams.")) \
X(OFFER_MISSING, "offer-missing", 3261, "13.2.1", MUST, \
  N_("The answer to an INVITE's offer MUST arrive in the 2xx at the latest, and " \
     "the answer to a 2xx's offer in its ACK. Without an answer, nothing new is " \
     "agreed.")) \
X(OFFER_UNANSWERED, "offer-unanswered", 3261, "13.2.2.4", MUST, \
  N_("If the 2xx contains an offer, the ACK MUST contain the answer. Without " \
     "it, no session is agreed and the callee ends the dialog with a BYE.")) \
X(OFFER_NONE, "offer-none", 3261, "13.2.1", MUST, \
  N_("If the INVITE has no offer, the first reliable non-failure response MUST " \
     "contain one: at the latest the 2xx.")) \
X(OFFER_DIRECTION, "offer-direction", 3264, "6.1", MUST, \
  N_("The answer MUST fit the direction of each offered stream. Sendonly is " \
     "answered by recvonly or inactive, recvonly by sendonly or inactive, " \
     "inactive by inactive. If the answer says more, only the direction that " \
     "both sides allow is used.")) \
X(INVITE_2XX_CONTACT, "invite-2xx-contact", 3261, "12.1.1", MUST, \
  N_("A 2xx to an INVITE MUST contain a Contact, to which the requests of the " \
     "dialog go. Without it, they go to the Contact of an earlier response, or " \
     "to where the INVITE went.")) \
X(INVITE_NO_ACK, "invite-no-ack", 3261, "13.3.1.4", SHOULD, \
  N_("If no ACK arrives within 64*T1 of the 2xx, the dialog is confirmed, but " \
     "the UAS SHOULD end the session with a BYE.")) \
X(INVITE_2XX, "invite-2xx", 3261, "13.2.2.4", MUST, \
  N_("When a 2xx to the INVITE arrives, the dialog at the caller MUST become " \
     "confirmed.")) \
X(INVITE_ACK, "invite-ack", 3261, "13.2.2.4", MUST, \
  N_("The UAC core MUST acknowledge each 2xx with an ACK. The ACK goes end to " \
     "end along the dialog's route set and belongs to no transaction.")) \
X(INVITE_ACKED, "invite-acked", 3261, "13.3.1.4", TELLS, \
  N_("When the ACK arrives, the callee stops retransmitting the 2xx.")) \
X(INVITE_FAILED, "invite-failed", 3261, "13.2.2.3", TELLS, \
  N_("A non-2xx final response ends the call attempt and all its early dialogs.")) \
X(DIALOG_UAS, "dialog-uas", 3261, "12.1.1", MUST, \
  N_("The UAS builds the dialog from the request. The route set MUST be the " \
     "Record-Route list in the order received; the remote target is the " \
     "Contact.")) \
X(DIALOG_UAC, "dialog-uac", 3261, "12.1.2", MUST, \
  N_("The UAC builds the dialog from the response. The route set MUST be the " \
     "Record-Route list in reverse order; the remote target is the Contact.")) \
X(DIALOG_CONFIRMED, "dialog-confirmed", 3261, "12.1", TELLS, \
  N_("A 2xx confirms the early dialog. Until the ACK arrives, it is in the " \
     "Moratorium state (RFC 5407 2): the callee does not know whether the " \
     "caller has the 2xx. It sends no BYE.")) \
X(DIALOG_CONFIRMED_UAC, "dialog-confirmed-uac", 3261, "13.2.2.4", MUST, \
  N_("When a 2xx arrives, the caller's early dialog MUST become confirmed, and " \
     "its route set is recomputed from that response. Until its ACK is sent, " \
     "the dialog is in the Moratorium state (RFC 5407 2).")) \
X(DIALOG_CSEQ, "dialog-cseq", 3261, "12.2.2", MUST, \
  N_("A request whose CSeq number is lower than the last one is out of order. " \
     "The UAS MUST reject it with a 500.")) \
X(DIALOG_NONE, "dialog-none", 3261, "12.2.2", MUST, \
  N_("A request that belongs within a dialog names none that exists here, or " \
     "has no To tag. If the UAS does not restore the dialog, it MUST respond " \
     "with a 481.")) \
X(ACK_NONE, "ack-none", 3261, "17", TELLS, \
  N_("An ACK that belongs to no dialog and no transaction here is discarded. An " \
     "ACK is never answered.")) \
X(DIALOG_ESTABLISHED, "dialog-established", 5407, "2", TELLS, \
  N_("A confirmed dialog is in the Moratorium state from its 2xx until the ACK. " \
     "With the ACK it is established, which rung calls confirmed. Now either " \
     "side may change the session.")) \
X(DIALOG_BYE, "dialog-bye", 3261, "15.1.1", MUST, \
  N_("A UA that sends a BYE MUST consider the session terminated at once. The " \
     "dialog enters the Mortal state (RFC 5407 2): it is kept until the BYE's " \
     "transaction ends, and no new request is sent in it.")) \
X(DIALOG_BYE_RECV, "dialog-bye-recv", 5407, "2", TELLS, \
  N_("When a BYE arrives, the dialog enters the Mortal state: the session is " \
     "over, and the dialog is kept until the BYE's transaction ends.")) \
X(DIALOG_MORTAL, "dialog-mortal", 5407, "2", TELLS, \
  N_("In the Mortal state, after a BYE was sent or received, a UA still accepts " \
     "the peer's BYE. It answers any other request of the session with a 481.")) \
X(DIALOG_MORGUE, "dialog-morgue", 5407, "2", TELLS, \
  N_("A mortal dialog is removed when the transaction of its BYE ends. For the " \
     "sender of the BYE that is Timer K, or Timer F without a response; for its " \
     "receiver Timer J. If two BYEs cross, the later end counts.")) \
X(ACK_MORTAL, "ack-mortal", 5407, "3.2.4", TELLS, \
  N_("An ACK that arrives after a BYE finds its dialog in the Mortal state. The " \
     "BYE has already stopped the retransmission of the 2xx. An answer in the " \
     "ACK is ignored, and an ACK is never answered.")) \
X(DIALOG_END, "dialog-end", 3261, "12.3", TELLS, \
  N_("A dialog ends with its session, by a BYE. An early dialog also ends with " \
     "a non-2xx final response.")) \
X(BYE_SEND, "bye-send", 3261, "15.1.1", MUST, \
  N_("A BYE within the dialog ends the session. Its sender MUST stop the media " \
     "at once, whatever the response is. Only the response to the BYE is still " \
     "awaited.")) \
X(BYE_HELD, "bye-held", 3261, "15", MUST_NOT, \
  N_("The callee MUST NOT send a BYE before the ACK for its 2xx has arrived or " \
     "the transaction has timed out. This BYE was requested earlier and has " \
     "waited for that.")) \
X(BYE_EARLY, "bye-early", 3261, "15", MAY, \
  N_("A caller MAY end a single early dialog with a BYE. The INVITE continues " \
     "on its other branches.")) \
X(BYE_TOO_EARLY, "bye-too-early", 3261, "15", MUST_NOT, \
  N_("The callee MUST NOT send a BYE before the ACK for its 2xx has arrived. " \
     "The script sends this one early on purpose.")) \
X(BYE_CANCELLED, "bye-cancelled", 3261, "13.2.2.4", MUST, \
  N_("The CANCEL came too late: the call was answered. A caller that does not " \
     "want the call acknowledges the 2xx and then MUST end the dialog with a " \
     "BYE.")) \
X(BYE_OTHER, "bye-other-branch", 3261, "13.2.2.4", MUST, \
  N_("A second phone has answered the same INVITE. Each 2xx creates a dialog " \
     "and gets its ACK. The caller MUST end a dialog that it does not want with " \
     "a BYE.")) \
X(BYE_UNUSABLE, "bye-unusable-offer", 3261, "13.2.2.4", MUST, \
  N_("If the offer in the 2xx is not acceptable, the caller MUST send a valid " \
     "answer in the ACK and then a BYE at once.")) \
X(BYE_UNFIT, "bye-unfit-answer", 3261, "13.2.2.4", MUST, \
  N_("The answer does not fit the offer or accepts none of its streams. An " \
     "answer cannot be rejected. A caller that does not want such a session " \
     "acknowledges the 2xx and then MUST end the dialog with a BYE.")) \
X(BYE_UNFIT_CHANGE, "bye-unfit-change", 3261, "14.1", TELLS, \
  N_("The answer to a re-INVITE does not fit its offer or accepts none of its " \
     "streams. Only a non-2xx final response leaves the session unchanged, and " \
     "this is a 2xx. The caller acknowledges it and ends the session with a " \
     "BYE.")) \
X(BYE_RECV, "bye-recv", 3261, "15.1.2", MUST, \
  N_("A BYE that matches a dialog ends its session, and the UAS MUST answer it " \
     "with a 2xx.")) \
X(BYE_487, "bye-487", 3261, "15.1.2", SHOULD, \
  N_("When a BYE ends a dialog, the UAS SHOULD answer the pending requests of " \
     "the dialog with a 487.")) \
X(CANCEL_SEND, "cancel-send", 3261, "9.1", MUST, \
  N_("A CANCEL withdraws a request that has no final response yet. Its " \
     "Request-URI, Call-ID, To, From, top Via and CSeq number MUST be those of " \
     "the request.")) \
X(CANCEL_WAIT, "cancel-wait", 3261, "9.1", MUST_NOT, \
  N_("A CANCEL MUST NOT be sent before a provisional response has arrived.")) \
X(CANCEL_TIMEOUT, "cancel-timeout", 3261, "9.1", SHOULD, \
  N_("If no final response follows within 64*T1 of the CANCEL, the UAC SHOULD " \
     "consider the INVITE cancelled and destroy its transaction.")) \
X(CANCEL_RECV, "cancel-recv", 3261, "9.2", TELLS, \
  N_("A UAS answers a CANCEL that matches a transaction with a 200, whatever " \
     "happens to the request itself.")) \
X(CANCEL_487, "cancel-487", 3261, "9.2", SHOULD, \
  N_("If an INVITE is cancelled before it is answered, the UAS SHOULD answer it " \
     "with a 487 (Request Terminated).")) \
X(CANCEL_NONE, "cancel-none", 3261, "9.2", SHOULD, \
  N_("If a CANCEL matches no transaction of the UAS, the UAS SHOULD answer it " \
     "with a 481.")) \
X(OPTIONS_SEND, "options-send", 3261, "11.1", TELLS, \
  N_("An OPTIONS asks a UA or server for its capabilities, outside a dialog or " \
     "within one.")) \
X(OPTIONS_RECV, "options-recv", 3261, "11.2", MUST, \
  N_("The response to an OPTIONS outside a dialog MUST have the status that an " \
     "INVITE would get at that moment. Within a dialog it is a 200. A 200 lists " \
     "the supported methods, bodies and extensions.")) \
X(OPTIONS_SERVER, "options-server", 3261, "11.2", SHOULD, \
  N_("A server answers an OPTIONS that is addressed to itself with a 200 that " \
     "lists its extensions, without a body. A proxy SHOULD omit Allow, since it " \
     "forwards any method.")) \
X(UAS_TOO_LARGE, "uas-too-large", 3261, "21.5.1", TELLS, \
  N_("If a response would be longer than a message may be, the UAS sends a 500 " \
     "instead.")) \
X(RTP_PORTS, "rtp-ports", 3261, "21.5.1", TELLS, \
  N_("Each media stream needs its own RTP port, which is free again when its " \
     "call ends. If no port is left, an INVITE or UPDATE with an offer gets a " \
     "500. If the offer was in the 2xx, a BYE ends the call.")) \
X(UAS_METHOD, "uas-method", 3261, "8.2.1", MUST, \
  N_("If a method is known but not supported, the UAS MUST answer with a 405 " \
     "that contains Allow.")) \
X(UAS_URI, "uas-uri", 3261, "8.2.2.1", SHOULD, \
  N_("If the Request-URI is not an address that the UA accepts requests for, " \
     "the UA SHOULD reject the request with a 404.")) \
X(UAS_SCHEME, "uas-scheme", 3261, "8.2.2.1", SHOULD, \
  N_("If the UAS does not support the scheme of the Request-URI, it SHOULD " \
     "reject the request with a 416.")) \
X(UAS_TLS, "uas-tls", 3261, "26.2.2", TELLS, \
  N_("A sips URI requires TLS on the whole path to its user. A UA without TLS " \
     "rejects the request with a 416.")) \
X(UAS_TYPE, "uas-type", 3261, "8.2.3", MUST, \
  N_("If the UAS does not understand the type of a body that is not optional, " \
     "it MUST reject the request with a 415 that contains Accept.")) \
X(UAS_REQUIRE, "uas-require", 3261, "8.2.2.3", MUST, \
  N_("If the UAS does not understand an option tag in Require, it MUST answer " \
     "with a 420 that contains Unsupported. A proxy does the same for " \
     "Proxy-Require.")) \
X(UAS_MERGED, "uas-merged", 3261, "8.2.2.2", SHOULD, \
  N_("If the same request arrives on two paths (same From tag, Call-ID and " \
     "CSeq, no To tag), the UAS SHOULD answer the second with a 482.")) \
X(REINVITE, "reinvite", 3261, "14.2", TELLS, \
  N_("An INVITE within a dialog changes the session. The UAS answers it at once " \
     "if it does not have to ask the user.")) \
X(REINVITE_SEND, "reinvite-send", 3261, "14.1", TELLS, \
  N_("Either side may change the session by an INVITE within the dialog, which " \
     "describes the whole session. Such a re-INVITE never forks.")) \
X(HOLD_SEND, "hold-send", 3264, "8.4", TELLS, \
  N_("To put the peer on hold, a UA sends a new offer with a=sendonly, so that " \
     "the peer stops sending. If the peer has put it on hold too, the offer has " \
     "a=inactive.")) \
X(HOLD_INACTIVE, "hold-inactive", 3264, "8.4", TELLS, \
  N_("A hold with a=inactive stops the media in both directions.")) \
X(HOLD_ZERO, "hold-zero", 3264, "8.4", MUST, \
  N_("The hold of RFC 2543 is an offer with the address 0.0.0.0, to which " \
     "neither RTP nor RTCP can be sent. A UA MUST understand it, but its use is " \
     "no longer recommended.")) \
X(STREAM_ADD, "stream-add", 3264, "8.1", TELLS, \
  N_("To add a stream, a UA sends a new offer with another m= line after the " \
     "others, or in the place of a disabled one.")) \
X(STREAM_REMOVE, "stream-remove", 3264, "8.2", TELLS, \
  N_("To remove a stream, a UA sends a new offer with port 0 in its m= line. " \
     "The line keeps its place.")) \
X(RESUME_SEND, "resume-send", 3264, "8.4", TELLS, \
  N_("To take the peer off hold, a UA sends a new offer with a=sendrecv. Media " \
     "flow both ways again, unless the peer has put the call on hold.")) \
X(REINVITE_OK, "reinvite-ok", 3261, "14.1", TELLS, \
  N_("A 2xx to a re-INVITE makes the change effective. It is acknowledged like " \
     "a 2xx to the first INVITE.")) \
X(REINVITE_REFUSED, "reinvite-refused", 3261, "14.1", MUST, \
  N_("After a non-2xx final response to a re-INVITE, the session MUST remain as " \
     "if there had been no re-INVITE.")) \
X(REINVITE_GLARE, "reinvite-glare", 3261, "14.1", SHOULD, \
  N_("After a 491, the UAC SHOULD start a timer and then retry the re-INVITE. " \
     "The owner of the Call-ID waits 2.1 to 4 seconds, the other UA up to 2 " \
     "seconds.")) \
X(REINVITE_LOST, "reinvite-lost", 3261, "12.2.1.2", SHOULD, \
  N_("If a request within a dialog gets a 481, a 408 or no response, the UAC " \
     "SHOULD end the dialog: it sends a BYE.")) \
X(REINVITE_PENDING, "reinvite-pending", 3261, "14.2", MUST, \
  N_("If a re-INVITE arrives while the UA's own INVITE is in progress in the " \
     "dialog, the UA MUST answer with a 491.")) \
X(REINVITE_EARLY, "reinvite-early", 3261, "14.2", MUST, \
  N_("If a second INVITE arrives before the final response to the first, the " \
     "UAS MUST answer with a 500 and a Retry-After of 0 to 10 seconds.")) \
X(REINVITE_MORATORIUM, "reinvite-moratorium", 5407, "3.1.4", TELLS, \
  N_("A re-INVITE that arrives after the 2xx but before its ACK is answered as " \
     "usual. The dialog exists, and the first offer has its answer.")) \
X(REINVITE_OFFERED, "reinvite-offered", 5407, "3.1.5", TELLS, \
  N_("The 2xx contained an offer, and the ACK with the answer has not arrived " \
     "yet. The UAS therefore answers the re-INVITE with a 491.")) \
X(REINVITE_UPDATE, "reinvite-update", 6337, "4.3", TELLS, \
  N_("If a re-INVITE arrives while the offer of an UPDATE has no answer yet, " \
     "the sender of the UPDATE rejects it with a 491. The receiver of the " \
     "UPDATE rejects it with a 500.")) \
X(REINVITE_RETRY, "reinvite-retry", 3261, "20.33", TELLS, \
  N_("The Retry-After of a 500 or 503 says how long to wait. The re-INVITE is " \
     "sent again after that time.")) \
X(SESSION_REFRESH, "session-refresh", 4028, "10", SHOULD, \
  N_("The refresher SHOULD refresh the session when half of its interval has " \
     "passed. It sends a re-INVITE with the same offer, or an UPDATE (7.4).")) \
X(SESSION_UPDATE, "session-update", 4028, "7.4", SHOULD, \
  N_("The refresher SHOULD use an UPDATE without an offer if the peer supports " \
     "UPDATE. If the peer rejects the method, the refresher sends a re-INVITE.")) \
X(SESSION_AGREED, "session-agreed", 4028, "7.2", TELLS, \
  N_("The 2xx contains the session interval and the refresher. Without " \
     "Session-Expires the session does not expire, unless the caller refreshes " \
     "it on its own.")) \
X(SESSION_LONGER, "session-longer", 4028, "7.3", MAY, \
  N_("After a 422 the UAC MAY retry the request with the next CSeq number. Its " \
     "Min-SE and Session-Expires then have the value of the 422's Min-SE.")) \
X(SESSION_TOO_SMALL, "session-too-small", 4028, "9", MAY, \
  N_("If a session interval is below the UA's minimum, the UA MAY reject the " \
     "request with a 422. The Min-SE of the 422 contains that minimum.")) \
X(SESSION_EXPIRED, "session-expired", 4028, "10", SHOULD, \
  N_("If the peer does not refresh the session, the UA SHOULD send a BYE " \
     "shortly before it expires. Shortly is 32 s or a third of the interval, " \
     "whichever is less.")) \
X(REINVITE_REJECT, "reinvite-reject", 3261, "14.2", TELLS, \
  N_("A UAS may reject a re-INVITE. The session then stays unchanged.")) \
X(DIALOG_REQUEST, "dialog-request", 3261, "12.2.1.1", MUST, \
  N_("A request within a dialog MUST have the dialog's tags and Call-ID and the " \
     "next CSeq number. It goes to the remote target along the route set.")) \
X(DIALOG_REFRESH, "dialog-refresh", 3261, "12.2.1.2", MUST, \
  N_("The UAs MUST replace the remote target by the Contact of an accepted " \
     "re-INVITE and by that of its 2xx. The route set does not change.")) \
X(DIALOG_EARLY_OVER, "dialog-early-over", 3261, "13.2.2.4", TELLS, \
  N_("64*T1 after the first 2xx, early dialogs that no 2xx has confirmed are " \
     "over."))

/* Sections 8.1.3 and 22: what a response makes a client do. */
#define RULES_CLIENT(X) \
X(UAC_FAILOVER, "uac-failover", 3263, "4.3", SHOULD, \
  N_("If a server answers 503, cannot be reached or does not respond, the " \
     "client SHOULD send the same request to the next server, with a new " \
     "branch.")) \
X(SERVER_RESTS, "server-rests", 3261, "21.5.4", SHOULD_NOT, \
  N_("A client SHOULD NOT send other requests to a server that answered 503 " \
     "with Retry-After, for that time. If there is another server, it uses that " \
     "one.")) \
X(UAC_ATTEMPTS, "uac-attempts", 3261, "8.1.3.4", TELLS, \
  N_("No request is retried for ever: after 70 attempts the last response is " \
     "the final one.")) \
X(AUTH_ANSWER, "auth-answer", 3261, "22.2", SHOULD, \
  N_("After a 401, the UAC SHOULD send the same request again with credentials " \
     "for that realm and the next CSeq number.")) \
X(AUTH_ANSWER_PROXY, "auth-answer-proxy", 3261, "22.3", SHOULD, \
  N_("After a 407, the UAC SHOULD send the same request again with credentials " \
     "for each proxy that challenged it and the next CSeq number.")) \
X(AUTH_AHEAD, "auth-ahead", 3261, "22.3", SHOULD, \
  N_("A UAC SHOULD use the credentials for a realm again. They are sent with " \
     "later requests of the same Call-ID or to the same server, and nc counts " \
     "the uses of the nonce.")) \
X(AUTH_AHEAD_SERVER, "auth-ahead-server", 3261, "22.2", SHOULD, \
  N_("A UA SHOULD keep its credentials for a To and realm and try them before " \
     "the server asks. If the nonce is too old, the server sends a new " \
     "challenge.")) \
X(AUTH_REFUSED, "auth-refused", 3261, "22.1", MUST_NOT, \
  N_("A UAC MUST NOT retry a request with credentials that were just rejected. " \
     "The exception is a nonce that was only stale.")) \
X(AUTH_NO_PASSWORD, "auth-no-password", 3261, "22.1", TELLS, \
  N_("A UA without a password for the realm cannot answer the challenge, which " \
     "is then the final response.")) \
X(AUTH_UNKNOWN, "auth-unknown", 8760, "2.4", MUST, \
  N_("A client MUST ignore a challenge that it does not understand, for example " \
     "one with an unknown scheme or algorithm.")) \
X(AKA_ANSWER, "aka-answer", 3310, "3.3", TELLS, \
  N_("The SIM answers an AKA challenge. It checks that the network knows its " \
     "key and that the sequence number is fresh. Its RES is then used as the " \
     "password.")) \
X(AKA_OUT_OF_STEP, "aka-out-of-step", 3310, "3.4", MUST, \
  N_("If the sequence number of a challenge is not higher than that of the SIM, " \
     "the client answers with AUTS, which contains the SIM's number. It MUST " \
     "compute the response with an empty password.")) \
X(AKA_WRONG_MAC, "aka-wrong-mac", 3310, "3.2", TELLS, \
  N_("The sender of the challenge does not know the SIM's key, so the client " \
     "sends an empty response.")) \
X(REDIRECT_FOLLOW, "redirect-follow", 3261, "8.1.3.4", SHOULD, \
  N_("After a 3xx, the UAC SHOULD send new requests to the URIs in its " \
     "Contacts, in the order of q. They have the same Call-ID and the next CSeq " \
     "number.")) \
X(REDIRECT_NEXT, "redirect-next", 3261, "8.1.3.4", TELLS, \
  N_("If one target fails, the UAC tries the next one until the list is " \
     "exhausted.")) \
X(REDIRECT_PROXY, "redirect-use-proxy", 3261, "21.3.4", MUST, \
  N_("After a 305, the UAC MUST send this request through the proxy that the " \
     "Contact names.")) \
X(REDIRECT_ASK, "redirect-ask", 3261, "8.1.3.4", TELLS, \
  N_("A UA may ask its user before it follows a redirection.")) \
X(REDIRECT_LOOP, "redirect-loop", 3261, "8.1.3.4", MUST_NOT, \
  N_("A client MUST NOT add a URI to the target set more than once. Two places " \
     "that redirect to each other therefore cause no endless loop.")) \
X(REDIRECT_UNUSABLE, "redirect-unusable", 3261, "8.1.3.4", TELLS, \
  N_("A Contact that is not a SIP URI cannot be called from here.")) \
X(REDIRECT_LIMIT, "redirect-limit", 3261, "8.1.3.4", TELLS, \
  N_("A client chooses which Contacts it adds to its target set. rung adds at " \
     "most 70.")) \
X(REDIRECT_HEADERS, "redirect-headers", 3261, "19.1.5", SHOULD_NOT, \
  N_("A URI can ask for header fields in the request. A UA SHOULD NOT honor " \
     "those that may do harm.")) \
X(SERVICE_ROUTE, "service-route", 3608, "6.1", MAY, \
  N_("A UA MAY send its requests outside a dialog along the Service-Route of " \
     "its registrar. They pass its outbound proxy first."))

/* Sections 8.2, 13.3.1 and 21: what a called phone says. */
#define RULES_CALLED(X) \
X(UAS_METHOD_UNKNOWN, "uas-method-unknown", 3261, "21.5.2", TELLS, \
  N_("A UAS answers a method that it does not recognize with a 501.")) \
X(PRACK_AS_ONE, "prack-as-one", 3262, "4", TELLS, \
  N_("Each early dialog numbers its reliable responses separately. With " \
     "faults=rseq, this B2BUA counts those of all phones together: it drops one " \
     "that has the number of another phone's.")) \
X(UAS_OUTSIDE, "uas-outside", 3261, "21.4.4", TELLS, \
  N_("This request came outside a dialog, but this node accepts it only within " \
     "a call. It understands the request and rejects it.")) \
X(UAS_EXTENSION, "uas-extension", 3261, "8.2.4", MAY, \
  N_("If the server cannot process a request without an extension that the " \
     "client does not support, it MAY send a 421 that contains Require.")) \
X(UAS_LARGE, "uas-body-large", 3261, "21.4.11", TELLS, \
  N_("A server rejects a body that is larger than it is willing to process with " \
     "a 413.")) \
X(UAS_ENCODING, "uas-encoding", 3261, "8.2.3", MUST, \
  N_("If the UAS does not understand the encoding of a body, it MUST reject the " \
     "request with a 415 that contains Accept-Encoding.")) \
X(UAS_SECRET, "uas-undecipherable", 3261, "21.4.28", TELLS, \
  N_("A UAS that has no key for an encrypted body rejects the request with a " \
     "493.")) \
X(UAS_ACCEPT, "uas-accept", 3261, "21.4.7", TELLS, \
  N_("If the client's Accept allows no body that the server could send, the " \
     "server answers 406.")) \
X(INVITE_EVERYWHERE, "invite-everywhere", 3261, "21.6", TELLS, \
  N_("A UAS that knows that no other phone of the user can take the call " \
     "answers with a 6xx, which ends the search.")) \
X(INVITE_REDIRECT, "invite-redirect", 3261, "13.3.1.2", SHOULD, \
  N_("To redirect a call, the callee's UA answers with a 3xx such as 302. The " \
     "response SHOULD contain a Contact with the new address.")) \
X(INVITE_ALTERNATIVE, "invite-alternative", 3261, "21.3.5", TELLS, \
  N_("A 380 rejects the call and describes another service in its body.")) \
X(INVITE_NOT_DISTURBED, "invite-not-disturbed", 3261, "13.3.1.3", TELLS, \
  N_("If the user does not want to be disturbed, the phone rejects the call " \
     "without ringing. It answers 480 (21.4.18), or 603 on behalf of all phones " \
     "of the user.")) \
X(INVITE_UNANSWERED, "invite-unanswered", 3261, "21.4.18", TELLS, \
  N_("A phone that was reached, but whose user does not answer, responds with " \
     "480.")) \
X(INVITE_QUEUED, "invite-queued", 3261, "21.1.4", TELLS, \
  N_("If the callee is busy but does not reject the call, it queues the call " \
     "and responds with 182.")) \
X(INVITE_EARLY_MEDIA, "invite-early-media", 3261, "21.1.5", TELLS, \
  N_("A 183 reports progress other than ringing. It may contain the answer to " \
     "the offer, so that media flow before the call is answered."))

/* RFC 3262: provisional responses that arrive. */
#define RULES_RELIABLE(X) \
X(RELIABLE_SEND, "reliable-send", 3262, "3", MUST, \
  N_("A reliable provisional response MUST contain Require: 100rel and an RSeq. " \
     "The first RSeq is random, and each further one is higher by one. The " \
     "response is retransmitted until a PRACK acknowledges it.")) \
X(RELIABLE_AGAIN, "reliable-again", 3262, "3", TELLS, \
  N_("Without a PRACK, the UAS retransmits the reliable provisional response. " \
     "The interval starts at T1 and doubles each time.")) \
X(RELIABLE_SILENT, "reliable-silent", 3262, "3", SHOULD, \
  N_("If no PRACK arrives within 64*T1 of the reliable provisional response, " \
     "the UAS SHOULD reject the INVITE with a 5xx.")) \
X(RELIABLE_ONE, "reliable-one", 3262, "3", MUST_NOT, \
  N_("The UAS MUST NOT send a second reliable provisional response until the " \
     "first is acknowledged, so that they arrive in order.")) \
X(RELIABLE_2XX, "reliable-2xx", 3262, "3", MUST_NOT, \
  N_("The UAS MUST NOT send a 2xx until each reliable provisional response with " \
     "a session description is acknowledged. Other final responses need not " \
     "wait.")) \
X(PRACK_SEND, "prack-send", 3262, "4", MUST, \
  N_("The caller MUST acknowledge a reliable provisional response by a PRACK " \
     "within its dialog. The RAck of the PRACK contains the RSeq and CSeq of " \
     "the response.")) \
X(PRACK_RECV, "prack-recv", 3262, "3", MUST, \
  N_("If the RAck of a PRACK matches a reliable provisional response that waits " \
     "for it, the UAS MUST answer with a 2xx. It stops retransmitting that " \
     "response.")) \
X(OFFER_RELIABLE, "offer-reliable", 3262, "5", TELLS, \
  N_("A reliable provisional response contains the final answer to the INVITE's " \
     "offer. If the INVITE had no offer, it contains the offer, and the PRACK " \
     "contains the answer.")) \
X(PRACK_OFFER, "prack-offer", 3262, "5", MUST, \
  N_("A PRACK may contain an offer, or the answer to the offer of its " \
     "provisional response. The UAS MUST answer an offer in the 2xx to the " \
     "PRACK.")) \
X(PRACK_UNANSWERED, "prack-unanswered", 3262, "5", MUST, \
  N_("If a reliable provisional response contains an offer, the PRACK MUST " \
     "contain the answer. If it does not, the UAS still acknowledges it, and " \
     "rejects the call.")) \
X(PRACK_NONE, "prack-none", 3262, "3", MUST, \
  N_("If a PRACK matches no provisional response that waits for it, the UAS " \
     "MUST answer with a 481.")) \
X(PRACK_LATE, "prack-late", 3262, "3", MUST, \
  N_("An INVITE may be rejected before the PRACK of its last provisional " \
     "response arrives. The UAS still MUST answer that PRACK with a 2xx.")) \
X(EARLY_LOST, "early-lost", 5057, "5.1", TELLS, \
  N_("A request failed in a way that ends this early dialog of a fork. The " \
     "other early dialogs continue.")) \
X(PRACK_REPEATED, "prack-repeated", 3262, "4", MUST, \
  N_("The UAC MUST discard a retransmission of a reliable provisional response. " \
     "The PRACK for it has its own transaction.")) \
X(PRACK_ORDER, "prack-order", 3262, "4", MUST_NOT, \
  N_("The UAC processes reliable provisional responses in the order of their " \
     "RSeq. It MUST NOT acknowledge or process one that is not the next in its " \
     "dialog.")) \
X(UPDATE_SEND, "update-send", 3311, "5.1", TELLS, \
  N_("Either side may change the session by an UPDATE, even before the call is " \
     "answered. It contains an offer only if no other offer waits for its " \
     "answer. Without an offer it only refreshes the target.")) \
X(UPDATE_RECV, "update-recv", 3311, "5.2", MUST, \
  N_("The UAS MUST answer an UPDATE promptly. If the UPDATE contains an offer, " \
     "the 2xx contains the answer.")) \
X(UPDATE_GLARE, "update-glare", 3311, "5.2", MUST, \
  N_("If an UPDATE with an offer arrives while the UA's own offer has no answer " \
     "yet, the UA MUST reject it with a 491.")) \
X(UPDATE_EARLY, "update-early", 3311, "5.2", MUST, \
  N_("An UPDATE with an offer has arrived before the previous offer is " \
     "answered. The UAS MUST reject it with a 500 and a Retry-After of 0 to 10 " \
     "seconds.")) \
X(UPDATE_CROSSED, "update-crossed", 6337, "4.3", TELLS, \
  N_("An ACK or PRACK that completes an offer and answer of the INVITE may " \
     "still be missing. An UPDATE with an offer is then rejected: with a 491 by " \
     "the sender of the INVITE, with a 500 by its receiver.")) \
X(UPDATE_ASK, "update-ask", 3311, "5.2", SHOULD, \
  N_("An UPDATE cannot wait for a person. If the UAS cannot change the session " \
     "without asking the user, it SHOULD reject the UPDATE with a 504.")) \
X(UPDATE_REJECT, "update-reject", 3311, "5.2", TELLS, \
  N_("A UAS may reject the offer in an UPDATE. The session then stays " \
     "unchanged.")) \
X(UPDATE_AGAIN, "update-again", 3311, "5.3", SHOULD, \
  N_("After a 491, the UAC SHOULD start a timer and then retry the UPDATE. The " \
     "owner of the Call-ID waits 2.1 to 4 seconds, the other UA up to 2 " \
     "seconds.")) \
X(UPDATE_RETRY, "update-retry", 3261, "20.33", TELLS, \
  N_("The Retry-After of a 500 or 503 says how long to wait. The UPDATE is sent " \
     "again after that time."))
/* clang-format on */

#endif
