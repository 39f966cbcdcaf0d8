/*
 * Rules of GB/T 28181, and one of 3GPP, that are no RFC's: their section names
 * the norm, and their RFC is 0.  Clauses are those of the edition of 2022,
 * which has the annexes otherwise than that of 2016.  The norm itself was not
 * at hand: the rules here follow copies of it and running code.
 */
#ifndef RULES_RULES_SURVEILLANCE_H
#define RULES_RULES_SURVEILLANCE_H

/* clang-format off */
#define RULES_SURVEILLANCE(X) \
X(GB_PROFILE, "gb-profile", 0, "GB/T28181 9.1", TELLS, \
  N_("Video surveillance by GB/T 28181 is SIP with forms of its own, which are no fault: the Request-URI of a REGISTER names the server by its ID (RFC 3261 10.2: no user); its 200 has a Date in Beijing time without a zone (20.17: GMT), and says how long it counts in Expires (10.3: in the Contact, too).")) \
X(IMS_PROFILE, "ims-profile", 0, "TS 24.229 5", TELLS, \
  N_("3GPP's IMS is SIP with rules of its own, which are no fault (its documents were not at hand): an S-CSCF registers a user with an application server, by whose URI the filter criteria call it (RFC 3261 10.2: no user); a phone that registers again through its security association brings the response that it has, with nonce and count (22.3, RFC 7616 3.4: a count that goes up).")) \
X(GB_BODY, "gb-body", 0, "GB/T28181 6.10", TELLS, \
  N_("A body of MANSCDP is well-formed XML, in the character set that it declares: GB 2312 by the edition of 2016, GB 18030 by that of 2022.")) \
X(GB_OWNER, "gb-owner", 0, "GB/T28181 A.2.6.4", TELLS, \
  N_("By the edition of 2016 each device in a catalogue has an Owner, which that of 2022 has no more.")) \
X(GB_ANSWERED, "gb-answered", 0, "GB/T28181 9.5", TELLS, \
  N_("A query, and a command that wants to know what came of it (9.3, 9.12), is answered twice: by a 200 without a body at once, and by a MESSAGE of the other side with the same command and SN.")) \
X(GB_SUM, "gb-sum", 0, "GB/T28181 M", TELLS, \
  N_("An answer may come in several messages: SumNum of each says how many items there are in all, and so many come.")) \
X(GB_BEAT, "gb-beat", 0, "GB/T28181 9.6", TELLS, \
  N_("A keep-alive comes at the interval that both sides have, by default each 60 s.")) \
X(GB_BEAT_TAKEN, "gb-beat-taken", 0, "GB/T28181 9.6", TELLS, \
  N_("Both sides have the same interval and the same number of keep-alives that may be lost: who beats in time and is registered is on-line, and gets a 200.")) \
X(GB_BEAT_ANEW, "gb-beat-anew", 0, "GB/T28181 9.6", TELLS, \
  N_("Whose keep-alives are in vain registers anew. Three without an answer are in vain by the norm; that three refusals are, too, is how products go on.")) \
X(GB_REACHED, "gb-reached", 0, "GB/T28181 9.6", TELLS, \
  N_("Between two keep-alives a platform can reach its device: where a NAT is on the way, it remembers a port for longer than they are apart (in practice some 20 s to 60 s by UDP).")) \
X(GB_MEDIA_END, "gb-media-end", 0, "GB/T28181 9.8", TELLS, \
  N_("Who sends a recording says by MediaStatus with NotifyType 121 that it is at its end, before anybody ends the dialog.")) \
X(GB_SSRC_ONE, "gb-ssrc-one", 0, "GB/T28181 G", TELLS, \
  N_("y= is an SSRC that no other stream has which runs at the same time: by it a media server knows whose packets they are.")) \
X(GB_SSRC_KIND, "gb-ssrc-kind", 0, "GB/T28181 G", TELLS, \
  N_("y= is ten decimal digits: the first is 0 for live video, 1 for a recording, then five of the domain, then four of a number.")) \
X(GB_TIME, "gb-time", 0, "GB/T28181 G", TELLS, \
  N_("t= has Unix seconds, in UTC, and times in MANSCDP are Beijing time without a zone: 28,800 s are between them. The answer has the times of the offer.")) \
X(GB_ADDRESS, "gb-address", 0, "GB/T28181 C", TELLS, \
  N_("A media server behind a NAT says an address in c= that its senders can reach: a device sends where c= says.")) \
X(GB_PORT, "gb-port", 0, "GB/T28181 C", TELLS, \
  N_("A stream comes from one address and port as long as it lasts: in practice a receiver that has seen the first packet takes no other."))
/* clang-format on */

#endif
