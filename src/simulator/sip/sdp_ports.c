/* Which RTP ports of a node are taken. */
#include "sip/sdp_ports.h"

#include "base/err.h"
#include "base/mem.h"

int
sip_sdp_port_take(struct sip_sdp_ports *p, uint16_t *port)
{
	if (p->taken == NULL)
		p->taken = mem_zalloc((SIP_SDP_PORTS + 7) / 8, 1);
	if (p->taken == NULL)
		return ERR_NOMEM;
	for (unsigned i = 0; i < SIP_SDP_PORTS; i++) {
		unsigned at = (p->next + i) % SIP_SDP_PORTS;

		if ((p->taken[at / 8] & 1u << at % 8) != 0)
			continue;
		p->taken[at / 8] |= (uint8_t)(1u << at % 8);
		p->next = (at + 1) % SIP_SDP_PORTS;
		*port = (uint16_t)(SIP_SDP_PORT_FIRST + 2 * at);
		return 0;
	}
	return ERR_LIMIT;
}

void
sip_sdp_port_give_back(struct sip_sdp_ports *p, uint16_t port)
{
	unsigned at = (port - SIP_SDP_PORT_FIRST) / 2u;

	p->taken[at / 8] &= (uint8_t) ~(1u << at % 8);
}

void
sip_sdp_ports_free(struct sip_sdp_ports *p)
{
	mem_free(p->taken);
	*p = (struct sip_sdp_ports){ 0 };
}
