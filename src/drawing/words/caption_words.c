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
	    N_("no ACK came within %s, and the phone itself repeats its 2xx"),
	    N_("no ACK in %s"), CAPTION_LENGTH),
	R(IST_REQUEST, N_("the INVITE came again, so its answer goes again"),
	    N_("it came again")),
	R(NIST_REQUEST, N_("the request came again, so its answer goes again"),
	    N_("it came again")),

	A(INVITE_ACK, N_("the 2xx came again, so the ACK goes again"),
	    N_("the 2xx came again")),
	A(ICT_ACK, N_("the answer came again, so the ACK goes again"),
	    N_("the answer came again")),
	A(PROXY_ACK, N_("the ACK came again, and goes on again"),
	    N_("it came again")),
	A(PROXY_2XX, N_("the 2xx came again, and goes back again"),
	    N_("it came again")),
	A(PROXY_FORWARD, N_("it came again, and goes on again"),
	    N_("it came again")),
	A(PROXY_STATELESS_BRANCH, N_("it came again, and goes on again"),
	    N_("it came again")),
	A(PROXY_STATELESS_RESPONSE, N_("it came again, and goes back again"),
	    N_("it came again")),
	A(LOCATION_QUERY, N_("no answer came")),
	A(LOCATION_STORE, N_("no answer came")),
	A(DNS_RETRY, N_("no answer came")),

	/* Messages below SIP, and beside it. */
	R(TLS_HANDSHAKE, N_("keys are agreed before anything is said")),
	R(TLS_ALERT, N_("the connection can't go on")),
	R(TLS_CLOSE, N_("nothing more is said over the connection")),
	R(WEBSOCKET_HANDSHAKE, N_("the connection becomes a WebSocket")),
	R(WEBSOCKET_PONG, N_("the connection still stands")),
	R(WEBSOCKET_CLOSE, N_("a word about the connection itself")),
	R(STUN_ASK, N_("how is it seen from outside?")),
	R(STUN_AGAIN, N_("no answer came")),
	R(STUN_ANSWER, N_("that is whence it came")),
	R(STUN_UNKNOWN, N_("something in it is not understood")),
	R(STUN_CHANGE, N_("does an answer come from elsewhere?")),
	R(KEEPALIVE_SEND, N_("the way through the NAT is kept open")),
	R(KEEPALIVE_PONG, N_("the flow is alive")),
	R(KEEPALIVE_STUN, N_("the flow is alive")),

	/* Calls. */
	R(INVITE_SEND, N_("it calls %s"), N_("it calls"), CAPTION_URI),
	S(INVITE_PROGRESS, 180, N_("the phone rings")),
	R(INVITE_1XX_AGAIN, N_("it still rings, and no proxy shall give up"),
	    N_("it still rings")),
	R(INVITE_ACCEPT, N_("the call is taken")),
	S(INVITE_REJECT, 486, N_("the phone is busy")),
	R(INVITE_EXPIRED, N_("the INVITE's time is over")),
	R(INVITE_ACK,
	    N_("the 2xx has come, and the caller says so, end to end"),
	    N_("the 2xx has come")),
	R(ICT_ACK, N_("anything but a 2xx is acknowledged hop by hop"),
	    N_("acknowledged hop by hop")),
	R(BYE_SEND, N_("it hangs up")),
	R(BYE_RECV, N_("the call is over")),
	R(BYE_487, N_("the call was ended before it was answered")),
	R(INVITE_NO_ACK, N_("no ACK ever came, so the call is ended")),
	R(REINVITE_SEND, N_("it wants to change the running call")),
	R(HOLD_SEND, N_("it puts the call on hold")),
	R(HOLD_INACTIVE, N_("it puts the call on hold")),
	R(HOLD_ZERO, N_("it puts the call on hold")),
	R(STREAM_ADD, N_("it adds a stream to the call")),
	R(STREAM_REMOVE, N_("it takes a stream out of the call")),
	R(RESUME_SEND, N_("it takes the call off hold")),
	R(REINVITE, N_("the change of the call is accepted")),
	R(SESSION_REFRESH, N_("it refreshes the session")),
	R(SESSION_LONGER, N_("it asks for the longer interval")),
	R(SESSION_TOO_SMALL, N_("the session interval is too short")),
	R(PROXY_SESSION_TOO_SMALL, N_("the session interval is too short")),
	R(SESSION_EXPIRED, N_("nobody has refreshed the session")),
	R(REINVITE_LOST, N_("the other side has lost the call")),
	R(REINVITE_PENDING, N_("both sides want a change at once")),
	R(DIALOG_NONE, N_("it knows no such call")),
	R(DIALOG_CSEQ, N_("the request is older than the last one")),
	R(INVITE_REDIRECT, N_("the call is to go elsewhere")),
	R(INVITE_EVERYWHERE, N_("no other phone of the user will do better")),

	/* Transferred. */
	R(REFER_SEND, N_("the other side is to call somebody else instead"),
	    N_("call somebody else")),
	R(REFER_ACCEPT, N_("it will call whom it was told"),
	    N_("it will call there")),
	R(REFER_INVITE, N_("it was told to call %s"), N_("it was told to call"),
	    CAPTION_URI),
	R(REFER_DECLINE, N_("it lets nobody transfer its calls")),
	R(REFER_OUTSIDE, N_("only who talks with it may transfer it")),
	R(REFER_TARGET, N_("it can't call what it was told")),
	R(REFER_BAD, N_("the REFER does not say whom to call")),
	R(REFER_PENDING, N_("a transfer is under way already")),
	R(NOTIFY_FIRST, N_("the transfer is under way"), N_("it is under way")),
	R(NOTIFY_FINAL, N_("this became of the transfer"),
	    N_("this became of it")),
	R(NOTIFY_TIMEOUT, N_("the time for which news was promised is over")),
	R(NOTIFY_RECV, N_("the news has come")),
	R(NOTIFY_NONE, N_("it waits for no such news")),
	R(NOTIFY_EVENT, N_("it knows no such news")),

	/* Taken back. */
	R(CANCEL_SEND, N_("it takes the call back before it is answered"),
	    N_("it takes the call back")),
	R(CANCEL_RECV,
	    N_("the CANCEL has come; the INVITE gets an answer of its own"),
	    N_("the CANCEL has come")),
	R(CANCEL_487, N_("the INVITE was taken back")),
	R(CANCEL_NONE, N_("there is nothing to take back")),
	R(PROXY_CANCEL, N_("the caller gives up, so this branch is cancelled"),
	    N_("the caller gives up")),
	R(PROXY_CANCEL_OTHERS, N_("another phone has taken the call")),
	R(PROXY_6XX, N_("one branch has refused for all of them")),
	R(PROXY_RING_TIME,
	    N_("it rang long enough; the next phone has its turn"),
	    N_("it rang long enough")),
	R(PROXY_TIMER_C, N_("it rang for more than three minutes")),

	/* Proxies. */
	R(PROXY_100, N_("it has the INVITE and takes care of it"),
	    N_("it has the INVITE")),
	R(PROXY_100_LATE, N_("no final answer yet, but it has the request"),
	    N_("it has the request")),
	R(REDIRECT_100, N_("it has the INVITE and looks the user up"),
	    N_("it has the INVITE")),
	S(PROXY_1XX, 180, N_("the caller shall hear that it rings"),
	    N_("it rings")),
	R(PROXY_FORWARD, N_("one hop nearer to whom it is for"),
	    N_("one hop nearer")),
	R(PROXY_ACK, N_("one hop nearer to whom it is for"),
	    N_("one hop nearer")),
	R(PROXY_STATELESS_BRANCH, N_("one hop nearer to whom it is for"),
	    N_("one hop nearer")),
	R(PROXY_STATELESS_CANCEL, N_("one hop nearer to whom it is for"),
	    N_("one hop nearer")),
	R(PROXY_1XX, N_("news for the caller goes back at once")),
	R(PROXY_199, N_("an early dialog is over, and others are tried"),
	    N_("an early dialog is over")),
	R(PROXY_2XX, N_("a 2xx goes back at once, the way the INVITE came"),
	    N_("back the way the INVITE came")),
	S(PROXY_FINAL, 2, N_("the answer goes back the way the request came"),
	    N_("back the way it came")),
	R(PROXY_FINAL, N_("this is the best answer of all branches"),
	    N_("the best answer")),
	R(PROXY_STATELESS_RESPONSE,
	    N_("the answer goes where the next Via points"),
	    N_("to the next Via")),
	R(PROXY_404, N_("it knows nobody of that name")),
	R(GRUU_NONE, N_("it knows nobody of that name")),
	R(PROXY_480, N_("the user has registered nowhere")),
	R(LOCATION_SILENT, N_("the location service does not answer")),
	R(LOCATION_GONE, N_("the user has left for good")),
	R(LOCATION_AMBIGUOUS, N_("the name fits several users")),
	R(LOCATION_INCOMPLETE, N_("the number has too few digits")),
	R(PROXY_408, N_("no answer ever came from further on"),
	    N_("no answer came")),
	R(PROXY_UNANSWERED, N_("no answer ever came from further on"),
	    N_("no answer came")),
	R(PROXY_503, N_("further on is a 503, which is told as 500")),
	R(PROXY_OVERLOAD, N_("the server is overloaded")),
	R(PROXY_HEALTH, N_("it asks whether the server is there"),
	    N_("is it there?")),
	R(PROXY_PROGRAM_REFUSES, N_("its program refuses")),
	R(PROXY_PROGRAM_REDIRECTS, N_("its program sends the caller there"),
	    N_("its program says where")),
	R(PROXY_PROGRAM_FAILED, N_("its program has failed")),
	R(MENU_REFUSES, N_("its program refuses")),
	R(MENU_HANGS_UP, N_("its program hangs up")),
	R(MENU_DONE, N_("its program has said all")),
	R(MENU_FAILED, N_("its program has failed")),
	R(MENU_NONE, N_("it has no program")),
	R(PROXY_RATE, N_("the server is overloaded")),
	R(OVERLOAD_DEAF, N_("the server is overloaded")),
	R(OVERLOAD_OBEYED, N_("the next server has asked for less")),
	R(PROXY_TRANSPORT, N_("the connection to the next hop failed")),
	R(PROXY_UNREACHABLE, N_("no address is known for the next hop")),
	R(PROXY_LOOP, N_("the request has gone round in a circle")),
	R(PROXY_MAX_FORWARDS, N_("the request has made too many hops")),
	R(PROXY_BREADTH, N_("it would fork into too many branches")),
	R(PROXY_181, N_("the call goes on to somewhere else")),

	/* Clients that try again. */
	R(UAC_FAILOVER, N_("the server failed, so the next one is tried"),
	    N_("it tries the next server")),
	R(REDIRECT_FOLLOW, N_("it goes where it was sent")),
	R(REDIRECT_NEXT, N_("one place failed, so it tries the next"),
	    N_("it tries the next place")),
	R(AUTH_ANSWER, N_("the same again, now with a proof of the password"),
	    N_("now with a proof")),
	R(AUTH_ANSWER_PROXY,
	    N_("the same again, now with a proof of the password"),
	    N_("now with a proof")),
	R(TRANSPORT_FALLBACK, N_("TCP was refused, so it goes by UDP")),

	/* Authentication. */
	R(AUTH_401, N_("it wants to know who asks"), N_("who asks?")),
	R(AUTH_407, N_("it wants to know who asks"), N_("who asks?")),
	R(AUTH_OTHER_REALM, N_("the proof was meant for another server")),
	R(AUTH_SCHEME, N_("that proves nothing here")),
	R(AUTH_WRONG, N_("the password was wrong")),
	R(AUTH_NOBODY, N_("nobody of that name has a password here")),
	R(AUTH_STALE, N_("the proof was right, but its nonce is too old")),
	R(AUTH_REPLAY, N_("this very proof was used before")),

	/* Registration, location, redirection. */

	/* Messages and fields that pass through a box: RFC 7092, 7332. */
	R(PAIR_CALL, N_("it calls %s to find out how to answer"),
	    N_("the other half of the call"), CAPTION_URI),
	R(PAIR_PASS,
	    N_("it passes on what the other side has sent or answered"),
	    N_("from the other side")),
	R(PAIR_CHANGE, N_("the other side has offered or answered it"),
	    N_("as the other side says")),
	R(PAIR_BYE, N_("the other half of the call is over"),
	    N_("the other half is over")),
	R(PAIR_REFUSED, N_("the other party has refused"),
	    N_("the other one refuses")),
	R(PAIR_NOT_SENT, N_("it has found that nobody can be called"),
	    N_("nobody can be called")),
	R(PAIR_HOPS, N_("the call has been on its way too long"),
	    N_("too many hops")),

	/* What a usage of its own brings: RFC 6665, 3903, 3428, 6086. */
	R(SUBSCRIBE_SEND, N_("it wants to be told how something stands"),
	    N_("it asks for news")),
	R(CONFERENCE_ASK, N_("it wants to be told who is in the conference"),
	    N_("who is there?")),
	R(CONFERENCE_UNTOLD, N_("the conference is over, or it has left"),
	    N_("no more news")),
	R(SUBSCRIBE_REFRESH, N_("the subscription would expire"),
	    N_("a refresh")),
	R(SUBSCRIBE_STOP, N_("it does not want the news any more"),
	    N_("no more news")),
	R(SUBSCRIBE_LONGER, N_("the time asked for was too brief"),
	    N_("for longer")),
	R(SUBSCRIBE_AGAIN,
	    N_("the notifier has ended the subscription, but not for good"),
	    N_("once more")),
	R(SUBSCRIBE_RECOVER,
	    N_("the subscription was lost, or could not be had"), N_("anew")),
	R(SUBSCRIBE_ACCEPT, N_("it will tell what it knows"), N_("accepted")),
	R(SUBSCRIBE_REFRESHED, N_("the subscription lasts as long again"),
	    N_("refreshed")),
	R(SUBSCRIBE_BRIEF, N_("the time asked for is too brief"),
	    N_("too brief")),
	R(SUBSCRIBE_EVENT, N_("it serves no such event"), N_("no such event")),
	R(SUBSCRIBE_ACCEPTS,
	    N_("the watcher could not read what it would tell"),
	    N_("can't be told")),
	R(SUBSCRIBE_REFUSED, N_("this watcher may not know"),
	    N_("not allowed")),
	R(USAGE_SECOND, N_("the dialog is used already"),
	    N_("one use is enough")),
	R(NOTIFY_AT_ONCE, N_("each SUBSCRIBE is followed by the state at once"),
	    N_("the state")),
	R(NOTIFY_CHANGE, N_("something has changed"), N_("news")),
	R(PUBLISH_SEND, N_("it tells how its user stands"), N_("its state")),
	R(PUBLISH_REFRESH, N_("what was published would expire"),
	    N_("a refresh")),
	R(PUBLISH_MODIFY, N_("its user stands otherwise now"),
	    N_("another state")),
	R(PUBLISH_REMOVE, N_("it takes back what it has published"),
	    N_("taken back")),
	R(PUBLISH_ANEW,
	    N_("the compositor does not know the entity tag any more"),
	    N_("once more")),
	R(PUBLISH_RECOVER, N_("it could not be published before"), N_("anew")),
	R(PUBLISH_LONGER, N_("the time asked for was too brief"),
	    N_("for longer")),
	R(PUBLISH_ACCEPT, N_("it keeps the state, under a new entity tag"),
	    N_("kept")),
	R(PUBLISH_MATCH, N_("it knows no state with this entity tag"),
	    N_("no such tag")),
	R(MESSAGE_SEND, N_("it has something to say"), N_("a message")),
	R(MESSAGE_SHOW, N_("the message has arrived"), N_("it has arrived")),
	R(MESSAGE_EXPIRED, N_("the message is too old to be shown"),
	    N_("too old")),
	R(MESSAGE_DECLINED, N_("its user takes no messages"), N_("declined")),
	R(INFO_SEND, N_("it tells the other side something within the call"),
	    N_("within the call")),
	R(GATEWAY_INFO, N_("ISUP says what SIP has no message for"),
	    N_("a message of ISUP")),
	R(INFO_TAKEN, N_("what the INFO tells has arrived"),
	    N_("it has arrived")),
	R(INFO_DIGIT, N_("the digit has arrived"), N_("a digit")),
	R(INFO_EMPTY, N_("the INFO has arrived"), N_("it has arrived")),
	R(INFO_REFUSED, N_("it has not said that it takes this package"),
	    N_("no such package")),
	R(PING_SEND, N_("it looks whether the server is still there"),
	    N_("still there?")),

	R(REDIAL_SUBSCRIBE, N_("it wants to know when the other side is free"),
	    N_("when free?")),
	R(REDIAL_CALL, N_("the other side is free now"), N_("it is free")),
	R(REQUEST_SEND, N_("the script wants it so"), N_("as told")),

	/* Changes before the answer, and confirmed ones: RFC 3262, 3311,
	 * 4028. */
	R(RELIABLE_SEND, N_("this progress has to arrive: it wants a PRACK"),
	    N_("wants a PRACK")),
	R(RELIABLE_AGAIN, N_("no PRACK came within %s"), N_("no PRACK in %s"),
	    CAPTION_LENGTH),
	R(RELIABLE_SILENT, N_("no PRACK came at all"), N_("no PRACK")),
	R(RELIABLE_2XX, N_("the call is taken, and its progress is confirmed"),
	    N_("it is taken")),
	R(PRACK_SEND, N_("it confirms the provisional response"),
	    N_("confirmed")),
	R(PRACK_RECV, N_("the PRACK fits what it had sent"), N_("it fits")),
	R(PRACK_NONE, N_("the PRACK fits nothing that it had sent"),
	    N_("fits nothing")),
	R(UPDATE_SEND, N_("it changes the session"), N_("a change")),
	R(UPDATE_RECV, N_("it takes the change"), N_("taken")),
	R(UPDATE_GLARE, N_("both sides want a change at one time"),
	    N_("one at a time")),
	R(UPDATE_EARLY, N_("a change before is not answered yet"),
	    N_("too early")),
	R(UPDATE_CROSSED, N_("the ACK or PRACK of an offer is not here yet"),
	    N_("too early")),
	R(UPDATE_ASK, N_("its user would have to be asked"),
	    N_("nobody to ask")),
	R(UPDATE_AGAIN, N_("its change met the other side's, and goes again"),
	    N_("once more")),
	R(SESSION_UPDATE, N_("the session would expire"), N_("a refresh")),

	/* Calls about calls: RFC 3891, 3911. */
	R(REPLACES_SEND, N_("this call shall take the place of another"),
	    N_("in its place")),
	R(REPLACES_ACCEPT, N_("this call takes the place of another"),
	    N_("in its place")),
	R(REPLACES_BYE, N_("another call has taken its place"), N_("replaced")),
	R(REPLACES_NONE, N_("there is no call that it could replace"),
	    N_("no such call")),
	R(REPLACES_ANSWERED, N_("the call to be replaced was answered already"),
	    N_("answered already")),
	R(JOIN_SEND, N_("it wants to be let into a call"), N_("let me in")),
	R(JOIN_ACCEPT, N_("it is let into the call"), N_("let in")),
	R(JOIN_NONE, N_("there is no call that it could join"),
	    N_("no such call")),
	R(INVITE_NOT_DISTURBED, N_("its user does not want to be disturbed"),
	    N_("not now")),
	R(SCREEN_OUT, N_("this caller may not call there"), N_("not allowed")),
	R(SCREEN_IN, N_("the user does not want calls from there"),
	    N_("not wanted")),

	R(REGISTER_SEND, N_("it tells where it can be reached"),
	    N_("it tells where it is")),
	R(REGISTER_THIRD, N_("it tells where another user can be reached")),
	R(REGISTER_REFRESH, N_("the registration would soon run out")),
	R(REGISTER_REMOVE, N_("it can't be reached there any more"),
	    N_("it is gone")),
	R(REGISTER_FETCH, N_("it asks where the user can be reached")),
	R(REGISTER_OK, N_("these are the bindings there are now"),
	    N_("the bindings now")),
	R(REGISTER_BRIEF, N_("that is too short a time")),
	M(CX_ASK, "UAR", N_("may the user register, and who has him?")),
	M(CX_ASK, "MAR", N_("by which challenge does he prove who he is?")),
	M(CX_ASK, "SAR", N_("it says whom it has, and asks for his profile")),
	M(CX_ASK, "LIR", N_("which S-CSCF has the user?")),
	R(CX_AGAIN, N_("no answer came")),
	R(CX_SERVE, N_("this is what it knows of the user")),
	R(DIAMETER_FAULT, N_("something in it is wrong")),
	M(LOCATION_QUERY, "query", N_("where can the user be reached?")),
	M(LOCATION_QUERY, "answer", N_("this is what it knows of the user")),
	M(LOCATION_STORE, "store", N_("it keeps where the user can be reached"),
	    N_("it keeps that")),
	M(LOCATION_STORE, "answer", N_("it has stored that")),
	M(DNS_ASK, "query", N_("what does the name server know of that name?"),
	    N_("what is known of that name?")),
	M(DNS_ITERATE, "query", N_("the server nearest to the name is asked")),
	M(DNS_RETRY, "query", N_("no answer came")),
	M(DNS_NEXT_SERVER, "query", N_("the next server is asked")),
	M(DNS_PLAIN, "query", N_("once more, without EDNS")),
	M(DNS_TRUNCATED, "query", N_("once more, over TCP")),
	M(DNS_REFERRAL, "query", N_("the other one has named this server")),
	M(DNS_ANSWER, "answer", N_("this is what its zone has")),
	M(DNS_ALIAS, "answer", N_("the name is an alias of another")),
	M(DNS_NO_NAME, "answer", N_("there is no such name")),
	M(DNS_NO_DATA, "answer", N_("the name has no such record")),
	M(DNS_DELEGATED, "answer", N_("others know more of that")),
	M(DNS_RECURSION, "answer", N_("this is what others have said")),
	M(DNS_REFUSED, "answer", N_("that is not its business")),
	M(DNS_SERVFAIL, "answer", N_("it could not find that out")),
	M(DNS_FORMERR, "answer", N_("that can't be read")),
	M(DNS_NOTIMP, "answer", N_("it does not know such operations")),
	M(DNS_BADVERS, "answer", N_("it has an older EDNS")),
	M(DNS_NO_EDNS, "answer", N_("it does not know EDNS")),
	M(DNS_TOO_LONG, "answer", N_("the answer does not fit into a datagram"),
	    N_("the answer does not fit")),
	M(DNS_LIE, "answer", N_("it says what is not so")),
	R(REDIRECT_300, N_("there are several places to try")),
	R(REDIRECT_301, N_("the user has moved for good")),
	R(REDIRECT_302, N_("try there instead")),
	R(REDIRECT_305, N_("go through that proxy instead")),

	R(OPTIONS_SEND, N_("it asks what the other side can do")),
	R(OPTIONS_RECV, N_("it tells what it can do")),
	R(OPTIONS_SERVER, N_("it tells what it can do")),
	R(RAW_SEND, N_("these are the very bytes that it was given"),
	    N_("the bytes it was given")),

	/* Whatever the rule. */
	S(NONE, 100, N_("it has the request and takes care of it"),
	    N_("it has the request")),
	S(NONE, 180, N_("the phone rings")),
	S(NONE, 181, N_("the call goes on to somewhere else")),
	S(NONE, 182, N_("the call waits in a queue")),
	S(NONE, 183, N_("there is progress, but it does not ring")),
	S(NONE, 2, N_("it is done")),
	S(NONE, 302, N_("try there instead")),
	S(NONE, 3, N_("the request is to go elsewhere")),
	S(NONE, 401, N_("it wants to know who asks"), N_("who asks?")),
	S(NONE, 403, N_("it is not allowed")),
	S(NONE, 404, N_("it knows nobody of that name")),
	S(NONE, 405, N_("it can't do that")),
	S(NONE, 407, N_("it wants to know who asks"), N_("who asks?")),
	S(NONE, 408, N_("no answer ever came from further on"),
	    N_("no answer came")),
	S(NONE, 480, N_("the user can't be reached now")),
	S(NONE, 481, N_("it knows no such call")),
	S(NONE, 482, N_("the request has gone round in a circle")),
	S(NONE, 483, N_("the request has made too many hops")),
	S(NONE, 486, N_("the phone is busy")),
	S(NONE, 487, N_("the INVITE was taken back")),
	S(NONE, 491, N_("both sides want a change at once")),
	S(NONE, 4, N_("it can't be done like that"), N_("not like that")),
	S(NONE, 5, N_("the server can't do it")),
	S(NONE, 6, N_("no phone of the user will take it")),
	M(NONE, "INVITE", N_("it calls %s"), N_("it calls"), CAPTION_URI),
	M(NONE, "ACK", N_("the final answer has come")),
	M(NONE, "BYE", N_("it hangs up")),
	M(NONE, "CANCEL", N_("it takes the call back")),
	M(NONE, "REGISTER", N_("it tells where it can be reached")),
	M(NONE, "PRACK", N_("it confirms the provisional response")),
	M(NONE, "UPDATE", N_("it changes the session")),
	M(NONE, "OPTIONS", N_("it asks what the other side can do")),
	M(NONE, "MESSAGE", N_("here is a text to be read")),
	M(NONE, "SUBSCRIBE", N_("it wants to be told how something stands"),
	    N_("it asks for news")),
	M(NONE, "NOTIFY", N_("something has changed"), N_("news")),
	/* The telephone network. */
	M(NONE, "IAM", N_("a call takes a circuit")),
	M(NONE, "SAM", N_("here are further digits")),
	M(NONE, "COT", N_("this is how the check of the circuit ended")),
	M(NONE, "ACM", N_("the number is complete")),
	M(NONE, "CPG", N_("the call makes progress")),
	M(NONE, "CON", N_("answered at once")),
	M(NONE, "ANM", N_("somebody has answered")),
	M(NONE, "SUS", N_("the telephone was put down for a while")),
	M(NONE, "RES", N_("the telephone was taken up again")),
	M(NONE, "REL", N_("the call ends")),
	M(NONE, "RLC", N_("the circuit is free")),
	M(NONE, "RSC", N_("whatever is on the circuit ends")),
	M(NONE, "BLO", N_("no new calls on this circuit")),
	M(NONE, "BLA", N_("it calls nobody there any more")),
	M(NONE, "UBL", N_("calls may use this circuit again")),
	M(NONE, "UBA", N_("it may call there again")),
	M(NONE, "UCIC", N_("there is no such circuit")),
	M(NONE, "CFN", N_("that was not understood")),
	/* Terminals of H.323: Q.931, then H.245. */
	M(NONE, "Setup", N_("it calls")),
	M(NONE, "CallProceeding", N_("the number is complete")),
	M(NONE, "Alerting", N_("the phone rings")),
	M(NONE, "Connect", N_("somebody has answered")),
	M(NONE, "ReleaseComplete", N_("the call ends")),
	M(NONE, "TerminalCapabilitySet", N_("this is what it can hear")),
	M(NONE, "TerminalCapabilitySetAck", N_("it knows that now")),
	M(NONE, "MasterSlaveDetermination", N_("who decides in a conflict?")),
	M(NONE, "MasterSlaveDeterminationAck", N_("that is who decides")),
	M(NONE, "OpenLogicalChannel", N_("it wants to send this")),
	M(NONE, "OpenLogicalChannelAck", N_("that may be sent here")),
	M(NONE, "EndSessionCommand", N_("there is no more to control")),
	/* Media gateways. */
	M(NONE, "ServiceChange", N_("it is there, and may be used")),
	M(MEGACO_WATCH, "Modify", N_("this is what it wants to be told")),
	M(MEGACO_DIGITS, "Modify", N_("these are the numbers there are")),
	M(NONE, "Modify", N_("the line is to be used otherwise")),
	M(NONE, "Notify", N_("this has happened on the line")),
	M(NONE, "Add", N_("a line or a stream joins the call")),
	M(NONE, "Subtract", N_("it leaves the call")),
	M(MEGACO_REPLY, NULL, N_("it has done that")),
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
	{ "redirect", WORDS(N_("a 3xx has sent it there"), 0, 0, 0) },
	{ "service", WORDS(N_("the user wants it there"), 0, 0, 0) },
	{ "subscriber",
	    WORDS(N_("the home subscriber server says who has the user"),
		N_("that S-CSCF has the user"), 0, 0, 0) },
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
