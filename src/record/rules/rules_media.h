/* Rules of media: agreement, flow, reception. */
#ifndef RULES_RULES_MEDIA_H
#define RULES_RULES_MEDIA_H

/* clang-format off */
#define RULES_MEDIA(X) \
X(MEDIA_AGREE, "media-agree", 3264, "6", TELLS, \
  N_("An answer settles where each side's media go, by which codec and in which direction: each sends to the address and port that the other's description names, from now on.")) \
X(MEDIA_FLOW, "media-flow", 3550, "5.1", TELLS, \
  N_("A sender of RTP draws its SSRC, its first sequence number and its first timestamp; each packet has the next number, and a timestamp that goes on by the samples in it.")) \
X(MEDIA_HEAR, "media-hear", 3550, "8", TELLS, \
  N_("What comes to a port is told apart by its SSRC: each is a source of its own, with its own numbers, losses and jitter.")) \
X(MEDIA_SOURCE, "media-source", 3550, "8", TELLS, \
  N_("A source is its SSRC. Where a description has agreed upon one (y= of GB/T 28181: ten decimal digits), the stream is what comes with that one; what comes with another is somebody else's, and is not taken.")) \
X(MEDIA_EVENT, "media-event", 4733, "2.5", TELLS, \
  N_("A digit goes as an event in RTP packets of its own: all have the time at which it began, a duration that grows, and its end is told three times. Who gets them counts one digit for each such time, however many of the packets are lost.")) \
X(MEDIA_IN_BAND, "media-in-band", 4733, "1.2", TELLS, \
  N_("A digit in band is two tones among the samples: whoever decodes the sound can find it, if the codec and the losses have left the tones as they were.")) \
X(MEDIA_RELAY, "media-relay", 7092, "3.2.1", TELLS, \
  N_("A box through which media go passes what comes to the port that it has told one side on to where the other side wants it, from the port that it has told that one.")) \
X(MEDIA_RECODE, "media-recode", 3550, "7.1", TELLS, \
  N_("A box between two sides that have agreed on different codecs takes the samples out of a packet and codes them as the other side wants them; source, number and time stay.")) \
X(MEDIA_LATCH, "media-latch", 7362, "4", TELLS, \
  N_("A box that latches sends a side what is for it to where that side's first packet has come from, whatever its description says, and takes no packet from elsewhere any more: so it reaches phones behind a NAT, and whoever is faster than they are.")) \
X(MEDIA_MUX, "media-mux", 5761, "4", SHOULD, \
  N_("RTCP comes to the port of RTP only where both sides have said a=rtcp-mux; there it is told apart by its second octet, 192 to 223, which no RTP packet has whose payload type keeps clear of 64 to 95.")) \
X(MEDIA_CONNECTION, "media-connection", 4145, "4.1", SHOULD, \
  N_("Where media go over TCP, a=setup says who opens the connection: active does, passive waits at its port, and who offers actpass leaves the choice to the other side. By a=connection a later offer keeps it or asks for a new one. Each packet goes behind its length (RFC 4571).")) \
X(ICE_CHECK, "ice-check", 8445, "7.2", MUST, \
  N_("ICE tries each address that the other side has told, the best first, by a Binding request of STUN from the very port of the media; what is answered works both ways. It has the names of both and is signed with the other's password, so that nobody else can answer.")) \
X(ICE_ANSWER, "ice-answer", 8445, "7.3", TELLS, \
  N_("A check of the other side is answered if its name is right and its MESSAGE-INTEGRITY is made with this side's password. Where it comes from is an address of the other side's, told or not: so phones behind a translator are found.")) \
X(ICE_ROLE, "ice-role", 8445, "7.3.1.1", TELLS, \
  N_("Of two who both believe to be controlling, or controlled, the one whose tie-breaker is smaller changes its role; 487 tells it so.")) \
X(ICE_NOMINATE, "ice-nominate", 8445, "8.1.1", MUST, \
  N_("The controlling side nominates the best pair that works by one check more, with USE-CANDIDATE: from then on media go there, whatever c= and m= say.")) \
X(MEDIA_CONTROL, "media-control", 3550, "A.2", TELLS, \
  N_("A packet of RTCP is taken if it begins with a report, and its packets, each as long as it says, fill it; anything else may be noise, or somebody else's.")) \
X(MEDIA_PACKET, "media-packet", 3550, "A.1", TELLS, \
  N_("A packet of RTP is taken if its version is 2, and its contributing sources, extension and padding lie within it.")) \
X(MEDIA_QUALITY, "media-quality", 3550, "A.3", TELLS, \
  N_("How a stream comes is told by what is missing (A.3), by how unevenly it comes (A.8), and by what comes too late for its turn. How that sounds the E-model plans (ITU-T G.107), from delay, loss and what the codec costs (G.113).")) \
X(MEDIA_EXTENDED, "media-extended", 3611, "5.2", TELLS, \
  N_("Where both sides have said a=rtcp-xr, who hears a stream reports in RTCP XR how it sounds, too: what was lost or came too late, in bursts or scattered, and the rating of the E-model. Who sends nothing learns the round trip by a reference time that the other side sends back.")) \
X(MEDIA_HEARD, "media-heard", 3264, "5.1", MUST, \
  N_("Who says sendrecv sends media and wants some: where one side of a call hears nothing, what the other sends goes elsewhere, is lost, or is not sent.")) \
X(MEDIA_PLACE, "media-place", 3264, "5.1", MUST, \
  N_("A description says at which address and port its author wants to receive; whoever sends media to him sends them there, or to where his own come from (RFC 4961).")) \
X(MEDIA_TYPES, "media-types", 3264, "6.1", TELLS, \
  N_("Each packet has a payload type that the description of its receiver has, and with the meaning that it has there.")) \
X(MEDIA_PTIME, "media-ptime", 8866, "6.4", TELLS, \
  N_("a=ptime says how many milliseconds of sound its author would like a packet to have. It is a wish, but what comes in other pieces has another delay and another share of heads.")) \
X(MEDIA_HELD, "media-held", 3264, "8.4", TELLS, \
  N_("Who is held by sendonly or inactive sends no media until another description asks for some.")) \
X(MEDIA_PRIVATE, "media-private", 1918, "3", TELLS, \
  N_("An address of a private network in a description leads nowhere outside of that network: behind a NAT a description has to have the address outside, or somebody on the way has to send to where media come from.")) \
X(MEDIA_FAX, "media-fax", 3362, "3", TELLS, \
  N_("Fax by ITU-T T.38 goes from gateway to gateway as the fax's own data, by UDPTL or TCP: it is no RTP, has no sound, and a stream of sound beside it is not heard meanwhile.")) \
X(MEDIA_FAX_FLOW, "media-fax-flow", 3362, "3", TELLS, \
  N_("Fax goes both ways: what one gateway sends the other answers, and says which pages it has. Where nothing comes back the two machines give up.")) \
X(MEDIA_SILENCE, "media-silence", 3551, "4.1", TELLS, \
  N_("Whoever has nothing to say may leave packets out; a stream that goes on and has no sound from its first packet to its last is that of a microphone that is muted or missing, or of a program that plays nothing.")) \
X(MEDIA_SECRET, "media-secret", 3711, "4.2.1", TELLS, \
  N_("With the usual suites of SRTP each packet ends with an authentication tag of 10 octets. A receiver with which RTP was agreed plays tag and encrypted sound as noise.")) \
X(MEDIA_BASE, "media-base", 3550, "5.1", TELLS, \
  N_("Timestamps go on from packet to packet as sound does. One that begins anew leaves its receiver to find out by itself how long the pause was.")) \
X(MEDIA_SKEW, "media-skew", 3550, "5.1", TELLS, \
  N_("A timestamp counts samples by the clock that takes them. Where that runs at another speed than the clock which plays them, a buffer fills or runs dry in the course of a call, and samples are dropped or made up.")) \
X(MEDIA_SSRC, "media-ssrc", 3550, "8.2", MUST, \
  N_("Two sources of a session with the same SSRC are taken for one, with losses and jitter that neither has: who finds another one with its own SSRC says BYE and draws a new one.")) \
X(MEDIA_UNREPORTED, "media-unreported", 3550, "6", TELLS, \
  N_("Each participant sends RTCP: without it nobody learns how what he sends comes, nor how long the way is.")) \
X(MEDIA_REPORT, "media-report", 3550, "6.4", TELLS, \
  N_("Who hears a source says in RTCP how it comes: the share lost since the last report, the jitter, and the time of the last sender report, from which the sender knows the round trip.")) \
X(SECRET_AGREE, "secret-agree", 4568, "7.1", TELLS, \
  N_("In a=crypto each side names the key by which it seals what it sends, for RTP and RTCP; the answer takes one of the suites that are offered. Whoever reads a session description on its way has the key in it, so each hop of the signalling has to be encrypted (8.3).")) \
X(SECRET_OFFER, "secret-offer", 4568, "7.1.2", MUST, \
  N_("Of the a=crypto lines of an offer the first that can be taken is answered; where there is none, or where secrecy is required and the stream is RTP/AVP, the stream is refused.")) \
X(SECRET_ANSWER, "secret-answer", 4568, "7.1.3", TELLS, \
  N_("The answer to a secret stream has one a=crypto, with the tag and the suite of one that was offered and a key of its own; with any other the agreement has failed.")) \
X(SECRET_OPEN, "secret-open", 3711, "3.3", TELLS, \
  N_("A packet of SRTP is opened if its index is not too old and was not there before, and its tag is that which the key makes of it; any other is thrown away."))
/* clang-format on */

#endif
