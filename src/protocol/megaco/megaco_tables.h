/*
 * What H.248 (MEGACO) in its text form consists of, a row each: its words with
 * their short forms (RFC 3525 annex B.2), what may stand within what, values
 * that are words, and error codes.  docs/roles/mgc.md says where the facts come
 * from.  What has its row here is read, judged and told.
 */
#ifndef MEGACO_MEGACO_TABLES_H
#define MEGACO_MEGACO_TABLES_H

#include "base/i18n.h"

/* clang-format off */

/*
 * X(NAME, long, short, form of its value, the contents of its braces, section,
 * words).  Forms are those of enum megaco_form; in braces stands a group
 * (MEGACO_GROUPS).
 */
#define MEGACO_WORDS(X) \
X(TRANSACTION, "Transaction", "T", NUMBER, ACTIONS, "8.1", N_("commands that the receiver executes in this order and answers together")) \
X(REPLY, "Reply", "P", NUMBER, REPLIES, "8.2.2", N_("the result of the transaction with this number")) \
X(PENDING, "Pending", "PN", NUMBER, NOTHING, "8.2.3", N_("the receiver is still working on the transaction")) \
X(ACK, "TransactionResponseAck", "K", NONE, NUMBERS, "8.2.2", N_("the replies with these numbers have arrived")) \
X(IMM_ACK, "ImmAckRequired", "IA", NONE, NOTHING, "8.2.2", N_("the sender of this reply requests an acknowledgement")) \
X(CONTEXT, "Context", "C", CONTEXT, COMMANDS, "6.1", N_("a call: all terminations in one context hear each other")) \
X(PRIORITY, "Priority", "PR", NUMBER, NOTHING, "6.1.1", N_("the priority of the context")) \
X(EMERGENCY, "Emergency", "EG", NONE, NOTHING, "6.1.1", N_("an emergency call")) \
X(TOPOLOGY, "Topology", "TP", NONE, NAMES, "7.1.18", N_("which terminations in the context hear each other")) \
X(CONTEXT_AUDIT, "ContextAudit", "CA", NONE, ASKED, "7.2.5", N_("asks for the properties of the context")) \
X(ADD, "Add", "A", TERMINATION, DESCRIPTORS, "7.2.1", N_("adds a termination to the context")) \
X(MODIFY, "Modify", "MF", TERMINATION, DESCRIPTORS, "7.2.2", N_("changes the properties, events or signals of a termination")) \
X(SUBTRACT, "Subtract", "S", TERMINATION, DESCRIPTORS, "7.2.3", N_("removes a termination from the context; when the last one is removed, the context ends")) \
X(MOVE, "Move", "MV", TERMINATION, DESCRIPTORS, "7.2.4", N_("moves a termination from one context to another")) \
X(AUDIT_VALUE, "AuditValue", "AV", TERMINATION, DESCRIPTORS, "7.2.5", N_("asks for the present state of a termination")) \
X(AUDIT_CAPABILITY, "AuditCapability", "AC", TERMINATION, DESCRIPTORS, "7.2.6", N_("asks for the capabilities of a termination")) \
X(NOTIFY, "Notify", "N", TERMINATION, NOTICES, "7.2.7", N_("the gateway reports events at a termination")) \
X(SERVICE_CHANGE, "ServiceChange", "SC", TERMINATION, CHANGE, "7.2.8", N_("a gateway, or some of its terminations, goes into or out of service")) \
X(MEDIA, "Media", "M", NONE, STREAMS, "7.1.4", N_("the streams of a termination")) \
X(STREAM, "Stream", "ST", NUMBER, STREAM, "7.1.6", N_("one stream")) \
X(LOCAL_CONTROL, "LocalControl", "O", NONE, CONTROLS, "7.1.7", N_("how the gateway handles the stream")) \
X(LOCAL, "Local", "L", NONE, TEXT, "7.1.8", N_("what the gateway receives, as SDP; the gateway fills in each $")) \
X(REMOTE, "Remote", "R", NONE, TEXT, "7.1.8", N_("what the remote end receives, as SDP")) \
X(MODE, "Mode", "MO", MODE, NOTHING, "7.1.7", N_("the direction of media, from the gateway's point of view")) \
X(RESERVED_VALUE, "ReservedValue", "RV", TEXT, NOTHING, "7.1.7", N_("whether the gateway reserves resources for all codecs listed")) \
X(RESERVED_GROUP, "ReservedGroup", "RG", TEXT, NOTHING, "7.1.7", N_("whether the gateway reserves resources for all groups listed")) \
X(STATE, "TerminationState", "TS", NONE, STATES, "7.1.5", N_("properties of the termination that do not depend on a stream")) \
X(SERVICE_STATES, "ServiceStates", "SI", SERVICE, NOTHING, "7.1.5", N_("whether the termination is in service")) \
X(BUFFER, "Buffer", "BF", TEXT, NOTHING, "7.1.5", N_("what happens to events that were not requested")) \
X(EVENTS, "Events", "E", MAYBE, WATCHED, "7.1.9", N_("events that the gateway is to detect and report, until it gets a new list")) \
X(EVENT_BUFFER, "EventBuffer", "EB", NONE, WATCHED, "7.1.10", N_("events that the gateway stores until they are requested")) \
X(EMBED, "Embed", "EM", NONE, EMBEDDED, "7.1.9", N_("what the gateway does by itself when the event occurs")) \
X(KEEP_ACTIVE, "KeepActive", "KA", NONE, NOTHING, "7.1.9", N_("the signals continue when the event occurs")) \
X(SIGNALS, "Signals", "SG", NONE, PLAYED, "7.1.11", N_("signals at the termination; an empty list stops them")) \
X(SIGNAL_LIST, "SignalList", "SL", NUMBER, PLAYED, "7.1.11", N_("signals that are played one after another")) \
X(SIGNAL_TYPE, "SignalType", "SY", SIGNAL, NOTHING, "7.1.11", N_("when the signal ends")) \
X(DURATION, "Duration", "DR", NUMBER, NOTHING, "7.1.11", N_("the duration in hundredths of a second")) \
X(COMPLETION, "NotifyCompletion", "NC", MAYBE, NAMES, "7.1.11", N_("the ways of ending a signal that the gateway reports to the controller")) \
X(DIGIT_MAP, "DigitMap", "DM", MAYBE, DIGITS, "7.1.14", N_("the patterns of numbers: the gateway collects digits until one pattern matches")) \
X(OBSERVED, "ObservedEvents", "OE", NUMBER, SEEN, "7.1.17", N_("the events that occurred; the number is that of the Events descriptor that requested them")) \
X(STATISTICS, "Statistics", "SA", NONE, COUNTS, "7.1.15", N_("counts for the termination while it was in the context")) \
X(PACKAGES, "Packages", "PG", NONE, NAMES, "7.1.16", N_("packages of properties, events and signals that the gateway supports")) \
X(AUDIT, "Audit", "AT", NONE, ASKED, "7.1.12", N_("the descriptors that the reply is to contain")) \
X(MODEM, "Modem", "MD", MAYBE, CONTROLS, "7.1.2", N_("a modem")) \
X(MUX, "Mux", "MX", MAYBE, NAMES, "7.1.3", N_("terminations whose media are multiplexed into one stream")) \
X(SERVICES, "Services", "SV", NONE, SERVICES, "7.1.13", N_("what has changed, and why")) \
X(METHOD, "Method", "MT", METHOD, NOTHING, "7.2.8", N_("how the service changes")) \
X(REASON, "Reason", "RE", REASON, NOTHING, "7.2.8", N_("why the service changes")) \
X(DELAY, "Delay", "DL", NUMBER, NOTHING, "7.2.8", N_("the delay in seconds")) \
X(ADDRESS, "ServiceChangeAddress", "AD", TEXT, NOTHING, "7.2.8", N_("the address to which the sender wants later messages")) \
X(MGC_ID, "MgcIdToTry", "MG", TEXT, NOTHING, "7.2.8", N_("the controller to try instead")) \
X(PROFILE, "Profile", "PF", TEXT, NOTHING, "7.2.8", N_("the profile of H.248 that is used")) \
X(VERSION, "Version", "V", NUMBER, NOTHING, "7.2.8", N_("the version of H.248 that is used")) \
X(ERROR, "Error", "ER", ERROR, PHRASE, "7.1.19", N_("the error: why the command could not be executed"))

/* What has no row above: names that packages, events and signals define. */
#define MEGACO_FREE(X) \
X(ITEM)   /* package/item, with or without a value */ \
X(PARAMETER) /* a name of an event's or a signal's */ \
X(BARE)   /* a word, or a number, for itself */

/* X(NAME, code for what does not belong there (0: it may), what does); a free
 * one is an id as well. */
#define MEGACO_GROUPS(X) \
X(NOTHING, 400, MEGACO_COUNT) \
X(TEXT, 0, MEGACO_COUNT) \
X(DIGITS, 0, MEGACO_COUNT) \
X(PHRASE, 0, MEGACO_COUNT) \
X(MESSAGE, 400, MEGACO_TRANSACTION, MEGACO_REPLY, MEGACO_PENDING, MEGACO_ACK, MEGACO_ERROR) \
X(ACTIONS, 403, MEGACO_CONTEXT) \
X(REPLIES, 403, MEGACO_IMM_ACK, MEGACO_CONTEXT, MEGACO_ERROR) \
X(NUMBERS, 400, MEGACO_BARE) \
X(COMMANDS, 443, MEGACO_ADD, MEGACO_MODIFY, MEGACO_SUBTRACT, MEGACO_MOVE, MEGACO_AUDIT_VALUE, MEGACO_AUDIT_CAPABILITY, MEGACO_NOTIFY, MEGACO_SERVICE_CHANGE, MEGACO_PRIORITY, MEGACO_EMERGENCY, MEGACO_TOPOLOGY, MEGACO_CONTEXT_AUDIT, MEGACO_ERROR) \
X(DESCRIPTORS, 444, MEGACO_MEDIA, MEGACO_EVENTS, MEGACO_SIGNALS, MEGACO_DIGIT_MAP, MEGACO_EVENT_BUFFER, MEGACO_AUDIT, MEGACO_MODEM, MEGACO_MUX, MEGACO_OBSERVED, MEGACO_STATISTICS, MEGACO_PACKAGES, MEGACO_ERROR) \
X(NOTICES, 444, MEGACO_OBSERVED, MEGACO_ERROR) \
X(CHANGE, 444, MEGACO_SERVICES, MEGACO_ERROR) \
X(STREAMS, 444, MEGACO_STREAM, MEGACO_STATE, MEGACO_LOCAL_CONTROL, MEGACO_LOCAL, MEGACO_REMOTE) \
X(STREAM, 444, MEGACO_LOCAL_CONTROL, MEGACO_LOCAL, MEGACO_REMOTE) \
X(CONTROLS, 445, MEGACO_MODE, MEGACO_RESERVED_VALUE, MEGACO_RESERVED_GROUP, MEGACO_ITEM) \
X(STATES, 445, MEGACO_SERVICE_STATES, MEGACO_BUFFER, MEGACO_ITEM) \
X(WATCHED, 451, MEGACO_ITEM) \
X(WATCH, 446, MEGACO_EMBED, MEGACO_KEEP_ACTIVE, MEGACO_DIGIT_MAP, MEGACO_STREAM, MEGACO_PARAMETER) \
X(EMBEDDED, 446, MEGACO_SIGNALS, MEGACO_EVENTS) \
X(PLAYED, 452, MEGACO_SIGNAL_LIST, MEGACO_ITEM) \
X(PLAY, 446, MEGACO_STREAM, MEGACO_SIGNAL_TYPE, MEGACO_DURATION, MEGACO_COMPLETION, MEGACO_KEEP_ACTIVE, MEGACO_PARAMETER) \
X(SEEN, 451, MEGACO_ITEM) \
X(SIGHT, 446, MEGACO_STREAM, MEGACO_PARAMETER) \
X(COUNTS, 445, MEGACO_ITEM) \
X(ASKED, 444, MEGACO_MEDIA, MEGACO_EVENTS, MEGACO_SIGNALS, MEGACO_DIGIT_MAP, MEGACO_EVENT_BUFFER, MEGACO_MODEM, MEGACO_MUX, MEGACO_OBSERVED, MEGACO_STATISTICS, MEGACO_PACKAGES, MEGACO_TOPOLOGY, MEGACO_EMERGENCY, MEGACO_PRIORITY) \
X(NAMES, 400, MEGACO_BARE, MEGACO_ITEM) \
X(SERVICES, 446, MEGACO_METHOD, MEGACO_REASON, MEGACO_DELAY, MEGACO_ADDRESS, MEGACO_MGC_ID, MEGACO_PROFILE, MEGACO_VERSION, MEGACO_PARAMETER, MEGACO_BARE)

/* X(NAME, form that it is a value of, long, short, words) */
#define MEGACO_VALUES(X) \
X(SEND_RECEIVE, MODE, "SendReceive", "SR", N_("sends and receives")) \
X(SEND_ONLY, MODE, "SendOnly", "SO", N_("only sends")) \
X(RECEIVE_ONLY, MODE, "ReceiveOnly", "RC", N_("only receives: the user at this gateway can hear, but cannot be heard")) \
X(INACTIVE, MODE, "Inactive", "IN", N_("no media in either direction")) \
X(LOOPBACK, MODE, "Loopback", "LB", N_("media that arrive are sent back")) \
X(TEST, SERVICE, "Test", "TE", N_("being tested")) \
X(OUT_OF_SERVICE, SERVICE, "OutOfService", "OS", N_("out of service")) \
X(IN_SERVICE, SERVICE, "InService", "IV", N_("in service")) \
X(ON_OFF, SIGNAL, "OnOff", "OO", N_("the signal continues until it is stopped")) \
X(TIME_OUT, SIGNAL, "TimeOut", "TO", N_("the signal ends by itself after a time")) \
X(BRIEF, SIGNAL, "Brief", "BR", N_("the signal is short and ends by itself")) \
X(FAILOVER, METHOD, "Failover", "FL", N_("another gateway or controller takes over")) \
X(FORCED, METHOD, "Forced", "FO", N_("all service ends at once, including calls")) \
X(GRACEFUL, METHOD, "Graceful", "GR", N_("no new calls; service ends after the delay")) \
X(RESTART, METHOD, "Restart", "RS", N_("service begins; earlier contexts no longer exist")) \
X(DISCONNECTED, METHOD, "Disconnected", "DC", N_("the connection was lost and is back; calls have continued")) \
X(HANDOFF, METHOD, "HandOff", "HO", N_("the gateway must register with another controller"))

/* X(code, words): reasons of ServiceChange */
#define MEGACO_REASONS(X) \
X(900, N_("service restored")) X(901, N_("cold boot")) \
X(902, N_("warm boot")) X(903, N_("as directed by the controller")) \
X(904, N_("a termination does not work")) X(905, N_("a termination is taken out of service")) \
X(906, N_("the lower layer has lost its connection")) X(907, N_("the transmission has failed")) \
X(908, N_("the gateway is about to fail")) X(909, N_("the controller is about to fail"))

/* X(code, words) */
#define MEGACO_ERRORS(X) \
X(400, N_("the message has a syntax error")) \
X(403, N_("the transaction has a syntax error")) \
X(406, N_("the version is not supported")) \
X(410, N_("the identifier is invalid")) \
X(411, N_("there is no such context")) \
X(412, N_("no context is free")) \
X(421, N_("the action, or this combination of actions, is not allowed")) \
X(430, N_("there is no such termination")) \
X(431, N_("no termination matches the pattern")) \
X(432, N_("no termination is free")) \
X(433, N_("the termination is already in a context")) \
X(435, N_("the termination is not in this context")) \
X(440, N_("the package is not known")) \
X(441, N_("Local or Remote is missing")) \
X(442, N_("the command has a syntax error")) \
X(443, N_("the command is not supported")) \
X(444, N_("the descriptor is not known")) \
X(445, N_("the property is not known")) \
X(446, N_("the parameter is not known")) \
X(447, N_("this command does not allow the descriptor")) \
X(449, N_("the value is not known")) \
X(451, N_("the event is not known")) \
X(452, N_("the signal is not known")) \
X(457, N_("a parameter is missing")) \
X(458, N_("this event was not requested")) \
X(500, N_("internal error")) \
X(501, N_("not implemented")) \
X(502, N_("not ready")) \
X(504, N_("the gateway accepts commands only from its own controller")) \
X(505, N_("the gateway has not registered yet")) \
X(510, N_("not enough resources")) \
X(512, N_("this termination can't detect the event")) \
X(513, N_("this termination can't generate the signal")) \
X(540, N_("the hook is not in the expected state"))

/* X(name, words): events, signals, properties and counts of packages. */
#define MEGACO_ITEMS(X) \
X("al/on", N_("the phone is on the hook")) X("al/of", N_("the phone is off the hook")) \
X("al/fl", N_("the hook was flashed")) X("al/ri", N_("the phone rings")) \
X("dd/ce", N_("the digit map has been completed")) \
X("cg/dt", N_("dial tone")) X("cg/rt", N_("ringing tone")) X("cg/bt", N_("busy tone")) \
X("cg/ct", N_("congestion tone")) X("cg/sit", N_("special information tone")) \
X("g/sc", N_("the signal has ended")) X("g/cause", N_("the cause of a failure")) X("nt/netfail", N_("the network has failed")) \
X("nt/jit", N_("the maximum jitter in milliseconds")) \
X("nt/dur", N_("milliseconds in the context")) X("nt/os", N_("octets sent")) X("nt/or", N_("octets received")) \
X("rtp/ps", N_("packets sent")) X("rtp/pr", N_("packets received")) X("rtp/pl", N_("packets lost, in percent")) \
X("rtp/jit", N_("jitter")) X("rtp/delay", N_("delay")) \
X("tdmc/ec", N_("echo cancelling")) X("tdmc/gain", N_("gain"))

/* clang-format on */

#endif
