/*
 * Rules of GB/T 28181, and one of 3GPP, that are no RFC's: their section names
 * the standard, and their RFC is 0.  Clauses are those of the edition of 2022,
 * which has the annexes otherwise than that of 2016.  The standard itself was
 * not at hand: the rules here follow copies of it and running code.
 */
#ifndef RULES_RULES_SURVEILLANCE_H
#define RULES_RULES_SURVEILLANCE_H

/* clang-format off */
#define RULES_SURVEILLANCE(X) \
X(GB_PROFILE, "gb-profile", 0, "GB/T28181 9.1", TELLS, \
  N_("GB/T 28181 uses SIP with its own forms, which are not errors. The " \
     "Request-URI of a REGISTER contains the server's ID (RFC 3261 10.2: no " \
     "user). The 200 has a Date in Beijing time without a zone (20.17: GMT). It " \
     "gives the duration in Expires (10.3: in the Contact, too).")) \
X(IMS_PROFILE, "ims-profile", 0, "TS 24.229 5", TELLS, \
  N_("3GPP's IMS uses SIP with its own rules, which are not errors; its " \
     "documents were not available. An S-CSCF registers a user with an " \
     "application server by the URI in the filter criteria (RFC 3261 10.2: no " \
     "user). A phone that registers again over its security association sends " \
     "the response it has, with nonce and count (22.3, RFC 7616 3.4: a count " \
     "that grows).")) \
X(GB_BODY, "gb-body", 0, "GB/T28181 6.10", TELLS, \
  N_("A MANSCDP body is well-formed XML in the character set that it declares: " \
     "GB 2312 in the edition of 2016, GB 18030 in that of 2022.")) \
X(GB_OWNER, "gb-owner", 0, "GB/T28181 A.2.6.4", TELLS, \
  N_("In the edition of 2016, each device in a catalogue has an Owner. The " \
     "edition of 2022 has removed it.")) \
X(GB_ANSWERED, "gb-answered", 0, "GB/T28181 9.5", TELLS, \
  N_("A query, or a command that expects a result (9.3, 9.12), is answered " \
     "twice. A 200 without a body comes at once. A MESSAGE of the peer with the " \
     "same command and SN follows.")) \
X(GB_SUM, "gb-sum", 0, "GB/T28181 M", TELLS, \
  N_("An answer may consist of several messages. SumNum in each is the total " \
     "number of items.")) \
X(GB_BEAT, "gb-beat", 0, "GB/T28181 9.6", TELLS, \
  N_("A keep-alive is sent at the interval that both sides have configured, by " \
     "default every 60 s.")) \
X(GB_BEAT_TAKEN, "gb-beat-taken", 0, "GB/T28181 9.6", TELLS, \
  N_("Both sides have the same interval and the same limit of lost keep-alives. " \
     "A device that is registered and sends its keep-alives in time is on-line " \
     "and gets a 200.")) \
X(GB_BEAT_ANEW, "gb-beat-anew", 0, "GB/T28181 9.6", TELLS, \
  N_("A device whose keep-alives fail registers again. By the standard, three " \
     "without an answer are a failure. Products do the same after three " \
     "rejections.")) \
X(GB_REACHED, "gb-reached", 0, "GB/T28181 9.6", TELLS, \
  N_("Between two keep-alives, a platform can reach its device. A NAT on the " \
     "path keeps its mapping longer than that interval; in practice 20 s to 60 " \
     "s over UDP.")) \
X(GB_MEDIA_END, "gb-media-end", 0, "GB/T28181 9.8", TELLS, \
  N_("The sender of a recording reports its end by MediaStatus with NotifyType " \
     "121, before either side ends the dialog.")) \
X(GB_SSRC_ONE, "gb-ssrc-one", 0, "GB/T28181 G", TELLS, \
  N_("The SSRC in y= is different from that of every other stream at that time. " \
     "A media server recognizes the packets by it.")) \
X(GB_SSRC_KIND, "gb-ssrc-kind", 0, "GB/T28181 G", TELLS, \
  N_("y= has ten decimal digits. The first is 0 for live video and 1 for a " \
     "recording. Five digits of the domain and four of a number follow.")) \
X(GB_TIME, "gb-time", 0, "GB/T28181 G", TELLS, \
  N_("t= contains Unix seconds in UTC. Times in MANSCDP are Beijing time " \
     "without a zone, 28,800 s ahead. The answer has the times of the offer.")) \
X(GB_ADDRESS, "gb-address", 0, "GB/T28181 C", TELLS, \
  N_("A media server behind a NAT gives an address in c= that its senders can " \
     "reach. A device sends to that address.")) \
X(GB_PORT, "gb-port", 0, "GB/T28181 C", TELLS, \
  N_("A stream comes from one address and port during its whole time. In " \
     "practice, a receiver accepts no other after the first packet."))
/* clang-format on */

#endif
