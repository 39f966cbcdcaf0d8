/* Doubts about what values say, of one message or beside those of its request;
 * see inspect/doubt.h. */
#include "inspect/doubt.h"

#include "msg/header_names.h"
#include "rules/rule_names.h"

#include <stdio.h>
#include <string.h>

/* ---- of one message ---- */

static bool
value_doubt_is_sip_uri(struct str uri, bool secure)
{
	return str_istarts(uri, "sips:") ||
	       (!secure && str_istarts(uri, "sip:"));
}

/* RFC 3261 8.1.1.8 */
static bool
doubt_contact(struct look *l)
{
	bool secure = l->msg->request && str_istarts(l->msg->uri, "sips:");

	return !value_doubt_is_sip_uri(look_contact(l), secure) ||
	       msg_count_values(l->msg, MSG_H_CONTACT) != 1;
}

/* 13.3.1.4: Allow and Supported should stand in it. */
bool
doubt_accept(struct look *l)
{
	return doubt_contact(l) || msg_field(l->msg, MSG_H_ALLOW, 0) == NULL ||
	       msg_field(l->msg, MSG_H_SUPPORTED, 0) == NULL ||
	       (l->tx != NULL && l->tx->sdp && l->sdp.n == 0 &&
		   !l->tx->reliable_sdp);
}

bool
doubt_publish(struct look *l)
{
	return l->msg->body.n == 0 &&
	       msg_field(l->msg, MSG_H_SIP_IF_MATCH, 0) == NULL;
}

bool
doubt_options(struct look *l)
{
	return msg_field(l->msg, MSG_H_ACCEPT, 0) == NULL ||
	       msg_field(l->msg, MSG_H_SUPPORTED, 0) == NULL;
}

bool
doubt_min_se(struct look *l)
{
	uint32_t least;
	struct str params, value = msg_value(l->msg, MSG_H_MIN_SE);

	return value.n > 0 && (str_u32(str_trim(msg_cut_params(value, &params)),
				   &least) != 0 ||
				  least < 90);
}

/* The limit of formats compared for duplicates. */
#define FORMATS_MOST 64

/* RFC 8866 5.14: a format of M stands there once. */
static bool
has_format_twice(const struct msg_sdp_media *m)
{
	struct str rest = m->formats, one;

	if (str_count(rest, ' ') >= FORMATS_MOST)
		return true;
	while (rest.n > 0) {
		struct str behind;

		one = str_cut(rest, ' ', &rest);
		for (behind = rest; behind.n > 0;)
			if (str_eq(str_cut(behind, ' ', &behind), one))
				return true;
	}
	return false;
}

/* RFC 8866 5.7: its network; 5.14. */
bool
doubt_sdp(struct look *l)
{
	const struct msg_sdp *s = l->in->sdp;

	for (size_t i = 0; i < s->nmedia; i++)
		if (!str_is(s->media[i].net, "IN") ||
		    has_format_twice(&s->media[i]))
			return true;
	return false;
}

/* ---- beside the request ---- */

/* The requested value was too small. */
bool
doubt_least(struct look *l)
{
	uint32_t least;

	if (l->tx == NULL ||
	    str_u32(msg_value(l->msg, l->check->header), &least) != 0)
		return true;
	return tx_facts(l, l->tx)->session != 0 &&
	       least <= tx_facts(l, l->tx)->session;
}
