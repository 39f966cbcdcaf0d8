/* Rows of session descriptions (inspect/relations.h). */
#ifndef INSPECT_RELATIONS_SESSION_H
#define INSPECT_RELATIONS_SESSION_H

/* clang-format off */
#define RELATIONS_SESSION(X) \
R(X, SDP_FORM, ERROR, SESSION, UAS_ALL, DESCRIBES, WHERE_SDP, HERE(ORDER, OTHER), ORDERED, IS("vosiuepcbtrzka"), MAY_LACK, N_("The lines of a session description have a fixed order.")) \
R(X, SDP_FORM, ERROR, SESSION, UAS_ALL, DESCRIBES, WHERE_SDP, HERE(STREAM_ORDER, OTHER), ORDERED, IS("micbka"), MAY_LACK, N_("The lines of a stream have a fixed order.")) \
R(X, SDP_FORM, ERROR, SESSION, UAS_ALL, DESCRIBES, WHERE_SDP, HERE_WORD(LINE, OTHER, "s"), DIFFERENT, IS("s="), MAY_LACK, N_("The line s= is not empty.")) \
R(X, SDP_FORM, ERROR, SESSION, UAS_ALL, DESCRIBES, WHERE_SDP, HERE(FORMATS, OTHER), DISTINCT, NO_SIDE, MAY_LACK | DOUBT_ALWAYS, N_("A stream lists a format once.")) \
R(X, SDP_RTPMAP, ERROR, SESSION, UAS_ALL, DESCRIBES, WHERE_SDP, HERE_WORD(LABELS, OTHER, "rtpmap"), DISTINCT, NO_SIDE, MAY_LACK, N_("A format has at most one a=rtpmap.")) \
R(X, SDP_RTPMAP, REMARK, SESSION, UAS_ALL, DESCRIBES, WHERE_SDP, HERE_WORD(LABELS, OTHER, "rtpmap"), SUBSET, HERE(FORMATS, OTHER), MAY_LACK, N_("Each a=rtpmap is about a format that its stream lists.")) \
R(X, SDP_RTPMAP, WARNING, SESSION, UAS_ALL, DESCRIBES, WHERE_OFFER, HERE(DYNAMIC, OTHER), SUBSET, HERE_WORD(LABELS, OTHER, "rtpmap"), MAY_LACK | MAY_BE_NONE, N_("An offer has a=rtpmap for each dynamic payload type.")) \
R(X, SDP_FMTP, ERROR, SESSION, UAS_ALL, DESCRIBES, WHERE_SDP, HERE_WORD(LABELS, OTHER, "fmtp"), SUBSET, HERE(FORMATS, OTHER), MAY_LACK, N_("Each a=fmtp is about a format that its stream lists.")) \
R(X, SDP_FMTP, ERROR, SESSION, UAS_ALL, DESCRIBES, WHERE_SDP, HERE_WORD(LABELS, OTHER, "fmtp"), DISTINCT, NO_SIDE, MAY_LACK, N_("A format has at most one a=fmtp.")) \
R(X, SDP_DIRECTION, ERROR, SESSION, UAS_ALL, DESCRIBES, WHERE_SDP, HERE(DIRECTIONS, OTHER), DISTINCT, NO_SIDE, MAY_LACK, N_("A stream has at most one attribute of its direction.")) \
R(X, SDP_STATIC, ERROR, SESSION, UAS_ALL, DESCRIBES, WHERE_SDP, HERE(NAMED, OTHER), KEYED, HERE(STATIC, OTHER), MAY_LACK, N_("A static payload type has the codec and the clock of the table.")) \
R(X, SDP_OPUS, ERROR, SESSION, UAS_ALL, DESCRIBES, WHERE_SDP, HERE(CLOCKS, OTHER), KEYED, IS("opus\t48000/2"), MAY_LACK, N_("Opus has the clock 48000 and two channels.")) \
R(X, SDP_EVENT_CLOCK, REMARK, SESSION, UAS_ALL, DESCRIBES, WHERE_SDP, HERE(EVENT_CLOCKS, OTHER), SUBSET, HERE(CODEC_CLOCKS, OTHER), MAY_LACK, N_("Telephone events have the clock of a codec of their stream.")) \
R(X, SDP_ICE, ERROR, SESSION, UAS_ALL, DESCRIBES, WHERE_SDP, HERE_WORD(SHORTEST, OTHER, "ice-ufrag"), AT_LEAST, IS("4"), MAY_LACK, N_("The user name of ICE has at least 4 characters.")) \
R(X, SDP_ICE, ERROR, SESSION, UAS_ALL, DESCRIBES, WHERE_SDP, HERE_WORD(SHORTEST, OTHER, "ice-pwd"), AT_LEAST, IS("22"), MAY_LACK, N_("The password of ICE has at least 22 characters.")) \
R(X, OFFER_NUMBERS, ERROR, SESSION, UAS_ALL, DESCRIBES, WHERE_SDP, HERE(SESSION_ID, OTHER), AT_MOST, IS("9223372036854775807"), MAY_LACK, N_("The session id in o= is a number of 63 bits.")) \
R(X, OFFER_NUMBERS, ERROR, SESSION, UAS_ALL, DESCRIBES, WHERE_SDP, HERE(VERSION, OTHER), AT_MOST, IS("9223372036854775807"), MAY_LACK, N_("The version in o= is a number of 63 bits.")) \
R(X, OFFER_PTIME, ERROR, SESSION, UAS_ALL, DESCRIBES, WHERE_SDP, HERE_WORD(SAYS, OTHER, "ptime"), APART, IS("0"), MAY_LACK, N_("The packet time in a=ptime is not 0.")) \
R(X, SECRET_TAG, ERROR, SECURITY, UAS_ALL, DESCRIBES, WHERE_SDP, HERE_WORD(LABELS, OTHER, "crypto"), DISTINCT, NO_SIDE, MAY_LACK, N_("Each a=crypto of a stream has its own tag.")) \
R(X, SECRET_SIZE, ERROR, SECURITY, UAS_ALL, DESCRIBES, WHERE_SDP, HERE(KEY_SIZES, OTHER), KEYED, IS("AES_CM_128_HMAC_SHA1_80\t30\nAES_CM_128_HMAC_SHA1_32\t30\nF8_128_HMAC_SHA1_80\t30"), MAY_LACK, N_("A key and its salt have as many bytes as their suite asks for.")) \
R(X, SECRET_AGREE, WARNING, SECURITY, UAS_ALL, DESCRIBES, WHERE_SDP, HERE(SECURE, OTHER), SUBSET, HERE(KEYED, OTHER), MAY_LACK | MAY_BE_NONE, N_("A stream by SRTP states how its keys are agreed.")) \
R(X, PLAIN_KEYS, WARNING, SECURITY, UAS_ALL, DESCRIBES GIVEN(HERE_WORD(SAYS, OTHER, "crypto"), NULL), WHERE_SDP, HERE(ENCRYPTED, OTHER), PRESENT, NO_SIDE, 0, N_("A message with a=crypto goes by TLS.")) \
R(X, OFFER_ANSWER, ERROR, SESSION, UAS_ALL, DESCRIBES, WHERE_ANSWER, HERE(KINDS, OTHER), EQUAL, OF(OFFER, KINDS, OTHER), MAY_LACK, N_("An answer has an m= line for each one of its offer, of the same type, in the same order.")) \
R(X, OFFER_ANSWER, WARNING, SESSION, UAS_ALL, DESCRIBES, WHERE_ANSWER, HERE(PROTOCOLS, OTHER), KEYED, OF(OFFER, PROTOCOLS, OTHER), MAY_LACK, N_("A stream has in the answer the protocol that was offered.")) \
R(X, ANSWER_FORMATS, ERROR, SESSION, UAS_ALL, DESCRIBES, WHERE_ANSWER, HERE(TAKEN, OTHER), SHARES, OF(OFFER, OFFERED, OTHER), MAY_LACK, N_("A stream that is accepted has a codec that was offered.")) \
R(X, ANSWER_DIRECTION, ERROR, SESSION, UAS_ALL, DESCRIBES, WHERE_ANSWER, HERE(DIRECTION, OTHER), KEYED, OF(OFFER, ANSWERABLE, OTHER), MAY_LACK, N_("A stream has in the answer a direction that fits the offer.")) \
R(X, OFFER_ANSWER, ERROR, SESSION, UAS_ALL, DESCRIBES, WHERE_ANSWER, HERE(TIMES, OTHER), EQUAL, OF(OFFER, TIMES, OTHER), MAY_LACK, N_("The line t= of an answer is that of its offer.")) \
R(X, OFFER_ANSWER, ERROR, SESSION, UAS_ALL, DESCRIBES, WHERE_ANSWER, HERE(EDITION, OTHER), KEYED, OF(OFFER, EDITION, OTHER), MAY_LACK, N_("An answer that differs from its offer has another o= line.")) \
R(X, ANSWER_TYPES, ERROR, SESSION, UAS_ALL, DESCRIBES, WHERE_ANSWER, HERE(DYNAMIC, OTHER), SUBSET, HERE_WORD(LABELS, OTHER, "rtpmap"), MAY_LACK | MAY_BE_NONE, N_("An answer has a=rtpmap for each dynamic payload type.")) \
R(X, ANSWER_TYPES, WARNING, SESSION, UAS_ALL, DESCRIBES, WHERE_ANSWER, HERE(TYPES, OTHER), KEYED, OF(OFFER, TYPES, OTHER), MAY_LACK, N_("A codec has in the answer the payload type that it has in the offer.")) \
R(X, ANSWER_MODES, ERROR, SESSION, UAS_ALL, DESCRIBES, WHERE_ANSWER, HERE(MODES, OTHER), KEYED, OF(OFFER, MODES, OTHER), MAY_LACK, N_("A payload type of H264 and AMR has the mode in the answer that was offered.")) \
R(X, MEDIA_CONNECTION, ERROR, SESSION, UAS_ALL, DESCRIBES, WHERE_ANSWER, HERE(SETUPS, OTHER), APART, OF(OFFER, SETUPS, OTHER), MAY_LACK, N_("The a=setup of an answer is another one than that of its offer.")) \
R(X, MEDIA_CONNECTION, ERROR, SESSION, UAS_ALL, DESCRIBES, WHERE_ANSWER, HERE_WORD(SETTLED, OTHER, "setup"), APART, IS("actpass"), MAY_LACK, N_("The a=setup of an answer is not actpass.")) \
R(X, DTLS_SETUP, ERROR, SECURITY, UAS_ALL, DESCRIBES, WHERE_SDP, HERE(PRINTED, OTHER), SUBSET, HERE(SETTLED, OTHER), MAY_LACK | MAY_BE_NONE, N_("A stream of RTP with a=fingerprint has a=setup.")) \
R(X, DTLS_KEPT, WARNING, SECURITY, UAS_ALL, DESCRIBES, WHERE_ANSWER, HERE(ENDS, OTHER), KEYED, OF(AGREED, ENDS, OTHER), MAY_LACK, N_("A UA stays active or passive for DTLS as long as nothing else changes.")) \
R(X, SECRET_ANSWER, ERROR, SECURITY, UAS_ALL, DESCRIBES, WHERE_ANSWER, HERE(CRYPTO, OTHER), SUBSET, OF(OFFER, CRYPTO, OTHER), MAY_LACK | MAY_BE_NONE, N_("The tag and the suite in a=crypto of an answer were offered.")) \
R(X, SECRET_ANSWER, ERROR, SECURITY, UAS_ALL, DESCRIBES, WHERE_ANSWER, HERE_WORD(EACH, OTHER, "crypto"), DISTINCT, NO_SIDE, MAY_LACK, N_("A stream has in the answer one a=crypto.")) \
R(X, SECRET_ANSWER, ERROR, SECURITY, UAS_ALL, DESCRIBES, WHERE_ANSWER, HERE(KEYS, OTHER), APART, OF(OFFER, KEYS, OTHER), MAY_LACK, N_("A key in the answer differs from those of the offer.")) \
R(X, MUX_ANSWER, ERROR, SESSION, UAS_ALL, DESCRIBES, WHERE_ANSWER, HERE_WORD(ATTRIBUTE, OTHER, "rtcp-mux"), SUBSET, OF_WORD(OFFER, ATTRIBUTE, OTHER, "rtcp-mux"), MAY_LACK | MAY_BE_NONE, N_("An answer has a=rtcp-mux only if the offer has it.")) \
R(X, MID_ANSWER, ERROR, SESSION, UAS_ALL, DESCRIBES, WHERE_ANSWER, HERE_WORD(ATTRIBUTE, OTHER, "mid"), SUBSET, OF_WORD(OFFER, ATTRIBUTE, OTHER, "mid"), MAY_LACK, N_("A stream has in the answer the a=mid of the offer.")) \
R(X, GROUP_ANSWER, ERROR, SESSION, UAS_ALL, DESCRIBES, WHERE_ANSWER, HERE(GROUPED, OTHER), SUBSET, OF(OFFER, GROUPED, OTHER), MAY_LACK | MAY_BE_NONE, N_("An answer has no group, and nothing in a group, that the offer does not have.")) \
R(X, ANSWER_SAME, ERROR, SESSION, UAS_ALL, RESPONSE(M(INVITE), 101, 299), WHERE_ANSWER, HERE(SESSION, OTHER), EQUAL, OF(ANSWERED, SESSION, OTHER), MAY_LACK, N_("An answer that a later response repeats is the same.")) \
R(X, OFFER_VERSION, WARNING, SESSION, UAS_ALL, DESCRIBES, WHERE_SDP | WHERE_INSIDE, HERE(EDITION, OTHER), KEYED, OF(LAST, EDITION, OTHER), MAY_LACK, N_("A description with the same o= line as the previous one is the same.")) \
R(X, OFFER_MAPPING, ERROR, SESSION, UAS_ALL, DESCRIBES, WHERE_SDP | WHERE_INSIDE, HERE(CODECS, OTHER), KEYED, OF(LAST, CODECS, OTHER), MAY_LACK, N_("A dynamic payload type keeps its codec in all descriptions of a side.")) \
R(X, OFFER_MAPPING, WARNING, SESSION, UAS_ALL, DESCRIBES, WHERE_SDP | WHERE_INSIDE, HERE(CODECS, OTHER), KEYED, OF(THEIRS, CODECS, OTHER), MAY_LACK, N_("A dynamic payload type means the same to both sides.")) \
R(X, OFFER_LINES, ERROR, SESSION, UAS_ALL, REQUEST(M(INVITE) | M(UPDATE) | M(PRACK)), WHERE_OFFER | WHERE_INSIDE, HERE(STREAMS, OTHER), AT_LEAST, OF(AGREED, STREAMS, OTHER), MAY_LACK, N_("A new offer has no fewer m= lines than the agreed description.")) \
R(X, OFFER_MAKE, ERROR, SESSION, UAS_ALL, RESPONSE(M(INVITE), 101, 199) GIVEN(OF(REQUEST, BODY_SIZE, OTHER), "0"), WHERE_OWN | WHERE_SDP, HERE(FIELD, RSEQ), PRESENT, NO_SIDE, 0, N_("An offer in a provisional response is in a reliable one.")) \
R(X, OFFER_MAKE, WARNING, SESSION, UAS_ALL, RESPONSE(M(INVITE), 200, 299) GIVEN(OF(REQUEST, BODY_SIZE, OTHER), "0"), WHERE_OWN | WHERE_UNSAID, HERE(BODY, OTHER), PRESENT, NO_SIDE, 0, N_("A 2xx to an INVITE without an offer has the offer.")) \
R(X, OFFER_MAKE, ERROR, SESSION, UAS_ALL, REQUEST(M(ACK)), WHERE_SDP, OF(INVITE, STREAMS, OTHER), ABSENT, NO_SIDE, 0, N_("An ACK has no description if its INVITE has the offer.")) \
R(X, HOLD_ZERO, REMARK, SESSION, UAS_ALL, REQUEST(M(INVITE) | M(UPDATE)), WHERE_OFFER | WHERE_INSIDE, HERE_WORD(LINE, OTHER, "c"), DIFFERENT, IS("c=IN IP4 0.0.0.0"), MAY_LACK, N_("A stream is held by its direction, not by the address 0.0.0.0.")) \
R(X, UPDATE_RECV, ERROR, SESSION, UAS_ALL, RESPONSE(M(UPDATE), 200, 299) GIVEN(OF(OFFER, STREAMS, OTHER), NULL), WHERE_OWN, HERE(BODY, OTHER), PRESENT, NO_SIDE, 0, N_("A 2xx to an UPDATE with an offer has the answer.")) \
R(X, PRACK_OFFER, ERROR, SESSION, UAS_ALL, RESPONSE(M(PRACK), 200, 299) GIVEN(OF(OFFER, STREAMS, OTHER), NULL), WHERE_OWN, HERE(BODY, OTHER), PRESENT, NO_SIDE, 0, N_("A 2xx to a PRACK with an offer has the answer.")) \
R(X, UPDATE_SEND, ERROR, SESSION, UAS_ALL, REQUEST(M(UPDATE)), WHERE_OFFER, OF(PENDING, STREAMS, OTHER), ABSENT, NO_SIDE, DOUBT_CAPTURE, N_("An UPDATE has no offer while another offer is pending.")) \
R(X, FORM_TYPE, ERROR, SESSION, UAS_ALL, DESCRIBES GIVEN(HERE(BODY_LINE, OTHER), "v=0"), 0, HERE(BARE, CONTENT_TYPE), ALIKE, IS("application/sdp"), MAY_LACK, N_("The type of a session description is application/sdp.")) \
R(X, DTLS_SETUP, ERROR, SECURITY, UAS_ALL, REQUEST(M(INVITE)), WHERE_OFFER | WHERE_OUTSIDE, HERE_WORD(PRINTED, OTHER, "setup"), SUBSET, IS("actpass"), MAY_LACK, N_("The first offer of DTLS has a=setup:actpass.")) \
R(X, DTLS_SETUP, ERROR, SECURITY, UAS_ALL, DESCRIBES, WHERE_ANSWER, HERE_WORD(PRINTED, OTHER, "setup"), SUBSET, IS("active\npassive\n"), MAY_LACK, N_("An answer of DTLS chooses active or passive in a=setup.")) \
R(X, DTLS_SETUP, ERROR, SECURITY, UAS_ALL, DESCRIBES, WHERE_SDP, HERE_WORD(SECURE, OTHER, "UDP/TLS/RTP/SAVP"), SUBSET, HERE(PRINTED, OTHER), MAY_LACK | MAY_BE_NONE, N_("A stream by UDP/TLS/RTP has a=fingerprint."))
/* clang-format on */

#endif
