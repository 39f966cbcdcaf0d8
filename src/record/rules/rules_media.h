/* Rules of media: agreement, flow, reception. */
#ifndef RULES_RULES_MEDIA_H
#define RULES_RULES_MEDIA_H

/* clang-format off */
#define RULES_MEDIA(X) \
X(MEDIA_AGREE, "media-agree", 3264, "6", TELLS, \
  N_("The answer fixes the address, codec and direction of each stream. From " \
     "now on each side sends to the address and port in the other side's " \
     "description.")) \
X(MEDIA_FLOW, "media-flow", 3550, "5.1", SHOULD, \
  N_("An RTP sender SHOULD choose its SSRC, first sequence number and first " \
     "timestamp at random. The sequence number of each packet is higher by one, " \
     "and its timestamp by the number of samples.")) \
X(MEDIA_HEAR, "media-hear", 3550, "8", TELLS, \
  N_("Packets that arrive at a port are separated by SSRC. Each SSRC is a " \
     "source with its own sequence numbers, loss and jitter.")) \
X(MEDIA_SOURCE, "media-source", 3550, "8", TELLS, \
  N_("A source is identified by its SSRC. If the descriptions agree on one (y= " \
     "of GB/T 28181, ten decimal digits), only packets with that SSRC belong to " \
     "the stream. Packets with another SSRC are ignored.")) \
X(MEDIA_EVENT, "media-event", 4733, "2.5", SHOULD, \
  N_("A digit is sent as an event in its own RTP packets. All have the " \
     "timestamp of its start and a growing duration. The last packet SHOULD be " \
     "sent three times. A receiver counts one digit for each timestamp, even if " \
     "packets are lost.")) \
X(MEDIA_IN_BAND, "media-in-band", 4733, "1.2", TELLS, \
  N_("An in-band digit consists of two tones in the audio. A receiver that " \
     "decodes the audio can detect it, unless the codec or packet loss has " \
     "distorted the tones.")) \
X(MEDIA_RELAY, "media-relay", 7092, "3.2.1", TELLS, \
  N_("A media relay has a port for each leg. It relays what arrives at the port " \
     "of one leg to the address of the other leg, from the port of that leg.")) \
X(MEDIA_RECODE, "media-recode", 3550, "7.1", TELLS, \
  N_("If the two legs use different codecs, a B2BUA transcodes the audio of " \
     "each packet. SSRC, sequence number and timestamp do not change.")) \
X(MEDIA_LATCH, "media-latch", 7362, "4", TELLS, \
  N_("A relay that latches sends to the source of the first packet from that " \
     "side, not to the address in its description. It ignores packets from any " \
     "other address. This reaches phones behind a NAT, but also anybody who " \
     "sends first.")) \
X(MEDIA_MUX, "media-mux", 5761, "4", MUST_NOT, \
  N_("RTCP uses the RTP port only if both descriptions have a=rtcp-mux. RTP " \
     "payload types 64 to 95 MUST NOT be used then, so the second octet of RTCP " \
     "(192 to 223) is unique.")) \
X(MEDIA_CONNECTION, "media-connection", 4145, "4.1", SHOULD, \
  N_("For media over TCP, a=setup says who opens the connection. The active " \
     "endpoint SHOULD open it, and the passive one waits; with actpass the " \
     "answerer chooses. a=connection in a later offer keeps the connection or " \
     "asks for a new one. Each packet follows its length (RFC 4571).")) \
X(ICE_CHECK, "ice-check", 8445, "7.2", MUST, \
  N_("ICE checks each address of the peer, the best first, by a STUN Binding " \
     "request from the media port. The request MUST be authenticated by the " \
     "peer's password and contains the names of both sides. A check that gets a " \
     "response works in both directions.")) \
X(ICE_ANSWER, "ice-answer", 8445, "7.3", MUST, \
  N_("An ICE agent MUST verify the user name and the MESSAGE-INTEGRITY of a " \
     "check before it responds. The source of the check is an address of the " \
     "peer, even if it was not announced. Phones behind a NAT are found in this " \
     "way.")) \
X(ICE_ROLE, "ice-role", 8445, "7.3.1.1", TELLS, \
  N_("If both agents believe that they are controlling, or controlled, the one " \
     "with the smaller tie-breaker changes its role. A 487 tells it to do so.")) \
X(ICE_NOMINATE, "ice-nominate", 8445, "8.1.1", MUST, \
  N_("The controlling agent MUST nominate one working pair by another check, " \
     "with USE-CANDIDATE. From then on media go there, whatever c= and m= say.")) \
X(MEDIA_CONTROL, "media-control", 3550, "A.2", TELLS, \
  N_("An RTCP packet is valid if it begins with a report and the lengths of its " \
     "parts add up to its size. Anything else is ignored.")) \
X(MEDIA_PACKET, "media-packet", 3550, "A.1", TELLS, \
  N_("An RTP packet is valid if its version is 2 and its CSRC list, extension " \
     "and padding fit into it.")) \
X(MEDIA_QUALITY, "media-quality", 3550, "A.3", TELLS, \
  N_("The quality of a stream is measured by its loss (A.3), its jitter (A.8) " \
     "and the packets that arrive too late. The E-model (ITU-T G.107) estimates " \
     "how it sounds, from delay, loss and codec (G.113).")) \
X(MEDIA_EXTENDED, "media-extended", 3611, "5.2", TELLS, \
  N_("If both descriptions have a=rtcp-xr, a receiver also reports in RTCP XR " \
     "how the stream sounds. The report contains lost and late packets, bursts " \
     "and the rating of the E-model. A side that sends no media learns the " \
     "round-trip time from a reference time that the peer returns.")) \
X(MEDIA_HEARD, "media-heard", 3264, "5.1", TELLS, \
  N_("A side that offers sendrecv sends media and expects media. If one side of " \
     "a call hears nothing, the media of the other side are not sent, are lost " \
     "or go elsewhere.")) \
X(MEDIA_PLACE, "media-place", 3264, "5.1", TELLS, \
  N_("A description contains the address and port at which its author wants to " \
     "receive media. A peer sends media there, or to where the author's media " \
     "come from (RFC 4961).")) \
X(MEDIA_TYPES, "media-types", 3264, "6.1", MUST, \
  N_("Each RTP packet MUST have a payload type from the receiver's description, " \
     "with the meaning that it has there.")) \
X(MEDIA_PTIME, "media-ptime", 8866, "6.4", TELLS, \
  N_("a=ptime says how many milliseconds of audio its author prefers per " \
     "packet. Packets of another length have a different delay and a different " \
     "share of headers.")) \
X(MEDIA_HELD, "media-held", 3264, "8.4", TELLS, \
  N_("A side that is put on hold by sendonly or inactive sends no media until a " \
     "new description asks for it.")) \
X(MEDIA_PRIVATE, "media-private", 1918, "3", TELLS, \
  N_("A private address in a description is not reachable from outside that " \
     "network. A phone behind a NAT needs its external address in the " \
     "description, or a relay that sends to the source of its media.")) \
X(MEDIA_FAX, "media-fax", 3362, "3", TELLS, \
  N_("Fax over ITU-T T.38 is sent between gateways as fax data, over UDPTL or " \
     "TCP. It is not RTP and contains no audio. An audio stream next to it is " \
     "silent meanwhile.")) \
X(MEDIA_FAX_FLOW, "media-fax-flow", 3362, "3", TELLS, \
  N_("Fax data go both ways: one gateway sends, and the other answers and " \
     "confirms the pages. Without answers, the two fax machines give up.")) \
X(MEDIA_SILENCE, "media-silence", 3551, "4.1", TELLS, \
  N_("A sender may omit packets during silence. A stream without audio from its " \
     "first packet to its last has another cause: the microphone is muted or " \
     "missing, or a program plays nothing.")) \
X(MEDIA_SECRET, "media-secret", 3711, "4.2.1", TELLS, \
  N_("With the usual SRTP suites, each packet ends with an authentication tag " \
     "of 10 octets. A receiver that expects RTP plays the tag and the encrypted " \
     "audio as noise.")) \
X(MEDIA_BASE, "media-base", 3550, "5.1", TELLS, \
  N_("The timestamps of a stream advance with its audio. If they restart, the " \
     "receiver cannot know how long the pause was.")) \
X(MEDIA_SKEW, "media-skew", 3550, "5.1", TELLS, \
  N_("A timestamp counts samples by the clock of the sender. If the receiver's " \
     "clock runs at another speed, its buffer overflows or runs empty during " \
     "the call. Samples are then dropped or inserted.")) \
X(MEDIA_SSRC, "media-ssrc", 3550, "8.2", MUST, \
  N_("Two sources with the same SSRC look like one source, with wrong loss and " \
     "jitter. A source that finds its own SSRC in use MUST send a BYE and " \
     "choose a new one.")) \
X(MEDIA_UNREPORTED, "media-unreported", 3550, "6", TELLS, \
  N_("Each participant sends RTCP. Without it, nobody knows how the streams " \
     "arrive and what the round-trip time is.")) \
X(MEDIA_REPORT, "media-report", 3550, "6.4", TELLS, \
  N_("A receiver reports in RTCP how a source arrives: the loss since the last " \
     "report, the jitter, and the time of the last sender report. From that " \
     "time, the sender computes the round-trip time.")) \
X(SECRET_AGREE, "secret-agree", 4568, "7.1", TELLS, \
  N_("In a=crypto, each side sends the key that encrypts its RTP and RTCP. The " \
     "answer selects one of the offered suites. The key is readable in the " \
     "description, so every hop of the signalling must be encrypted (8.3).")) \
X(SECRET_OFFER, "secret-offer", 4568, "7.1.2", MUST, \
  N_("The answerer MUST accept one a=crypto line of the offer, or reject the " \
     "stream. It takes the first that it supports. If it requires encryption, " \
     "it also rejects a stream that is RTP/AVP.")) \
X(SECRET_ANSWER, "secret-answer", 4568, "7.1.3", MUST, \
  N_("The answer has one a=crypto line, with the tag and suite of an offered " \
     "line and a key of its own. With any other line, the negotiation MUST be " \
     "treated as failed.")) \
X(SECRET_OPEN, "secret-open", 3711, "3.3", MUST, \
  N_("A receiver MUST authenticate each SRTP packet by its tag before it " \
     "decrypts it. It discards a packet whose tag is wrong, or whose index is " \
     "too old or was seen before."))
/* clang-format on */

#endif
