/* Whom a REFER names; see agent/refer_target.h. */
#include "agent/refer_target.h"

#include "agent/agent.h"
#include "agent/replaces.h"
#include "base/err.h"
#include "msg/chars.h"
#include "msg/parts.h"
#include "node/uri.h"

#include <string.h>

/* ---- written ---- */

/* RFC 3261 25.1: hvalue, where nothing is left to be misread. */
static void
escape(struct str s, struct buf *out)
{
	for (size_t i = 0; i < s.n; i++)
		if (chars_are(s.p[i], CHARS_UNRESERVED))
			buf_putc(out, s.p[i]);
		else
			buf_printf(out, "%%%02X", (unsigned char)s.p[i]);
}

int
agent_refer_target_add(struct buf *out, const char *name, struct str value)
{
	struct msg_uri u;
	bool first = msg_uri_read(buf_view(out), &u) != 0 || u.headers.n == 0;

	buf_printf(out, "%c%s=", first ? '?' : '&', name);
	escape(value, out);
	return out->err;
}

/* ---- read ---- */

bool
agent_unescape_line(struct str s, struct buf *out)
{
	for (size_t i = 0; i < s.n; i++) {
		int high = i + 2 < s.n ? chr_hex(s.p[i + 1]) : -1;
		int low = i + 2 < s.n ? chr_hex(s.p[i + 2]) : -1;
		bool escaped = s.p[i] == '%' && high >= 0 && low >= 0;
		char c = escaped ? (char)(high * 16 + low) : s.p[i];

		if ((unsigned char)c < ' ' || c == '\177')
			return false;
		buf_putc(out, c);
		i += escaped ? 2 : 0;
	}
	return true;
}

/* RFC 3261 19.1.5: of the fields that a URI may ask for those are honoured that
 * do no harm: Replaces, Join, and a Require of them, which goes without saying.
 */
static bool
take_field(struct str name, struct str value, struct buf *headers)
{
	bool replaces = str_iis(name, "Replaces");
	struct agent_place_name place;

	if (str_iis(name, "Require"))
		return str_iis(value, AGENT_REPLACES) ||
		       str_iis(value, AGENT_JOIN);
	if ((!replaces && !str_iis(name, "Join")) || headers->n > 0 ||
	    agent_place_read(value, &place) != 0)
		return false;
	buf_printf(headers, "Require: %s\n%s: %.*s",
	    replaces ? AGENT_REPLACES : AGENT_JOIN,
	    replaces ? "Replaces" : "Join", STR_ARG(value));
	return true;
}

/* RFC 4579 5.7: the one field of a REFER's URI is the Refer-To of that. */
static int
read_next_target(struct str fields, struct buf *to)
{
	struct str text, name = str_cut(fields, '=', &text);
	bool good = str_iis(name, "Refer-To") && str_chr(text, '&') < 0 &&
		    agent_unescape_line(text, to);

	if (to->err != 0)
		return ERR_NOMEM;
	return good && to->n > 0 ? 0 : ERR_SYNTAX;
}

static int
read_fields(struct str fields, struct buf *headers)
{
	struct buf value = BUF_INIT;
	bool good = true;
	int err;

	while (fields.n > 0 && good) {
		struct str text, one = str_cut(fields, '&', &fields);
		struct str name = str_cut(one, '=', &text);

		buf_clear(&value);
		good = agent_unescape_line(text, &value) &&
		       take_field(name, buf_view(&value), headers);
	}
	err = value.err | headers->err;
	buf_free(&value);
	return err != 0 ? ERR_NOMEM : good ? 0 : ERR_SYNTAX;
}

int
agent_refer_target_read(
    const struct node *n, struct str uri, struct agent_refer_target *t)
{
	struct str name, value, rest;
	struct msg_uri u;

	*t = (struct agent_refer_target)AGENT_REFER_TARGET_INIT;
	if (msg_uri_read(uri, &u) != 0 || !node_speaks(n, &u))
		return ERR_SYNTAX;
	if (msg_param(u.params, "method", &value))
		t->method = msg_method_find(value);
	if (t->method != MSG_INVITE && t->method != MSG_BYE &&
	    t->method != MSG_REFER)
		return ERR_SYNTAX;
	rest = u.headers.n > 0
		   ? str_slice(uri, 0, (size_t)(u.headers.p - uri.p) - 1)
		   : uri;
	if (u.params.n > 0)
		rest = str_slice(uri, 0, (size_t)(u.params.p - uri.p));
	buf_str(&t->uri, rest);
	for (rest = u.params; msg_next_param(&rest, &name, &value);)
		if (!str_iis(name, "method"))
			buf_printf(&t->uri,
			    value.n > 0 ? ";%.*s=%.*s" : ";%.*s", STR_ARG(name),
			    STR_ARG(value));
	if (t->uri.err != 0)
		return ERR_NOMEM;
	if (t->method == MSG_REFER)
		return read_next_target(u.headers, &t->headers);
	return t->method == MSG_INVITE ? read_fields(u.headers, &t->headers)
	       : u.headers.n > 0       ? ERR_SYNTAX
				       : 0;
}

void
agent_refer_target_free(struct agent_refer_target *t)
{
	buf_free(&t->uri);
	buf_free(&t->headers);
	buf_free(&t->at);
}
