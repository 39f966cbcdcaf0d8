/*
 * What nodes, calls, links and messages can be told: a row each.
 *
 *	X(owner, name, sentence, ARGS(…), OFFERS(…), CLAUSES(…))
 *
 * The owner tells the kind of object and the roles that have the verb
 * (VERB_OWNERS), the sentence its effect.  Its function is called
 * OWNER_verb_NAME; the table of functions is made from these rows.
 *
 * ARGS: positional ones, AT(name, kind, example), then ones given by name
 * alone, BY(name, kind, example), or by ANYTHING(kind, example).
 *
 * OFFERS: how people are offered it, the most useful row first; all that is
 * in OFFER(…) comes before all in ALSO(…).  The name that it has there, the
 * moments when it makes sense (all of them must hold), the question, "[so]"
 * where the answer can be left out, and the effect, in words.
 *
 * CLAUSES: how its act is said.  SAYS(argument, clause), where the argument is
 * given, or is NULL; SETS(attribute, clause) where the attribute of that name
 * has made it happen.  The first that fits is taken, and the last where no
 * other fits.
 */
#ifndef ROLE_VERBS_TABLE_H
#define ROLE_VERBS_TABLE_H

#include "base/i18n.h"

/* clang-format off */
/* The owners, O(X, owner, kind of object, roles, rows): which roles have its
 * verbs (of links, messages and the run 0), and the list of these below. */
#define VERB_OWNERS(O, X) \
O(X, handset, NODE, ROLE_BIT(handset), HANDSET_VERBS) \
O(X, ua, NODE, ROLE_BIT(ua), UA_VERBS) \
O(X, controller, NODE, ROLE_BIT(controller), CONTROLLER_VERBS) \
O(X, queue, NODE, ROLE_BIT(queue), QUEUE_VERBS) \
O(X, watchers, NODE, ROLE_BIT(ua) | ROLE_BIT(presence), WATCHERS_VERBS) \
O(X, location, NODE, ROLE_BIT(location), LOCATION_VERBS) \
O(X, dns, NODE, ROLE_BIT(dns), DNS_VERBS) \
O(X, sender, NODE, VERB_ANY_ROLE, SENDER_VERBS) \
O(X, node, NODE, VERB_ANY_NODE, NODE_VERBS) \
O(X, call, CALL, ROLE_BIT(ua), CALL_VERBS) \
O(X, controlled, CALL, ROLE_BIT(controller) | ROLE_BIT(b2bua) | ROLE_BIT(sbc) | \
	ROLE_BIT(queue), CONTROLLED_VERBS) \
O(X, played, CALL, ROLE_BIT(script), PLAYED_VERBS) \
O(X, conference, NODE, ROLE_BIT(conference), CONFERENCE_VERBS) \
O(X, conferred, CALL, ROLE_BIT(conference), CONFERRED_VERBS) \
O(X, trunk, NODE, ROLE_BIT(gateway) | ROLE_BIT(switch), TRUNK_VERBS) \
O(X, switch, NODE, ROLE_BIT(switch), SWITCH_VERBS) \
O(X, nat, NODE, ROLE_BIT(nat), NAT_VERBS) \
O(X, mg, NODE, ROLE_BIT(mg), MG_VERBS) \
O(X, hss, NODE, ROLE_BIT(hss), HSS_VERBS) \
O(X, link, LINK, 0, LINK_VERBS) \
O(X, message, MESSAGE, 0, MESSAGE_VERBS) \
O(X, run, RUN, 0, RUN_VERBS)

#define VERB_ROWS_OF(X, owner, thing, roles, rows) rows(X)
#define VERB_ROWS(X) VERB_OWNERS(VERB_ROWS_OF, X)

/* A phone in the hand. */
#define HANDSET_VERBS(X) \
X(handset, press, \
    "presses keys one after the other, as \"1001#\" or \"{call}\"", \
    ARGS(AT(keys, KEYS, "1001#, {call}, {end}")), \
    OFFERS(OFFER("press", MOMENT_UP, "keys", \
	    N_("press its keys one after the other"))), \
    CLAUSES(SAYS("keys", N_("{doer} gets the keys {arg}")))) \
X(handset, dial, "dials a number and presses the call key", \
    ARGS(AT(number, DIGITS, "1001")), \
    OFFERS(OFFER("dial", MOMENT_UP, "number", \
	    N_("dial a number and press the call key"))), \
    CLAUSES(SAYS("number", N_("{doer} dials {arg}")))) \
X(handset, answer, "presses the call key: takes the call that rings", \
    ARGS(NOTHING), \
    OFFERS(OFFER("answer", MOMENT_UP, "", \
	    N_("press the call key: answer the call that rings"))), \
    CLAUSES(SAYS(NULL, N_("{doer} answers the call")))) \
X(handset, hangup, "presses the end key: refuses the call, or ends it", \
    ARGS(NOTHING), \
    OFFERS(OFFER("hangup", MOMENT_UP, "", \
	    N_("press the end key: reject the call, or end it"))), \
    CLAUSES(SAYS(NULL, N_("{doer} ends its call"))))

#define UA_VERBS(X) \
X(ua, invite, "calls somebody; gives the call", \
    ARGS(AT(target, TARGET, "bob, sip:bob@example.com"), \
	BY(sdp, BOOL, "true, false"), BY(headers, HEADERS, "Subject: lunch"), \
	BY(body, BODY, "hello"), \
	BY(reliable, RELIABLE, "no, supported, required"), \
	BY(replaces, LINE, "bob/1"), BY(join, LINE, "bob/1"), \
	BY(early_only, BOOL, "true, false")), \
    OFFERS(OFFER("invite", MOMENT_UP, "target", N_("call somebody")), \
	OFFER("replace", MOMENT_UP, "replaces", \
	    N_("call the peer of a call, to replace that call (Replaces)")), \
	OFFER("barge", MOMENT_UP, "join", \
	    N_("call the peer of a call, to join that call (Join)")), \
	ALSO("invite-with", MOMENT_UP, \
	    "target [sdp] [reliable] [headers] [body]", \
	    N_("call somebody with options")), \
	ALSO("replace-early", MOMENT_UP, "replaces early_only", \
	    N_("call the peer of a call, to replace it while it rings"))), \
    CLAUSES(SAYS("target", N_("{doer} calls {arg}")), \
	SAYS("replaces", \
	    N_("{doer} calls to replace the call {arg}")), \
	SAYS("join", N_("{doer} calls to join the call {arg}")))) \
X(ua, refer, "asks somebody to call somebody else", \
    ARGS(AT(target, TARGET, "bob, sip:bob@192.0.2.2"), \
	AT(to, TARGET, "carol, sip:carol@example.com"), \
	BY(replaces, LINE, "bob/2"), BY(join, LINE, "bob/2"), \
	BY(early_only, BOOL, "true, false"), BY(sub, BOOL, "true, false")), \
    OFFERS(OFFER("refer", MOMENT_UP, "target to", \
	    N_("ask somebody to call somebody else (REFER)")), \
	ALSO("refer-with", MOMENT_UP, \
	    "target [to] [replaces] [join] [early_only] [sub]", \
	    N_("ask somebody to call into a call, or not to report on it"))), \
    CLAUSES(SAYS("target", N_("{doer} asks {arg} to call somebody")))) \
X(ua, register, "registers its Contact with the registrar of its domain", \
    ARGS(BY(expires, TIME, "60s, 1h"), \
	BY(contact, LINE, "sip:bob@192.0.2.3, *"), \
	BY(aor, URI, "sip:bob@example.com")), \
    OFFERS(OFFER("register", MOMENT_UP, "[expires]", \
	    N_("register with the registrar of its domain")), \
	ALSO("register-with", MOMENT_UP, "[contact] [aor] [expires]", \
	    N_("register another Contact, or another user"))), \
    CLAUSES(SETS("register=true", N_("{doer} registers")))) \
X(ua, unregister, "takes its registration away", ARGS(NOTHING), \
    OFFERS(OFFER("unregister", MOMENT_UP, "", \
	    N_("remove its registration"))), \
    CLAUSES(SAYS(NULL, N_("{doer} removes its registration")))) \
X(ua, discover_nat, "finds out by its STUN server what a NAT before it does", \
    ARGS(NOTHING), \
    OFFERS(OFFER("discover", MOMENT_UP, "", \
	    N_("find out how the NAT in front of it behaves"))), \
    CLAUSES(SAYS(NULL, N_("{doer} finds out how the NAT in front of it behaves")))) \
X(ua, options, "asks somebody what they can do", \
    ARGS(AT(target, TARGET, "bob, sip:bob@example.com")), \
    OFFERS(OFFER("options", MOMENT_UP, "target", \
	    N_("ask somebody for their capabilities"))), \
    CLAUSES(SAYS("target", N_("{doer} asks {arg} for its capabilities")))) \
X(ua, message, "sends somebody an instant message", \
    ARGS(AT(target, TARGET, "bob, sip:bob@example.com"), \
	AT(text, BODY, "Are you there?"), BY(type, TYPE, "text/html"), \
	BY(expires, TIME, "60s, 1h")), \
    OFFERS(OFFER("message", MOMENT_UP, "target text", \
	    N_("send somebody a message")), \
	ALSO("message-with", MOMENT_UP, "target text [type] [expires]", \
	    N_("send somebody a message of another type, or with a lifetime"))), \
    CLAUSES(SAYS("target", N_("{doer} sends a message to {arg}")))) \
X(ua, subscribe, \
    "asks to be told of somebody's state; gives the subscription", \
    ARGS(AT(target, TARGET, "bob, sip:bob@example.com"), \
	BY(event, LINE, "presence, dialog"), BY(expires, TIME, "60s, 1h"), \
	BY(id, LINE, "7")), \
    OFFERS(OFFER("subscribe", MOMENT_UP, "target [event] [expires]", \
	    N_("subscribe to somebody's state")), \
	ALSO("subscribe-with", MOMENT_UP, "target id [event] [expires]", \
	    N_("subscribe to a state once more, under another id"))), \
    CLAUSES(SAYS("target", N_("{doer} subscribes at {arg}")), \
	SETS("subscribe=…", N_("{doer} subscribes")))) \
X(ua, pickup, \
    "asks for somebody's calls and takes the one that rings; gives the " \
    "subscription", \
    ARGS(AT(target, TARGET, "bob, sip:bob@example.com"), \
	BY(early_only, BOOL, "true, false")), \
    OFFERS(OFFER("pickup", MOMENT_UP, "target [early_only]", \
	    N_("pick up a call that rings at another phone"))), \
    CLAUSES(SAYS("target", N_("{doer} picks up a call of {arg}")))) \
X(ua, redial, \
    "calls somebody, or who was busy last, as soon as their calls are over; " \
    "gives the subscription", \
    ARGS(AT(target, TARGET, "bob, sip:bob@example.com")), \
    OFFERS(OFFER("redial", MOMENT_UP, "[target]", \
	    N_("call a user who was busy, or somebody else, once their calls are over"))), \
    CLAUSES(SAYS("target", N_("{doer} waits until {arg} can be called")), \
	SETS("redial=true", N_("{doer} calls again")), \
	SAYS(NULL, N_("{doer} waits until the busy user can be called")))) \
X(ua, publish, "tells whether its user can be reached: open or closed", \
    ARGS(AT(status, OPEN, "open, closed"), BY(note, LINE, "at lunch"), \
	BY(expires, TIME, "60s, 1h")), \
    OFFERS(OFFER("publish", MOMENT_UP, "status [note] [expires]", \
	    N_("publish whether its user can be reached"))), \
    CLAUSES(SAYS("status", N_("{doer} publishes that its user is {arg}")), \
	SETS("publish=…", N_("{doer} publishes the state of its user")))) \
X(ua, unpublish, "takes back what it has published", ARGS(NOTHING), \
    OFFERS(OFFER("unpublish", MOMENT_UP, "", \
	    N_("remove what it has published"))), \
    CLAUSES(SAYS(NULL, N_("{doer} removes what it has published"))))

/* A role that keeps the list of its users' watchers. */
#define WATCHERS_VERBS(X) \
X(watchers, admit, "lets somebody have the state of its users", \
    ARGS(AT(watcher, TARGET, "bob, sip:bob@example.com")), \
    OFFERS(OFFER("admit", MOMENT_UP, "watcher", \
	    N_("let somebody see the state of its users"))), \
    CLAUSES(SAYS("watcher", N_("{doer} lets {arg} see its state")))) \
X(watchers, block, "tells somebody nothing any more", \
    ARGS(AT(watcher, TARGET, "bob, sip:bob@example.com")), \
    OFFERS(OFFER("block", MOMENT_UP, "watcher", \
	    N_("end somebody's subscription"))), \
    CLAUSES(SAYS("watcher", N_("{doer} ends the subscription of {arg}"))))

#define CONTROLLER_VERBS(X) \
X(controller, connect, \
    "calls two parties and lets them talk with each other; gives the first " \
    "call", \
    ARGS(AT(first, TARGET, "alice, sip:alice@example.com"), \
	AT(second, TARGET, "bob, sip:bob@example.com"), \
	BY(flow, LINE, "IV, I, III")), \
    OFFERS(OFFER("connect", MOMENT_UP, "first second [flow]", \
	    N_("call two parties and let them talk with each other"))), \
    CLAUSES(SAYS("first", \
	    N_("{doer} lets {arg} and {second} talk with each other"))))

/* A queue of calls. */
#define QUEUE_VERBS(X) \
X(queue, logon, "has an agent take calls, as a REGISTER would", \
    ARGS(AT(agent, TARGET, "ann, sip:ann@example.com"), \
	BY(skills, LINE, "billing, sales")), \
    OFFERS(OFFER("logon", MOMENT_UP, "agent [skills]", \
	    N_("make somebody an agent that takes calls"))), \
    CLAUSES(SAYS("agent", N_("{doer} gives calls to {arg} from now on")))) \
X(queue, logoff, "gives an agent no more calls", \
    ARGS(AT(agent, TARGET, "ann, sip:ann@example.com")), \
    OFFERS(OFFER("logoff", MOMENT_UP, "agent", \
	    N_("stop giving calls to somebody"))), \
    CLAUSES(SAYS("agent", N_("{doer} stops giving calls to {arg}"))))

/* Circuits of a gateway or an exchange. */
#define TRUNK_VERBS(X) \
X(trunk, block, \
    "takes a circuit out of service for new calls (BLO), or several (CGB); " \
    "because of hardware their calls end, too", \
    ARGS(AT(circuit, LINE, "switch1:5"), BY(because, LINE, "hardware")), \
    OFFERS(OFFER("block", MOMENT_UP, "circuit [because]", \
	    N_("take a circuit out of service for new calls (BLO)"))), \
    CLAUSES(SAYS("circuit", N_("{doer} blocks the circuit {arg}")))) \
X(trunk, unblock, "puts a circuit back into service (UBL), or several (CGU)", \
    ARGS(AT(circuit, LINE, "switch1:5"), BY(because, LINE, "hardware")), \
    OFFERS(OFFER("unblock", MOMENT_UP, "circuit [because]", \
	    N_("put a circuit back into service (UBL)"))), \
    CLAUSES(SAYS("circuit", N_("{doer} unblocks the circuit {arg}")))) \
X(trunk, reset, "resets a circuit, whatever is on it (RSC), or several (GRS)", \
    ARGS(AT(circuit, LINE, "switch1:5")), \
    OFFERS(OFFER("reset", MOMENT_UP, "circuit", \
	    N_("reset a circuit, whatever is on it (RSC)"))), \
    CLAUSES(SAYS("circuit", N_("{doer} resets the circuit {arg}"))))

/* Telephones of an exchange. */
#define SWITCH_VERBS(X) \
X(switch, dial, \
    "has one of its telephones call a number; of `later` digits are dialled " \
    "one by one, half a second apart", \
    ARGS(AT(digits, DIGITS, "2125550101"), BY(from, DIGITS, "2125550199"), \
	BY(later, DIGITS, "0101")), \
    OFFERS(OFFER("dial", MOMENT_UP, "digits [from]", \
	    N_("have one of its telephones call a number")), \
	ALSO("dial-slowly", MOMENT_UP, "digits later [from]", \
	    N_("have one of its telephones call a number, its end digit by " \
	       "digit"))), \
    CLAUSES(SAYS("digits", N_("a telephone of {doer} dials {arg}")))) \
X(switch, lift, "takes up a telephone: answers, or goes on after put_down", \
    ARGS(AT(telephone, DIGITS, "2125550101")), \
    OFFERS(OFFER("lift", MOMENT_UP, "[telephone]", \
	    N_("pick up a telephone"))), \
    CLAUSES(SAYS("telephone", N_("the telephone {arg} is picked up")), \
	SAYS(NULL, N_("a telephone of {doer} is picked up")))) \
X(switch, hang_up, "ends a telephone's call", \
    ARGS(AT(telephone, DIGITS, "2125550101"), BY(cause, LINE, "16, 17")), \
    OFFERS(OFFER("hang_up", MOMENT_UP, "[telephone] [cause]", \
	    N_("end a telephone's call"))), \
    CLAUSES(SAYS("telephone", N_("the telephone {arg} hangs up")), \
	SAYS(NULL, N_("a telephone of {doer} hangs up")))) \
X(switch, put_down, \
    "puts a called telephone down, and keeps the call for T6 (SUS)", \
    ARGS(AT(telephone, DIGITS, "2125550101")), \
    OFFERS(OFFER("put_down", MOMENT_UP, "[telephone]", \
	    N_("hang up a called telephone for now (SUS)"))), \
    CLAUSES(SAYS("telephone", N_("the telephone {arg} is hung up for now")), \
	SAYS(NULL, N_("a telephone of {doer} is hung up for now"))))

/* What translates addresses. */
#define NAT_VERBS(X) \
X(nat, forget, "loses its bindings, as if it had been started again", \
    ARGS(NOTHING), \
    OFFERS(OFFER("forget", MOMENT_UP, "", N_("lose all its mappings"))), \
    CLAUSES(SAYS(NULL, N_("{doer} loses its mappings"))))

/* The telephones of a media gateway. */
#define MG_VERBS(X) \
X(mg, off_hook, "lifts the receiver of a telephone", \
    ARGS(AT(telephone, LINE, "A1")), \
    OFFERS(OFFER("off_hook", MOMENT_UP, "telephone", \
	    N_("lift the handset of a telephone"))), \
    CLAUSES(SAYS("telephone", N_("the handset of {arg} at {doer} is lifted")))) \
X(mg, press, "presses digits of a telephone that is off the hook, one after " \
    "the other", \
    ARGS(AT(telephone, LINE, "A1"), AT(digits, DTMF, "8001, *1#")), \
    OFFERS(OFFER("press", MOMENT_UP, "telephone digits", \
	    N_("press digits on a telephone"))), \
    CLAUSES(SAYS("digits", N_("{telephone} at {doer} dials {arg}")))) \
X(mg, on_hook, "puts the receiver of a telephone down", \
    ARGS(AT(telephone, LINE, "A1")), \
    OFFERS(OFFER("on_hook", MOMENT_UP, "telephone", \
	    N_("put down the handset of a telephone"))), \
    CLAUSES(SAYS("telephone", N_("the handset of {arg} at {doer} is put down"))))

/* The users of a home subscriber server. */
#define HSS_VERBS(X) \
X(hss, deregister, "has the S-CSCF that has a user end his registration " \
    "(RTR); `for_good`: he is no subscriber any more", \
    ARGS(AT(user, TARGET, "alice, sip:alice@home.example"), \
	BY(for_good, BOOL, "true, false")), \
    OFFERS(OFFER("deregister", MOMENT_UP, "user [for_good]", \
	    N_("end a user's registration (RTR)"))), \
    CLAUSES(SAYS("user", N_("{doer} ends the registration of {arg}")))) \
X(hss, profile, "gives a user other identities beside the first, and his " \
    "S-CSCF the new profile (PPR)", \
    ARGS(AT(user, TARGET, "alice, sip:alice@home.example"), \
	BY(identities, LINE, "tel:+15550001")), \
    OFFERS(OFFER("profile", MOMENT_UP, "user [identities]", \
	    N_("change a user's profile (PPR)"))), \
    CLAUSES(SAYS("user", N_("{doer} changes the profile of {arg}"))))

/* A call of a pair: that a controller has made, or that goes through a box. */
#define CONTROLLED_VERBS(X) \
X(controlled, bye, "hangs up", ARGS(NOTHING), \
    OFFERS(OFFER("bye", MOMENT_ANSWERED, "", N_("hang up (BYE)"))), \
    CLAUSES(SAYS(NULL, N_("{doer} hangs up the call {call}"))))

/* A call of a node's program. */
#define PLAYED_VERBS(X) \
X(played, bye, "hangs up", ARGS(NOTHING), \
    OFFERS(OFFER("bye", MOMENT_ANSWERED, "", N_("hang up (BYE)"))), \
    CLAUSES(SAYS(NULL, N_("{doer} hangs up the call {call}")))) \
X(played, cancel, "takes back a call that is not answered yet", ARGS(NOTHING), \
    OFFERS(OFFER("cancel", MOMENT_ASKING, "", \
	    N_("cancel the call before it is answered (CANCEL)"))), \
    CLAUSES(SAYS(NULL, N_("{doer} cancels the call {call}"))))

/* A focus and its conferences: ROOM is the user part of one's URI; it need not
 * be said where there is one alone. */
#define CONFERENCE_VERBS(X) \
X(conference, bring, \
    "calls somebody into a conference; gives the call", \
    ARGS(AT(target, TARGET, "bob, sip:bob@example.com"), \
	BY(room, LINE, "lecture")), \
    OFFERS(OFFER("bring", MOMENT_UP, "target [room]", \
	    N_("call somebody into a conference"))), \
    CLAUSES(SAYS("target", N_("{doer} calls {arg} into a conference")))) \
X(conference, summon, "asks somebody to call a conference", \
    ARGS(AT(target, TARGET, "bob, sip:bob@example.com"), \
	BY(room, LINE, "lecture")), \
    OFFERS(ALSO("summon", MOMENT_UP, "target [room]", \
	    N_("ask somebody to call a conference (REFER)"))), \
    CLAUSES(SAYS("target", N_("{doer} asks {arg} to call a conference")))) \
X(conference, remove, "hangs up on somebody who is in a conference", \
    ARGS(AT(target, TARGET, "bob, sip:bob@example.com"), \
	BY(room, LINE, "lecture")), \
    OFFERS(OFFER("remove", MOMENT_UP, "target [room]", \
	    N_("hang up on somebody who is in a conference"))), \
    CLAUSES(SAYS("target", N_("{doer} removes {arg} from a conference")))) \
X(conference, mute, "lets the others in a conference not hear somebody", \
    ARGS(AT(target, TARGET, "bob, sip:bob@example.com"), \
	BY(room, LINE, "lecture")), \
    OFFERS(OFFER("mute", MOMENT_UP, "target [room]", \
	    N_("mute somebody in a conference"))), \
    CLAUSES(SAYS("target", N_("{doer} mutes {arg} in a conference")))) \
X(conference, unmute, "lets the others in a conference hear somebody again", \
    ARGS(AT(target, TARGET, "bob, sip:bob@example.com"), \
	BY(room, LINE, "lecture")), \
    OFFERS(ALSO("unmute", MOMENT_UP, "target [room]", \
	    N_("unmute somebody in a conference"))), \
    CLAUSES(SAYS("target", N_("{doer} unmutes {arg} in a conference")))) \
X(conference, lock, "lets nobody more into a conference", \
    ARGS(AT(room, LINE, "lecture")), \
    OFFERS(OFFER("lock", MOMENT_UP, "[room]", \
	    N_("lock a conference: nobody can join any more"))), \
    CLAUSES(SAYS(NULL, N_("{doer} locks a conference")))) \
X(conference, unlock, "lets people into a conference again", \
    ARGS(AT(room, LINE, "lecture")), \
    OFFERS(OFFER("unlock", MOMENT_UP, "[room]", \
	    N_("unlock a conference"))), \
    CLAUSES(SAYS(NULL, N_("{doer} unlocks a conference")))) \
X(conference, disband, "ends a conference: hangs up on all who are in it", \
    ARGS(AT(room, LINE, "lecture")), \
    OFFERS(OFFER("disband", MOMENT_UP, "[room]", \
	    N_("end a conference: hang up on all participants"))), \
    CLAUSES(SAYS(NULL, N_("{doer} ends a conference"))))

/* The focus's side of a participant's call. */
#define CONFERRED_VERBS(X) \
X(conferred, bye, "removes the participant", ARGS(NOTHING), \
    OFFERS(OFFER("bye", MOMENT_ANSWERED, "", N_("hang up (BYE)"))), \
    CLAUSES(SAYS(NULL, N_("{doer} hangs up the call {call}")))) \
X(conferred, reinvite, "offers the session anew, with more streams or fewer", \
    ARGS(BY(add, STREAMS, "video"), BY(remove, STREAMS, "video")), \
    OFFERS(OFFER("reinvite", MOMENT_TALKING, "[add] [remove]", \
	    N_("offer the session again (re-INVITE)"))), \
    CLAUSES(SAYS(NULL, N_("{doer} changes the session of the call {call}"))))

#define LOCATION_VERBS(X) \
X(location, bind, \
    "binds an address-of-record without a REGISTER, for ever unless " \
    "expires= says how long", \
    ARGS(AT(aor, TARGET, "bob, sip:bob@example.com"), \
	AT(contact, TARGET, "bob, sip:bob@192.0.2.3"), BY(q, Q, "0.5"), \
	BY(expires, TIME, "1h"), \
	BY(path, LINE, "<sip:edge.example.com;lr>")), \
    OFFERS(OFFER("bind", MOMENT_UP, "aor contact [q] [expires] [path]", \
	    N_("give a user a Contact by hand, without a REGISTER"))), \
    CLAUSES(SAYS(NULL, N_("{doer} gets a binding by hand: {arg}")))) \
X(location, unbind, "takes a binding away, all of them where none is named", \
    ARGS(AT(aor, TARGET, "bob, sip:bob@example.com"), \
	AT(contact, TARGET, "bob, sip:bob@192.0.2.3")), \
    OFFERS(OFFER("unbind", MOMENT_UP, "aor [contact]", \
	    N_("remove a user's Contact, or all of them"))), \
    CLAUSES(SAYS(NULL, N_("{doer} loses a binding by hand: {arg}"))))

#define DNS_VERBS(X) \
X(dns, put, \
    "puts a record into its zone, as a master file has it, in place of those " \
    "of its name and type, or beside them", \
    ARGS(AT(name, LINE, "sip1.example.com"), AT(type, LINE, "A, SRV"), \
	AT(data, LINE, "192.0.2.9, 10 60 5060 sip1.example.com."), \
	BY(ttl, TIME, "5min"), BY(beside, BOOL, "true")), \
    OFFERS(OFFER("put", MOMENT_UP, "name type data [ttl] [beside]", \
	    N_("add a record to its zone"))), \
    CLAUSES(SAYS(NULL, N_("{doer} gets a record by hand: {arg}")))) \
X(dns, erase, "takes records of a name away, all where no type is named", \
    ARGS(AT(name, LINE, "sip1.example.com"), AT(type, LINE, "A, SRV")), \
    OFFERS(OFFER("erase", MOMENT_UP, "name [type]", \
	    N_("remove records of a name"))), \
    CLAUSES(SAYS(NULL, N_("{doer} loses records by hand: {arg}"))))

/* A role that sends requests. */
#define SENDER_VERBS(X) \
X(sender, send, "sends a request of one's own making, or any bytes", \
    ARGS(BY(method, METHOD, "OPTIONS, FOO"), \
	BY(uri, URI, "sip:bob@example.com"), \
	BY(headers, HEADERS, "Subject: lunch"), BY(body, ANY, "hello"), \
	BY(raw, ANY, "hello"), BY(to, TARGET, "bob"), BY(port, ANY, "5060"), \
	BY(transport, ANY, "udp, tcp, tls, ws, wss")), \
    OFFERS(ALSO("send", MOMENT_UP, "", /* an editor opens */ \
	    N_("send a request that you write yourself"))), \
    CLAUSES(SAYS(NULL, N_("{doer} sends what it is given: {arg}"))))

/* Any node, also one that is down. */
#define NODE_VERBS(X) \
X(node, crash, "loses all it knew and neither sends nor receives any more", \
    ARGS(NOTHING), \
    OFFERS(ALSO("crash", MOMENT_UP, "", \
	    N_("crash: forget everything and send nothing"))), \
    CLAUSES(SAYS(NULL, N_("{doer} crashes")))) \
X(node, restart, "comes up again after a crash, as at the start", \
    ARGS(NOTHING), \
    OFFERS(ALSO("restart", MOMENT_DOWN, "", \
	    N_("restart after the crash"))), \
    CLAUSES(SAYS(NULL, N_("{doer} starts again")))) \
X(node, set, "changes attributes, as in the topology", \
    ARGS(ANYTHING(NODE_SETTING, "answer=5s, busy=true")), \
    OFFERS(ALSO("set", MOMENT_UP, "*", \
	    N_("change a setting, as in the topology"))), \
    CLAUSES(SAYS(NULL, N_("a setting of {doer} is changed: {arg}"))))

/* A phone's call, or a subscription of its own, which has a name like one. */
#define CALL_VERBS(X) \
X(call, answer, "takes the call with a 200", ARGS(NOTHING), \
    OFFERS(OFFER("answer", MOMENT_ASKED, "", N_("answer the call (200 OK)"))), \
    CLAUSES(SETS("answer=…", N_("{doer} answers the call {call}")))) \
X(call, reject, "refuses the call, 486 by default", \
    ARGS(AT(code, REFUSE, "486, 603"), BY(reason, LINE, "Not Now"), \
	BY(headers, HEADERS, "Retry-After: 60"), BY(body, BODY, "hello")), \
    OFFERS(OFFER("reject", MOMENT_ASKED, "[code] [reason]", \
	    N_("reject the call (486 Busy Here, or another status)")), \
	ALSO("reject-with", MOMENT_ASKED, "[code] [reason] [headers] [body]", \
	    N_("reject the call, with header fields and a body"))), \
    CLAUSES(SAYS("code", N_("{doer} rejects the call {call} with {arg}")), \
	SETS("busy=true", N_("{doer} rejects the call {call}")))) \
X(call, ring, "says that it has the call, with 180 Ringing by default", \
    ARGS(AT(code, RING, "180, 183"), BY(reliable, BOOL, "true, false"), \
	BY(sdp, BOOL, "true, false")), \
    OFFERS(OFFER("ring", MOMENT_ASKED, "[code] [reliable] [sdp]", \
	    N_("report that it rings (180 Ringing, or 181 to 183)"))), \
    CLAUSES(SAYS("code", \
	    N_("{doer} reports the progress of the call {call} with {arg}")), \
	SAYS(NULL, N_("{doer} rings for the call {call}")))) \
X(call, redirect, "sends the caller elsewhere, with 302", \
    ARGS(AT(uri, URI, "sip:carol@example.com")), \
    OFFERS(OFFER("redirect", MOMENT_ASKED, "uri", \
	    N_("redirect the caller (302)"))), \
    CLAUSES(SAYS("uri", N_("{doer} redirects the call {call} to {arg}")))) \
X(call, follow, "goes where the call was sent", ARGS(NOTHING), \
    OFFERS(OFFER("follow", MOMENT_ASKING | MOMENT_SENT_AWAY, "", \
	    N_("follow the redirection"))), \
    CLAUSES(SAYS(NULL, \
	    N_("{doer} lets the call {call} follow its redirection")))) \
X(call, cancel, "takes back a call, or a change of it, not yet answered", \
    ARGS(BY(reason, LINE, "SIP;cause=200;text=\"Elsewhere\"")), \
    OFFERS(OFFER("cancel", MOMENT_ASKING, "", \
	    N_("cancel the call before it is answered (CANCEL)")), \
	ALSO("cancel-with", MOMENT_ASKING, "reason", \
	    N_("cancel the call and give the reason (Reason)"))), \
    CLAUSES(SAYS(NULL, N_("{doer} cancels the call {call}")))) \
X(call, bye, "hangs up", \
    ARGS(BY(now, BOOL, "true, false"), \
	BY(reason, LINE, "SIP;cause=600;text=\"Busy Everywhere\"")), \
    OFFERS(OFFER("bye", MOMENT_ANSWERED, "", N_("hang up (BYE)")), \
	ALSO("bye-with", MOMENT_ANSWERED, "[reason] [now]", \
	    N_("hang up and give the reason, or do not wait for the ACK"))), \
    CLAUSES(SETS("hangup=…", N_("{doer} hangs up the call {call}")))) \
X(call, hold, "puts the other side on hold", \
    ARGS(BY(how, HOLD, "sendonly, inactive, zero")), \
    OFFERS(OFFER("hold", MOMENT_TALKING | MOMENT_NOT_HOLDING, "[how]", \
	    N_("put the peer on hold (re-INVITE, a=sendonly)"))), \
    CLAUSES(SAYS(NULL, N_("{doer} puts the call {call} on hold")))) \
X(call, resume, "takes the other side off hold", ARGS(NOTHING), \
    OFFERS(OFFER("resume", MOMENT_TALKING | MOMENT_HOLDING, "", \
	    N_("resume the call (re-INVITE, a=sendrecv)"))), \
    CLAUSES(SAYS(NULL, N_("{doer} resumes the call {call}")))) \
X(call, mute, "sends silence in place of what its user says", \
    ARGS(NOTHING), \
    OFFERS(ALSO("mute", MOMENT_TALKING, "", \
	    N_("mute the microphone"))), \
    CLAUSES(SAYS(NULL, N_("{doer} mutes itself in the call {call}")))) \
X(call, unmute, "sends what its user says again", ARGS(NOTHING), \
    OFFERS(ALSO("unmute", MOMENT_TALKING, "", \
	    N_("unmute the microphone"))), \
    CLAUSES(SAYS(NULL, N_("{doer} unmutes itself in the call {call}")))) \
X(call, join, "lets all in this call and another one talk with each other", \
    ARGS(AT(other, LINE, "bob/2")), \
    OFFERS(OFFER("join", MOMENT_TALKING, "other", \
	    N_("mix this call with another one"))), \
    CLAUSES(SAYS("other", N_("{doer} mixes the calls {call} and {arg}")))) \
X(call, swap, "holds one of two calls and goes on with the other", \
    ARGS(AT(other, LINE, "bob/2")), \
    OFFERS(OFFER("swap", MOMENT_TALKING, "other", \
	    N_("hold one of two calls, continue the other"))), \
    CLAUSES(SAYS("other", \
	    N_("{doer} swaps the calls {call} and {arg}: one is held, the other continues")))) \
X(call, transfer, "asks the other side to call somebody else instead", \
    ARGS(AT(to, TARGET, "carol, sip:carol@example.com"), \
	BY(replaces, LINE, "bob/2"), BY(join, LINE, "bob/2"), \
	BY(early_only, BOOL, "true, false"), BY(sub, BOOL, "true, false")), \
    OFFERS(OFFER("transfer", MOMENT_TALKING | MOMENT_STAYING, "to", \
	    N_("ask the peer to call somebody else instead (REFER)")), \
	OFFER("hand-over", MOMENT_TALKING | MOMENT_STAYING, "replaces", \
	    N_("ask the peer to take this phone's place in another call")), \
	ALSO("transfer-with", MOMENT_TALKING | MOMENT_STAYING, \
	    "[to] [replaces] [join] [early_only] [sub]", \
	    N_("ask the peer to call into a call, or not to report on it"))), \
    CLAUSES(SAYS("to", N_("{doer} transfers the call {call} to {arg}")), \
	SAYS("replaces", \
	    N_("{doer} transfers the call {call} into the call {arg}")))) \
X(call, confer, \
    "moves this call, and those it is mixed with, into a conference: calls " \
    "the focus, which then calls their phones in the place of these calls; " \
    "gives the call to the focus", \
    ARGS(AT(focus, TARGET, "conf, sip:conf@conf.example.com")), \
    OFFERS(OFFER("confer", MOMENT_TALKING, "focus", \
	    N_("move this call, and the calls that it is mixed with, into a conference"))), \
    CLAUSES(SAYS("focus", N_("{doer} moves the call {call} into a " \
	    "conference at {arg}")))) \
X(call, message, "sends an instant message within the call", \
    ARGS(AT(text, BODY, "Are you there?"), BY(type, TYPE, "text/html"), \
	BY(expires, TIME, "60s, 1h")), \
    OFFERS(OFFER("message", MOMENT_TALKING, "text", \
	    N_("send the peer a message")), \
	ALSO("message-with", MOMENT_TALKING, "text [type] [expires]", \
	    N_("send the peer a message of another type, or with a lifetime"))), \
    CLAUSES(SAYS("text", \
	    N_("{doer}, in the call {call}, sends the message {arg}")))) \
X(call, dtmf, "presses digits, which go by INFO, one after the other", \
    ARGS(AT(digits, DTMF, "1234#"), BY(duration, TIME, "160ms")), \
    OFFERS(OFFER("dtmf", MOMENT_TALKING, "digits [duration]", \
	    N_("press digits (INFO)"))), \
    CLAUSES(SAYS("digits", N_("{doer} presses {arg} in the call {call}")))) \
X(call, reinvite, "offers the session anew, with the present Contact", \
    ARGS(BY(sdp, BOOL, "true, false"), BY(add, STREAMS, "video"), \
	BY(remove, STREAMS, "video")), \
    OFFERS(OFFER("reinvite", MOMENT_TALKING, "[sdp] [add] [remove]", \
	    N_("offer the session again (re-INVITE)"))), \
    CLAUSES(SAYS(NULL, N_("{doer} changes the session of the call {call}")))) \
X(call, update, "offers the session anew, also before the answer", \
    ARGS(BY(sdp, BOOL, "true, false")), \
    OFFERS(OFFER("update", MOMENT_DIALOG, "[sdp]", \
	    N_("offer the session again without asking a user (UPDATE)"))), \
    CLAUSES(SAYS(NULL, \
	    N_("{doer} changes the session of the call {call} by UPDATE")))) \
X(call, refresh, \
    "offers the same session once more, or asks for the same subscription, " \
    "so that it does not expire", ARGS(NOTHING), \
    OFFERS(OFFER("refresh", MOMENT_TALKING, "", \
	    N_("refresh the session (re-INVITE without a change)")), \
	OFFER("refresh", MOMENT_SUBSCRIBED, "", \
	    N_("refresh the subscription before it expires"))), \
    CLAUSES(SAYS(NULL, \
	    N_("{doer} refreshes the subscription {subscription}")), \
	SAYS(NULL, N_("{doer} refreshes the session of the call {call}")))) \
X(call, options, "asks the other side what it can do", ARGS(NOTHING), \
    OFFERS(OFFER("options", MOMENT_DIALOG, "", \
	    N_("ask the peer for its capabilities"))), \
    CLAUSES(SAYS(NULL, \
	    N_("{doer}, in the call {call}, asks for the peer's capabilities")))) \
X(call, info, "sends an INFO within the call", \
    ARGS(BY(package, LINE, "dtmf"), BY(type, LINE, "text/plain"), \
	BY(body, BODY, "hello")), \
    OFFERS(OFFER("info", MOMENT_DIALOG, "[package] [type] [body]", \
	    N_("send something within the call (INFO)"))), \
    CLAUSES(SAYS(NULL, N_("{doer}, in the call {call}, sends an INFO")))) \
X(call, send, "sends a request of one's own making within the dialog", \
    ARGS(BY(method, METHOD, "OPTIONS, FOO"), \
	BY(headers, HEADERS, "Subject: lunch"), BY(body, BODY, "hello")), \
    OFFERS(OFFER("send", MOMENT_DIALOG, "method [headers] [body]", \
	    N_("send a request of another method within the dialog"))), \
    CLAUSES(SAYS("method", \
	    N_("{doer}, in the call {call}, sends a request with another method: {arg}")))) \
X(call, unsubscribe, "ends a subscription", ARGS(NOTHING), \
    OFFERS(OFFER("unsubscribe", MOMENT_SUBSCRIBED, "", \
	    N_("end the subscription (Expires 0)"))), \
    CLAUSES(SAYS(NULL, N_("{doer} ends the subscription {call}"))))

#define LINK_VERBS(X) \
X(link, set, "changes it, as in the topology", \
    ARGS(BY(loss, SHARE, "20%, 0.2, 0"), BY(delay, TIME, "200ms, 1s"), \
	ANYTHING(LINK_SETTING, "rate=64kbit, jitter=5ms, mtu=600")), \
    OFFERS(OFFER("loss", MOMENT_UP, "loss", \
	    N_("lose a share of the packets")), \
	OFFER("delay", MOMENT_UP, "delay", N_("change the delay")), \
	ALSO("set", MOMENT_UP, "*", \
	    N_("change another setting, as in the topology"))), \
    CLAUSES(SAYS(NULL, N_("a setting of {doer} is changed: {arg}")))) \
X(link, down, "loses everything", ARGS(NOTHING), \
    OFFERS(OFFER("down", MOMENT_UP, "", N_("go down: lose everything"))), \
    CLAUSES(SAYS(NULL, N_("the link {doer} goes down")))) \
X(link, up, "works again", ARGS(NOTHING), \
    OFFERS(OFFER("up", MOMENT_DOWN, "", N_("work again"))), \
    CLAUSES(SAYS(NULL, N_("the link {doer} comes up"))))

/* What a person does to one becomes a fault, whose record has its words. */
#define MESSAGE_VERBS(X) \
X(message, drop, "is lost on its way", ARGS(NOTHING), \
    OFFERS(OFFER("drop", MOMENT_EVER, "", N_("lose it on its way"))), \
    CLAUSES(NOTHING)) \
X(message, delay, "arrives later", \
    ARGS(BY(by, TIME, "200ms, 2s")), \
    OFFERS(OFFER("delay", MOMENT_EVER, "by", N_("delay it"))), \
    CLAUSES(NOTHING)) \
X(message, duplicate, "arrives twice", ARGS(NOTHING), \
    OFFERS(OFFER("duplicate", MOMENT_EVER, "", N_("duplicate it"))), \
    CLAUSES(NOTHING)) \
X(message, edit, "arrives as something else", \
    ARGS(BY(text, ANY, NULL)), \
    OFFERS(OFFER("edit", MOMENT_EVER, "text", \
	    N_("change it: an editor opens"))), \
    CLAUSES(NOTHING))

/* What a script alone says, and what the outside of a run does. */
#define OUTSIDE_ARGS \
    BY(from, ANY, "198.51.100.7:5060"), BY(transport, ANY, "udp, tcp, tls, ws, wss"), \
	BY(face, ANY, "inside"), BY(port, ANY, "5070")
#define ENDED_ARGS BY(who, ANY, "node, program"), BY(why, ANY, "unmasked")
#define RUN_VERBS(X) \
X(run, note, "makes a remark", ARGS(NOTHING), \
    OFFERS(NOTHING), \
    CLAUSES(SAYS(NULL, N_("make a remark")))) \
X(run, arrive, "lets bytes arrive from outside", \
    ARGS(OUTSIDE_ARGS), OFFERS(NOTHING), \
    CLAUSES(SAYS("from", N_("{doer} receives something from outside, from {arg}")))) \
X(run, close, "lets the other side outside close its connection", \
    ARGS(OUTSIDE_ARGS, ENDED_ARGS), OFFERS(NOTHING), \
    CLAUSES(SAYS("from", \
	    N_("{doer} ends its connection with {arg} outside: {our_reason}")), \
	SAYS("from", N_("outside, {arg} closes its connection with " \
	    "{doer}")))) \
X(run, reset, "lets the other side outside break off its connection", \
    ARGS(OUTSIDE_ARGS, ENDED_ARGS), \
    OFFERS(NOTHING), \
    CLAUSES(SAYS("from", \
	    N_("{doer} ends its connection with {arg} outside: {our_reason}")), \
	SAYS("from", \
	    N_("outside, {arg} ends its connection with {doer}: " \
	       "{their_reason}")), \
	SAYS("from", N_("outside, {arg} breaks its connection with {doer}")))) \
X(run, say, "lets a node's program that is a process of its own answer", \
    ARGS(BY(asked, ANY, "9fc3a8c61c0febb6"), BY(text, ANY, "[]")), OFFERS(NOTHING), \
    CLAUSES(SAYS("text", N_("the program of {doer} answers {arg}"))))
/* clang-format on */

#endif
