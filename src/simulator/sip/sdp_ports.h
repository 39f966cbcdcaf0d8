/*
 * The RTP ports of one node: RFC 3550 11, even ones, since RTCP has the odd one
 * behind each.  They are given out in turn, so that one which is free again
 * rests as long as can be; no two streams have the same at a time.
 */
#ifndef SIP_SDP_PORTS_H
#define SIP_SDP_PORTS_H

#include <stdint.h>

#define SIP_SDP_PORT_FIRST 49170
#define SIP_SDP_PORTS      ((65536 - SIP_SDP_PORT_FIRST) / 2)

/* All zero at first. */
struct sip_sdp_ports {
	uint8_t *taken; /* a bit for each; NULL: none was given out yet */
	unsigned next;  /* the index where the search begins */
};

/* 0, ERR_NOMEM, or ERR_LIMIT where all are taken. */
int sip_sdp_port_take(struct sip_sdp_ports *p, uint16_t *port);
void sip_sdp_port_give_back(struct sip_sdp_ports *p, uint16_t port);
void sip_sdp_ports_free(struct sip_sdp_ports *p);

#endif
