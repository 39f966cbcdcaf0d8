/*
 * The RTP streams of a capture (RFC 3550): packets of RTP and RTCP, counted by
 * stream.  A stream is believed when SDP announced where it goes (RFC 4566), or
 * when several packets look alike.
 */
#ifndef PACKETS_RTP_STREAMS_H
#define PACKETS_RTP_STREAMS_H

#include "packets/capture.h"
#include "wire/decode.h"

struct rtp_streams;

/* Keeps D's payload, *AT says where; false: there is no room. */
typedef bool
rtp_streams_keep_fn(void *arg, const struct datagram *d, uint64_t *at);

int rtp_streams_create(struct rtp_streams **m, rtp_streams_keep_fn *keep,
    void *arg); /* 0 or ERR_NOMEM */
void rtp_streams_destroy(struct rtp_streams *m);

/* Takes a SIP message: notes where its SDP wants media, and of a BYE that the
 * call has ended. */
void
rtp_streams_message(struct rtp_streams *m, struct str head, struct str body);
/* Notes where BODY, which may be SDP, wants media of CALL (hash of its Call-ID;
 * 0: not known). */
void
rtp_streams_announced(struct rtp_streams *m, uint64_t call, struct str body);
/* A UDP datagram that is no SIP. */
void rtp_streams_packet(
    struct rtp_streams *m, const struct datagram *d, uint32_t place, int64_t t);
/* An ICMP error about a datagram D, which may be one of a stream. */
void rtp_streams_icmp(
    struct rtp_streams *m, const struct datagram *d, uint32_t place, int64_t t);
/* Puts the streams so far in the order of their first packets. */
void rtp_streams_sort(struct rtp_streams *m);
/* The same, and no more packets will come. */
void rtp_streams_end(struct rtp_streams *m);

size_t rtp_streams_count(const struct rtp_streams *m);
const struct capture_stream *
rtp_streams_get(const struct rtp_streams *m, size_t i);
const struct capture_packet *rtp_streams_packets(const struct rtp_streams *m);

#endif
