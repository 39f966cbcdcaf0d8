/* Rules of messages as an observer sees them. */
#ifndef RULES_RULES_SEEN_H
#define RULES_RULES_SEEN_H

/* clang-format off */
/* The forms of messages, and the clauses that an observer can check. */
#define RULES_SEEN(X) \
X(FORM_START, "form-start-line", 3261, "7.1", MUST, \
  N_("A message begins with a request line or a status line, which MUST contain " \
     "SIP/2.0.")) \
X(FORM_HEAD, "form-head", 3261, "7.3", TELLS, \
  N_("A header field consists of a name, a colon and a value. Each line ends " \
     "with CR and LF, and an empty line ends the header fields.")) \
X(FORM_MANDATORY, "form-mandatory", 3261, "8.1.1", MUST, \
  N_("Every message MUST contain Via, From, To, Call-ID and CSeq. A request " \
     "also contains what its method requires.")) \
X(FORM_ONCE, "form-once", 3261, "7.3.1", MAY, \
  N_("Only a header field whose value is a list MAY appear more than once.")) \
X(FORM_VALUE, "form-value", 3261, "25.1", TELLS, \
  N_("The value of a header field follows the grammar of its name.")) \
X(FORM_LENGTH, "form-length", 3261, "20.14", MUST, \
  N_("Content-Length is the number of bytes of the body. On a stream it MUST be " \
     "present.")) \
X(FORM_TYPE, "form-content-type", 3261, "20.15", MUST, \
  N_("A message with a body MUST contain Content-Type, which says what kind of " \
     "body it is.")) \
X(FORM_DATE, "form-date", 3261, "20.17", TELLS, \
  N_("Date has the format of RFC 1123, in GMT.")) \
X(FORM_FROM_TAG, "form-from-tag", 3261, "8.1.1.3", MUST, \
  N_("From MUST contain a tag, which is the sender's part of the dialog ID.")) \
X(FORM_TO_TAG, "form-to-tag", 3261, "8.1.1.2", MUST_NOT, \
  N_("A request outside a dialog MUST NOT have a tag in To. The UAS adds it in " \
     "its response.")) \
X(FORM_MAX_FORWARDS, "form-max-forwards", 3261, "8.1.1.6", MUST, \
  N_("A request MUST contain Max-Forwards, so that no loop lasts for ever.")) \
X(CALL_ID_OWN, "call-id-own", 3261, "8.1.1.4", MUST, \
  N_("A request outside a dialog MUST have a new, unique Call-ID. A retried " \
     "request keeps its Call-ID, and so do all REGISTERs of a UA.")) \
X(FORM_HOPS, "form-hops", 3261, "8.1.1.6", SHOULD, \
  N_("Max-Forwards SHOULD start at 70. More hops than that are a loop.")) \
X(FORM_BRANCH, "form-branch", 3261, "8.1.1.7", MUST, \
  N_("The branch of a Via MUST begin with z9hG4bK, which distinguishes clients " \
     "of this RFC from older ones.")) \
X(BRANCH_UNIQUE, "branch-unique", 3261, "8.1.1.7", MUST, \
  N_("Each request MUST have a new, unique branch. A CANCEL, and the ACK for a " \
     "non-2xx response, have the branch of their INVITE.")) \
X(CONTACT_ONE, "contact-one", 3261, "8.1.1.8", MUST, \
  N_("A request that may create a dialog MUST contain exactly one Contact. The " \
     "peer sends its own requests there.")) \
X(FORM_PLACE, "form-place", 3261, "20", MUST_NOT, \
  N_("A header field MUST NOT appear in a message for which it is not defined. " \
     "A receiver ignores it there.")) \
X(TARGET_FORM, "target-form", 3261, "19.1.1", TELLS, \
  N_("A Request-URI contains no header fields and no method parameter. A UA " \
     "that finds them in a URI writes them into the request.")) \
X(ALLOW_METHODS, "allow-methods", 3261, "20.5", MUST, \
  N_("Allow MUST list every method that its sender understands, including ACK " \
     "and CANCEL.")) \
X(REASON_CAUSE, "reason-cause", 3326, "2", MUST, \
  N_("A Reason contains a cause of its protocol, a SIP status or a Q.850 " \
     "number. Several Reasons in a message MUST have different protocols.")) \
X(REQUEST_AGAIN, "request-again", 3261, "8.1.3.5", SHOULD, \
  N_("A request that is retried after a rejection is a new request without the " \
     "rejected part. It SHOULD have the same Call-ID, and the next CSeq number.")) \
X(ACK_REQUIRE, "ack-require", 3261, "8.2.2.3", MUST, \
  N_("An ACK MUST contain only those Require values that its INVITE had, since " \
     "nobody can reject an ACK.")) \
X(ACK_UNANSWERED, "ack-unanswered", 3261, "17", TELLS, \
  N_("An ACK gets no response.")) \
X(VIA_TRANSPORT, "via-transport", 3261, "18.1.1", MUST, \
  N_("The top Via MUST name the transport over which the request is sent.")) \
X(VIA_RPORT_EMPTY, "via-rport-empty", 3581, "3", MUST, \
  N_("A client's rport parameter MUST have no value. The server fills it in.")) \
X(RESPONSE_FROM, "response-source", 3581, "4", MUST, \
  N_("Over UDP, the response to a request with rport MUST be sent from the " \
     "address and port at which the request arrived.")) \
X(RESPONSE_EXTENSIONS, "response-extensions", 3261, "8.2.4", MUST_NOT, \
  N_("A UAS MUST NOT use an extension in a response unless the Supported of the " \
     "request lists it.")) \
X(RESPONSE_TYPE, "response-type", 3261, "20.1", TELLS, \
  N_("The body of a response has a type and an encoding that the request " \
     "accepts.")) \
X(RESPONSE_STAMP, "response-timestamp", 3261, "8.2.6.1", MUST, \
  N_("A 100 MUST contain the Timestamp of its request, to which the delay may " \
     "be added.")) \
X(REGISTER_TO, "register-to", 3261, "10.2", MUST, \
  N_("The To of a REGISTER is the address-of-record, which MUST be a SIP or " \
     "SIPS URI. For a SIPS URI, all Contacts are SIPS URIs.")) \
X(REGISTER_ENDED, "register-ended", 3261, "10.3", MUST, \
  N_("A binding whose expiration is 0 MUST be removed. The 2xx does not list " \
     "it.")) \
X(RESPONSE_FIELDS, "response-fields", 3261, "8.2.6.2", MUST, \
  N_("A response MUST have the Vias, From, To, Call-ID and CSeq of its request, " \
     "in order and unchanged except for the tag in To.")) \
X(RESPONSE_TAG, "response-tag", 3261, "8.2.6.2", MUST, \
  N_("Every response except a 100 MUST have a tag in To. It is the request's " \
     "tag, if there is one. All responses of a server to one request have the " \
     "same tag.")) \
X(RESPONSE_PLACE, "response-place", 3261, "18.2.2", MUST, \
  N_("Over UDP, a response MUST be sent to received and rport of the top Via. " \
     "Without them, it goes to the sent-by.")) \
X(VIA_OWN, "via-own-address", 3261, "18.1.1", MUST, \
  N_("A client MUST put its own address into the sent-by of its Via. If the " \
     "request comes from another address, there is a NAT on the path, or the " \
     "sender is forged.")) \
X(VIA_RECEIVED, "via-received", 3261, "18.2.1", MUST, \
  N_("If the sent-by differs from the source address of the request, the server " \
     "MUST add received with that address.")) \
X(VIA_RPORT, "via-rport", 3581, "4", MUST, \
  N_("If a Via has rport, the server MUST set rport to the source port of the " \
     "request and received to its source address.")) \
X(FINAL_SENT, "final-sent", 3261, "8.2", TELLS, \
  N_("Every request except an ACK gets a final response.")) \
X(FINAL_ONCE, "final-once", 3261, "17.2", TELLS, \
  N_("A server transaction sends one final response. Only an INVITE may get " \
     "several 2xx, each from another phone.")) \
X(PROVISIONAL_LATE, "provisional-late", 3261, "17.2", TELLS, \
  N_("After its final response, a server transaction sends no provisional " \
     "response.")) \
X(NON_INVITE_1XX, "non-invite-1xx", 4320, "4.1", MUST_NOT, \
  N_("A non-INVITE request MUST NOT get a provisional response other than 100. " \
     "Over UDP, it gets a 100 only after its Timer E has grown to T2.")) \
X(ACK_PLACE, "ack-place", 3261, "17.1.1.3", TELLS, \
  N_("The ACK for a non-2xx response goes to the address and port to which its " \
     "INVITE went.")) \
X(CANCEL_PLACE, "cancel-place", 3261, "9.1", MUST, \
  N_("A CANCEL MUST go to the address and port to which its INVITE went.")) \
X(ACK_FIELDS, "ack-fields", 3261, "17.1.1.3", MUST, \
  N_("The ACK for a non-2xx response MUST have the Request-URI, From, Call-ID, " \
     "CSeq number and top Via of its INVITE. Its To is that of the response.")) \
X(ACK_2XX_CSEQ, "ack-2xx-cseq", 3261, "13.2.2.4", MUST, \
  N_("The ACK for a 2xx MUST have the CSeq number of the INVITE that it " \
     "acknowledges.")) \
X(ACK_2XX_BRANCH, "ack-2xx-branch", 3261, "17.1.1.3", TELLS, \
  N_("The ACK for a 2xx is not part of the INVITE transaction, so it has its " \
     "own branch.")) \
X(CANCEL_FIELDS, "cancel-fields", 3261, "9.1", MUST, \
  N_("A CANCEL is matched by its single Via, which MUST be the top Via of its " \
     "INVITE, and by its CSeq number. It has no Require, because nobody could " \
     "reject it.")) \
X(REINVITE_ALONE, "reinvite-alone", 3261, "14.1", MUST_NOT, \
  N_("A UA MUST NOT send an INVITE within a dialog while another INVITE of " \
     "either side is in progress there.")) \
X(BYE_CALLED_EARLY, "bye-called-early", 3261, "15", MUST_NOT, \
  N_("The callee MUST NOT end an early dialog by a BYE. It rejects the call by " \
     "a final response.")) \
X(SIPFRAG_FORM, "sipfrag-form", 3420, "2", TELLS, \
  N_("A message/sipfrag is the beginning of a SIP message. It may contain a " \
     "start line, header fields, each ending with CR LF, and after an empty " \
     "line a body.")) \
X(DIALOG_TARGET, "dialog-target", 3261, "12.2.1.1", MUST, \
  N_("The Request-URI of a request within a dialog MUST be the remote target, " \
     "which is the peer's last Contact.")) \
X(DIALOG_CONTACT, "dialog-contact", 3261, "12.1.1", MUST, \
  N_("A response that creates a dialog, or refreshes its target, MUST contain a " \
     "Contact for the peer's own requests. It is a SIPS URI if the request " \
     "required TLS.")) \
X(DIALOG_ENDS, "dialog-ends", 3261, "12.2.1.1", MUST, \
  N_("The URIs of From and To MUST be those of the dialog: the sender's URI and " \
     "the peer's.")) \
X(ACK_2XX_DIALOG, "ack-2xx-dialog", 3261, "13.2.2.4", MUST, \
  N_("The ACK for a 2xx belongs to the dialog of that 2xx and has its tag. It " \
     "MUST contain the credentials of the INVITE.")) \
X(DIALOG_ROUTE, "dialog-route", 3261, "12.2.1.1", MUST, \
  N_("A request within a dialog MUST follow its route set: its Route header " \
     "fields are those of Record-Route.")) \
X(SDP_FORM, "sdp-form", 8866, "5", TELLS, \
  N_("A session description consists of lines with a letter, = and a value. " \
     "They are in a fixed order, and the first is v=0.")) \
X(ANSWER_FORMATS, "answer-formats", 3264, "6.1", MUST, \
  N_("For each accepted stream, the answer MUST contain at least one format " \
     "that the offer lists.")) \
X(ANSWER_DIRECTION, "answer-direction", 3264, "6.1", MUST, \
  N_("The answer MUST fit the offered direction. Sendonly is answered by " \
     "recvonly or inactive, recvonly by sendonly or inactive, inactive by " \
     "inactive, and port 0 by port 0 (8.2).")) \
X(OFFER_VERSION, "offer-version", 3264, "8", MUST, \
  N_("If a description differs from the previous one, the version in its o= " \
     "line MUST be higher by one.")) \
X(OFFER_LINES, "offer-lines", 3264, "8", MUST, \
  N_("A new offer MUST have at least as many m= lines as the previous " \
     "description. A stream that ends keeps its line, with port 0.")) \
X(SDP_RTPMAP, "sdp-rtpmap", 8866, "6.6", TELLS, \
  N_("a=rtpmap gives the codec of a payload type. There is one for each type, " \
     "and every dynamic type has one.")) \
X(SDP_FMTP, "sdp-fmtp", 8866, "6.15", TELLS, \
  N_("a=fmtp gives the parameters of a format that its stream lists. There is " \
     "at most one for each format.")) \
X(SDP_DIRECTION, "sdp-direction", 8866, "6.7", MAY, \
  N_("Of sendrecv, sendonly, recvonly and inactive, at most one MAY appear in a " \
     "stream.")) \
X(SDP_STATIC, "sdp-static", 3551, "6", TELLS, \
  N_("A static payload type has the codec and clock rate of the table. The " \
     "clock rate of G722 is 8000.")) \
X(SDP_OPUS, "sdp-opus", 7587, "7", MUST, \
  N_("The rtpmap of Opus MUST be opus/48000/2, whatever its bandwidth and " \
     "channels are.")) \
X(SDP_EVENT_CLOCK, "sdp-event-clock", 4733, "2.1", MUST, \
  N_("Telephone events MUST use the timestamps of the audio with which they are " \
     "sent, and therefore its clock rate.")) \
X(SDP_ICE, "sdp-ice", 8839, "5.4", TELLS, \
  N_("a=ice-ufrag has at least 4 characters, and a=ice-pwd at least 22.")) \
X(OFFER_NUMBERS, "offer-numbers", 3264, "5", MUST, \
  N_("The session id and the version in o= MUST be numbers of at most 63 bits.")) \
X(OFFER_PTIME, "offer-ptime", 3264, "5.1", MUST, \
  N_("The packet time in a=ptime MUST be greater than 0.")) \
X(ANSWER_TYPES, "answer-types", 3264, "6.1", MUST, \
  N_("An answer MUST contain a=rtpmap for each dynamic payload type. Each codec " \
     "has the number that it has in the offer.")) \
X(ANSWER_MODES, "answer-modes", 3264, "6.1", MUST, \
  N_("Some parameters in a=fmtp, such as packetization-mode of H264 and " \
     "octet-align of AMR, select a variant of the format. They MUST be the same " \
     "in the answer.")) \
X(ANSWER_SAME, "answer-same", 3261, "13.2.1", MAY, \
  N_("The answer MAY also be in a provisional response. It is then identical " \
     "with that in the 2xx.")) \
X(OFFER_MAPPING, "offer-mapping", 3264, "8.3.2", MUST_NOT, \
  N_("The codec of a dynamic payload type MUST NOT change during the session, " \
     "in any offer or answer for that stream.")) \
X(SECRET_TAG, "secret-tag", 4568, "4.1", MUST, \
  N_("Each a=crypto of a stream MUST have a different tag.")) \
X(SECRET_SIZE, "secret-size", 4568, "6.2", TELLS, \
  N_("The length of a key, with its salt, is fixed by its suite: 30 bytes for " \
     "AES_CM_128.")) \
X(DTLS_SETUP, "dtls-setup", 5763, "5", MUST, \
  N_("In a description with a fingerprint, a=setup says which side starts DTLS. " \
     "An offer MUST use actpass, so that the answerer chooses.")) \
X(DTLS_KEPT, "dtls-kept", 5763, "6.6", TELLS, \
  N_("If ports and fingerprints do not change, the side that was active for " \
     "DTLS stays active.")) \
X(MUX_ANSWER, "mux-answer", 5761, "5.1.1", TELLS, \
  N_("An answer contains a=rtcp-mux only if the offer does.")) \
X(MID_ANSWER, "mid-answer", 5888, "9.1", MUST, \
  N_("The a=mid of a stream MUST be the same in the answer as in the offer.")) \
X(GROUP_ANSWER, "group-answer", 5888, "9.2", MUST, \
  N_("The streams that an answer groups MUST be those that the offer groups, or " \
     "fewer.")) \
X(RECORD_ROUTE_COPIED, "record-route-copied", 3261, "12.1.1", MUST, \
  N_("A response that creates a dialog MUST contain all Record-Routes of its " \
     "request. The caller thus learns which proxies stay in the path.")) \
X(ROUTE_REMOVED, "route-removed", 3261, "16.4", MUST, \
  N_("If the first Route names the proxy, the proxy MUST remove it.")) \
X(RECORD_ROUTE_LR, "record-route-lr", 3261, "16.6", MUST, \
  N_("The URI that a proxy puts into Record-Route MUST contain lr, step 4. " \
     "Otherwise it would be taken for a strict router.")) \
X(PROXY_RESPONSE, "proxy-response", 3261, "16.7", MUST_NOT, \
  N_("A proxy removes only its own Via from a response, step 3. It MUST NOT " \
     "change the body, and leaves From, To, Call-ID and CSeq unchanged, step 9.")) \
X(PROXY_UNCHANGED, "proxy-unchanged", 3261, "16.6", MUST_NOT, \
  N_("A proxy MUST NOT change the body of a request that it forwards. It also " \
     "leaves From, To, Call-ID and CSeq unchanged.")) \
X(REGISTER_URI, "register-uri", 3261, "10.2", MUST_NOT, \
  N_("The Request-URI of a REGISTER is the registrar's domain. It MUST NOT " \
     "contain a user.")) \
X(REGISTER_CSEQ, "register-cseq", 3261, "10.2", MUST, \
  N_("The CSeq number of each REGISTER with the same Call-ID MUST be higher " \
     "than the last.")) \
X(REGISTER_LISTED, "register-listed", 3261, "10.3", MUST, \
  N_("Each Contact in the 2xx to a REGISTER MUST have its own expires " \
     "parameter, step 8.")) \
X(FLOW_ASKED, "flow-asked", 5626, "4.2.1", MUST, \
  N_("The Contact of a REGISTER for a flow MUST contain reg-id and " \
     "+sip.instance. Its Supported lists path and outbound.")) \
X(REGISTER_SHORTER, "register-shorter", 3261, "10.3", MAY, \
  N_("A registrar MAY shorten the requested duration, step 7. It does not " \
     "extend it.")) \
X(DIGEST_ALGORITHM, "digest-algorithm", 8760, "2.1", TELLS, \
  N_("MD5 is broken. A challenge offers SHA-256, and MD5 only in addition.")) \
X(DIGEST_QOP, "digest-qop", 3261, "22.4", MUST, \
  N_("A challenge MUST contain qop. Without it, nothing counts the uses of a " \
     "nonce, and an eavesdropper can use the credentials again.")) \
X(DIGEST_QOP_ANSWER, "digest-qop-answer", 3261, "22.4", MUST, \
  N_("If a challenge contains qop, the credentials that answer it MUST contain " \
     "it as well. Without a nonce count, a replay looks like a new request.")) \
X(DIGEST_NONCE, "digest-nonce", 7616, "3.3", TELLS, \
  N_("Each challenge has a new nonce. If everybody got the same nonce, " \
     "overheard credentials would stay valid.")) \
X(DIGEST_COUNT, "digest-count", 7616, "3.4", TELLS, \
  N_("The nonce count grows with each request that uses the nonce.")) \
X(DIGEST_OPAQUE, "digest-opaque", 7616, "3.4", TELLS, \
  N_("Credentials contain the opaque of the challenge, unchanged.")) \
X(DIGEST_FORM, "digest-form", 7616, "3.4", MUST, \
  N_("Challenges and credentials contain all required parameters. Some of them " \
     "MUST be in quotes, others not.")) \
X(DIGEST_SAME, "digest-same", 7616, "3.4", TELLS, \
  N_("Credentials have the realm and algorithm of their challenge, and a qop " \
     "that it offers.")) \
X(AUTH_RETRY, "auth-retry", 3261, "22.1", TELLS, \
  N_("A request that answers a challenge is the challenged request with " \
     "credentials, in the header field for that challenge.")) \
X(CANCEL_TAG, "cancel-tag", 3261, "9.2", SHOULD, \
  N_("The tag in To of the response to a CANCEL SHOULD be that of the responses " \
     "to its INVITE.")) \
X(AUTH_NEVER, "auth-never", 3261, "22.1", MUST_NOT, \
  N_("A server MUST NOT challenge a CANCEL or an ACK, because a client cannot " \
     "send them again with credentials.")) \
X(URI_PASSWORD, "uri-password", 3261, "19.1.1", SHOULD_NOT, \
  N_("A URI SHOULD NOT contain a password, because everybody on the path can " \
     "read it.")) \
X(PLAIN_SIGNALLING, "plain-signalling", 3261, "26.2.1", TELLS, \
  N_("Without TLS, anybody on the path can read who calls whom, and can change " \
     "it.")) \
X(PLAIN_KEYS, "plain-keys", 4568, "8.3", MUST, \
  N_("The signalling MUST be encrypted if a session description contains SRTP " \
     "keys. Otherwise the keys are not secret.")) \
X(SESSION_LEAST, "session-least", 4028, "4", TELLS, \
  N_("The minimum of a session interval is 90 seconds.")) \
X(SESSION_INTERVAL, "session-interval", 4028, "5", TELLS, \
  N_("Min-SE is the shortest session interval that a node on the path accepts. " \
     "Session-Expires is not shorter. A 422 contains it, and the next attempt " \
     "follows it.")) \
X(SESSION_REFRESHER, "session-refresher", 4028, "9", TELLS, \
  N_("The caller chooses who refreshes the session; if it does not, the callee " \
     "chooses. The caller refreshes only if it supports timer.")) \
X(SESSION_SAME, "session-same", 4028, "7.4", MUST, \
  N_("If an offer refreshes the session without a change, it MUST indicate " \
     "that: it has the o= line of the previous description.")) \
X(SESSION_PASSED, "session-passed", 4028, "8", MAY, \
  N_("A proxy MAY shorten the requested session interval. It does not change " \
     "the refresher, or the interval in a 2xx.")) \
X(SESSION_SHORTER, "session-shorter", 4028, "9", MUST_NOT, \
  N_("The UAS may shorten the session interval of the request. It MUST NOT " \
     "extend it.")) \
X(SUBSCRIBE_SHORTER, "subscribe-shorter", 6665, "4.2.1.1", MUST_NOT, \
  N_("A notifier may shorten the duration that a SUBSCRIBE requests. It MUST " \
     "NOT extend it.")) \
X(PUBLISH_SHORTER, "publish-shorter", 3903, "6", MAY, \
  N_("The compositor MAY shorten the duration that a PUBLISH requests. It does " \
     "not extend it.")) \
X(NOTIFY_STATE, "notify-state", 6665, "4.2.2", MUST, \
  N_("The Subscription-State of a NOTIFY MUST contain the remaining time while " \
     "the subscription lasts. That time is not longer than the granted one.")) \
X(SUMMARY_FORM, "summary-form", 3842, "5.2", TELLS, \
  N_("A message summary begins with the line Messages-Waiting, which is yes or " \
     "no.")) \
X(DOCUMENT_VERSION, "document-version", 6665, "5.3", TELLS, \
  N_("Each document of a subscription has the next version, so that the " \
     "subscriber notices if one is missing.")) \
X(PUBLISH_ETAG, "publish-etag", 3903, "4.1", MUST, \
  N_("A PUBLISH that refreshes, changes or removes state MUST contain the " \
     "entity tag of the last 2xx in its SIP-If-Match.")) \
X(NOTIFY_SUBSCRIBED, "notify-subscribed", 6665, "3.2.1", MUST, \
  N_("The Event of a NOTIFY MUST name the package, and the same id (8.2.1), as " \
     "the SUBSCRIBE that it belongs to."))

/* Attacks that a trace shows (RFC 3261 26.1). */
#define RULES_ATTACK(X) \
X(ATTACK_SCAN, "attack-scan", 3261, "26.1", TELLS, \
  N_("A server that answers everybody reveals by its status codes which users " \
     "exist. A scanner asks for one user after another.")) \
X(ATTACK_PREFIX, "attack-prefix", 3261, "26.1", TELLS, \
  N_("Attackers may wish to use services at the cost of others. A dial plan " \
     "that does not look at the caller lets strangers call abroad.")) \
X(ATTACK_GUESS, "attack-guess", 7616, "5.7", TELLS, \
  N_("A password from a list of common words is found by trying the list. A " \
     "server should not allow such passwords.")) \
X(ATTACK_FLOOD, "attack-flood", 3261, "26.1.5", TELLS, \
  N_("A flood of requests makes a server unavailable to all its users.")) \
X(ATTACK_TAKEOVER, "attack-takeover", 3261, "26.1.1", TELLS, \
  N_("A registrar that does not authenticate a REGISTER lets anybody change the " \
     "bindings of others and get their calls.")) \
X(ATTACK_BYE, "attack-bye", 3261, "26.1.4", TELLS, \
  N_("Whoever knows the Call-ID and the tags of a dialog can send a BYE that " \
     "ends its session."))
/* clang-format on */

#endif
