/* Reads from a message which transaction and dialog it names, and where its
 * sender is reached. */
#include "msg/header_names.h"
#include "follower/follower.h"

static void
read_vias(struct followed_message *s)
{
	struct msg_values iter = { 0 };
	struct str value;

	s->nvias = 0;
	while (msg_next_value(s->msg, MSG_H_VIA, &iter, &value)) {
		struct msg_via via;

		if (msg_via_read(value, &via) != 0)
			return;
		if (s->nvias++ == 0)
			s->via = via;
	}
}

void
follower_see_message(struct followed_message *s)
{
	read_vias(s);
	s->read = s->nvias > 0 &&
		  msg_cseq_read(msg_value(s->msg, MSG_H_CSEQ), &s->cseq) == 0;
	s->from_tag = msg_tag(msg_value(s->msg, MSG_H_FROM));
	s->to_tag = msg_tag(msg_value(s->msg, MSG_H_TO));
}

struct str
follower_routes(
    const struct msg *m, enum msg_header id, bool reverse, struct buf *b)
{
	struct str values[MSG_MAX_VALUES], value;
	struct msg_values iter = { 0 };
	size_t n = 0;

	while (n < MSG_MAX_VALUES && msg_next_value(m, id, &iter, &value))
		values[n++] = msg_addr_uri(value);
	buf_clear(b);
	for (size_t i = 0; i < n; i++) {
		buf_str(b, values[reverse ? n - 1 - i : i]);
		buf_putc(b, '\n');
	}
	return buf_view(b);
}

struct str
follower_contact(const struct msg *m)
{
	struct msg_values iter = { 0 };
	struct str value;
	struct msg_addr a;

	if (!msg_next_value(m, MSG_H_CONTACT, &iter, &value) ||
	    msg_addr_read(value, &a) != 0 || a.star)
		return STR_NULL;
	return a.uri;
}
