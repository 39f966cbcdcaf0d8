/*
 * What ITU ISUP consists of, a row each: messages (Q.763 4), parameters (Q.763
 * 3), causes (Q.850) and what a gateway makes of them (RFC 3398).  Layouts and
 * clauses follow public implementations; docs/roles/switch.md says which.
 * Messages and parameters with a row here are read, written and shown; an
 * indicator has a row of `indicators` (isup/isup_say.c), with its bits and what
 * they mean.
 */
#ifndef ISUP_ISUP_TABLES_H
#define ISUP_ISUP_TABLES_H

#include "base/i18n.h"

/* clang-format off */

/*
 * X(NAME, type, four parameters of the fixed part, that of the variable part,
 * whether there may be an optional part, words).  END: none.
 */
#define ISUP_MESSAGES(X) \
X(IAM, 0x01, NCI, FCI, CPC, TMR, CALLED, true, N_("initial address: sets up a call and seizes a circuit")) \
X(SAM, 0x02, END, END, END, END, SUBSEQUENT, true, N_("subsequent address: further digits")) \
X(INR, 0x03, INFORMATION_REQUEST, END, END, END, END, true, N_("information request")) \
X(INF, 0x04, INFORMATION, END, END, END, END, true, N_("information, requested or not")) \
X(COT, 0x05, CONTINUITY, END, END, END, END, false, N_("continuity: the result of a circuit's continuity check")) \
X(ACM, 0x06, BCI, END, END, END, END, true, N_("address complete: all digits of the number have arrived")) \
X(CON, 0x07, BCI, END, END, END, END, true, N_("connect: address complete and answer in one message")) \
X(FOT, 0x08, END, END, END, END, END, true, N_("forward transfer: calls an operator into the call")) \
X(ANM, 0x09, END, END, END, END, END, true, N_("answer")) \
X(REL, 0x0C, END, END, END, END, CAUSE, true, N_("release: the call ends")) \
X(SUS, 0x0D, SUSPEND, END, END, END, END, true, N_("suspend: the telephone is on the hook, the call is kept")) \
X(RES, 0x0E, SUSPEND, END, END, END, END, true, N_("resume: the telephone is off the hook again")) \
X(RLC, 0x10, END, END, END, END, END, true, N_("release complete: the circuit is free")) \
X(CCR, 0x11, END, END, END, END, END, false, N_("continuity check request")) \
X(RSC, 0x12, END, END, END, END, END, false, N_("reset circuit")) \
X(BLO, 0x13, END, END, END, END, END, false, N_("blocking: no new calls on this circuit")) \
X(UBL, 0x14, END, END, END, END, END, false, N_("unblocking")) \
X(BLA, 0x15, END, END, END, END, END, false, N_("blocking acknowledgement")) \
X(UBA, 0x16, END, END, END, END, END, false, N_("unblocking acknowledgement")) \
X(GRS, 0x17, END, END, END, END, RANGE, false, N_("circuit group reset")) \
X(CGB, 0x18, SUPERVISION, END, END, END, RANGE, false, N_("circuit group blocking")) \
X(CGU, 0x19, SUPERVISION, END, END, END, RANGE, false, N_("circuit group unblocking")) \
X(CGBA, 0x1A, SUPERVISION, END, END, END, RANGE, false, N_("circuit group blocking acknowledgement")) \
X(CGUA, 0x1B, SUPERVISION, END, END, END, RANGE, false, N_("circuit group unblocking acknowledgement")) \
X(LPA, 0x24, END, END, END, END, END, false, N_("loop-back acknowledgement")) \
X(GRA, 0x29, END, END, END, END, RANGE, false, N_("circuit group reset acknowledgement")) \
X(CPG, 0x2C, EVENT, END, END, END, END, true, N_("call progress")) \
X(USR, 0x2D, END, END, END, END, USER_TO_USER, true, N_("user-to-user information")) \
X(UCIC, 0x2E, END, END, END, END, END, false, N_("unequipped circuit: there is no circuit with this number")) \
X(CFN, 0x2F, END, END, END, END, CAUSE, true, N_("confusion: a part of the message was not understood")) \
X(OLM, 0x30, END, END, END, END, END, false, N_("overload")) \
X(UPT, 0x34, END, END, END, END, END, true, N_("user part test")) \
X(UPA, 0x35, END, END, END, END, END, true, N_("user part available"))

/* X(NAME, code, octets where it is in a fixed part, form of its contents,
 * clause of Q.763, words). */
#define ISUP_PARAMS(X) \
X(END, 0x00, 0, BITS, "3.20", N_("end of optional parameters")) \
X(CALL_REFERENCE, 0x01, 0, BITS, "3.8", N_("call reference")) \
X(TMR, 0x02, 1, BITS, "3.54", N_("transmission medium requirement")) \
X(ACCESS_TRANSPORT, 0x03, 0, BITS, "3.3", N_("access transport")) \
X(CALLED, 0x04, 0, CALLED, "3.9", N_("called party number")) \
X(SUBSEQUENT, 0x05, 0, SUBSEQUENT, "3.51", N_("subsequent number")) \
X(NCI, 0x06, 1, BITS, "3.35", N_("nature of connection indicators")) \
X(FCI, 0x07, 2, BITS, "3.23", N_("forward call indicators")) \
X(OPTIONAL_FCI, 0x08, 0, BITS, "3.38", N_("optional forward call indicators")) \
X(CPC, 0x09, 1, BITS, "3.11", N_("calling party's category")) \
X(CALLING, 0x0A, 0, CALLING, "3.10", N_("calling party number")) \
X(REDIRECTING, 0x0B, 0, REDIRECTING, "3.44", N_("redirecting number")) \
X(REDIRECTION, 0x0C, 0, CALLED, "3.46", N_("redirection number")) \
X(CONNECTION_REQUEST, 0x0D, 0, BITS, "3.17", N_("connection request")) \
X(INFORMATION_REQUEST, 0x0E, 2, BITS, "3.29", N_("information request indicators")) \
X(INFORMATION, 0x0F, 2, BITS, "3.28", N_("information indicators")) \
X(CONTINUITY, 0x10, 1, BITS, "3.18", N_("continuity indicators")) \
X(BCI, 0x11, 2, BITS, "3.5", N_("backward call indicators")) \
X(CAUSE, 0x12, 0, CAUSE, "3.12", N_("cause indicators")) \
X(REDIRECTION_INFORMATION, 0x13, 0, BITS, "3.45", N_("redirection information")) \
X(SUPERVISION, 0x15, 1, BITS, "3.13", N_("circuit group supervision message type")) \
X(RANGE, 0x16, 0, RANGE, "3.43", N_("range and status")) \
X(CUG_INTERLOCK, 0x1A, 0, BITS, "3.15", N_("closed user group interlock code")) \
X(USER_SERVICE, 0x1D, 0, BITS, "3.57", N_("user service information")) \
X(USER_TO_USER, 0x20, 0, BITS, "3.61", N_("user-to-user information")) \
X(CONNECTED, 0x21, 0, CALLING, "3.16", N_("connected number")) \
X(SUSPEND, 0x22, 1, BITS, "3.52", N_("suspend/resume indicators")) \
X(TRANSIT_NETWORK, 0x23, 0, BITS, "3.53", N_("transit network selection")) \
X(EVENT, 0x24, 1, BITS, "3.21", N_("event information")) \
X(CONGESTION, 0x27, 0, BITS, "3.4", N_("automatic congestion level")) \
X(ORIGINAL_CALLED, 0x28, 0, REDIRECTING, "3.39", N_("original called number")) \
X(OPTIONAL_BCI, 0x29, 0, BITS, "3.37", N_("optional backward call indicators")) \
X(USER_TO_USER_INDICATORS, 0x2A, 0, BITS, "3.60", N_("user-to-user indicators")) \
X(NOTIFICATION, 0x2C, 0, BITS, "3.25", N_("generic notification indicator")) \
X(CALL_HISTORY, 0x2D, 0, MILLISECONDS, "3.7", N_("call history information")) \
X(ACCESS_DELIVERY, 0x2E, 0, BITS, "3.2", N_("access delivery information")) \
X(USER_SERVICE_PRIME, 0x30, 0, BITS, "3.58", N_("user service information prime")) \
X(PROPAGATION_DELAY, 0x31, 0, MILLISECONDS, "3.42", N_("propagation delay counter")) \
X(SERVICE_ACTIVATION, 0x33, 0, BITS, "3.49", N_("service activation")) \
X(TELESERVICE, 0x34, 0, BITS, "3.59", N_("user teleservice information")) \
X(TMU, 0x35, 0, BITS, "3.56", N_("transmission medium used")) \
X(DIVERSION, 0x36, 0, BITS, "3.6", N_("call diversion information")) \
X(ECHO_CONTROL, 0x37, 0, BITS, "3.19", N_("echo control information")) \
X(MESSAGE_COMPATIBILITY, 0x38, 0, BITS, "3.33", N_("message compatibility information")) \
X(COMPATIBILITY, 0x39, 0, BITS, "3.41", N_("parameter compatibility information")) \
X(PRECEDENCE, 0x3A, 0, BITS, "3.34", N_("MLPP precedence")) \
X(MCID_REQUEST, 0x3B, 0, BITS, "3.31", N_("malicious call identification, request")) \
X(MCID_RESPONSE, 0x3C, 0, BITS, "3.32", N_("malicious call identification, response")) \
X(HOP_COUNTER, 0x3D, 0, BITS, "3.80", N_("hop counter")) \
X(TMR_PRIME, 0x3E, 0, BITS, "3.55", N_("transmission medium requirement prime")) \
X(LOCATION, 0x3F, 0, CALLING, "3.30", N_("location number")) \
X(REDIRECTION_RESTRICTION, 0x40, 0, BITS, "3.47", N_("redirection number restriction")) \
X(CCSS, 0x4B, 0, BITS, "3.63", N_("call completion service setup")) \
X(APPLICATION, 0x78, 0, BITS, "3.82", N_("application transport")) \
X(GENERIC_NUMBER, 0xC0, 0, GENERIC, "3.26", N_("generic number")) \
X(GENERIC_DIGITS, 0xC1, 0, BITS, "3.24", N_("generic digits"))

/* X(value, status that a gateway makes of it, words): Q.850, RFC 3398 7.2.4.1.
 * 0: none; causes that the RFC's list lacks have 500 as well. */
#define Q850_CAUSES(X) \
X(1, 404, N_("unallocated number")) \
X(2, 404, N_("no route to the transit network")) \
X(3, 404, N_("no route to the destination")) \
X(4, 500, N_("send special information tone")) \
X(5, 500, N_("misdialled trunk prefix")) \
X(6, 500, N_("channel unacceptable")) \
X(7, 500, N_("call awarded, delivered in an established channel")) \
X(8, 500, N_("preemption")) \
X(9, 500, N_("preemption, circuit reserved for reuse")) \
X(14, 500, N_("ported number")) \
X(16, 0, N_("normal call clearing")) \
X(17, 486, N_("user busy")) \
X(18, 408, N_("no user responding")) \
X(19, 480, N_("no answer from the user, who was alerted")) \
X(20, 480, N_("subscriber absent")) \
X(21, 403, N_("call rejected")) \
X(22, 410, N_("number changed")) \
X(23, 410, N_("redirection to a new destination")) \
X(24, 500, N_("rejected by a feature at the destination")) \
X(25, 500, N_("exchange routing error")) \
X(26, 404, N_("non-selected user clearing")) \
X(27, 502, N_("destination out of order")) \
X(28, 484, N_("address incomplete or invalid")) \
X(29, 501, N_("facility rejected")) \
X(30, 500, N_("response to a status enquiry")) \
X(31, 480, N_("normal, unspecified")) \
X(33, 500, N_("circuit out of order")) \
X(34, 503, N_("no circuit available")) \
X(38, 503, N_("network out of order")) \
X(39, 500, N_("permanent frame mode connection out of service")) \
X(40, 500, N_("permanent frame mode connection operational")) \
X(41, 503, N_("temporary failure")) \
X(42, 503, N_("switching equipment congestion")) \
X(43, 500, N_("access information discarded")) \
X(44, 0, N_("requested circuit not available")) \
X(46, 500, N_("precedence call blocked")) \
X(47, 503, N_("resource unavailable, unspecified")) \
X(49, 500, N_("quality of service not available")) \
X(50, 500, N_("requested facility not subscribed")) \
X(53, 500, N_("outgoing calls barred within the closed user group")) \
X(55, 403, N_("incoming calls barred within the closed user group")) \
X(57, 403, N_("bearer capability not authorized")) \
X(58, 503, N_("bearer capability not presently available")) \
X(62, 500, N_("outgoing access and subscriber class do not agree")) \
X(63, 500, N_("service or option not available")) \
X(65, 488, N_("bearer capability not implemented")) \
X(66, 500, N_("channel type not implemented")) \
X(69, 500, N_("requested facility not implemented")) \
X(70, 488, N_("only restricted digital bearer available")) \
X(79, 501, N_("service or option not implemented")) \
X(81, 500, N_("invalid call reference")) \
X(82, 500, N_("identified channel does not exist")) \
X(87, 403, N_("user not member of the closed user group")) \
X(88, 503, N_("incompatible destination")) \
X(90, 500, N_("non-existent closed user group")) \
X(91, 500, N_("invalid transit network selection")) \
X(95, 500, N_("invalid message")) \
X(96, 500, N_("mandatory information element is missing")) \
X(97, 500, N_("message type unknown")) \
X(98, 500, N_("message does not fit the state of the call")) \
X(99, 500, N_("parameter unknown")) \
X(100, 500, N_("invalid contents of an information element")) \
X(101, 500, N_("message not compatible with the state of the call")) \
X(102, 504, N_("recovery on timer expiry")) \
X(103, 500, N_("parameter unknown, passed on")) \
X(110, 500, N_("message with an unknown parameter, discarded")) \
X(111, 500, N_("protocol error, unspecified")) \
X(127, 500, N_("interworking, unspecified"))

/* X(code, what RFC 8606 calls it, words): who says the cause. */
#define Q850_LOCATIONS(X) \
X(0, "U", N_("user")) \
X(1, "LPN", N_("private network serving the local user")) \
X(2, "LN", N_("public network serving the local user")) \
X(3, "TN", N_("transit network")) \
X(4, "RLN", N_("public network serving the remote user")) \
X(5, "RPN", N_("private network serving the remote user")) \
X(7, "INTL", N_("international network")) \
X(10, "BI", N_("network beyond an interworking point"))

/* X(status, cause), RFC 3398 8.2.6.1, where 505 is printed as a second 504; any
 * other is 31. */
#define Q850_STATUSES(X) \
X(400, 41) X(401, 21) X(402, 21) X(403, 21) X(404, 1) X(405, 63) X(406, 79) \
X(407, 21) X(408, 102) X(410, 22) X(413, 127) X(414, 127) X(415, 79) \
X(416, 127) X(420, 127) X(421, 127) X(423, 127) X(480, 18) X(481, 41) \
X(482, 25) X(483, 25) X(484, 28) X(485, 1) X(486, 17) X(487, 0) X(500, 41) \
X(501, 79) X(502, 38) X(503, 41) X(504, 102) X(505, 127) X(513, 127) \
X(600, 17) X(603, 21) X(604, 1)

/* clang-format on */

#endif
