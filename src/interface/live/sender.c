/* The sender of a datagram: see live/sender.h. */
#include "live/sender.h"

#include "live/cast.h"
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

		if (cast_is_program(n) &&
		    (at != NULL ? addr_same_ip(&n->addr, at) : is_user(n, who)))
			return n;
	}
	return NULL;
}

bool
sender_is_known(const struct topology *t, const struct addr *from)
{
	return find_program(t, from, STR_NULL) != NULL;
}

bool
sender_find(const struct topology *t, struct str bytes, struct addr *from)
{
	struct str value = find_field(bytes, "Via", "v");
	const struct topology_node *n;
	struct msg_via via;
	struct addr at;

	if (sender_is_known(t, from) || value.n == 0 ||
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

void
sender_note_media(
    struct sender_media *m, const struct addr *from, struct str bytes)
{
	/* Sound has no lines: its first octet is none of a text's. */
	if (bytes.n > 0 && (unsigned char)bytes.p[0] >= 0x80)
		return;
	while (bytes.n > 0) {
		struct str rest, line = str_cut_line(bytes, &bytes);
		uint64_t port;

		if (!str_starts(line, "m="))
			continue;
		str_cut(line, ' ', &rest);
		if (str_u64(str_cut(rest, ' ', &rest), &port) != 0 ||
		    port == 0 || port > UINT16_MAX)
			continue;
		m->at[m->n % SENDER_PORTS] = *from;
		m->at[m->n++ % SENDER_PORTS].port = (uint16_t)port;
	}
}

bool
sender_find_media(const struct sender_media *m, struct addr *from)
{
	for (size_t i = m->n; i > 0 && m->n - i < SENDER_PORTS; i--) {
		const struct addr *at = &m->at[(i - 1) % SENDER_PORTS];

		if (at->port != from->port || at->len != from->len)
			continue;
		memcpy(from->ip, at->ip, sizeof(from->ip));
		return true;
	}
	return false;
}
