/*
 * The calls that announced places for media; see packets/announced.h.  Newer
 * rows push out older ones, so that both tables are bounded.
 */
#include "packets/announced.h"

#include "base/addr.h"
#include "packets/index.h"

static size_t
row_of_place(const struct announced_place *p)
{
	return (size_t)index_hash(p, sizeof(*p)) % ANNOUNCED_ROWS;
}

static void
announced_port_add_place(struct announced *a, uint64_t call, struct str host,
    struct str port, bool udptl)
{
	struct announced_place p;
	struct addr addr;
	uint32_t n;

	if (addr_parse(host, &addr) != 0 || str_u32(port, &n) != 0 || n == 0 ||
	    n > 65535)
		return;
	memset(&p, 0, sizeof(p));
	memcpy(p.ip, addr.ip, addr.len);
	p.len = addr.len;
	p.port = (uint16_t)n;
	a->rows[row_of_place(&p)] = (struct announced_row){ p, call, udptl };
}

/* The row of the address and port on SIDE of D; NULL: not announced. */
static const struct announced_row *
announced_port_find_row(
    const struct announced *a, const struct datagram *d, int side, bool rtcp)
{
	const struct announced_row *row;
	struct announced_place p;

	memset(&p, 0, sizeof(p));
	memcpy(p.ip, d->ip[side], d->len);
	p.len = d->len;
	p.port = (uint16_t)(d->port[side] - (rtcp ? 1 : 0));
	row = &a->rows[row_of_place(&p)];
	return memcmp(&row->place, &p, sizeof(p)) == 0 ? row : NULL;
}

bool
announced_for_fax(const struct announced *a, const struct datagram *d)
{
	const struct announced_row *to =
	    announced_port_find_row(a, d, 1, false);
	const struct announced_row *from =
	    announced_port_find_row(a, d, 0, false);

	return (to != NULL && to->udptl) || (from != NULL && from->udptl);
}

bool
announced_find(const struct announced *a, const struct datagram *d, int side,
    bool rtcp, uint64_t *call)
{
	const struct announced_row *row =
	    announced_port_find_row(a, d, side, rtcp);

	*call = 0;
	if (row == NULL)
		return false;
	*call = row->call;
	/* The number of a call that has ended is another one. */
	if (a->ended[row->call % ANNOUNCED_ENDED] == row->call)
		*call = ~row->call;
	return true;
}

/* A hash of the Call-ID, which is one among HEAD's fields; 0: there is none. */
static uint64_t
hash_call_id(struct str head)
{
	struct str line, value, name;

	while (head.n > 0) {
		line = str_cut(head, '\n', &head);
		if (line.n == 0 || (chr_lower(line.p[0]) != 'c' &&
				       chr_lower(line.p[0]) != 'i'))
			continue;
		name = str_trim(str_cut(line, ':', &value));
		value = str_trim(value);
		if (str_iis(name, "Call-ID") || str_iis(name, "i"))
			return index_hash(value.p, value.n);
	}
	return 0;
}

void
announced_message(struct announced *a, struct str head, struct str body)
{
	ptrdiff_t part;
	uint64_t call;

	if (str_starts(head, "BYE ")) {
		call = hash_call_id(head);
		a->ended[call % ANNOUNCED_ENDED] = call;
		return;
	}
	/* One of several parts (RFC 5621) begins behind an empty line. */
	part = str_starts(body, "--") ? str_find(body, "\nv=0") : -1;
	if (part >= 0)
		body = str_slice(body, (size_t)part + 1, body.n);
	if (str_starts(body, "v=0"))
		announced_add(a, hash_call_id(head), body);
}

/* The word after the first N characters of LINE. */
static struct str
cut_word(struct str line, size_t n)
{
	struct str rest;

	return str_cut(str_slice(line, n, line.n), ' ', &rest);
}

void
announced_add(struct announced *a, uint64_t call, struct str body)
{
	struct str line, session = STR_NULL, port = STR_NULL, host, rest;
	bool udptl = false;

	if (!str_starts(body, "v=0"))
		return;
	/* "c=IN IP4 192.0.2.1", of the session or of a medium after its "m="
	 */
	while (body.n > 0) {
		line = str_trim(str_cut(body, '\n', &body));
		if (str_starts(line, "m=")) {
			if (port.n > 0)
				announced_port_add_place(
				    a, call, session, port, udptl);
			str_cut(line, ' ', &rest);
			port = str_cut(rest, ' ', &rest);
			udptl = str_iis(str_cut(rest, ' ', &rest), "udptl");
		} else if (str_starts(line, "c=IN IP") && line.n > 9) {
			host = str_cut(cut_word(line, 9), '/', &rest);
			if (port.n > 0)
				announced_port_add_place(
				    a, call, host, port, udptl);
			else
				session = host;
			port = STR_NULL;
		}
	}
	if (port.n > 0)
		announced_port_add_place(a, call, session, port, udptl);
}
