/* Parts of a Replaces field (RFC 3891), of a message or of the URI in a
 * Refer-To (inspect/field_parts.h). */
#include "inspect/field_parts.h"

#include "msg/header_names.h"

/* TEXT with its %-escapes undone (19.1.2). */
static struct str
put_unescaped(struct buf *b, struct str text)
{
	uint64_t byte;

	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] == '%' &&
		    str_hex(str_slice(text, i + 1, i + 3), 2, &byte) == 0) {
			buf_putc(b, (char)byte);
			i += 2;
		} else {
			buf_putc(b, text.p[i]);
		}
	return buf_view(b);
}

/* That of the message, or the one that the URI of Refer-To says (RFC 3891
 * 6.1, RFC 3515 2.1). */
static bool
read_replaces(const struct asked *a, struct str *value)
{
	struct str rest, name;
	struct msg_uri u;

	if (!field_parts_first_value(a, value))
		return false;
	if (a->e->header == MSG_H_REPLACES)
		return true;
	if (msg_uri_read(msg_addr_uri(*value), &u) != 0)
		return false;
	for (rest = u.headers; rest.n > 0;) {
		name = str_cut(str_cut(rest, '&', &rest), '=', value);
		if (str_iis(name, "Replaces")) {
			*value = put_unescaped(a->room, *value);
			return true;
		}
	}
	return false;
}

bool
part_REPLACES(const struct asked *a, struct str *text)
{
	struct str value, params;

	if (!read_replaces(a, &value))
		return false;
	*text = str_trim(msg_cut_params(value, &params));
	return true;
}

bool
part_REPLACES_PARAM(const struct asked *a, struct str *text)
{
	struct str value, params;

	if (!read_replaces(a, &value))
		return false;
	msg_cut_params(value, &params);
	return msg_param(params, a->e->word, text);
}

/* Of a dialog that was seen, whichever of its tags is named as which: the
 * to-tag is that of the side that gets the INVITE, and who sends a REFER is the
 * other side (RFC 3891 3). */
bool
part_REPLACES_TAG(const struct asked *a, struct str *text)
{
	const struct follower *f = a->l->in->follower;
	bool refers = a->e->header == MSG_H_REFER_TO;
	struct str value, params, call, to, from;

	if (!read_replaces(a, &value))
		return false;
	call = str_trim(msg_cut_params(value, &params));
	if (!msg_param(params, "to-tag", &to) ||
	    !msg_param(params, "from-tag", &from))
		return false;
	for (int i = 0; i < 2; i++) {
		*text = i == 0 ? to : from;
		if (follower_dialog_of(f, refers ? a->l->node : a->l->other,
			call, (i == 0) == refers ? from : to,
			(i == 0) == refers ? to : from) != NULL)
			return true;
	}
	return false;
}
