/* Rules of the telephone network and of gateways to it: RFC 3398, RFC 3578.
 * What ISUP does by itself (ITU-T Q.764) is told where RFC 3398 has it. */
#ifndef RULES_RULES_TELEPHONE_H
#define RULES_RULES_TELEPHONE_H

/* clang-format off */
#define RULES_TELEPHONE(X) \
X(TRUNK_SEIZE, "trunk-seize", 3398, "7.2.1", TELLS, \
  N_("Before an IAM goes out, a gateway's or an exchange's, a circuit is seized for the call (Q.764 2.1); the IAM and all that follows name it (CIC).")) \
X(TRUNK_IAM, "trunk-iam", 3398, "8.2.1", TELLS, \
  N_("An IAM takes a circuit and says whom it is for.")) \
X(TRUNK_CHECK, "trunk-check", 3398, "11.3", MUST, \
  N_("Where the IAM says that its circuit is checked, nobody is called before the COT says that the check was successful; where it failed there is no call.")) \
X(TRUNK_GLARE, "trunk-glare", 3398, "7.2.1", TELLS, \
  N_("Two exchanges may seize one circuit at once. The one with the higher point code controls circuits with even numbers, the other those with odd ones; whoever does not gives way and takes another circuit (Q.764 2.9.1).")) \
X(TRUNK_RELEASE, "trunk-release", 3398, "10", TELLS, \
  N_("Either side ends a call by a REL, whose cause says why; the circuit is free when the RLC has come.")) \
X(TRUNK_RLC, "trunk-rlc", 3398, "10.2", TELLS, \
  N_("Whoever gets a REL frees the circuit and says so by RLC, the exchange (10.1) or the gateway (10.2), also where nothing is known of a call (Q.764 2.3).")) \
X(TRUNK_FREE, "trunk-free", 3398, "10", TELLS, \
  N_("With the RLC a circuit is idle on both sides, and may be seized again.")) \
X(TRUNK_T1, "trunk-t1", 3398, "10", TELLS, \
  N_("A REL without RLC is repeated after T1, 15 s at least (Q.764 annex A).")) \
X(TRUNK_T5, "trunk-t5", 3398, "11.1", MUST, \
  N_("When a REL has had no RLC for T5, 5 min at least, the circuit is reset by RSC, which is repeated after T16 and T17 (Q.764 annex A).")) \
X(TRUNK_RSC, "trunk-rsc", 3398, "11.1", MUST, \
  N_("An RSC ends the call on its circuit as a REL would; RLC answers it.")) \
X(TRUNK_RESET, "trunk-reset", 3398, "11.1", TELLS, \
  N_("An exchange that does not know how a circuit stands, as after it was started again, resets it by RSC.")) \
X(TRUNK_BLOCK, "trunk-block", 3398, "11.2", TELLS, \
  N_("A BLO takes a circuit out of service for new calls of the other side; a call in progress goes on. BLA answers it; UBL and UBA end it.")) \
X(TRUNK_GROUP_RESET, "trunk-group-reset", 3398, "11.1", MUST, \
  N_("A GRS resets several circuits at once, 32 at most: the calls on them end as by RSC. GRA answers it, and marks those that are blocked there for maintenance; T22 and T23 repeat the GRS until the GRA comes (Q.764 2.9.3).")) \
X(TRUNK_GROUP_BLOCK, "trunk-group-block", 3398, "11.2", MUST, \
  N_("A CGB blocks those circuits of a range that it marks, a CGU unblocks them; CGBA and CGUA answer with the same range. For maintenance calls in progress go on (Q.764 2.8.2).")) \
X(TRUNK_HARDWARE, "trunk-hardware", 3398, "11.2", MUST, \
  N_("Circuits that are blocked because hardware has failed carry no call: those on them end at once at both ends, without REL (Q.764 2.8.2.3).")) \
X(TRUNK_UNEQUIPPED, "trunk-unequipped", 3398, "11", TELLS, \
  N_("A message for a circuit that is not there is answered by UCIC.")) \
X(TRUNK_CONFUSED, "trunk-confused", 3398, "13", TELLS, \
  N_("A message whose type is not understood is answered by CFN, cause 97.")) \
X(TRUNK_TONE, "trunk-tone", 3398, "7.2.1.1", TELLS, \
  N_("An IAM that says \"interworking encountered\" has come from where causes are not understood. A call that can't be is no REL then: an ACM, or a CPG, says that there is something to hear, and a tone or an announcement tells the caller, who hangs up.")) \
X(TRUNK_BAD, "trunk-bad", 3398, "13", TELLS, \
  N_("What is no message of ISUP, or is not from a neighbour, counts for nothing.")) \
X(GATEWAY_INVITE, "gateway-invite", 3398, "7.2.1.1", MUST, \
  N_("A gateway makes an IAM of an INVITE: the number in the Request-URI is the called party's, that of From the calling party's; other parameters have values of the gateway's.")) \
X(GATEWAY_NO_NUMBER, "gateway-no-number", 3398, "7.2.1.1", MUST, \
  N_("An INVITE whose Request-URI has no telephone number is refused: 484.")) \
X(GATEWAY_NO_CIRCUIT, "gateway-no-circuit", 3398, "7.2.1", TELLS, \
  N_("No IAM goes out before there is a circuit for it; where none is free that is 503, as cause 34 would be.")) \
X(GATEWAY_AGAIN, "gateway-again", 3398, "7.2.4.1", TELLS, \
  N_("A circuit that is not to be had (cause 44, a dual seizure, a failed check) is no status: the gateway takes another.")) \
X(GATEWAY_T7, "gateway-t7", 3398, "7.2.2", TELLS, \
  N_("When nobody has said that the address is complete before T7 fires, the call ends: REL 102 to the telephone network; a gateway, 504 to SIP.")) \
X(GATEWAY_CANCEL, "gateway-cancel", 3398, "7.2.3", MUST, \
  N_("A CANCEL or BYE before the answer is answered 200, the INVITE 487, and the circuit is released with cause 16, or the one that a Reason names.")) \
X(GATEWAY_REL, "gateway-rel", 3398, "7.2.4", TELLS, \
  N_("A REL before the answer becomes the final response; RLC goes back at once.")) \
X(GATEWAY_CAUSE, "gateway-cause", 3398, "7.2.4.1", TELLS, \
  N_("Which status a cause of Q.850 becomes stands in a table: 17 (busy) is 486, 1 (unallocated) 404, 19 (no answer) 480, 34 (no circuit) 503 and so on; the Reason says the cause itself (RFC 6432).")) \
X(GATEWAY_EARLY_ACM, "gateway-early-acm", 3398, "7.2.5", TELLS, \
  N_("An ACM that says nothing of the called party is early: 183. What happens next a CPG will tell.")) \
X(GATEWAY_ACM, "gateway-acm", 3398, "7.2.6", SHOULD, \
  N_("An ACM with \"subscriber free\" is 180. Where there is something to hear in-band, or another kind of network was met, the gateway lets the caller hear it: 183.")) \
X(GATEWAY_ANSWER, "gateway-answer", 3398, "7.2.7", SHOULD, \
  N_("ANM, or CON where no ACM came before, is the answer: 200 with that to the offer.")) \
X(GATEWAY_T9, "gateway-t9", 3398, "7.2.8", SHOULD, \
  N_("When the called party has not answered before T9 fires, the call ends: REL 19, 480.")) \
X(GATEWAY_CPG, "gateway-cpg", 3398, "7.2.9", TELLS, \
  N_("A CPG becomes a provisional response by its event: 1 is 180, 4 to 6 are 181, others 183.")) \
X(GATEWAY_ACK, "gateway-ack", 3398, "7.3", TELLS, \
  N_("With the ACK the call is connected; the telephone network hears nothing of it.")) \
X(GATEWAY_IAM, "gateway-iam", 3398, "8.2.1.1", SHOULD, \
  N_("A gateway makes an INVITE of an IAM: the called party's number is its Request-URI and To, the calling party's its From, in international form where the trunk's country is known.")) \
X(GATEWAY_18X, "gateway-18x", 3398, "8.2.3", MUST, \
  N_("The first 18x becomes an ACM, \"subscriber free\" for 180 alone; later ones become CPGs by an event: 180 is 1, 181 is 6, others 2.")) \
X(GATEWAY_2XX, "gateway-2xx", 3398, "8.2.4", TELLS, \
  N_("The 200 becomes an ANM, or a CON where no ACM was sent before; the ACK is the gateway's own.")) \
X(GATEWAY_STATUS, "gateway-status", 3398, "8.2.6.1", TELLS, \
  N_("A final response that refuses becomes a REL. The cause is that of its Reason, else the one that a table gives its status: 486 is 17, 404 is 1, 408 is 102, 480 is 18 and so on, any other 31.")) \
X(GATEWAY_PSTN_REL, "gateway-pstn-rel", 3398, "8.2.7", TELLS, \
  N_("A REL before the answer is answered by RLC, and the INVITE is cancelled; an answer that comes all the same is acknowledged, and ended by BYE. What the cause was a Reason says.")) \
X(GATEWAY_T11, "gateway-t11", 3398, "8.2.8", SHOULD, \
  N_("A gateway may send an early ACM when T11 fires, before the other exchange's T7 does; the 180 becomes a CPG then.")) \
X(GATEWAY_SUS, "gateway-sus", 3398, "9.1", MAY, \
  N_("A SUS says that a telephone was put down, and the call is kept: the gateway holds the SIP side by a re-INVITE, and lets it go on after RES.")) \
X(GATEWAY_HOLD, "gateway-hold", 3398, "9.2", SHOULD, \
  N_("When the SIP side holds the call, the telephone network is told by a CPG with a notification: remote hold, and remote retrieval later.")) \
X(GATEWAY_BYE, "gateway-bye", 3398, "10.1", TELLS, \
  N_("A BYE is answered at once, and becomes a REL: cause 16, or the one that its Reason names.")) \
X(GATEWAY_HANGUP, "gateway-hangup", 3398, "10.2.1", TELLS, \
  N_("A REL after the answer, whatever its cause, is answered by RLC and becomes a BYE, whose Reason says the cause.")) \
X(GATEWAY_ENCLOSE, "gateway-enclose", 3372, "4.1", TELLS, \
  N_("A gateway that puts ISUP into its bodies (SIP-T) sends the IAM beside the session description, whoever may get the INVITE, and says the same in its fields, for those who read no ISUP.")) \
X(GATEWAY_BRIDGE, "gateway-bridge", 3398, "7.2.1.1", TELLS, \
  N_("Where an INVITE has an IAM in its body the gateway's own IAM has the parameters of that one; but what the fields of SIP say, the Request-URI first, overwrites them.")) \
X(GATEWAY_INFO, "gateway-info", 3398, "13.1", TELLS, \
  N_("A message of ISUP that no message of SIP is the equivalent of goes to the other gateway in an INFO, and from there to its circuit, where the other side has shown that it reads ISUP.")) \
X(OVERLAP_COLLECT, "overlap-collect", 3578, "2.2", TELLS, \
  N_("A number that comes in pieces is collected until its end is there (ST), or no further digit comes for T10: then one INVITE goes out.")) \
X(OVERLAP_INVITES, "overlap-invites", 3578, "3.2", TELLS, \
  N_("A gateway that passes pieces of a number on sends an INVITE for the first, and another for each that follows, with all digits so far: with the same Call-ID and From, a higher CSeq, and no To tag.")) \
X(OVERLAP_REFUSED, "overlap-refused", 3578, "3.2", TELLS, \
  N_("A refusal of one of these INVITEs makes no REL while another is under way, or further digits may come (T10); then the best of all refusals does.")) \
X(OVERLAP_CANCEL, "overlap-cancel", 3578, "3.4", TELLS, \
  N_("Of several INVITEs with a number in pieces those that were not answered are cancelled once one was.")) \
X(OVERLAP_SAM, "overlap-sam", 3578, "3.5", TELLS, \
  N_("An INVITE with the Call-ID and From tag of one before it, and a longer number, becomes a SAM on the same circuit; the one before is refused with 484.")) \
X(OVERLAP_ANEW, "overlap-anew", 3578, "3.5", TELLS, \
  N_("Where the telephone network takes whole numbers alone the call of a shorter one is released (REL), its INVITE refused with 484, and a new IAM goes out.")) \
X(EXCHANGE_CALL, "exchange-call", 3398, "4", TELLS, \
  N_("An exchange looks at the called number (Q.764 2.1): a telephone of its own is rung, else the call goes on over a circuit to another exchange.")) \
X(EXCHANGE_PASS, "exchange-pass", 3398, "4", TELLS, \
  N_("An exchange in the middle of a call repeats what one side says on the circuit of the other side (Q.764 2.1).")) \
X(EXCHANGE_DIGITS, "exchange-digits", 3578, "2.1", TELLS, \
  N_("As long as the digits that have come are only the beginning of a number, an exchange waits for more. When T35 fires before the number can be routed, the exchange releases the call with cause 28.")) \
X(EXCHANGE_SAM, "exchange-sam", 3578, "2", TELLS, \
  N_("Digits that are dialled after the IAM was sent follow it, each in a SAM (Q.764 2.1.2).")) \
X(EXCHANGE_ACM, "exchange-acm", 3398, "4", TELLS, \
  N_("The last exchange says by ACM that the number is complete, and whether the telephone rings.")) \
X(EXCHANGE_ANSWER, "exchange-answer", 3398, "4", TELLS, \
  N_("The answer is an ANM, or a CON where no ACM went before.")) \
X(EXCHANGE_RELEASE, "exchange-release", 3398, "10", TELLS, \
  N_("Whoever ends a call has all circuits of it released, one after the other, with the same cause.")) \
X(EXCHANGE_REFUSE, "exchange-refuse", 3398, "7.2.4.1", TELLS, \
  N_("An exchange says why a call can't be by a cause: 1 there is no such number, 17 its telephone is busy, 19 nobody answers, 28 digits are missing, 34 no circuit is free.")) \
X(EXCHANGE_SUS, "exchange-sus", 3398, "9.1", TELLS, \
  N_("When the called telephone is put down its exchange says SUS and waits; when it is taken up again, RES.")) \
X(EXCHANGE_T6, "exchange-t6", 3398, "10.2.2", TELLS, \
  N_("A called telephone that stays put down for T6 has ended the call: REL."))
/* clang-format on */

#endif
