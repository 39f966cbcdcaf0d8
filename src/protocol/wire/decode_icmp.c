/*
 * ICMP's errors (RFC 792, RFC 4443): each quotes the packet that it answers,
 * at least the ports of which are there.
 */
#include "wire/bytes.h"
#include "wire/decode_in.h"

#define HEAD          8 /* of ICMP, before the quoted packet */
#define IPV6_HEAD     40
#define IPV6_FRAGMENT 44
#define FRAGMENT_HEAD 8

/* Types that are errors, by the version of IP. */
static bool
is_error(bool six, unsigned type)
{
	return six ? type >= 1 && type <= 4
		   : type == 3 || type == 11 || type == 12;
}

/* Behind the quoted head of IPv4: its protocol, or -1. */
static int
pass_ipv4(struct walk *w)
{
	size_t head = w->n >= 20 ? (size_t)(w->p[0] & 15) * 4 : 0;
	int proto;

	/* Only the first fragment has ports. */
	if (head < 20 || w->p[0] >> 4 != 4 || (get16(w->p + 6) & 0x1fff) != 0)
		return -1;
	proto = w->p[9];
	walk_addresses(w, w->p + 12, 4);
	return walk_on(w, head) ? proto : -1;
}

static int
pass_ipv6(struct walk *w)
{
	int proto;

	if (w->n < IPV6_HEAD || w->p[0] >> 4 != 6)
		return -1;
	proto = w->p[6];
	walk_addresses(w, w->p + 8, 16);
	walk_on(w, IPV6_HEAD);
	if (proto != IPV6_FRAGMENT)
		return proto;
	if (w->n < FRAGMENT_HEAD || (get16(w->p + 2) & 0xfff8) != 0)
		return -1;
	proto = w->p[0];
	walk_on(w, FRAGMENT_HEAD);
	return proto;
}

bool
walk_icmp(struct walk *w)
{
	bool six = w->len == 16;
	unsigned type, code;
	int proto;

	if (w->n < HEAD || !is_error(six, w->p[0]))
		return false;
	type = w->p[0];
	code = w->p[1];
	walk_on(w, HEAD);
	proto = six ? pass_ipv6(w) : pass_ipv4(w);
	if ((proto != DECODE_UDP && proto != DECODE_TCP) || w->n < 4)
		return false;
	w->proto = (uint8_t)proto;
	walk_ports(w, w->p);
	w->icmp = (six ? 6u : 4u) << 16 | type << 8 | code;
	w->layer = NULL;
	return true;
}
