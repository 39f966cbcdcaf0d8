/* ICMP as far as a host must (RFC 792, RFC 1122 3.2.2): answers echoes, says
 * what was not taken, passes up what others say of ours. */
#include "firmware/net/net_in.h"

#include <string.h>

#define HEADER            8u
#define QUOTED            8u /* bytes behind the quoted IP header */
#define ECHO_REPLY        0u
#define ECHO              8u
#define PARAMETER_PROBLEM 12u

static void
finish_icmp(uint8_t *b, size_t n)
{
	put16(b + 2, 0);
	put16(b + 2, net_sum_end(net_sum(0, b, n)));
}

/* The same bytes back (3.2.2.6); an echo for everybody is not answered. */
static void
echo(const struct packet *p)
{
	static uint8_t reply[IP_PAYLOAD_MAX];

	if (p->dst == IP_BROADCAST)
		return;
	memcpy(reply, p->bytes, p->n);
	reply[0] = ECHO_REPLY;
	finish_icmp(reply, p->n);
	(void)net_ip_send(p->src, IP_ICMP, reply, p->n);
}

/* RFC 3261 18.4: network, host, protocol and port unreachable and parameter
 * problems say that a request failed. */
static bool
says_failed(uint8_t type, uint8_t code)
{
	return (type == ICMP_UNREACHABLE && code <= ICMP_PORT) ||
	       type == PARAMETER_PROBLEM;
}

/* B: the quoted header of a packet of ours. */
static void
error(const uint8_t *b, size_t n)
{
	size_t header;

	if (n < IP_HEADER || b[0] >> 4 != 4)
		return;
	header = (size_t)(b[0] & 15) * 4;
	if (header >= IP_HEADER && n >= header + QUOTED && b[9] == IP_UDP &&
	    get32(b + 12) == net_if.ip && (get16(b + 6) & 0x1FFF) == 0)
		net_udp_unreachable(get32(b + 16), b + header);
}

void
net_icmp_receive(const struct packet *p)
{
	if (p->n < HEADER || net_sum_end(net_sum(0, p->bytes, p->n)) != 0) {
		net_if.counts.bad++;
		return;
	}
	if (p->bytes[0] == ECHO)
		echo(p);
	else if (says_failed(p->bytes[0], p->bytes[1]))
		error(p->bytes + HEADER, p->n - HEADER);
}

void
net_icmp_error(const struct packet *p, uint8_t type, uint8_t code)
{
	uint8_t message[HEADER + IP_HEADER_MAX + QUOTED];
	size_t quoted = p->n < QUOTED ? p->n : QUOTED;
	size_t n = HEADER + p->header_n + quoted;

	if (p->dst == IP_BROADCAST)
		return;
	memset(message, 0, HEADER);
	message[0] = type;
	message[1] = code;
	memcpy(message + HEADER, p->header, p->header_n);
	memcpy(message + HEADER + p->header_n, p->bytes, quoted);
	finish_icmp(message, n);
	(void)net_ip_send(p->src, IP_ICMP, message, n);
}
