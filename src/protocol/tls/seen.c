/* Looking at what passes; see tls/seen.h. */
#include "tls/seen.h"

#include "base/octets.h"

#define HEAD   4  /* RFC 8446 4: of a message, its type and length */
#define RANDOM 32 /* RFC 8446 4.1.2 */

/* RFC 8446 4.2 */
enum { SERVER_NAME = 0, SUPPORTED_VERSIONS = 43 };

/* ---- records ---- */

/* The first of the messages in s->more; one that goes on elsewhere is cut. */
static void
see_message(struct tls_seen *s)
{
	size_t i = 0, size = 0;
	struct str head;

	s->name = "handshake";
	s->message = TLS_MESSAGE_COUNT;
	if (str_cut_octets(&s->more, HEAD, &head)) {
		size = get24(head.p + 1);
		while (i < TLS_CIPHER &&
		       tls_messages[i].number != (uint8_t)head.p[0])
			i++;
		if (i < TLS_CIPHER) {
			s->message = (uint8_t)i;
			s->name = tls_messages[i].name;
		}
	}
	s->bytes = str_slice(s->more, 0, size);
	s->more = str_slice(s->more, size, s->more.n);
}

static void
see_record(struct tls_seen *s, const struct tls_record *r)
{
	const char *alert;

	s->type = r->type;
	s->bytes = r->body;
	s->message = TLS_MESSAGE_COUNT;
	if (r->type == TLS_CHANGE_CIPHER_SPEC) {
		s->sealed = true;
		s->name = tls_messages[TLS_CIPHER].name;
	} else if (r->type == TLS_DATA) {
		s->name = "application data";
	} else if (s->sealed) {
		s->name =
		    r->type == TLS_ALERT ? "sealed alert" : "sealed handshake";
	} else if (r->type == TLS_ALERT) {
		alert = r->body.n == 2 ? tls_alert_name((uint8_t)r->body.p[1])
				       : NULL;
		s->name = alert != NULL ? alert : "";
	} else {
		s->more = r->body;
		see_message(s);
	}
}

bool
tls_see(struct tls_seen *s)
{
	enum tls_alert alert;
	struct tls_record r;
	enum tls_cut cut;

	if (s->more.n >= HEAD) {
		see_message(s);
		return true;
	}
	s->more = STR_NULL;
	cut = tls_cut_record(s->rest, &r, &alert);
	s->bad = cut == TLS_CUT_BAD;
	if (cut != TLS_CUT_RECORD)
		return false;
	s->rest = str_slice(s->rest, r.n, s->rest.n);
	see_record(s, &r);
	return true;
}

/* ---- messages ---- */

/* RFC 6066 3 */
static struct str
read_server_name(struct str data)
{
	struct str list, type, name;

	return str_cut_counted(&data, 2, &list) &&
		       str_cut_octets(&list, 1, &type) && type.p[0] == 0 &&
		       str_cut_counted(&list, 2, &name)
		   ? name
		   : STR_NULL;
}

/* RFC 8446 4.2.1: those offered, or the one that was chosen. */
static void
tls_seen_read_versions(struct str data, bool client, struct tls_hello *h)
{
	struct str list = data, one;

	if (client && !str_cut_counted(&data, 1, &list))
		return;
	while (str_cut_octets(&list, 2, &one)) {
		uint16_t v = get16(one.p);

		/* RFC 8701: some are there so that implementations do not rely
		 * on them. */
		if (v >> 8 == 3 && v > h->version)
			h->version = v;
	}
}

/* The part between the session and the extensions. */
static bool
read_suites(struct str *body, bool client, struct tls_hello *h)
{
	struct str part;

	if (client) {
		if (!str_cut_counted(body, 2, &part))
			return false;
		h->suites = (unsigned)part.n / 2;
		return str_cut_counted(body, 1, &part); /* compression */
	}
	if (!str_cut_octets(body, 3, &part))
		return false;
	h->suite = get16(part.p);
	return true;
}

bool
tls_read_hello(struct str body, bool client, struct tls_hello *h)
{
	struct str part, data, exts = STR_NULL;

	*h = (struct tls_hello){ .suites = 0 };
	if (!str_cut_octets(&body, 2, &part))
		return false;
	h->version = get16(part.p);
	if (!str_cut_octets(&body, RANDOM, &part) ||
	    !str_cut_counted(&body, 1, &part) || /* the session */
	    !read_suites(&body, client, h) ||
	    (body.n > 0 && !str_cut_counted(&body, 2, &exts)))
		return false;
	while (exts.n > 0) {
		if (!str_cut_octets(&exts, 2, &part) ||
		    !str_cut_counted(&exts, 2, &data))
			return false;
		if (get16(part.p) == SERVER_NAME && client)
			h->server_name = read_server_name(data);
		else if (get16(part.p) == SUPPORTED_VERSIONS)
			tls_seen_read_versions(data, client, h);
	}
	return true;
}

struct str
tls_first_certificate(struct str body)
{
	struct str list, der;

	return str_cut_counted(&body, 3, &list) &&
		       str_cut_counted(&list, 3, &der)
		   ? der
		   : STR_NULL;
}
