/* TLS as names and values; see words/tls_doc.h. */
#include "words/tls_doc.h"

#include "base/err.h"
#include "base/i18n.h"
#include "tls/seen.h"
#include "words/message_doc.h"
#include "words/named_row.h"

#define NAME 22 /* cells of a name */

static void
put_tls_version(struct buf *b, uint16_t version)
{
	for (size_t i = 0; i < TLS_VERSION_COUNT; i++)
		if (tls_versions[i].number == version) {
			buf_printf(b, "TLS %s", tls_versions[i].word);
			return;
		}
	buf_printf(b, "0x%04x", version);
}

static void
put_hello(const struct named_rows *s, const struct tls_seen *seen)
{
	bool client = seen->message == TLS_CLIENT_HELLO;
	struct buf b = BUF_INIT;
	struct tls_hello h;

	if (!tls_read_hello(seen->bytes, client, &h))
		return;
	put_tls_version(&b, h.version);
	named_row(s, _("version"), STYLE_PLAIN, &b);
	if (client)
		buf_u64(&b, h.suites);
	else
		buf_printf(&b, "0x%04x", h.suite);
	named_row(s, client ? _("cipher suites") : _("cipher suite"),
	    STYLE_PLAIN, &b);
	if (h.server_name.n > 0)
		buf_str(&b, h.server_name);
	if (h.server_name.n > 0)
		named_row(s, _("server name"), STYLE_PLAIN, &b);
}

/* Of version 1.3 it is sealed. */
static void
put_certificate(const struct named_rows *s, const struct tls_seen *seen)
{
	struct str der = tls_first_certificate(seen->bytes);
	struct buf names = BUF_INIT, b = BUF_INIT;
	struct tls_certificate c;

	if (der.n > 0 && tls_certificate_read(der, &c, &names) == 0) {
		buf_str(&b, c.subject);
		named_row(s, _("subject"), STYLE_PLAIN, &b);
		buf_str(&b, c.issuer);
		named_row(s, _("issuer"), STYLE_PLAIN, &b);
		buf_str(&b, c.names);
		named_row(s, _("names"), STYLE_PLAIN, &b);
	}
	buf_end(&names, &s->d->err);
}

static void
put_seen(const struct named_rows *s, const struct tls_seen *seen)
{
	bool alert = seen->type == TLS_ALERT && !seen->sealed;
	struct buf b = BUF_INIT;

	buf_printf(&b, "%s%s · ", alert ? "Alert " : "", seen->name);
	message_put_bytes(&b, seen->bytes.n);
	named_row(s, "TLS", alert ? STYLE_LOST : STYLE_BOLD, &b);
	if (seen->message == TLS_CLIENT_HELLO ||
	    seen->message == TLS_SERVER_HELLO)
		put_hello(s, seen);
	else if (seen->message == TLS_CERTIFICATE)
		put_certificate(s, seen);
}

bool
tls_doc(struct str bytes, uint64_t seq, size_t width, struct doc *d)
{
	const struct named_rows s = { d, seq, width, NAME };
	struct tls_seen seen = { .rest = bytes };
	bool any = false;

	for (; d->err == 0 && tls_see(&seen); any = true)
		put_seen(&s, &seen);
	return any;
}
