/* Looking at what passes; see tls/seen.h. */
#include "tls/seen.h"

#define HEAD   4  /* RFC 8446 4: of a message, its type and length */
#define RANDOM 32 /* RFC 8446 4.1.2 */

/* RFC 8446 4.2 */
enum { SERVER_NAME = 0, SUPPORTED_VERSIONS = 43 };

/* The N octets that S begins with as a number, taken off it; *GOOD is false
 * where it has no more. */
static size_t
take_number(struct str *s, size_t n, bool *good)
{
	size_t v = 0;

	if (s->n < n)
		*good = false;
	for (size_t i = 0; i < n && *good; i++)
		v = v << 8 | (uint8_t)s->p[i];
	*s = str_slice(*s, n, s->n);
	return v;
}

/* What stands behind its length of N octets. */
static struct str
take_vector(struct str *s, size_t n, bool *good)
{
	size_t size = take_number(s, n, good);
	struct str v = str_slice(*s, 0, size);

	*good &= v.n == size;
	*s = str_slice(*s, size, s->n);
	return v;
}

/* ---- records ---- */

static void
name_message(struct tls_seen *s, unsigned number)
{
	size_t i = 0;

	while (i < TLS_CIPHER && tls_messages[i].number != number)
		i++;
	s->message = i < TLS_CIPHER ? (uint8_t)i : TLS_MESSAGE_COUNT;
	s->name = i < TLS_CIPHER ? tls_messages[i].name : "handshake";
}

/* The first of the messages in s->more; one that goes on elsewhere is cut. */
static bool
see_message(struct tls_seen *s)
{
	bool good = true;
	unsigned number = (unsigned)take_number(&s->more, 1, &good);
	size_t size = take_number(&s->more, 3, &good);

	s->bytes = str_slice(s->more, 0, size);
	s->more = str_slice(s->more, size, s->more.n);
	name_message(s, number);
	return good;
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

	if (s->more.n >= HEAD && see_message(s))
		return true;
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
	bool good = true;
	struct str list = take_vector(&data, 2, &good), name;
	size_t type = take_number(&list, 1, &good);

	name = take_vector(&list, 2, &good);
	return good && type == 0 ? name : STR_NULL;
}

/* RFC 8446 4.2.1: those offered, or the one that was chosen. */
static void
read_versions(struct str data, bool client, struct tls_hello *h)
{
	bool good = true;
	struct str list = client ? take_vector(&data, 1, &good) : data;

	while (good && list.n >= 2) {
		uint16_t v = (uint16_t)take_number(&list, 2, &good);

		/* RFC 8701: some are there so that nobody relies on them. */
		if (v >> 8 == 3 && v > h->version)
			h->version = v;
	}
}

bool
tls_read_hello(struct str body, bool client, struct tls_hello *h)
{
	bool good = true;
	struct str list, data;

	*h = (struct tls_hello){ .suites = 0 };
	h->version = (uint16_t)take_number(&body, 2, &good);
	good &= body.n >= RANDOM;
	body = str_slice(body, RANDOM, body.n);
	take_vector(&body, 1, &good); /* the session */
	if (client) {
		h->suites = (unsigned)take_vector(&body, 2, &good).n / 2;
		take_vector(&body, 1, &good); /* compression */
	} else {
		h->suite = (uint16_t)take_number(&body, 2, &good);
		take_number(&body, 1, &good);
	}
	list = body.n > 0 ? take_vector(&body, 2, &good) : STR_NULL;
	while (good && list.n > 0) {
		size_t type = take_number(&list, 2, &good);

		data = take_vector(&list, 2, &good);
		if (type == SERVER_NAME && client)
			h->server_name = read_server_name(data);
		else if (type == SUPPORTED_VERSIONS)
			read_versions(data, client, h);
	}
	return good;
}

struct str
tls_first_certificate(struct str body)
{
	bool good = true;
	struct str list = take_vector(&body, 3, &good);
	struct str der = take_vector(&list, 3, &good);

	return good ? der : STR_NULL;
}
