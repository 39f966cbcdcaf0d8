/* Rules of messages as an observer sees them. */
#ifndef RULES_RULES_SEEN_H
#define RULES_RULES_SEEN_H

/* clang-format off */
/* The forms of messages, and the clauses that an observer can check. */
#define RULES_SEEN(X) \
X(FORM_START, "form-start-line", 3261, "7.1", TELLS, \
  N_("A message begins with a request line or a status line of SIP/2.0.")) \
X(FORM_HEAD, "form-head", 3261, "7.3", TELLS, \
  N_("A header field is a name, a colon and a value; each line ends with CR and LF, and an empty line ends the head.")) \
X(FORM_MANDATORY, "form-mandatory", 3261, "8.1.1", TELLS, \
  N_("Every message has Via, From, To, Call-ID and CSeq, and a request what its method asks for beyond that.")) \
X(FORM_ONCE, "form-once", 3261, "7.3.1", MUST_NOT, \
  N_("Only a header field whose value is a list may stand more than once.")) \
X(FORM_VALUE, "form-value", 3261, "25.1", TELLS, \
  N_("A header field's value follows the grammar of its name.")) \
X(FORM_LENGTH, "form-length", 3261, "20.14", TELLS, \
  N_("Content-Length is the number of bytes of the body; on a stream it must be there.")) \
X(FORM_TYPE, "form-content-type", 3261, "20.15", TELLS, \
  N_("A message with a body says in Content-Type what kind of body it is.")) \
X(FORM_DATE, "form-date", 3261, "20.17", TELLS, \
  N_("Date has the one form that RFC 1123 gives it, in GMT.")) \
X(FORM_FROM_TAG, "form-from-tag", 3261, "8.1.1.3", TELLS, \
  N_("From has a tag, which is the sender's part of the dialog's name.")) \
X(FORM_TO_TAG, "form-to-tag", 3261, "8.1.1.2", MUST_NOT, \
  N_("A request outside of any dialog has no tag in To: whoever answers puts it there.")) \
X(FORM_MAX_FORWARDS, "form-max-forwards", 3261, "8.1.1.6", TELLS, \
  N_("A request has Max-Forwards, so that no loop lasts for ever.")) \
X(CALL_ID_OWN, "call-id-own", 3261, "8.1.1.4", MUST, \
  N_("A request outside of dialogs has a Call-ID of its own; what is tried again keeps it, and so do all REGISTERs of a user agent.")) \
X(FORM_HOPS, "form-hops", 3261, "8.1.1.6", TELLS, \
  N_("Max-Forwards begins with 70: more hops than that are a loop.")) \
X(FORM_BRANCH, "form-branch", 3261, "8.1.1.7", MUST, \
  N_("The branch of a Via begins with z9hG4bK, which tells a client of this RFC from older ones.")) \
X(BRANCH_UNIQUE, "branch-unique", 3261, "8.1.1.7", TELLS, \
  N_("Each request has a branch of its own, never used before; CANCEL and the ACK for a refusal have that of their INVITE.")) \
X(CONTACT_ONE, "contact-one", 3261, "8.1.1.8", TELLS, \
  N_("A request that may begin a dialog has exactly one Contact: there the other side sends its own requests.")) \
X(FORM_PLACE, "form-place", 3261, "20", TELLS, \
  N_("A header field has a place only in the messages for which it is defined; in others the receiver ignores it.")) \
X(TARGET_FORM, "target-form", 3261, "19.1.1", TELLS, \
  N_("A Request-URI has no header fields and no method parameter: who takes them from a URI writes them into the request.")) \
X(ALLOW_METHODS, "allow-methods", 3261, "20.5", MUST, \
  N_("Allow lists every method that its sender understands, ACK and CANCEL included.")) \
X(REASON_CAUSE, "reason-cause", 3326, "2", MAY, \
  N_("A Reason has a cause of its protocol: a status of SIP, or a number of Q.850; a message has one for each protocol.")) \
X(REQUEST_AGAIN, "request-again", 3261, "8.1.3.5", SHOULD, \
  N_("A request that is tried again after a refusal is a new request, without what was refused, with the same Call-ID and the next CSeq.")) \
X(ACK_REQUIRE, "ack-require", 3261, "8.2.2.3", TELLS, \
  N_("An ACK requires no more than its INVITE did: nobody can refuse it.")) \
X(ACK_UNANSWERED, "ack-unanswered", 3261, "17", TELLS, \
  N_("There is no response to an ACK.")) \
X(VIA_TRANSPORT, "via-transport", 3261, "18.1.1", MUST, \
  N_("The top Via names the transport by which the request is sent.")) \
X(VIA_RPORT_EMPTY, "via-rport-empty", 3581, "3", MAY, \
  N_("A client writes rport without a value: the server fills it in.")) \
X(RESPONSE_FROM, "response-source", 3581, "4", MUST, \
  N_("Over UDP the response to a request with rport is sent from the address and port to which the request came.")) \
X(RESPONSE_EXTENSIONS, "response-extensions", 3261, "8.2.4", TELLS, \
  N_("A response uses only extensions that its request says its sender supports.")) \
X(RESPONSE_TYPE, "response-type", 3261, "20.1", TELLS, \
  N_("The body of a response is of a kind that its request accepts, and encoded in a way that it accepts.")) \
X(RESPONSE_STAMP, "response-timestamp", 3261, "8.2.6.1", TELLS, \
  N_("A 100 brings back the Timestamp of its request, which may have the delay added.")) \
X(REGISTER_TO, "register-to", 3261, "10.2", MUST, \
  N_("To of a REGISTER is the address-of-record, a SIP or SIPS URI; of a SIPS URI all Contacts are SIPS URIs.")) \
X(REGISTER_ENDED, "register-ended", 3261, "10.3", MUST, \
  N_("A binding whose time is set to 0 is removed, and the 2xx does not list it.")) \
X(RESPONSE_FIELDS, "response-fields", 3261, "8.2.6.2", MUST, \
  N_("A response has the Vias, From, To, Call-ID and CSeq of its request, in order and unchanged but for To's tag.")) \
X(RESPONSE_TAG, "response-tag", 3261, "8.2.6.2", MUST, \
  N_("Every response but 100 has a tag in To, in all responses of a server to a request the same; where the request had one it is that.")) \
X(RESPONSE_PLACE, "response-place", 3261, "18.2.2", MUST, \
  N_("Over UDP a response goes where the top Via says: to received and rport, else to its sent-by.")) \
X(VIA_OWN, "via-own-address", 3261, "18.1.1", MUST, \
  N_("A client writes into the sent-by of its Via where it can be reached itself. Another address than the one that the request comes from is a NAT on the way, or somebody who poses as another.")) \
X(VIA_RECEIVED, "via-received", 3261, "18.2.1", MUST, \
  N_("Where the sent-by is not the address that a request came from, the server puts that into received.")) \
X(VIA_RPORT, "via-rport", 3581, "4", MUST, \
  N_("A Via with rport asks for the port that the request came from: the server puts it there, and the address into received.")) \
X(FINAL_SENT, "final-sent", 3261, "8.2", TELLS, \
  N_("Every request but ACK gets a final response.")) \
X(FINAL_ONCE, "final-once", 3261, "17.2", TELLS, \
  N_("A server transaction has one final response; only several 2xx to an INVITE may come, each from a phone of its own.")) \
X(PROVISIONAL_LATE, "provisional-late", 3261, "17.2", TELLS, \
  N_("After its final response a transaction has no provisional one any more.")) \
X(NON_INVITE_1XX, "non-invite-1xx", 4320, "4.1", TELLS, \
  N_("A request other than INVITE gets no provisional response but 100, and over UDP that only once its Timer E has grown to T2.")) \
X(ACK_PLACE, "ack-place", 3261, "17.1.1.3", TELLS, \
  N_("The ACK for a refusal goes to the address and port to which its INVITE went.")) \
X(CANCEL_PLACE, "cancel-place", 3261, "9.1", MUST, \
  N_("A CANCEL goes to the address and port to which its INVITE went.")) \
X(ACK_FIELDS, "ack-fields", 3261, "17.1.1.3", MUST, \
  N_("The ACK for a refusal has the Request-URI, From, Call-ID, CSeq number and top Via of its INVITE, and the To of what it acknowledges.")) \
X(ACK_2XX_CSEQ, "ack-2xx-cseq", 3261, "13.2.2.4", MUST, \
  N_("The ACK for a 2xx has the CSeq number of the INVITE that it acknowledges.")) \
X(ACK_2XX_BRANCH, "ack-2xx-branch", 3261, "17.1.1.3", TELLS, \
  N_("The ACK for a 2xx is no part of the INVITE's transaction: it has a branch of its own.")) \
X(CANCEL_FIELDS, "cancel-fields", 3261, "9.1", MUST, \
  N_("A CANCEL is found by what it shares with its INVITE: the top Via with its branch, and the CSeq number. It has no Require, which nobody could refuse.")) \
X(REINVITE_ALONE, "reinvite-alone", 3261, "14.1", MUST_NOT, \
  N_("No INVITE is sent within a dialog while another one of either side waits for its final response.")) \
X(BYE_CALLED_EARLY, "bye-called-early", 3261, "15", MAY, \
  N_("Who is called does not end an early dialog by BYE: a final response refuses the call.")) \
X(SIPFRAG_FORM, "sipfrag-form", 3420, "2", TELLS, \
  N_("A message/sipfrag is the beginning of a SIP message: a start line and header fields, each with CR LF at its end, may stand there, and a body behind an empty line.")) \
X(DIALOG_TARGET, "dialog-target", 3261, "12.2.1.1", SHOULD, \
  N_("The Request-URI of a request within a dialog is the remote target: the other side's last Contact.")) \
X(DIALOG_CONTACT, "dialog-contact", 3261, "12.1.1", MUST, \
  N_("A response that makes a dialog, or refreshes its target, has a Contact, where the other side sends its own requests; a SIPS URI where the request asked for TLS.")) \
X(DIALOG_ENDS, "dialog-ends", 3261, "12.2.1.1", TELLS, \
  N_("The URIs of From and To stay those of the dialog: one is its caller's, the other that of who was called, whoever sends.")) \
X(ACK_2XX_DIALOG, "ack-2xx-dialog", 3261, "13.2.2.4", MUST, \
  N_("The ACK for a 2xx is of the dialog that the 2xx has made: it has its tag, and the credentials of the INVITE.")) \
X(DIALOG_ROUTE, "dialog-route", 3261, "12.2.1.1", MUST, \
  N_("A request within a dialog goes along its route set: each Route is what Record-Route has said.")) \
X(SDP_FORM, "sdp-form", 8866, "5", MUST, \
  N_("A session description is lines of a letter, = and a value, in a fixed order, the first one v=0.")) \
X(ANSWER_FORMATS, "answer-formats", 3264, "6.1", MUST, \
  N_("A stream that an answer takes has at least one format that the offer lists for it.")) \
X(ANSWER_DIRECTION, "answer-direction", 3264, "6.1", MAY, \
  N_("An answer fits the direction that was offered: sendonly is answered with recvonly or inactive, recvonly with sendonly or inactive, inactive with inactive; and port 0 with port 0 (8.2).")) \
X(OFFER_VERSION, "offer-version", 3264, "8", TELLS, \
  N_("A description that differs from the one before has the next version in its o= line.")) \
X(OFFER_LINES, "offer-lines", 3264, "8", MUST, \
  N_("A new offer has at least as many m= lines as what was agreed: a stream that ends keeps its line, with port 0.")) \
X(SDP_RTPMAP, "sdp-rtpmap", 8866, "6.6", TELLS, \
  N_("a=rtpmap tells which codec a payload type of its stream is: one for each type, and each dynamic type has one.")) \
X(SDP_FMTP, "sdp-fmtp", 8866, "6.15", TELLS, \
  N_("a=fmtp has the parameters of a format that its stream lists: one for each format.")) \
X(SDP_DIRECTION, "sdp-direction", 8866, "6.7", MAY, \
  N_("A stream has one direction: at most one of sendrecv, sendonly, recvonly and inactive.")) \
X(SDP_STATIC, "sdp-static", 3551, "6", TELLS, \
  N_("A static payload type has the codec and the clock that the table gives it: that of G722 is 8000.")) \
X(SDP_OPUS, "sdp-opus", 7587, "7", TELLS, \
  N_("Opus is always opus/48000/2, whatever its bandwidth and its channels are.")) \
X(SDP_EVENT_CLOCK, "sdp-event-clock", 4733, "2.1", TELLS, \
  N_("Telephone events have the timestamps of the audio that they are sent with, so they have its clock.")) \
X(SDP_ICE, "sdp-ice", 8839, "5.4", TELLS, \
  N_("a=ice-ufrag has at least 4 characters, and a=ice-pwd at least 22.")) \
X(OFFER_NUMBERS, "offer-numbers", 3264, "5", MUST, \
  N_("The session id and the version in o= are numbers of at most 63 bits.")) \
X(OFFER_PTIME, "offer-ptime", 3264, "5.1", MUST, \
  N_("The packet time that a=ptime asks for is greater than 0.")) \
X(ANSWER_TYPES, "answer-types", 3264, "6.1", MUST, \
  N_("An answer has a=rtpmap for each dynamic payload type, and a codec has the number that the offer gives it.")) \
X(ANSWER_MODES, "answer-modes", 3264, "6.1", MUST, \
  N_("Parameters in a=fmtp that make a format another one, as packetization-mode of H264 does and octet-align of AMR, are the same in the answer.")) \
X(ANSWER_SAME, "answer-same", 3261, "13.2.1", MUST, \
  N_("An answer may come in a provisional response, too: it is the one that the 2xx has.")) \
X(OFFER_MAPPING, "offer-mapping", 3264, "8.3.2", MUST, \
  N_("A dynamic payload type of a stream means the same codec as long as the session lasts, in all offers and answers.")) \
X(SECRET_TAG, "secret-tag", 4568, "4.1", TELLS, \
  N_("Each a=crypto of a stream has a tag of its own.")) \
X(SECRET_SIZE, "secret-size", 4568, "6.2", TELLS, \
  N_("A key has the size of its suite, with its salt: 30 bytes for AES_CM_128.")) \
X(DTLS_SETUP, "dtls-setup", 5763, "5", MUST, \
  N_("A description with a fingerprint says by a=setup who begins DTLS; an offer leaves that to the other side with actpass.")) \
X(DTLS_KEPT, "dtls-kept", 5763, "6.6", TELLS, \
  N_("Between the same ports, with the same fingerprints, the side that was active for DTLS stays active.")) \
X(MUX_ANSWER, "mux-answer", 5761, "5.1.1", TELLS, \
  N_("An answer has a=rtcp-mux only where the offer has it.")) \
X(MID_ANSWER, "mid-answer", 5888, "9.1", TELLS, \
  N_("A stream has in the answer the a=mid that it has in the offer.")) \
X(GROUP_ANSWER, "group-answer", 5888, "9.2", TELLS, \
  N_("An answer groups only streams that the offer groups, or fewer.")) \
X(RECORD_ROUTE_COPIED, "record-route-copied", 3261, "12.1.1", TELLS, \
  N_("A response that makes a dialog hands back all Record-Routes of its request, so that the caller learns which proxies want to stay on the way.")) \
X(ROUTE_REMOVED, "route-removed", 3261, "16.4", MUST, \
  N_("A proxy takes the first Route off a request where it names the proxy itself.")) \
X(RECORD_ROUTE_LR, "record-route-lr", 3261, "16.6", MUST, \
  N_("The URI that a proxy puts into Record-Route has lr, step 4, so that nobody takes it for a strict router.")) \
X(PROXY_RESPONSE, "proxy-response", 3261, "16.7", MUST_NOT, \
  N_("A proxy takes its own Via off a response, step 3, and leaves the others; From, To, Call-ID, CSeq and the body stay as they are, step 9.")) \
X(PROXY_UNCHANGED, "proxy-unchanged", 3261, "16.6", MUST_NOT, \
  N_("A proxy leaves From, To, Call-ID, CSeq and the body of what it forwards as they are.")) \
X(REGISTER_URI, "register-uri", 3261, "10.2", TELLS, \
  N_("The Request-URI of a REGISTER names the registrar's domain, without a user.")) \
X(REGISTER_CSEQ, "register-cseq", 3261, "10.2", MUST, \
  N_("REGISTERs of one Call-ID count up in CSeq.")) \
X(REGISTER_LISTED, "register-listed", 3261, "10.3", MUST, \
  N_("Each Contact in the 2xx to a REGISTER has its own expires, step 8.")) \
X(FLOW_ASKED, "flow-asked", 5626, "4.2.1", MUST, \
  N_("A REGISTER for a flow has reg-id and +sip.instance in its Contact, and path and outbound in Supported.")) \
X(REGISTER_SHORTER, "register-shorter", 3261, "10.3", MUST, \
  N_("A registrar may shorten the time that was asked for, step 7, not prolong it.")) \
X(DIGEST_ALGORITHM, "digest-algorithm", 8760, "2.1", TELLS, \
  N_("MD5 is broken: a challenge offers SHA-256, and MD5 at most beside it.")) \
X(DIGEST_QOP, "digest-qop", 3261, "22.4", TELLS, \
  N_("A challenge has qop: without it nothing counts how often a nonce was used, and who listens can repeat the credentials.")) \
X(DIGEST_QOP_ANSWER, "digest-qop-answer", 3261, "22.4", TELLS, \
  N_("Where a challenge has qop the credentials that answer it have it, too: without it no nonce count tells a repetition from a new request.")) \
X(DIGEST_NONCE, "digest-nonce", 7616, "3.3", MUST, \
  N_("A nonce is made anew for each challenge: one that everybody gets makes what was heard once useful for ever.")) \
X(DIGEST_COUNT, "digest-count", 7616, "3.4", TELLS, \
  N_("The nonce count goes up with each request that uses the nonce.")) \
X(DIGEST_OPAQUE, "digest-opaque", 7616, "3.4", TELLS, \
  N_("Credentials bring back the opaque of the challenge as it was.")) \
X(DIGEST_FORM, "digest-form", 7616, "3.4", TELLS, \
  N_("Challenges and credentials have each parameter that they need; the RFC says which ones are in quotes.")) \
X(DIGEST_SAME, "digest-same", 7616, "3.4", TELLS, \
  N_("Credentials have the realm and the algorithm of the challenge that they answer, and a qop that it offers.")) \
X(AUTH_RETRY, "auth-retry", 3261, "22.1", SHOULD, \
  N_("A request that answers a challenge is the one that was challenged, with credentials in the header field for that challenge.")) \
X(CANCEL_TAG, "cancel-tag", 3261, "9.2", TELLS, \
  N_("The tag in To of the answer to a CANCEL is that of the answers to its INVITE.")) \
X(AUTH_NEVER, "auth-never", 3261, "22.1", MUST_NOT, \
  N_("A server challenges no CANCEL and no ACK, because a client cannot send these again with credentials.")) \
X(URI_PASSWORD, "uri-password", 3261, "19.1.1", TELLS, \
  N_("A password in a URI can be read by everybody on the way: it should not stand there.")) \
X(PLAIN_SIGNALLING, "plain-signalling", 3261, "26.2.1", TELLS, \
  N_("Without TLS whoever is on the way reads who calls whom, and may change it.")) \
X(PLAIN_KEYS, "plain-keys", 4568, "8.3", TELLS, \
  N_("The keys of SRTP in a session description are secret only where the signalling is encrypted.")) \
X(SESSION_LEAST, "session-least", 4028, "4", MUST, \
  N_("A session interval is never less than 90 seconds.")) \
X(SESSION_INTERVAL, "session-interval", 4028, "5", TELLS, \
  N_("Min-SE is the shortest session interval that somebody on the way takes: Session-Expires is not below it, a 422 says it, and who tries again heeds it.")) \
X(SESSION_REFRESHER, "session-refresher", 4028, "9", TELLS, \
  N_("Who refreshes the session is whom the caller has chosen, else whom the answering side chooses; the caller only where it lists timer.")) \
X(SESSION_SAME, "session-same", 4028, "7.4", MUST, \
  N_("A refresh by an offer that changes nothing says so: it has the o= line of the description before.")) \
X(SESSION_PASSED, "session-passed", 4028, "8", TELLS, \
  N_("A proxy may shorten a session interval that is asked for. It leaves the refresher, and what a 2xx grants.")) \
X(SESSION_SHORTER, "session-shorter", 4028, "9", TELLS, \
  N_("Who answers may shorten the session interval that the request asks for, not prolong it.")) \
X(SUBSCRIBE_SHORTER, "subscribe-shorter", 6665, "4.2.1.1", TELLS, \
  N_("A notifier may shorten the time that a SUBSCRIBE asks for, not prolong it.")) \
X(PUBLISH_SHORTER, "publish-shorter", 3903, "6", TELLS, \
  N_("Who takes a publication may shorten the time that it asks for, not prolong it.")) \
X(NOTIFY_STATE, "notify-state", 6665, "4.2.2", TELLS, \
  N_("A NOTIFY says in Subscription-State how the subscription is, and how long it still lasts; that time may be shorter than the granted one, not longer.")) \
X(SUMMARY_FORM, "summary-form", 3842, "5.2", TELLS, \
  N_("A message summary begins with the line Messages-Waiting, which says yes or no.")) \
X(DOCUMENT_VERSION, "document-version", 6665, "5.3", TELLS, \
  N_("Each document of a subscription has the next version, so that the subscriber sees if one is missing.")) \
X(PUBLISH_ETAG, "publish-etag", 3903, "4.1", MUST, \
  N_("A PUBLISH that refreshes, changes or removes state names it by the entity tag of the last 2xx.")) \
X(NOTIFY_SUBSCRIBED, "notify-subscribed", 6665, "3.2.1", TELLS, \
  N_("The Event of a NOTIFY is that of the SUBSCRIBE that it belongs to: the same package, the same id (8.2.1)."))
/* clang-format on */

#endif
