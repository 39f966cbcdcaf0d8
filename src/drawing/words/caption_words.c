/*
 * The words of captions.  A row says which rule it is for and, where one rule
 * stands behind several messages, for which of them: a status, a class of
 * statuses (2 for all 2xx) or a method.  Rows of a status or a method alone
 * are for messages whose rule has no row of its own.  The first that fits
 * counts.
 */
#include "words/caption_words_in.h"

#include "base/i18n.h"
#include "rules/rule_names.h"
#include "rules/rules.h"

#include <stddef.h>

struct row {
	enum rule_id rule;  /* RULE_NONE: any */
	unsigned status;    /* 0: any; 2: 200 to 299 … */
	const char *method; /* NULL: any */
	bool again;         /* only repetitions */
	struct caption_words words;
};

/* Text, brief and argument, of which the latter two may be left out. */
#define WORDS(text, brief, arg, ...) \
	{                            \
		text, brief, arg     \
	}
#define ROW(rule, status, method, again, ...)       \
	{                                           \
		RULE_##rule, status, method, again, \
		    WORDS(__VA_ARGS__, 0, 0, 0)     \
	}
#define A(rule, ...)         ROW(rule, 0, NULL, true, __VA_ARGS__)
#define R(rule, ...)         ROW(rule, 0, NULL, false, __VA_ARGS__)
#define S(rule, status, ...) ROW(rule, status, NULL, false, __VA_ARGS__)
#define M(rule, method, ...) ROW(rule, 0, method, false, __VA_ARGS__)

static const struct row rows[] = {
	/* Repetitions. */
	R(ICT_TIMER_A, N_("no answer came within %s (Timer A)"),
	    N_("no answer in %s"), CAPTION_LENGTH),
	R(NICT_TIMER_E, N_("no final answer came within %s (Timer E)"),
	    N_("no answer in %s"), CAPTION_LENGTH),
	R(IST_TIMER_G, N_("no ACK came within %s (Timer G)"),
	    N_("no ACK in %s"), CAPTION_LENGTH),
	R(INVITE_2XX_AGAIN,
	    N_("no ACK came within %s, so the phone itself retransmits its "
	       "2xx"),
	    N_("no ACK in %s"), CAPTION_LENGTH),
	R(IST_REQUEST,
	    N_("a retransmission of the INVITE came, so the response is "
	       "retransmitted"),
	    N_("a retransmission came")),
	R(NIST_REQUEST,
	    N_("a retransmission of the request came, so the response is "
	       "retransmitted"),
	    N_("a retransmission came")),

	A(INVITE_ACK,
	    N_("a retransmission of the 2xx came, so the ACK is retransmitted"),
	    N_("the 2xx was retransmitted")),
	A(ICT_ACK,
	    N_("a retransmission of the response came, so the ACK is "
	       "retransmitted"),
	    N_("the response was retransmitted")),
	A(PROXY_ACK, N_("the ACK was retransmitted, and is forwarded again"),
	    N_("a retransmission came")),
	A(PROXY_2XX,
	    N_("the 2xx was retransmitted, and is forwarded back again"),
	    N_("a retransmission came")),
	A(PROXY_FORWARD, N_("it was retransmitted, and is forwarded again"),
	    N_("a retransmission came")),
	A(PROXY_STATELESS_BRANCH,
	    N_("it was retransmitted, and is forwarded again"),
	    N_("a retransmission came")),
	A(PROXY_STATELESS_RESPONSE,
	    N_("it was retransmitted, and is forwarded back again"),
	    N_("a retransmission came")),
	A(LOCATION_QUERY, N_("no answer came")),
	A(LOCATION_STORE, N_("no answer came")),
	A(DNS_RETRY, N_("no answer came")),

	/* Messages below SIP, and next to it. */
	R(TLS_HANDSHAKE,
	    N_("both sides agree on keys before they send anything else")),
	R(TLS_ALERT, N_("the connection can't continue")),
	R(TLS_CLOSE, N_("no more data follows on the connection")),
	R(WEBSOCKET_HANDSHAKE, N_("the connection becomes a WebSocket")),
	R(WEBSOCKET_PONG, N_("the connection is still open")),
	R(WEBSOCKET_CLOSE, N_("a control message of the connection itself")),
	R(STUN_ASK, N_("which address does the server see?")),
	R(STUN_AGAIN, N_("no answer came")),
	R(STUN_ANSWER, N_("this is the address that the request came from")),
	R(STUN_UNKNOWN, N_("it contains an unknown attribute")),
	R(STUN_CHANGE, N_("does an answer come from another address?")),
	R(KEEPALIVE_SEND, N_("it keeps the NAT mapping open")),
	R(KEEPALIVE_PONG, N_("the flow is alive")),
	R(KEEPALIVE_STUN, N_("the flow is alive")),

	/* Calls. */
	R(INVITE_SEND, N_("it calls %s"), N_("it calls"), CAPTION_URI),
	S(INVITE_PROGRESS, 180, N_("the phone rings")),
	R(INVITE_1XX_AGAIN, N_("it still rings, so that no proxy gives up"),
	    N_("it still rings")),
	R(INVITE_ACCEPT, N_("the call is answered")),
	S(INVITE_REJECT, 486, N_("the phone is busy")),
	R(INVITE_EXPIRED, N_("the INVITE has expired")),
	R(INVITE_ACK,
	    N_("the 2xx has come, and the caller confirms it end to end"),
	    N_("the 2xx has come")),
	R(ICT_ACK, N_("a response other than 2xx is acknowledged hop by hop"),
	    N_("acknowledged hop by hop")),
	R(BYE_SEND, N_("it hangs up")),
	R(BYE_RECV, N_("the call is over")),
	R(BYE_487, N_("the call was ended before it was answered")),
	R(INVITE_NO_ACK, N_("no ACK came, so the call is ended")),
	R(REINVITE_SEND, N_("it asks to change the session")),
	R(HOLD_SEND, N_("it puts the call on hold")),
	R(HOLD_INACTIVE, N_("it puts the call on hold")),
	R(HOLD_ZERO, N_("it puts the call on hold")),
	R(STREAM_ADD, N_("it adds a stream to the call")),
	R(STREAM_REMOVE, N_("it removes a stream from the call")),
	R(RESUME_SEND, N_("it resumes the call")),
	R(REINVITE, N_("the change of the call is accepted")),
	R(SESSION_REFRESH, N_("it refreshes the session")),
	R(SESSION_LONGER, N_("it asks for the longer interval")),
	R(SESSION_TOO_SMALL, N_("the session interval is too short")),
	R(PROXY_SESSION_TOO_SMALL, N_("the session interval is too short")),
	R(SESSION_EXPIRED, N_("nobody has refreshed the session")),
	R(REINVITE_LOST, N_("the peer has lost the call")),
	R(REINVITE_PENDING, N_("both sides want a change at the same time")),
	R(DIALOG_NONE, N_("it has no such call")),
	R(DIALOG_CSEQ, N_("the request is older than the last one")),
	R(INVITE_REDIRECT, N_("the caller is redirected")),
	R(INVITE_EVERYWHERE,
	    N_("no other phone of the user will accept the call")),

	/* Transferred. */
	R(REFER_SEND, N_("the peer is asked to call somebody else instead"),
	    N_("call somebody else")),
	R(REFER_ACCEPT, N_("it will call the URI in Refer-To"),
	    N_("it will call there")),
	R(REFER_INVITE, N_("a REFER asked it to call %s"),
	    N_("a REFER asked it to call"), CAPTION_URI),
	R(REFER_DECLINE, N_("it accepts no transfers")),
	R(REFER_OUTSIDE, N_("only the peer in the call may transfer it")),
	R(REFER_TARGET, N_("it can't call the URI in Refer-To")),
	R(REFER_BAD, N_("the REFER does not name one URI to call")),
	R(REFER_PENDING, N_("a transfer is already in progress")),
	R(NOTIFY_FIRST, N_("the transfer is in progress"), N_("in progress")),
	R(NOTIFY_FINAL, N_("the result of the transfer"), N_("the result")),
	R(NOTIFY_TIMEOUT, N_("the time of the subscription is over")),
	R(NOTIFY_RECV, N_("the NOTIFY has arrived")),
	R(NOTIFY_NONE, N_("it has no such subscription")),
	R(NOTIFY_EVENT, N_("it does not know this event")),

	/* Taken back. */
	R(CANCEL_SEND, N_("it cancels the call before it is answered"),
	    N_("it cancels the call")),
	R(CANCEL_RECV,
	    N_("the CANCEL has arrived; the INVITE gets a response of its own"),
	    N_("the CANCEL has arrived")),
	R(CANCEL_487, N_("the INVITE was cancelled")),
	R(CANCEL_NONE, N_("there is nothing to cancel")),
	R(PROXY_CANCEL, N_("the caller gives up, so this branch is cancelled"),
	    N_("the caller gives up")),
	R(PROXY_CANCEL_OTHERS, N_("another phone has answered the call")),
	R(PROXY_6XX, N_("a 6xx on one branch ends the search")),
	R(PROXY_RING_TIME, N_("it rang long enough; the next phone is tried"),
	    N_("it rang long enough")),
	R(PROXY_TIMER_C, N_("it rang for more than three minutes")),

	/* Proxies. */
	R(PROXY_100, N_("it has the INVITE and handles it"),
	    N_("it has the INVITE")),
	R(PROXY_100_LATE, N_("it has the request, but no final response yet"),
	    N_("it has the request")),
	R(REDIRECT_100, N_("it has the INVITE and looks up the user"),
	    N_("it has the INVITE")),
	S(PROXY_1XX, 180, N_("the caller learns that the phone rings"),
	    N_("it rings")),
	R(PROXY_FORWARD, N_("one hop closer to the destination"),
	    N_("one hop closer")),
	R(PROXY_ACK, N_("one hop closer to the destination"),
	    N_("one hop closer")),
	R(PROXY_STATELESS_BRANCH, N_("one hop closer to the destination"),
	    N_("one hop closer")),
	R(PROXY_STATELESS_CANCEL, N_("one hop closer to the destination"),
	    N_("one hop closer")),
	R(PROXY_1XX, N_("a 1xx is forwarded at once")),
	R(PROXY_199, N_("one early dialog is over; others are still tried"),
	    N_("an early dialog is over")),
	R(PROXY_2XX,
	    N_("a 2xx is forwarded at once, back along the path of the INVITE"),
	    N_("back along the path of the INVITE")),
	S(PROXY_FINAL, 2,
	    N_("the response goes back along the path of the request"),
	    N_("back along the same path")),
	R(PROXY_FINAL, N_("this is the best response of all branches"),
	    N_("the best response")),
	R(PROXY_STATELESS_RESPONSE,
	    N_("the response goes to the address in the next Via"),
	    N_("to the next Via")),
	R(PROXY_404, N_("it does not know this user")),
	R(GRUU_NONE, N_("it does not know this user")),
	R(PROXY_480, N_("the user is not registered")),
	R(LOCATION_SILENT, N_("the location service does not answer")),
	R(LOCATION_GONE, N_("the user is gone permanently")),
	R(LOCATION_AMBIGUOUS, N_("the name matches several users")),
	R(LOCATION_INCOMPLETE, N_("the number has too few digits")),
	R(PROXY_408, N_("no final response came in time"),
	    N_("no answer came")),
	R(PROXY_UNANSWERED, N_("no final response came in time"),
	    N_("no answer came")),
	R(PROXY_503, N_("the next hop answered 503, which becomes 500")),
	R(PROXY_OVERLOAD, N_("the server is overloaded")),
	R(PROXY_HEALTH, N_("it asks whether the server is there"),
	    N_("is it there?")),
	R(PROXY_PROGRAM_REFUSES, N_("its program rejects it")),
	R(PROXY_PROGRAM_REDIRECTS, N_("its program redirects the caller"),
	    N_("its program redirects")),
	R(PROXY_PROGRAM_FAILED, N_("its program has failed")),
	R(MENU_REFUSES, N_("its program rejects it")),
	R(MENU_HANGS_UP, N_("its program hangs up")),
	R(MENU_DONE, N_("its program has finished")),
	R(MENU_FAILED, N_("its program has failed")),
	R(MENU_NONE, N_("it has no program")),
	R(PROXY_RATE, N_("the server is overloaded")),
	R(OVERLOAD_DEAF, N_("the server is overloaded")),
	R(OVERLOAD_OBEYED, N_("the next server has asked for fewer requests")),
	R(PROXY_TRANSPORT, N_("the connection to the next hop failed")),
	R(PROXY_UNREACHABLE, N_("no address is known for the next hop")),
	R(PROXY_LOOP, N_("the request has looped")),
	R(PROXY_MAX_FORWARDS, N_("the request has passed too many hops")),
	R(PROXY_BREADTH, N_("it would fork into too many branches")),
	R(PROXY_181, N_("the call is forwarded to another address")),

	/* Clients that try again. */
	R(UAC_FAILOVER, N_("the server failed, so the next one is tried"),
	    N_("it tries the next server")),
	R(REDIRECT_FOLLOW, N_("it follows the redirection")),
	R(REDIRECT_NEXT, N_("one address failed, so it tries the next"),
	    N_("it tries the next address")),
	R(AUTH_ANSWER, N_("the same request, now with credentials"),
	    N_("now with credentials")),
	R(AUTH_ANSWER_PROXY, N_("the same request, now with credentials"),
	    N_("now with credentials")),
	R(TRANSPORT_FALLBACK, N_("TCP failed, so it goes by UDP")),

	/* Authentication. */
	R(AUTH_401, N_("it asks for credentials"), N_("credentials?")),
	R(AUTH_407, N_("it asks for credentials"), N_("credentials?")),
	R(AUTH_OTHER_REALM, N_("credentials for another server")),
	R(AUTH_SCHEME, N_("these credentials prove nothing here")),
	R(AUTH_WRONG, N_("the password was wrong")),
	R(AUTH_NOBODY, N_("no user of that name has a password here")),
	R(AUTH_STALE,
	    N_("the credentials were right, but the nonce is too old")),
	R(AUTH_REPLAY, N_("these credentials were used before")),

	/* Registration, location, redirection. */

	/* Messages and fields that pass through a box: RFC 7092, 7332. */
	R(PAIR_CALL, N_("it calls %s to find out how to answer"),
	    N_("the other leg of the call"), CAPTION_URI),
	R(PAIR_PASS, N_("it relays what came on the other leg"),
	    N_("from the other leg")),
	R(PAIR_CHANGE,
	    N_("the peer of the other leg has offered or answered it"),
	    N_("as on the other leg")),
	R(PAIR_BYE, N_("the other leg of the call is over"),
	    N_("the other leg is over")),
	R(PAIR_REFUSED, N_("the peer of the other leg has rejected it"),
	    N_("the other leg rejects")),
	R(PAIR_NOT_SENT, N_("it can't send the request on the other leg"),
	    N_("not sent on the other leg")),
	R(PAIR_HOPS, N_("the call has passed too many hops"),
	    N_("too many hops")),

	/* What a usage of its own brings: RFC 6665, 3903, 3428, 6086. */
	R(SUBSCRIBE_SEND, N_("it subscribes to a state"), N_("it subscribes")),
	R(CONFERENCE_ASK, N_("it asks who is in the conference"),
	    N_("who is there?")),
	R(CONFERENCE_UNTOLD,
	    N_("the conference is over, or the phone has left it"),
	    N_("no more NOTIFYs")),
	R(SUBSCRIBE_REFRESH, N_("the subscription would expire"),
	    N_("a refresh")),
	R(SUBSCRIBE_STOP, N_("it ends the subscription"),
	    N_("no more NOTIFYs")),
	R(SUBSCRIBE_LONGER, N_("the interval that it asked for was too short"),
	    N_("for a longer time")),
	R(SUBSCRIBE_AGAIN,
	    N_("the notifier has ended the subscription, but not permanently"),
	    N_("once more")),
	R(SUBSCRIBE_RECOVER,
	    N_("the subscription was lost, or could not be created"),
	    N_("a new attempt")),
	R(SUBSCRIBE_ACCEPT, N_("it will report the state"), N_("accepted")),
	R(SUBSCRIBE_REFRESHED, N_("the subscription is extended"),
	    N_("refreshed")),
	R(SUBSCRIBE_BRIEF, N_("the interval is too short"), N_("too short")),
	R(SUBSCRIBE_EVENT, N_("it does not support this event"),
	    N_("unknown event")),
	R(SUBSCRIBE_ACCEPTS, N_("it has no format that the watcher accepts"),
	    N_("no common format")),
	R(SUBSCRIBE_REFUSED, N_("this watcher is not allowed to subscribe"),
	    N_("not allowed")),
	R(USAGE_SECOND, N_("the dialog already has a usage"),
	    N_("one usage is enough")),
	R(NOTIFY_AT_ONCE, N_("each SUBSCRIBE is followed by a NOTIFY at once"),
	    N_("the current state")),
	R(NOTIFY_CHANGE, N_("the state has changed"), N_("the new state")),
	R(PUBLISH_SEND, N_("it publishes the state of its user"),
	    N_("its state")),
	R(PUBLISH_REFRESH, N_("the published state would expire"),
	    N_("a refresh")),
	R(PUBLISH_MODIFY, N_("the state of its user has changed"),
	    N_("a new state")),
	R(PUBLISH_REMOVE, N_("it removes the state that it has published"),
	    N_("withdrawn")),
	R(PUBLISH_ANEW, N_("the compositor no longer knows the entity tag"),
	    N_("once more")),
	R(PUBLISH_RECOVER, N_("the state could not be published before"),
	    N_("a new attempt")),
	R(PUBLISH_LONGER, N_("the interval that it asked for was too short"),
	    N_("for a longer time")),
	R(PUBLISH_ACCEPT, N_("it stores the state under a new entity tag"),
	    N_("kept")),
	R(PUBLISH_MATCH, N_("it has no state with this entity tag"),
	    N_("no such tag")),
	R(MESSAGE_SEND, N_("it sends a text message"), N_("a message")),
	R(MESSAGE_SHOW, N_("the message has arrived"), N_("it has arrived")),
	R(MESSAGE_EXPIRED, N_("the message has expired"), N_("too old")),
	R(MESSAGE_DECLINED, N_("its user accepts no messages"), N_("declined")),
	R(INFO_SEND, N_("it sends information within the call"),
	    N_("within the call")),
	R(GATEWAY_INFO,
	    N_("it carries an ISUP message that has no counterpart in SIP"),
	    N_("an ISUP message")),
	R(INFO_TAKEN, N_("the content of the INFO has arrived"),
	    N_("it has arrived")),
	R(INFO_DIGIT, N_("the digit has arrived"), N_("a digit")),
	R(INFO_EMPTY, N_("the INFO has arrived"), N_("it has arrived")),
	R(INFO_REFUSED, N_("it does not accept this package"),
	    N_("package not accepted")),
	R(PING_SEND, N_("it checks whether the server is still there"),
	    N_("still there?")),

	R(REDIAL_SUBSCRIBE, N_("it asks when the callee is free"),
	    N_("when free?")),
	R(REDIAL_CALL, N_("the callee is free now"), N_("it is free")),
	R(REQUEST_SEND, N_("the script asks for it"), N_("as the script says")),

	/* Changes before the answer, and confirmed ones: RFC 3262, 3311,
	 * 4028. */
	R(RELIABLE_SEND,
	    N_("this provisional response is reliable: it asks for a PRACK"),
	    N_("it asks for a PRACK")),
	R(RELIABLE_AGAIN, N_("no PRACK came within %s"), N_("no PRACK in %s"),
	    CAPTION_LENGTH),
	R(RELIABLE_SILENT, N_("no PRACK came"), N_("no PRACK")),
	R(RELIABLE_2XX,
	    N_("the call is answered, and its provisional response is "
	       "confirmed"),
	    N_("it is answered")),
	R(PRACK_SEND, N_("it confirms the provisional response"),
	    N_("confirmed")),
	R(PRACK_RECV, N_("the PRACK matches the response"), N_("it matches")),
	R(PRACK_NONE, N_("the PRACK matches no response"), N_("no match")),
	R(UPDATE_SEND, N_("it changes the session"), N_("a change")),
	R(UPDATE_RECV, N_("it accepts the change"), N_("accepted")),
	R(UPDATE_GLARE, N_("both sides want a change at the same time"),
	    N_("one at a time")),
	R(UPDATE_EARLY, N_("an earlier change is not answered yet"),
	    N_("too early")),
	R(UPDATE_CROSSED,
	    N_("the ACK or PRACK of an offer has not arrived yet"),
	    N_("too early")),
	R(UPDATE_ASK, N_("it can't wait for its user's decision"),
	    N_("no time to ask")),
	R(UPDATE_AGAIN, N_("its change crossed the peer's, so it tries again"),
	    N_("once more")),
	R(SESSION_UPDATE, N_("the session would expire"), N_("a refresh")),

	/* Calls about calls: RFC 3891, 3911. */
	R(REPLACES_SEND, N_("this call asks to replace another one"),
	    N_("a replacement")),
	R(REPLACES_ACCEPT, N_("this call replaces another one"),
	    N_("a replacement")),
	R(REPLACES_BYE, N_("another call has replaced it"), N_("replaced")),
	R(REPLACES_NONE, N_("there is no call that it could replace"),
	    N_("no such call")),
	R(REPLACES_ANSWERED, N_("the call to be replaced was already answered"),
	    N_("already answered")),
	R(JOIN_SEND, N_("it asks to join a call"), N_("may I join?")),
	R(JOIN_ACCEPT, N_("it is accepted into the call"), N_("joined")),
	R(JOIN_NONE, N_("there is no call that it could join"),
	    N_("no such call")),
	R(INVITE_NOT_DISTURBED, N_("its user does not want to be disturbed"),
	    N_("not now")),
	R(SCREEN_OUT, N_("this caller is not allowed to call there"),
	    N_("not allowed")),
	R(SCREEN_IN, N_("the user accepts no calls from this caller"),
	    N_("not wanted")),

	R(REGISTER_SEND, N_("it registers the address where it can be reached"),
	    N_("it registers its address")),
	R(REGISTER_THIRD, N_("it registers the address of another user")),
	R(REGISTER_REFRESH, N_("the registration would soon expire")),
	R(REGISTER_REMOVE, N_("it can no longer be reached there"),
	    N_("it is gone")),
	R(REGISTER_FETCH, N_("it asks where the user can be reached")),
	R(REGISTER_OK, N_("these are the current bindings"),
	    N_("the current bindings")),
	R(REGISTER_BRIEF, N_("the interval is too short")),
	M(CX_ASK, "UAR",
	    N_("may the user register, and which S-CSCF serves the user?")),
	M(CX_ASK, "MAR", N_("which challenge proves the user's identity?")),
	M(CX_ASK, "SAR",
	    N_("it now serves the user, and asks for the profile")),
	M(CX_ASK, "LIR", N_("which S-CSCF serves the user?")),
	R(CX_AGAIN, N_("no answer came")),
	R(CX_SERVE, N_("this is what it knows about the user")),
	R(DIAMETER_FAULT, N_("it contains an error")),
	M(LOCATION_QUERY, "query", N_("where can the user be reached?")),
	M(LOCATION_QUERY, "answer", N_("this is what it knows about the user")),
	M(LOCATION_STORE, "store",
	    N_("it stores where the user can be reached"),
	    N_("it stores the bindings")),
	M(LOCATION_STORE, "answer", N_("it has stored them")),
	M(DNS_ASK, "query",
	    N_("what does the name server know about this name?"),
	    N_("what is known about this name?")),
	M(DNS_ITERATE, "query", N_("it asks the server closest to the name")),
	M(DNS_RETRY, "query", N_("no answer came")),
	M(DNS_NEXT_SERVER, "query", N_("it asks the next server")),
	M(DNS_PLAIN, "query", N_("once more, without EDNS")),
	M(DNS_TRUNCATED, "query", N_("once more, over TCP")),
	M(DNS_REFERRAL, "query", N_("another server has named this one")),
	M(DNS_ANSWER, "answer", N_("this is what its zone contains")),
	M(DNS_ALIAS, "answer", N_("the name is an alias of another")),
	M(DNS_NO_NAME, "answer", N_("there is no such name")),
	M(DNS_NO_DATA, "answer", N_("the name has no such record")),
	M(DNS_DELEGATED, "answer", N_("other servers are responsible for it")),
	M(DNS_RECURSION, "answer",
	    N_("this is what other servers have answered")),
	M(DNS_REFUSED, "answer", N_("it does not answer such queries")),
	M(DNS_SERVFAIL, "answer", N_("it could not find the answer")),
	M(DNS_FORMERR, "answer", N_("it can't read the query")),
	M(DNS_NOTIMP, "answer", N_("it does not support this operation")),
	M(DNS_BADVERS, "answer", N_("it supports only an older EDNS")),
	M(DNS_NO_EDNS, "answer", N_("it does not support EDNS")),
	M(DNS_TOO_LONG, "answer", N_("the answer does not fit into a datagram"),
	    N_("the answer does not fit")),
	M(DNS_LIE, "answer", N_("it gives a false answer")),
	R(REDIRECT_300, N_("there are several addresses to try")),
	R(REDIRECT_301, N_("the user has moved permanently")),
	R(REDIRECT_302, N_("try that address instead")),
	R(REDIRECT_305, N_("use that proxy instead")),

	R(OPTIONS_SEND, N_("it asks what the receiver supports")),
	R(OPTIONS_RECV, N_("it reports what it supports")),
	R(OPTIONS_SERVER, N_("it reports what it supports")),
	R(RAW_SEND, N_("these are exactly the bytes that it was given"),
	    N_("the bytes it was given")),

	/* Whatever the rule. */
	S(NONE, 100, N_("it has the request and handles it"),
	    N_("it has the request")),
	S(NONE, 180, N_("the phone rings")),
	S(NONE, 181, N_("the call is forwarded to another address")),
	S(NONE, 182, N_("the call waits in a queue")),
	S(NONE, 183,
	    N_("the call makes progress, but the phone does not ring")),
	S(NONE, 2, N_("it is done")),
	S(NONE, 302, N_("try that address instead")),
	S(NONE, 3, N_("the request is redirected")),
	S(NONE, 401, N_("it asks for credentials"), N_("credentials?")),
	S(NONE, 403, N_("it is not allowed")),
	S(NONE, 404, N_("it does not know this user")),
	S(NONE, 405, N_("it does not allow this method")),
	S(NONE, 407, N_("it asks for credentials"), N_("credentials?")),
	S(NONE, 408, N_("no final response came in time"),
	    N_("no answer came")),
	S(NONE, 480, N_("the user can't be reached now")),
	S(NONE, 481, N_("it has no such call")),
	S(NONE, 482, N_("the request has looped")),
	S(NONE, 483, N_("the request has passed too many hops")),
	S(NONE, 486, N_("the phone is busy")),
	S(NONE, 487, N_("the INVITE was cancelled")),
	S(NONE, 491, N_("both sides want a change at the same time")),
	S(NONE, 4, N_("it can't handle the request as it is"),
	    N_("not as it is")),
	S(NONE, 5, N_("the server can't handle the request")),
	S(NONE, 6, N_("no phone of the user will accept it")),
	M(NONE, "INVITE", N_("it calls %s"), N_("it calls"), CAPTION_URI),
	M(NONE, "ACK", N_("the final answer has come")),
	M(NONE, "BYE", N_("it hangs up")),
	M(NONE, "CANCEL", N_("it cancels the call")),
	M(NONE, "REGISTER",
	    N_("it registers the address where it can be reached")),
	M(NONE, "PRACK", N_("it confirms the provisional response")),
	M(NONE, "UPDATE", N_("it changes the session")),
	M(NONE, "OPTIONS", N_("it asks what the receiver supports")),
	M(NONE, "MESSAGE", N_("a text message")),
	M(NONE, "SUBSCRIBE", N_("it subscribes to a state"),
	    N_("it subscribes")),
	M(NONE, "NOTIFY", N_("the state has changed"), N_("the new state")),
	/* The telephone network. */
	M(NONE, "IAM", N_("a call seizes a circuit")),
	M(NONE, "SAM", N_("here are more digits")),
	M(NONE, "COT", N_("the result of the continuity check")),
	M(NONE, "ACM", N_("the number is complete")),
	M(NONE, "CPG", N_("the call makes progress")),
	M(NONE, "CON", N_("answered at once")),
	M(NONE, "ANM", N_("the called party has answered")),
	M(NONE, "SUS", N_("the called party has hung up for now")),
	M(NONE, "RES", N_("the called party has picked up again")),
	M(NONE, "REL", N_("the call ends")),
	M(NONE, "RLC", N_("the circuit is free")),
	M(NONE, "RSC", N_("any call on the circuit ends")),
	M(NONE, "BLO", N_("no new calls on this circuit")),
	M(NONE, "BLA", N_("it makes no more calls on the circuit")),
	M(NONE, "UBL", N_("calls may use this circuit again")),
	M(NONE, "UBA", N_("it may call on the circuit again")),
	M(NONE, "UCIC", N_("there is no such circuit")),
	M(NONE, "CFN", N_("the message was not understood")),
	/* Terminals of H.323: Q.931, then H.245. */
	M(NONE, "Setup", N_("it calls")),
	M(NONE, "CallProceeding", N_("the number is complete")),
	M(NONE, "Alerting", N_("the phone rings")),
	M(NONE, "Connect", N_("the called party has answered")),
	M(NONE, "ReleaseComplete", N_("the call ends")),
	M(NONE, "TerminalCapabilitySet", N_("this is what it can receive")),
	M(NONE, "TerminalCapabilitySetAck", N_("it has noted that")),
	M(NONE, "MasterSlaveDetermination",
	    N_("which side decides in a conflict?")),
	M(NONE, "MasterSlaveDeterminationAck",
	    N_("the deciding side is known")),
	M(NONE, "OpenLogicalChannel", N_("it wants to send this")),
	M(NONE, "OpenLogicalChannelAck", N_("this stream is accepted")),
	M(NONE, "EndSessionCommand", N_("the control session ends")),
	/* Media gateways. */
	M(NONE, "ServiceChange", N_("it is in service")),
	M(MEGACO_WATCH, "Modify", N_("these are the events to report")),
	M(MEGACO_DIGITS, "Modify", N_("this is the digit map")),
	M(NONE, "Modify", N_("the line changes")),
	M(NONE, "Notify", N_("this has happened on the line")),
	M(NONE, "Add", N_("a line or a stream joins the call")),
	M(NONE, "Subtract", N_("it leaves the call")),
	M(MEGACO_REPLY, NULL, N_("it has done it")),
};

/* A route by how it was chosen. */
static const struct {
	const char *how;
	struct caption_words words;
} routes[] = {
	{ "location", WORDS(N_("the user has registered there"),
			  N_("the user is there"), 0, 0, 0) },
	{ "domain", WORDS(N_("the user's domain has its server there"),
			N_("to the user's domain"), 0, 0, 0) },
	{ "route", WORDS(N_("its Route leads there"), 0, 0, 0) },
	{ "uri", WORDS(N_("its Request-URI names that address"),
		     N_("its URI leads there"), 0, 0, 0) },
	{ "maddr", WORDS(N_("its Request-URI has a maddr"), 0, 0, 0) },
	{ "registrar", WORDS(N_("that is the registrar of the domain"),
			   N_("to the registrar"), 0, 0, 0) },
	{ "strict-route", WORDS(N_("its Route leads there, to a strict router"),
			      N_("its Route leads there"), 0, 0, 0) },
	{ "outbound", WORDS(N_("that is its outbound proxy"), 0, 0, 0) },
	{ "presence",
	    WORDS(N_("that is the presence agent of the domain"), 0, 0, 0) },
	{ "redirect", WORDS(N_("a 3xx redirected it there"), 0, 0, 0) },
	{ "service",
	    WORDS(N_("a service of the user sends it there"), 0, 0, 0) },
	{ "subscriber",
	    WORDS(N_("the home subscriber server names the user's S-CSCF"),
		N_("that S-CSCF serves the user"), 0, 0, 0) },
	{ "program", WORDS(N_("the proxy's program says so"), 0, 0, 0) },
};

static bool
caption_row_fits(const struct row *r, enum rule_id rule, struct str method,
    unsigned status, bool again)
{
	if (r->rule != rule || (r->again && !again))
		return false;
	if (r->method != NULL && !str_is(method, r->method))
		return false;
	return r->status == 0 ||
	       (r->status < 10 ? status / 100 : status) == r->status;
}

static const struct caption_words *
find_caption(enum rule_id rule, struct str method, unsigned status, bool again)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (caption_row_fits(&rows[i], rule, method, status, again))
			return &rows[i].words;
	return NULL;
}

const struct caption_words *
caption_words_find(const struct rule *rule, struct str method, unsigned status,
    bool again, bool forwarded)
{
	const struct caption_words *words = NULL;

	for (int i = RULE_NONE + 1; rule != NULL && i < RULE_COUNT; i++)
		if (rule_at((enum rule_id)i) == rule)
			words = find_caption(
			    (enum rule_id)i, method, status, again);
	if (words != NULL)
		return words;
	/* What a request wants its first sender wants. */
	return find_caption(
	    forwarded && status == 0 ? RULE_PROXY_FORWARD : RULE_NONE, method,
	    status, again);
}

const struct caption_words *
caption_words_route(struct str how)
{
	for (size_t i = 0; i < COUNT_OF(routes); i++)
		if (str_is(how, routes[i].how))
			return &routes[i].words;
	return NULL;
}
