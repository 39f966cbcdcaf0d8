/*
 * The clauses that are checked, a row each:
 *
 *	X(rule, severity, area, roles, moment, check, what exercises it
 *	    [, .member = …])
 *
 * The rule is a row of rules/rules_table.h, which has the RFC, the section and
 * the sentence; members of struct check tell a check that several rows share
 * what to check.  A rule that is checked at more than one moment has a row for
 * each.
 */
#ifndef INSPECT_CLAUSES_H
#define INSPECT_CLAUSES_H

#include "inspect/relations.h"

/* Roles that a clause binds. */
#define BIT(role) (1u << ROLE_CLASS_##role)
#define UAS_ALL   (BIT(TERMINAL) | BIT(B2BUA) | BIT(GATEWAY))
#define ALL       (UAS_ALL | BIT(PROXY) | BIT(REGISTRAR) | BIT(REDIRECT))
#define PROXIES   (BIT(PROXY))
#define ANSWERS   (UAS_ALL | BIT(REGISTRAR) | BIT(REDIRECT) | BIT(PROXY))
#define REGISTERS (BIT(REGISTRAR) | UAS_ALL | BIT(PROXY))
#define FAULT(id) (1u << MSG_FAULT_##id)
#define REDIRECTS (BIT(REDIRECT) | BIT(REGISTRAR) | UAS_ALL | BIT(PROXY))

/* clang-format off */
#define CLAUSES(X) \
	CLAUSES_FORMAT(X) \
	CLAUSES_RELATION(X) \
	CLAUSES_RESPONSE(X) \
	CLAUSES_TRANSACTION(X) \
	CLAUSES_DIALOG(X) \
	CLAUSES_SESSION(X) \
	CLAUSES_SERVER(X) \
	CLAUSES_EVENT(X) \
	CLAUSES_CONFERENCE(X) \
	CLAUSES_SECURITY(X) \
	CLAUSES_ATTACK(X) \
	CLAUSES_SERVICE(X) \
	CLAUSES_LOCATE(X) \
	CLAUSES_MEDIA(X) \
	CLAUSES_SURVEILLANCE(X)

/* The form of each message: inspect/check_format.c. */
#define CLAUSES_FORMAT(X) \
X(FORM_START, ERROR, FORMAT, ALL, AT_SENT, check_fault, N_("each message"), .faults = FAULT(START_LINE) | FAULT(VERSION)) \
X(FORM_HEAD, ERROR, FORMAT, ALL, AT_SENT, check_fault, N_("each message"), .faults = FAULT(NO_END) | FAULT(FIELD) | FAULT(BARE_CR) | FAULT(NUL)) \
X(FORM_MANDATORY, ERROR, FORMAT, ALL, AT_SENT, check_mandatory, N_("each message")) \
X(FORM_ONCE, ERROR, FORMAT, ALL, AT_SENT, check_fault, N_("each message"), .faults = FAULT(TWICE)) \
X(FORM_VALUE, ERROR, FORMAT, ALL, AT_SENT, check_fault, N_("each message"), .faults = FAULT(VALUE)) \
X(FORM_LENGTH, ERROR, FORMAT, ALL, AT_SENT, check_length, N_("each message"), .faults = FAULT(LENGTH)) \
X(MESSAGE_LARGE, REMARK, FORMAT, ALL, AT_SENT, check_large, N_("each message that is larger than rung reads")) \
X(FORM_LENGTH, WARNING, FORMAT, ALL, AT_SENT, check_rest, N_("each message over UDP")) \
X(FORM_DATE, ERROR, FORMAT, ALL, AT_SENT, check_date, N_("each message with Date")) \
X(TRANSPORT_SIZE, REMARK, FORMAT, ALL, AT_SENT, check_size, N_("each request over UDP")) \
X(BRANCH_UNIQUE, ERROR, FORMAT, ALL, AT_SENT, check_branch, N_("each request with a branch of this RFC"))

/* What responses must have beyond that: inspect/check_response.c. */
#define CLAUSES_RESPONSE(X) \
X(RESPONSE_FIELDS, ERROR, TRANSACTION, ALL, AT_SENT, check_response_fields, N_("each response whose request was seen")) \
X(RESPONSE_TAG, ERROR, TRANSACTION, ALL, AT_SENT, check_response_tag, N_("each response except 100")) \
X(VIA_RECEIVED, WARNING, TRANSACTION, ALL, AT_TX, check_received, N_("each request from another address than its Via has")) \
X(STRAY, ERROR, TRANSACTION, ALL, AT_SENT, check_stray, N_("each response of a run")) \
X(NON_INVITE_1XX, REMARK, TRANSACTION, ALL, AT_SENT, check_non_invite_1xx, N_("each provisional response to another request than INVITE"))

/* Transactions: inspect/check_transaction.c. */
#define CLAUSES_TRANSACTION(X) \
X(ICT_TIMER_A, WARNING, TRANSACTION, ALL, AT_REPEAT, check_request_again, N_("each retransmission of an INVITE over UDP"), .method = MSG_INVITE) \
X(ICT_TIMER_A, WARNING, TRANSACTION, UAS_ALL, AT_TX, check_unrepeated, N_("each INVITE of a run that has no response within T1"), .method = MSG_INVITE) \
X(NICT_TIMER_E, WARNING, TRANSACTION, ALL, AT_REPEAT, check_request_again, N_("each retransmission of another request over UDP")) \
X(NICT_TIMER_E, WARNING, TRANSACTION, UAS_ALL, AT_TX, check_unrepeated, N_("each other request of a run that has no response within T1")) \
X(IST_TIMER_G, WARNING, TRANSACTION, ALL, AT_REPEAT, check_timer_g, N_("each retransmission of a non-2xx final response to an INVITE over UDP")) \
X(INVITE_2XX_AGAIN, WARNING, TRANSACTION, UAS_ALL, AT_REPEAT, check_2xx_again, N_("each retransmission of a 2xx to an INVITE")) \
X(INVITE_2XX_AGAIN, ERROR, TRANSACTION, UAS_ALL, AT_DIALOG, check_2xx_repeated, N_("each 2xx to an INVITE of a run that has no ACK within T1")) \
X(ICT_ACK, ERROR, TRANSACTION, ALL, AT_TX, check_refusal_acked, N_("each non-2xx final response to an INVITE that has arrived")) \
X(ACK_FIELDS, ERROR, TRANSACTION, ALL, AT_SENT, check_ack_fields, N_("each ACK for a non-2xx final response")) \
X(ACK_2XX_CSEQ, ERROR, TRANSACTION, UAS_ALL, AT_SENT, check_ack_cseq, N_("each ACK for a 2xx")) \
X(FINAL_SENT, WARNING, TRANSACTION, ALL, AT_TX, check_final_sent, N_("each request that has arrived, and each INVITE whose answer has begun")) \
X(FINAL_ONCE, ERROR, TRANSACTION, ALL, AT_SENT, check_final_once, N_("each final response")) \
X(PROVISIONAL_LATE, ERROR, TRANSACTION, ALL, AT_SENT, check_provisional_late, N_("each provisional response")) \
X(PROVISIONAL_LATE, ERROR, TRANSACTION, ALL, AT_REPEAT, check_provisional_late, N_("each retransmission of a provisional response")) \
X(CANCEL_FIELDS, ERROR, TRANSACTION, ALL, AT_SENT, check_cancel_fields, N_("each CANCEL whose INVITE was seen")) \
X(CANCEL_WAIT, ERROR, TRANSACTION, ALL, AT_TX, check_cancel_wait, N_("each CANCEL whose INVITE was seen")) \
X(CANCEL_SEND, WARNING, TRANSACTION, ALL, AT_SENT, check_cancel_late, N_("each CANCEL whose INVITE was seen")) \
X(CANCEL_NONE, WARNING, TRANSACTION, ALL, AT_SENT, check_cancel_none, N_("each 2xx and 481 to a CANCEL")) \
X(CANCEL_487, ERROR, TRANSACTION, ALL, AT_TX, check_cancel_ends, N_("each INVITE whose CANCEL was answered"))

/* Dialogs, as each of their two ends has them: inspect/check_dialog.c; which
 * dialog a request belongs to: inspect/check_match.c and
 * inspect/check_match.c; routes:
 * inspect/check_forward.c. */
#define CLAUSES_DIALOG(X) \
X(DIALOG_REQUEST, ERROR, DIALOG, UAS_ALL, AT_SENT, check_dialog_cseq, N_("each request within a dialog")) \
X(DIALOG_REQUEST, ERROR, DIALOG, UAS_ALL, AT_SENT, check_within, N_("each BYE, PRACK and UPDATE")) \
X(UAC_ROUTE, WARNING, DIALOG, ALL, AT_SENT, check_route_taken, N_("each request whose first Route has an address")) \
X(DIALOG_NONE, ERROR, DIALOG, UAS_ALL, AT_SENT, check_dialog_none, N_("each 2xx and 481 to a BYE, INVITE, UPDATE or INFO within a dialog")) \
X(DIALOG_CSEQ, ERROR, DIALOG, UAS_ALL, AT_SENT, check_dialog_order, N_("each answer to a request whose CSeq is lower than an earlier one")) \
X(INVITE_ACK, ERROR, DIALOG, UAS_ALL, AT_DIALOG, check_ok_acked, N_("each 2xx to an INVITE that has arrived at its caller")) \
X(BYE_HELD, ERROR, DIALOG, UAS_ALL, AT_SENT, check_bye_held, N_("each BYE of the party that answered the call")) \
X(BYE_CALLED_EARLY, ERROR, DIALOG, UAS_ALL, AT_SENT, check_bye_early, N_("each BYE of the callee")) \
X(DIALOG_BYE, ERROR, DIALOG, UAS_ALL, AT_SENT, check_after_bye, N_("each request of a session")) \
X(REINVITE_ALONE, ERROR, DIALOG, UAS_ALL, AT_SENT, check_reinvite, N_("each INVITE within a dialog")) \
X(REINVITE_PENDING, ERROR, DIALOG, UAS_ALL, AT_SENT, check_glare, N_("each 491 to an INVITE or UPDATE within a dialog")) \
X(REPLACES_ACCEPT, ERROR, DIALOG, UAS_ALL, AT_DIALOG, check_replaced, N_("each 2xx to an INVITE with Replaces")) \
X(REINVITE_PENDING, ERROR, DIALOG, UAS_ALL, AT_DIALOG, check_glared, N_("each 491 of a run")) \
X(RELIABLE_SEND, ERROR, DIALOG, UAS_ALL, AT_REPEAT, check_reliable_again, N_("each retransmission of a reliable provisional response")) \
X(PRACK_SEND, ERROR, DIALOG, UAS_ALL, AT_SENT, check_unfounded, N_("each PRACK that gets a 400 or 481"), .method = MSG_PRACK) \
X(UPDATE_SEND, ERROR, DIALOG, UAS_ALL, AT_SENT, check_unfounded, N_("each UPDATE that gets a 400 or 481"), .method = MSG_UPDATE) \
X(PRACK_SEND, ERROR, DIALOG, UAS_ALL, AT_DIALOG, check_pracked, N_("each reliable provisional response of a run"))

/* Session descriptions: inspect/check_session.c; answers beside their offers:
 * inspect/check_session.c. */
#define CLAUSES_SESSION(X) \
X(SDP_FORM, ERROR, SESSION, UAS_ALL, AT_SENT, check_sdp, N_("each session description")) \
X(MEDIA_SOURCE, WARNING, SESSION, UAS_ALL, AT_SENT, check_source, N_("each answer with y= (GB/T 28181) to an offer with it")) \
X(OFFER_MISSING, ERROR, SESSION, UAS_ALL, AT_SENT, check_answer_missing, N_("each 2xx to an INVITE with an offer, and each ACK for a 2xx with one")) \
X(OFFER_VERSION, WARNING, SESSION, UAS_ALL, AT_SENT, check_version, N_("each later description of a session")) \

/* Proxies and registrars: inspect/check_server.c; what they leave as it was:
 * inspect/check_forward.c; what becomes of a request's
 * branches: inspect/check_forward.c. */
#define CLAUSES_SERVER(X) \
X(PROXY_UNCHANGED, ERROR, SERVER, PROXIES, AT_SENT, check_unchanged, N_("each request that is forwarded")) \
X(ROUTE_REMOVED, ERROR, SERVER, PROXIES, AT_SENT, check_route_removed, N_("each request that is forwarded and arrived with a Route to this proxy")) \
X(PROXY_BY_ROUTE, ERROR, SERVER, PROXIES, AT_SENT, check_next_hop, N_("each request that is forwarded with a Route that has an address")) \
X(PROXY_RESPONSE, ERROR, SERVER, PROXIES, AT_SENT, check_response_via, N_("each response that is forwarded")) \
X(PROXY_RESPONSE, ERROR, SERVER, PROXIES, AT_SENT, check_response_unchanged, N_("each response that is forwarded")) \
X(PROXY_1XX, ERROR, SERVER, PROXIES, AT_SENT, check_100_forwarded, N_("each provisional response that is forwarded")) \
X(PROXY_2XX, ERROR, SERVER, PROXIES, AT_TX, check_2xx_forwarded, N_("each 2xx to an INVITE that a proxy has forwarded")) \
X(PROXY_CANCEL, ERROR, SERVER, PROXIES, AT_TX, check_branch_cancelled, N_("each branch of an INVITE that was cancelled")) \
X(PROXY_BEST_6XX, ERROR, SERVER, PROXIES, AT_SENT, check_best_6xx, N_("each non-2xx final response that is forwarded after a branch received a 6xx")) \
X(PROXY_BEST_CLASS, ERROR, SERVER, PROXIES, AT_SENT, check_best_class, N_("each non-2xx final response that is forwarded after branches received several")) \
X(PROXY_BEST_RETRY, WARNING, SERVER, PROXIES, AT_SENT, check_best_retry, N_("each 4xx that is forwarded after branches received several")) \
X(PROXY_CHALLENGES, ERROR, SERVER, PROXIES, AT_SENT, check_challenges, N_("each 401 and 407 that is forwarded after branches received several")) \
X(PROXY_CANCEL_OTHERS, ERROR, SERVER, PROXIES, AT_TX, check_others, N_("each branch of an INVITE that rings when another branch receives a 2xx"), .status = 2) \
X(PROXY_6XX, WARNING, SERVER, PROXIES, AT_TX, check_others, N_("each branch of an INVITE that rings when another branch receives a 6xx"), .status = 6) \
X(PROXY_6XX, ERROR, SERVER, PROXIES, AT_SENT, check_branch_late, N_("each further branch of a request")) \
X(IST_ACK, ERROR, SERVER, ALL, AT_SENT, check_ack_absorbed, N_("each ACK for a non-2xx final response that is forwarded")) \
X(PROXY_LOOP, ERROR, SERVER, PROXIES, AT_SENT, check_loop, N_("each request that is forwarded")) \
X(REGISTER_CSEQ, ERROR, SERVER, UAS_ALL, AT_SENT, check_register_cseq, N_("each REGISTER"))

/* Subscriptions and publications: inspect/check_response.c and
 * inspect/check_dialog.c; granted intervals: inspect/check_response.c. */
#define CLAUSES_EVENT(X) \
X(NOTIFY_SUBSCRIBED, ERROR, EVENT, ANSWERS, AT_SENT, check_event, N_("each NOTIFY to a subscriber")) \
X(NOTIFY_FINAL, ERROR, EVENT, UAS_ALL, AT_DIALOG, check_ended, N_("each subscription of a REFER whose time is over"), .method = MSG_NOTIFY) \
X(NOTIFY_TIMEOUT, ERROR, EVENT, ANSWERS, AT_DIALOG, check_ended, N_("each subscription that a SUBSCRIBE with Expires: 0 has ended"), .method = MSG_SUBSCRIBE) \
X(NOTIFY_AT_ONCE, ERROR, EVENT, ANSWERS, AT_DIALOG, check_notified, N_("each subscription"))

/* What a focus says: inspect/check_server.c. */
#define CLAUSES_CONFERENCE(X) \
X(CONFERENCE_DOCUMENT, ERROR, EVENT, UAS_ALL, AT_SENT, check_conference, N_("each NOTIFY with a document of the package conference"))

/* Passwords, addresses, what can be overheard: inspect/check_security.c and
 * inspect/check_security.c. */
#define CLAUSES_SECURITY(X) \
X(AUTH_SCHEME, ERROR, SECURITY, ALL, AT_SENT, check_credentials, N_("each challenge and each answer to one"), .judge = judge_scheme) \
X(DIGEST_ALGORITHM, REMARK, SECURITY, ANSWERS, AT_SENT, check_md5, N_("each challenge")) \
X(DIGEST_QOP, WARNING, SECURITY, ANSWERS, AT_SENT, check_challenge, N_("each challenge"), .judge = judge_qop) \
X(DIGEST_NONCE, WARNING, SECURITY, ANSWERS, AT_SENT, check_nonce, N_("each challenge")) \
X(DIGEST_COUNT, ERROR, SECURITY, UAS_ALL, AT_SENT, check_authorization, N_("each use of a nonce with qop"), .judge = judge_count) \
X(AUTH_URI, WARNING, SECURITY, UAS_ALL, AT_SENT, check_authorization, N_("each answer to a challenge"), .judge = judge_digest_uri) \
X(AUTH_REPLAY, ERROR, SECURITY, ALL, AT_SENT, check_authorization, N_("each answer to a challenge"), .judge = judge_replay) \
X(URI_PASSWORD, WARNING, SECURITY, ALL, AT_SENT, check_uri_password, N_("each message")) \
X(VIA_OWN, REMARK, SECURITY, ALL, AT_SENT, check_own_via, N_("each request with an address in its Via")) \
X(PLAIN_SIGNALLING, REMARK, SECURITY, UAS_ALL, AT_SENT, check_plain, N_("each trace"))

/* What a node does to others: inspect/attacks.c. */
#define CLAUSES_ATTACK(X) \
X(ATTACK_SCAN, WARNING, SECURITY, ALL, AT_ATTACK, check_attack, N_("each node that asks for users")) \
X(ATTACK_PREFIX, WARNING, SECURITY, ALL, AT_ATTACK, check_attack, N_("each number that a node dials")) \
X(ATTACK_GUESS, WARNING, SECURITY, ALL, AT_ATTACK, check_attack, N_("each user in whose name a node sends credentials that are rejected")) \
X(ATTACK_FLOOD, WARNING, SECURITY, ALL, AT_ATTACK, check_attack, N_("each user whom a node calls without an answer")) \
X(ATTACK_TAKEOVER, WARNING, SECURITY, ALL, AT_ATTACK, check_attack, N_("each user whose bindings somebody else ends")) \
X(ATTACK_BYE, WARNING, SECURITY, ALL, AT_ATTACK, check_attack, N_("each node that sends a BYE in a call in which it takes no part"))

/* What serves calls: inspect/check_locate.c. */
#define CLAUSES_SERVICE(X) \
X(DNS_GIVE_UP, WARNING, SERVICE, ALL, AT_QUESTION, check_answered, N_("each query to a name server")) \
X(DNS_SLOW, REMARK, SERVICE, ALL, AT_QUESTION, check_lookup_time, N_("each query to a name server that is answered")) \
X(DNS_NOT_ASKED, ERROR, SERVICE, ALL, AT_SERVICE, check_asked, N_("each answer of a name server")) \
X(DNS_NOTHING, WARNING, SERVICE, ALL, AT_SENT, check_named, N_("each rejection of a request for which a name server had no record")) \
X(STUN_SILENT, WARNING, SERVICE, ALL, AT_QUESTION, check_answered, N_("each request to a STUN server")) \
X(STUN_CONTACT, REMARK, SERVICE, UAS_ALL, AT_SENT, check_mapped, N_("each REGISTER of a phone that has asked a STUN server")) \
X(TLS_ALERT, WARNING, SERVICE, ALL, AT_SERVICE, check_alert, N_("each connection by TLS")) \
X(WEBSOCKET_CLOSE, WARNING, SERVICE, ALL, AT_SERVICE, check_close, N_("each Close of a WebSocket")) \
X(WEBSOCKET_FRAME, ERROR, SERVICE, ALL, AT_SERVICE, check_masked, N_("each WebSocket"))

/* Where requests go by names: inspect/check_locate.c; what goes where something
 * else has gone: inspect/check_match.c. */
#define CLAUSES_LOCATE(X) \
X(DNS_NUMERIC, WARNING, SERVICE, ALL, AT_QUESTION, check_numeric, N_("each query for SRV records of SIP")) \
X(DNS_PORT_GIVEN, WARNING, SERVICE, ALL, AT_LOCATED, check_srv_undue, N_("each request to a name with a port whose lookup was seen")) \
X(DNS_ADDRESSES, WARNING, SERVICE, ALL, AT_LOCATED, check_srv_due, N_("each request to an address of a name without a port whose lookup was seen")) \
X(DNS_NAPTR, WARNING, SERVICE, ALL, AT_LOCATED, check_service, N_("each request to a name whose NAPTR records were seen")) \
X(DNS_SRV, ERROR, SERVICE, ALL, AT_LOCATED, check_priority, N_("each request to one of several servers whose SRV records were seen")) \
X(DNS_PLACE, ERROR, SERVICE, ALL, AT_LOCATED, check_place_named, N_("each request to a name whose lookup was seen")) \
X(UAC_FAILOVER, WARNING, SERVICE, ALL, AT_LOCATED, check_place_again, N_("each request that is tried again after a server that was looked up has failed")) \
X(UAC_FAILOVER, WARNING, SERVICE, ALL, AT_TX, check_next_place, N_("each request whose server has failed although others were looked up")) \
X(DNS_ONCE, ERROR, SERVICE, ALL, AT_SENT, check_chosen_once, N_("each request that is sent again with its branch, to another host, in a run")) \
X(KEEPALIVE_FLOW, WARNING, SERVICE, UAS_ALL, AT_SERVICE, check_flow_kept, N_("each keep-alive of a phone that has registered a flow"))

/* Media: inspect/check_media.c. */
#define CLAUSES_MEDIA(X) \
X(MEDIA_HEARD, ERROR, MEDIA, UAS_ALL, AT_SIDE, check_heard, N_("each side of a call that sends media and asks for some")) \
X(MEDIA_PRIVATE, ERROR, MEDIA, UAS_ALL, AT_SIDE, check_private, N_("each description whose media are sent")) \
X(MEDIA_EVENT, WARNING, MEDIA, UAS_ALL, AT_SIDE, check_digits, N_("each side of a call that dials digits as telephone events")) \
X(MEDIA_PLACE, ERROR, MEDIA, UAS_ALL, AT_STREAM, check_place, N_("each stream of RTP")) \
X(MEDIA_TYPES, ERROR, MEDIA, UAS_ALL, AT_STREAM, check_types, N_("each stream of RTP")) \
X(MEDIA_PTIME, REMARK, MEDIA, UAS_ALL, AT_STREAM, check_ptime, N_("each stream of a capture whose receiver has said a=ptime")) \
X(MEDIA_FAX, REMARK, MEDIA, UAS_ALL, AT_SENT, check_fax, N_("each answer that accepts fax by T.38, in a trace without media")) \
X(MEDIA_FAX_FLOW, REMARK, MEDIA, UAS_ALL, AT_SIDE, check_fax_flow, N_("each side of a call that accepts fax by T.38")) \
X(MEDIA_HELD, WARNING, MEDIA, UAS_ALL, AT_STREAM, check_held, N_("each stream to a phone that has said sendonly or inactive")) \
X(MEDIA_SILENCE, REMARK, MEDIA, UAS_ALL, AT_STREAM, check_silence, N_("each stream of G.711")) \
X(MEDIA_SECRET, REMARK, MEDIA, UAS_ALL, AT_STREAM, check_secret, N_("each stream of G.711 or G.722 for which RTP was agreed")) \
X(MEDIA_BASE, REMARK, MEDIA, UAS_ALL, AT_STREAM, check_base, N_("each stream of a capture")) \
X(MEDIA_SKEW, WARNING, MEDIA, UAS_ALL, AT_STREAM, check_skew, N_("each stream of a capture that lasts 20 s")) \
X(MEDIA_SSRC, WARNING, MEDIA, UAS_ALL, AT_STREAM, check_ssrc, N_("each stream of RTP")) \
X(MEDIA_UNREPORTED, WARNING, MEDIA, UAS_ALL, AT_STREAM, check_unreported, N_("each stream of a capture that lasts 15 s"))

/* Standards that have clauses of RFCs otherwise: inspect/profile.c.  GB/T
 * 28181: inspect/check_surveillance.c. */
#define CLAUSES_SURVEILLANCE(X) \
X(GB_PROFILE, REMARK, SURVEILLANCE, ALL, AT_COMMAND, check_gb_profile, N_("each trace with MANSCDP")) \
X(IMS_PROFILE, REMARK, SERVICE, ALL, AT_SENT, check_ims_profile, N_("each trace of 3GPP's IMS")) \
X(GB_BODY, ERROR, SURVEILLANCE, ALL, AT_COMMAND, check_gb_body, N_("each body of MANSCDP")) \
X(GB_OWNER, WARNING, SURVEILLANCE, ALL, AT_COMMAND, check_gb_owner, N_("each device in a catalogue of 2016")) \
X(GB_ANSWERED, ERROR, SURVEILLANCE, ALL, AT_QUERY, check_gb_answered, N_("each query and command of MANSCDP that asks for an answer and has received a 200")) \
X(GB_SUM, ERROR, SURVEILLANCE, ALL, AT_QUERY, check_gb_sum, N_("each query whose answers have SumNum")) \
X(GB_BEAT, WARNING, SURVEILLANCE, ALL, AT_COMMAND, check_gb_beat, N_("each keep-alive after three others")) \
X(GB_BEAT_TAKEN, ERROR, SURVEILLANCE, ALL, AT_BEAT, check_gb_taken, N_("each answer to a keep-alive of a registered device")) \
X(GB_BEAT_ANEW, WARNING, SURVEILLANCE, ALL, AT_COMMAND, check_gb_anew, N_("each keep-alive after a rejected one")) \
X(GB_REACHED, WARNING, SURVEILLANCE, ALL, AT_COMMAND, check_gb_reached, N_("each keep-alive of a device that was sent a request since the previous one")) \
X(GB_MEDIA_END, ERROR, SURVEILLANCE, ALL, AT_VIEWED, check_gb_end, N_("each playback and download")) \
X(GB_SSRC_ONE, ERROR, SURVEILLANCE, ALL, AT_VIEW, check_gb_one, N_("each y= of a stream that begins")) \
X(GB_SSRC_KIND, ERROR, SURVEILLANCE, ALL, AT_VIEW, check_gb_kind, N_("each offer with y=")) \
X(GB_TIME, ERROR, SURVEILLANCE, ALL, AT_VIEW, check_gb_time, N_("each offer of a playback, and each answer to one")) \
X(GB_ADDRESS, ERROR, SURVEILLANCE, ALL, AT_VIEW, check_gb_address, N_("each offer with y=")) \
X(GB_PORT, WARNING, SURVEILLANCE, ALL, AT_HEARD, check_gb_port, N_("each stream with y= that arrives"))
/* clang-format on */

#endif
