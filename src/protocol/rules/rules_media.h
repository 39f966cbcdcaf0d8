/* Rules of media: what is agreed, what flows, what is heard. */
#ifndef RULES_RULES_MEDIA_H
#define RULES_RULES_MEDIA_H

/* clang-format off */
#define RULES_MEDIA(X) \
X(MEDIA_AGREE, "media-agree", 3264, "6", \
  N_("An answer settles where each side's media go, by which codec and in which direction: each sends to the address and port that the other's description names, from now on.")) \
X(MEDIA_FLOW, "media-flow", 3550, "5.1", \
  N_("A sender of RTP draws its SSRC, its first sequence number and its first timestamp; each packet has the next number, and a timestamp that goes on by the samples in it.")) \
X(MEDIA_HEAR, "media-hear", 3550, "8", \
  N_("What comes to a port is told apart by its SSRC: each is a source of its own, with its own numbers, losses and jitter.")) \
X(MEDIA_REPORT, "media-report", 3550, "6.4", \
  N_("Who hears a source says in RTCP how it comes: the share lost since the last report, the jitter, and the time of the last sender report, from which the sender knows the round trip."))
/* clang-format on */

#endif
