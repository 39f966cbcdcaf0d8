/* URIs as targets of requests. */
#include "node/uri.h"

#include "node/node.h"

#include <string.h>

bool
node_uri_is_sips(const struct msg_uri *u)
{
	return u->sip && u->scheme.n > sizeof("sip") - 1;
}

bool
node_is_sips(struct str uri)
{
	return str_istarts(uri, "sips:");
}

bool
node_is_nowhere(const struct msg_uri *u)
{
	static const struct str invalid = STR_INIT(".invalid");
	struct str host = msg_host_name(u->host);

	return host.n > invalid.n &&
	       str_ieq(str_slice(host, host.n - invalid.n, host.n), invalid);
}

bool
node_has_tls(const struct node *n)
{
	return addr_transports[node_transport(n)].secure ||
	       node_attr(n, "tls", NULL) != NULL;
}

bool
node_speaks(const struct node *n, const struct msg_uri *u)
{
	return u->sip &&
	       (!node_uri_is_sips(u) || (n != NULL && node_has_tls(n)));
}

bool
node_is_led(const struct msg_uri *u)
{
	return str_iis(u->scheme, "tel") || str_iis(u->scheme, "urn");
}

bool
node_is_whole(struct str uri)
{
	return !str_istarts(uri, "tel:") || str_istarts(uri, "tel:+") ||
	       str_ifind(uri, STR(";phone-context=")) >= 0;
}

struct str
node_own_number(const struct node *n, struct str user)
{
	struct str params, context, number = msg_cut_params(user, &params);

	return msg_param(params, "phone-context", &context) &&
		       str_starts(context, "+") &&
		       str_is(str_slice(context, 1, context.n),
			   node_attr(n, "country", "1"))
		   ? number
		   : user;
}

struct str
node_route_of(const struct node *n, struct str number, unsigned *which)
{
	struct str rest = str_of(node_attr(n, "routes", "")), best = STR_NULL;
	size_t longest = 0;
	unsigned at = 0, found = 0;

	while (rest.n > 0) {
		struct str to, word = str_cut(rest, ' ', &rest);
		struct str prefix = str_cut(word, ':', &to);

		at += word.n > 0;
		if (to.n > 0 &&
		    str_eq(str_slice(number, 0, prefix.n), prefix) &&
		    (best.n == 0 || prefix.n > longest)) {
			best = to;
			longest = prefix.n;
			found = at;
		}
	}
	if (which != NULL)
		*which = found;
	return best;
}

void
node_own_aor(const struct node *n, struct buf *aor)
{
	struct str all = buf_view(aor);
	ptrdiff_t from = str_chr(all, ':') + 1, to = str_chr(all, '@');
	size_t number, end;

	if (aor->err != 0 || from == 0 || to < from)
		return;
	end = (size_t)to;
	number = node_own_number(n, str_slice(all, (size_t)from, end)).n;
	memmove(aor->p + (size_t)from + number, aor->p + end, aor->n - end);
	buf_truncate(aor, aor->n - (end - (size_t)from - number));
}

static const struct str tls_param = STR_INIT(";transport=tls");

/* Where that is in URI; its end: nowhere ("transport=tls-sctp" is another).
 */
static size_t
find_tls(struct str uri)
{
	struct str rest = uri;
	ptrdiff_t i;

	while ((i = str_ifind(rest, tls_param)) >= 0) {
		size_t at = uri.n - rest.n + (size_t)i;

		rest = str_slice(uri, at + tls_param.n, uri.n);
		if (rest.n == 0 || strchr(";?>", rest.p[0]) != NULL)
			return at;
	}
	return uri.n;
}

void
node_make_sips(struct buf *out, size_t at)
{
	struct str uri = str_slice(buf_view(out), at, out->n);
	size_t end = find_tls(uri);
	struct buf sips = BUF_INIT;

	if (out->err != 0 || !str_istarts(uri, "sip:"))
		return;
	buf_puts(&sips, "sips");
	buf_str(&sips, str_slice(uri, 3, end));
	buf_str(&sips, str_slice(uri, end + tls_param.n, uri.n));
	buf_truncate(out, at);
	buf_move(out, &sips);
}

void
node_make_sip(struct buf *out, size_t at)
{
	if (out->err != 0 ||
	    !node_is_sips(str_slice(buf_view(out), at, out->n)))
		return;
	memmove(out->p + at + 3, out->p + at + 4, out->n - at - 4);
	buf_truncate(out, out->n - 1);
}

void
node_write_sips_route(struct str route, struct buf *out)
{
	struct msg_addr a;
	size_t at;

	if (msg_addr_read(route, &a) != 0) {
		buf_str(out, route);
		return;
	}
	buf_putc(out, '<');
	at = out->n;
	buf_str(out, a.uri);
	node_make_sips(out, at);
	buf_putc(out, '>');
	buf_str(out, a.params);
}

struct str
node_next_uri(struct str uri, struct str route)
{
	struct msg_addr a;

	return route.n > 0 && msg_addr_read(route, &a) == 0 ? a.uri : uri;
}

void
node_write_target(struct str uri, struct buf *out)
{
	struct str rest, name, value;
	struct msg_uri u;

	if (msg_uri_read(uri, &u) != 0 || !u.sip) {
		buf_str(out, uri);
		return;
	}
	if (u.params.n > 0)
		buf_add(out, uri.p, (size_t)(u.params.p - uri.p));
	else
		buf_str(out, str_cut(uri, '?', &rest));
	rest = u.params;
	while (msg_next_param(&rest, &name, &value)) {
		if (str_iis(name, "method"))
			continue;
		buf_putc(out, ';');
		buf_str(out, name);
		if (value.n > 0) {
			buf_putc(out, '=');
			buf_str(out, value);
		}
	}
}

char *
node_target_uri(struct str uri)
{
	LOCAL_BUF b = BUF_INIT;

	node_write_target(uri, &b);
	if (b.err != 0)
		return NULL;
	return buf_take(&b);
}

int
node_write_aor(struct str word, const char *domain, struct buf *out)
{
	LOCAL_BUF uri = BUF_INIT;

	if (str_chr(word, ':') < 0)
		buf_puts(&uri, "sip:");
	buf_str(&uri, word);
	if (str_chr(word, ':') < 0 && str_chr(word, '@') < 0 &&
	    domain[0] != '\0')
		buf_printf(&uri, "@%s", domain);
	return uri.err != 0 ? uri.err : msg_uri_aor(buf_view(&uri), out);
}

bool
node_lists_aor(const struct node *n, const char *attr, struct str aor)
{
	struct str rest = str_of(node_attr(n, attr, ""));
	LOCAL_BUF name = BUF_INIT;
	bool found = false;

	while (!found && rest.n > 0) {
		struct str word = str_cut(rest, ' ', &rest);
		int err;

		buf_clear(&name);
		err = node_write_aor(word, n->domain, &name);
		node_fail_nomem(n, err);
		found = err == 0 && str_eq(buf_view(&name), aor);
	}
	return found;
}
