/* The sender of a datagram: see live/connection_owner.h. */
#include "live/connection_owner.h"

#include "live/real_programs.h"
#include "msg/parts.h"

#include <string.h>

/* The first field of BYTES that is called NAME, or SHORT for that. */
static struct str
find_field(struct str bytes, const char *name, const char *brief)
{
	struct str value;

	while (bytes.n > 0) {
		struct str line = str_cut_line(bytes, &bytes);
		struct str word = str_trim(str_cut(line, ':', &value));

		if (str_iis(word, name) || str_iis(word, brief))
			return str_trim(value);
	}
	return STR_NULL;
}

/* URI, "sip:bob@example.com" with what may follow, without its scheme. */
static struct str
cut_user(struct str uri)
{
	struct str rest;

	str_cut(uri, ':', &rest);
	for (size_t i = 0; i < rest.n; i++)
		if (strchr(";?>", rest.p[i]) != NULL)
			return str_slice(rest, 0, i);
	return rest;
}

/* WHO, the value of a From, is N. */
static bool
is_user(const struct topology_node *n, struct str who)
{
	const struct topology_attr *aor = topology_attr(n, "aor");
	ptrdiff_t from = str_chr(who, '<');
	struct str host, user;

	if (from >= 0)
		who = str_slice(who, (size_t)from + 1, who.n);
	who = cut_user(who);
	if (aor != NULL)
		return str_eq(who, cut_user(str_of(aor->value)));
	user = str_cut(who, '@', &host);
	return str_is(user, n->name) && str_iis(host, n->domain);
}

static const struct topology_node *
find_program(const struct topology *t, const struct addr *at, struct str who)
{
	for (size_t i = 0; t != NULL && i < t->nnodes; i++) {
		const struct topology_node *n = &t->nodes[i];

		if (real_programs_is_program(n) &&
		    (at != NULL ? addr_same_ip(&n->addr, at) : is_user(n, who)))
			return n;
	}
	return NULL;
}

bool
connection_owner_is_known(const struct topology *t, const struct addr *from)
{
	return find_program(t, from, STR_NULL) != NULL;
}

bool
connection_owner_find(
    const struct topology *t, struct str bytes, struct addr *from)
{
	struct str value = find_field(bytes, "Via", "v");
	const struct topology_node *n;
	struct msg_via via;
	struct addr at;

	if (connection_owner_is_known(t, from) || value.n == 0 ||
	    msg_via_read(value, &via) != 0)
		return false;
	n = addr_parse(via.host, &at) == 0
		? find_program(t, &at, STR_NULL)
		: find_program(t, NULL, find_field(bytes, "From", "f"));
	if (n == NULL || n->addr.len != from->len)
		return false;
	at = n->addr;
	at.port = from->port;
	at.transport = from->transport;
	*from = at;
	return true;
}

/* The port of LINE, "m=audio 4000 RTP/AVP 0"; 0: none. */
static uint16_t
read_media_port(struct str line)
{
	struct str rest;
	uint64_t port;

	str_cut(line, ' ', &rest);
	return str_u64(str_cut(rest, ' ', &rest), &port) == 0 &&
		       port <= UINT16_MAX
		   ? (uint16_t)port
		   : 0;
}

/* The address of LINE, "c=IN IP4 192.0.2.1", to A, whose port stays. */
static void
read_connection(struct str line, struct addr *a)
{
	struct addr of = { 0 };

	for (int i = 0; i < 2; i++)
		str_cut(line, ' ', &line);
	if (addr_parse(str_cut(line, '/', &line), &of) != 0)
		return;
	of.port = a->port;
	*a = of;
}

void
connection_owner_note_media(struct connection_owner_media *m,
    const struct addr *program, struct str bytes)
{
	struct addr all = { 0 }, none, *at = &all;

	/* Sound has no lines: its first octet is none of a text's. */
	if (bytes.n > 0 && (unsigned char)bytes.p[0] >= 0x80)
		return;
	while (bytes.n > 0) {
		struct str line = str_cut_line(bytes, &bytes);
		struct connection_owner_port *p =
		    &m->ports[m->n % CONNECTION_OWNER_PORTS];
		uint16_t port;

		if (str_starts(line, "c="))
			read_connection(line, at);
		if (!str_starts(line, "m="))
			continue;
		at = &none;
		none = all;
		port = read_media_port(line);
		if (port == 0)
			continue;
		m->n++;
		*p = (struct connection_owner_port){ all, *program };
		at = &p->at;
		at->port = port;
	}
}

/* The last port that is PORT, at AT (NULL: anywhere); then one that RTCP has
 * in common with that. */
static const struct connection_owner_port *
find_media_port(const struct connection_owner_media *m, const struct addr *at,
    uint16_t port, size_t family)
{
	for (unsigned behind = 0; behind < 2; behind++)
		for (size_t i = m->n;
		     i > 0 && m->n - i < CONNECTION_OWNER_PORTS; i--) {
			const struct connection_owner_port *p =
			    &m->ports[(i - 1) % CONNECTION_OWNER_PORTS];

			if (p->at.port + behind == port &&
			    p->program.len == family &&
			    (at == NULL || addr_same_ip(&p->at, at)))
				return p;
		}
	return NULL;
}

/* *FROM is of P's program. */
static bool
take_program(const struct connection_owner_port *p, struct addr *from)
{
	if (p != NULL)
		memcpy(from->ip, p->program.ip, sizeof(from->ip));
	return p != NULL;
}

bool
connection_owner_find_media(
    const struct connection_owner_media *m, struct addr *from)
{
	return take_program(
	    find_media_port(m, NULL, from->port, from->len), from);
}

bool
connection_owner_find_told(const struct connection_owner_media *m,
    const struct addr *at, struct addr *from)
{
	return take_program(find_media_port(m, at, at->port, from->len), from);
}
