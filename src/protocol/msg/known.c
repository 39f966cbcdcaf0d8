/*
 * The parts of a message that everybody asks for: its top Via and the tags of
 * From and To.  Who keeps a view reads them once (msg_know); in another they
 * are read whenever somebody asks.  RFC 3261 17.1.3, 17.2.3, 12.
 */
#include "msg/message.h"

static struct str
top_via(const struct msg *m)
{
	struct str v = msg_value(m, MSG_H_VIA);

	return msg_cut_value(&v);
}

static void
know_party(struct msg_party *p, struct str value)
{
	struct msg_addr addr;

	p->value = value;
	p->err = msg_addr_read(value, &addr);
	p->uri = addr.uri;
	p->tag = p->err == 0 ? addr.tag : STR_NULL;
}

void
msg_know_via(struct msg *m)
{
	m->known.via_value = top_via(m);
	m->known.via_err = msg_via_read(m->known.via_value, &m->known.via);
}

void
msg_know(struct msg *m)
{
	msg_know_via(m);
	know_party(&m->known.from, msg_value(m, MSG_H_FROM));
	know_party(&m->known.to, msg_value(m, MSG_H_TO));
	m->known.all = true;
}

int
msg_top_via(const struct msg *m, struct msg_via *via)
{
	if (!m->known.all)
		return msg_via_read(top_via(m), via);
	*via = m->known.via;
	return m->known.via_err;
}

struct str
msg_tag_of(const struct msg *m, enum msg_header id)
{
	const struct msg_known *k = &m->known;

	if (!k->all || (id != MSG_H_FROM && id != MSG_H_TO))
		return msg_tag(msg_value(m, id));
	return id == MSG_H_TO ? k->to.tag : k->from.tag;
}

const struct msg_party *
msg_known_party(const struct msg *m, struct str value)
{
	const struct msg_known *k = &m->known;

	if (!k->all)
		return NULL;
	return value.p == k->from.value.p ? &k->from
	       : value.p == k->to.value.p ? &k->to
					  : NULL;
}
