/* Rules of the telephone network and of gateways to it: RFC 3398, RFC 3578.
 * What ISUP does by itself (ITU-T Q.764) is told where RFC 3398 has it. */
#ifndef RULES_RULES_TELEPHONE_H
#define RULES_RULES_TELEPHONE_H

/* clang-format off */
#define RULES_TELEPHONE(X) \
X(TRUNK_SEIZE, "trunk-seize", 3398, "7.2.1", MUST, \
  N_("A gateway or an exchange MUST reserve a circuit for the call before it " \
     "sends an IAM (Q.764 2.1). The IAM and all messages that follow name that " \
     "circuit (CIC).")) \
X(TRUNK_IAM, "trunk-iam", 3398, "8.2.1", TELLS, \
  N_("An IAM seizes a circuit and contains the called number.")) \
X(TRUNK_CHECK, "trunk-check", 3398, "11.3", MUST, \
  N_("If the IAM announces a continuity check, the gateway MUST wait for the " \
     "COT before it calls anybody. If the check fails, there is no call.")) \
X(TRUNK_GLARE, "trunk-glare", 3398, "7.2.1", TELLS, \
  N_("Two exchanges may seize one circuit at the same time. The one with the " \
     "higher point code controls circuits with even numbers, the other those " \
     "with odd numbers. The exchange without control takes another circuit " \
     "(Q.764 2.9.1).")) \
X(TRUNK_RELEASE, "trunk-release", 3398, "10", TELLS, \
  N_("Either side ends a call by a REL, whose cause gives the reason. The " \
     "circuit is free when the RLC has arrived.")) \
X(TRUNK_RLC, "trunk-rlc", 3398, "10.2", MUST, \
  N_("An exchange (10.1) or gateway (10.2) that receives a REL frees the " \
     "circuit and MUST confirm that by an RLC. It does so even if it knows no " \
     "call there (Q.764 2.3).")) \
X(TRUNK_FREE, "trunk-free", 3398, "10", TELLS, \
  N_("After the RLC, a circuit is idle on both sides and may be seized again.")) \
X(TRUNK_T1, "trunk-t1", 3398, "10", TELLS, \
  N_("A REL without an RLC is retransmitted after T1, at least 15 s (Q.764 " \
     "annex A).")) \
X(TRUNK_T5, "trunk-t5", 3398, "11.1", TELLS, \
  N_("If a REL gets no RLC within T5, at least 5 min, the circuit is reset by " \
     "an RSC. The RSC is retransmitted after T16 and T17 (Q.764 annex A).")) \
X(TRUNK_RSC, "trunk-rsc", 3398, "11.1", MUST, \
  N_("An RSC ends the call on its circuit as a REL does. It MUST be answered " \
     "with an RLC.")) \
X(TRUNK_RESET, "trunk-reset", 3398, "11.1", TELLS, \
  N_("An exchange that does not know the state of a circuit, for example after " \
     "a restart, resets it by an RSC.")) \
X(TRUNK_BLOCK, "trunk-block", 3398, "11.2", TELLS, \
  N_("A BLO blocks a circuit for new calls of the peer; a call in progress " \
     "continues. It is answered by a BLA. UBL and UBA unblock it.")) \
X(TRUNK_GROUP_RESET, "trunk-group-reset", 3398, "11.1", TELLS, \
  N_("A GRS resets up to 32 circuits at once; the calls on them end as with an " \
     "RSC. The GRA answers it and marks the circuits that are blocked for " \
     "maintenance. T22 and T23 retransmit the GRS until the GRA arrives (Q.764 " \
     "2.9.3).")) \
X(TRUNK_GROUP_BLOCK, "trunk-group-block", 3398, "11.2", MUST, \
  N_("A CGB blocks the marked circuits of a range, and a CGU unblocks them. A " \
     "CGB MUST be answered with a CGBA, and a CGU with a CGUA, for the same " \
     "range. In maintenance, calls in progress continue (Q.764 2.8.2).")) \
X(TRUNK_HARDWARE, "trunk-hardware", 3398, "11.2", MUST, \
  N_("If circuits are blocked because of a hardware failure, the calls on them " \
     "MUST end at once at both ends, without a REL (Q.764 2.8.2.3).")) \
X(TRUNK_UNEQUIPPED, "trunk-unequipped", 3398, "11", TELLS, \
  N_("A message for a circuit that does not exist is answered by a UCIC.")) \
X(TRUNK_CONFUSED, "trunk-confused", 3398, "13", TELLS, \
  N_("A message of an unknown type is answered by a CFN with cause 97.")) \
X(TRUNK_TONE, "trunk-tone", 3398, "7.2.1.1", TELLS, \
  N_("An IAM with \"interworking encountered\" comes from a network that does " \
     "not understand causes. A call that fails is then not ended by a REL. An " \
     "ACM or CPG announces in-band information, a tone or an announcement " \
     "follows, and the caller hangs up.")) \
X(TRUNK_BAD, "trunk-bad", 3398, "13", TELLS, \
  N_("A message that is not ISUP, or does not come from a neighbour, is " \
     "ignored.")) \
X(GATEWAY_INVITE, "gateway-invite", 3398, "7.2.1.1", MUST, \
  N_("A gateway turns an INVITE into an IAM. The called number MUST be that of " \
     "the Request-URI; the calling number is that of From. The gateway sets the " \
     "other parameters.")) \
X(GATEWAY_NO_NUMBER, "gateway-no-number", 3398, "7.2.1.1", TELLS, \
  N_("An INVITE whose Request-URI contains no telephone number is rejected with " \
     "a 484.")) \
X(GATEWAY_NO_CIRCUIT, "gateway-no-circuit", 3398, "7.2.1", TELLS, \
  N_("A gateway sends no IAM until it has a circuit. If none is free it answers " \
     "503, as for cause 34.")) \
X(GATEWAY_AGAIN, "gateway-again", 3398, "7.2.4.1", TELLS, \
  N_("A circuit that is not available (cause 44, a dual seizure, a failed " \
     "check) leads to no SIP status. The gateway takes another circuit.")) \
X(GATEWAY_T7, "gateway-t7", 3398, "7.2.2", SHOULD, \
  N_("If the address is not confirmed as complete before T7 fires, the call " \
     "ends. A REL with cause 102 and, from a gateway, a 504 SHOULD be sent.")) \
X(GATEWAY_CANCEL, "gateway-cancel", 3398, "7.2.3", MUST, \
  N_("If a CANCEL or BYE arrives before the answer, the gateway MUST send a 200 " \
     "to it and a 487 to the INVITE. It releases the circuit with cause 16, or " \
     "with the cause in the Reason.")) \
X(GATEWAY_REL, "gateway-rel", 3398, "7.2.4", MUST, \
  N_("A REL before the answer is mapped to the final response. The gateway MUST " \
     "send an RLC at once.")) \
X(GATEWAY_CAUSE, "gateway-cause", 3398, "7.2.4.1", TELLS, \
  N_("A table maps the causes of Q.850 to statuses. Examples are 17 (busy) to " \
     "486, 1 (unallocated) to 404, 19 (no answer) to 480, 34 (no circuit) to " \
     "503. The Reason contains the cause itself (RFC 6432).")) \
X(GATEWAY_EARLY_ACM, "gateway-early-acm", 3398, "7.2.5", SHOULD, \
  N_("An ACM without a status of the called party is early. The gateway SHOULD " \
     "send a 183; a later CPG reports what happens next.")) \
X(GATEWAY_ACM, "gateway-acm", 3398, "7.2.6", SHOULD, \
  N_("After an ACM with \"subscriber free\", the gateway SHOULD send a 180. If " \
     "there is in-band information or interworking, it sends a 183, so that the " \
     "caller can hear the media.")) \
X(GATEWAY_ANSWER, "gateway-answer", 3398, "7.2.7", SHOULD, \
  N_("An ANM, or a CON if there was no ACM, answers the call. The gateway " \
     "SHOULD send a 200 with the answer to the offer.")) \
X(GATEWAY_T9, "gateway-t9", 3398, "7.2.8", MUST, \
  N_("If the called party does not answer before T9 fires, the call MUST be " \
     "released: with a REL of cause 19 and a 480.")) \
X(GATEWAY_CPG, "gateway-cpg", 3398, "7.2.9", TELLS, \
  N_("The event of a CPG is mapped to a provisional response: 1 to 180, 4 to 6 " \
     "to 181, others to 183.")) \
X(GATEWAY_ACK, "gateway-ack", 3398, "7.3", TELLS, \
  N_("When the ACK arrives, the call is connected. The gateway sends no ISUP " \
     "message for it.")) \
X(GATEWAY_IAM, "gateway-iam", 3398, "8.2.1.1", SHOULD, \
  N_("A gateway turns an IAM into an INVITE. The called number SHOULD become " \
     "its Request-URI and its To; the calling number becomes its From. Numbers " \
     "are in international form if the country of the trunk is known.")) \
X(GATEWAY_18X, "gateway-18x", 3398, "8.2.3", TELLS, \
  N_("The first 18x is mapped to an ACM, with \"subscriber free\" only for a " \
     "180. Each later one is mapped to a CPG: a 180 to event 1, a 181 to event " \
     "6, others to event 2.")) \
X(GATEWAY_2XX, "gateway-2xx", 3398, "8.2.4", MUST, \
  N_("After a 200, the gateway MUST send an ANM, or a CON if it has sent no " \
     "ACM. It sends the ACK itself.")) \
X(GATEWAY_STATUS, "gateway-status", 3398, "8.2.6.1", TELLS, \
  N_("A final response that rejects the call is mapped to a REL with the cause " \
     "of its Reason. Without a Reason, a table maps the status. Examples are " \
     "486 to 17, 404 to 1, 408 to 102, 480 to 18; the default is 31.")) \
X(GATEWAY_PSTN_REL, "gateway-pstn-rel", 3398, "8.2.7", MUST, \
  N_("If a REL arrives before the answer, the gateway sends an RLC and MUST " \
     "cancel the INVITE. If the call is answered anyway, it sends an ACK and a " \
     "BYE. A Reason contains the cause.")) \
X(GATEWAY_T11, "gateway-t11", 3398, "8.2.8", SHOULD, \
  N_("A gateway that uses T11 SHOULD send an early ACM when T11 fires, before " \
     "T7 of the other exchange does. A later 180 is then mapped to a CPG.")) \
X(GATEWAY_SUS, "gateway-sus", 3398, "9.1", MAY, \
  N_("A SUS says that the telephone was put down but the call is kept. The " \
     "gateway MAY put the SIP side on hold by a re-INVITE, until the RES " \
     "arrives.")) \
X(GATEWAY_HOLD, "gateway-hold", 3398, "9.2", SHOULD, \
  N_("When the SIP side puts the call on hold, the gateway SHOULD send a CPG " \
     "with the notification remote hold. A CPG with remote retrieval follows " \
     "later.")) \
X(GATEWAY_BYE, "gateway-bye", 3398, "10.1", MUST, \
  N_("The gateway MUST answer a BYE at once. It sends a REL with cause 16, or " \
     "with the cause in the Reason.")) \
X(GATEWAY_HANGUP, "gateway-hangup", 3398, "10.2.1", MUST, \
  N_("A REL after the answer is answered with an RLC, whatever its cause is. " \
     "The gateway MUST end the dialog by a BYE, whose Reason contains the " \
     "cause.")) \
X(GATEWAY_ENCLOSE, "gateway-enclose", 3372, "4.1", TELLS, \
  N_("A gateway that encapsulates ISUP (SIP-T) sends the IAM in a body next to " \
     "the session description. The header fields of the INVITE contain the same " \
     "for receivers that do not read ISUP.")) \
X(GATEWAY_BRIDGE, "gateway-bridge", 3398, "7.2.1.1", SHOULD, \
  N_("If an INVITE contains an IAM, the gateway SHOULD use its parameters in " \
     "its own IAM. The header fields of SIP, first of all the Request-URI, " \
     "overwrite them.")) \
X(GATEWAY_INFO, "gateway-info", 3398, "13.1", SHOULD, \
  N_("An ISUP message without an equivalent in SIP SHOULD be sent to the other " \
     "gateway in an INFO, which passes it to its circuit. That gateway must " \
     "have shown that it understands ISUP.")) \
X(OVERLAP_COLLECT, "overlap-collect", 3578, "2.2", TELLS, \
  N_("A number that arrives in pieces is collected until its end (ST), or until " \
     "T10 passes without another digit. Then one INVITE is sent.")) \
X(OVERLAP_INVITES, "overlap-invites", 3578, "3.2", TELLS, \
  N_("A gateway that forwards a number in pieces sends an INVITE for the first " \
     "piece, and another for each later one. Each contains all digits so far, " \
     "the same Call-ID and From, a higher CSeq and no To tag.")) \
X(OVERLAP_REFUSED, "overlap-refused", 3578, "3.2", TELLS, \
  N_("A rejection of one of these INVITEs causes no REL while another is " \
     "pending or more digits may arrive (T10). After that, the best of all " \
     "rejections is mapped to a REL.")) \
X(OVERLAP_CANCEL, "overlap-cancel", 3578, "3.4", TELLS, \
  N_("When one of several INVITEs for a number in pieces is answered, the " \
     "others are cancelled.")) \
X(OVERLAP_SAM, "overlap-sam", 3578, "3.5", TELLS, \
  N_("An INVITE with the Call-ID and From tag of an earlier one and a longer " \
     "number is mapped to a SAM on the same circuit. The earlier INVITE is " \
     "rejected with a 484.")) \
X(OVERLAP_ANEW, "overlap-anew", 3578, "3.5", TELLS, \
  N_("If the telephone network accepts only whole numbers, the call with the " \
     "shorter number is released (REL) and its INVITE rejected with a 484. A " \
     "new IAM is sent.")) \
X(EXCHANGE_CALL, "exchange-call", 3398, "4", TELLS, \
  N_("An exchange analyses the called number (Q.764 2.1). It rings a telephone " \
     "of its own, or routes the call over a circuit to another exchange.")) \
X(EXCHANGE_PASS, "exchange-pass", 3398, "4", TELLS, \
  N_("A transit exchange sends the messages of one side on the circuit of the " \
     "other side (Q.764 2.1).")) \
X(EXCHANGE_DIGITS, "exchange-digits", 3578, "2.1", TELLS, \
  N_("While the digits are only the beginning of a number, an exchange waits " \
     "for more. If T35 fires before the number can be routed, the exchange " \
     "releases the call with cause 28.")) \
X(EXCHANGE_SAM, "exchange-sam", 3578, "2", TELLS, \
  N_("Digits that are dialled after the IAM follow it, each in a SAM (Q.764 " \
     "2.1.2).")) \
X(EXCHANGE_ACM, "exchange-acm", 3398, "4", TELLS, \
  N_("The last exchange confirms by an ACM that the number is complete. The ACM " \
     "also says whether the telephone rings.")) \
X(EXCHANGE_ANSWER, "exchange-answer", 3398, "4", TELLS, \
  N_("The answer is an ANM, or a CON if there was no ACM.")) \
X(EXCHANGE_RELEASE, "exchange-release", 3398, "10", TELLS, \
  N_("When either party ends a call, all its circuits are released one after " \
     "another, with the same cause.")) \
X(EXCHANGE_REFUSE, "exchange-refuse", 3398, "7.2.4.1", TELLS, \
  N_("A cause says why a call fails. Examples are 1 for an unallocated number, " \
     "17 for a busy telephone, 19 for no answer, 28 for missing digits, 34 for " \
     "no free circuit.")) \
X(EXCHANGE_SUS, "exchange-sus", 3398, "9.1", TELLS, \
  N_("When the called telephone is put down, its exchange sends a SUS and " \
     "waits. When the telephone is lifted again, the exchange sends a RES.")) \
X(EXCHANGE_T6, "exchange-t6", 3398, "10.2.2", TELLS, \
  N_("If the called telephone stays down for T6, the call has ended: the " \
     "exchange sends a REL."))
/* clang-format on */

#endif
