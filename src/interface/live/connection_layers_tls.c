/*
 * TLS of a real connection (RFC 3261 26.2.1), by GnuTLS, whose socket is a
 * buffer here.  Whom a program shows itself to be by its certificate is noted,
 * and no reason to reject it.
 */
#include "live/connection_layers.h"

#include "base/err.h"
#include "base/library.h"
#include "base/mem.h"
#include "live/certificate_authority.h"

#include <errno.h>
#include <gnutls/gnutls.h>

#define GNUTLS_FUNCTIONS(X)                   \
	X(gnutls_init)                        \
	X(gnutls_deinit)                      \
	X(gnutls_set_default_priority_append) \
	X(gnutls_credentials_set)             \
	X(gnutls_transport_set_ptr)           \
	X(gnutls_transport_set_push_function) \
	X(gnutls_transport_set_pull_function) \
	X(gnutls_transport_set_errno)         \
	X(gnutls_handshake)                   \
	X(gnutls_alert_send_appropriate)      \
	X(gnutls_certificate_verify_peers2)   \
	X(gnutls_record_recv)                 \
	X(gnutls_record_check_pending)        \
	X(gnutls_record_send)                 \
	X(gnutls_error_is_fatal)              \
	X(gnutls_protocol_get_version)        \
	X(gnutls_bye)

#define RECORD       16384                       /* RFC 8446 5.1 */
#define OLD_VERSIONS "-VERS-TLS1.0:-VERS-TLS1.1" /* not: RFC 8996 */

static struct {
	GNUTLS_FUNCTIONS(LIBRARY_POINTER)
} tls;

struct tls_end {
	gnutls_session_t session;
	struct certificate_authority *authority;
	bool client, open;
	bool shaking;    /* the first handshake goes on, or another one */
	bool broken;     /* an alert has ended it */
	struct str in;   /* what has come and was not asked for */
	struct buf *out; /* while it is at work */
	char bytes[RECORD];
};

static ssize_t
pull(gnutls_transport_ptr_t arg, void *to, size_t n)
{
	struct tls_end *l = arg;

	if (l->in.n == 0) {
		tls.gnutls_transport_set_errno(l->session, EAGAIN);
		return -1;
	}
	n = n < l->in.n ? n : l->in.n;
	memcpy(to, l->in.p, n);
	l->in = str_slice(l->in, n, l->in.n);
	return (ssize_t)n;
}

static ssize_t
push(gnutls_transport_ptr_t arg, const void *from, size_t n)
{
	struct tls_end *l = arg;

	if (l->out != NULL)
		buf_add(l->out, from, n);
	return (ssize_t)n;
}

static void
tls_line_destroy(void *state)
{
	struct tls_end *l = state;

	if (l->session != NULL)
		tls.gnutls_deinit(l->session);
	mem_free(l);
}

static int
tls_line_create(
    void **state, const struct connection_layers_spec *spec, struct diag *d)
{
	struct tls_end *l = mem_zalloc(1, sizeof(*l));
	gnutls_certificate_credentials_t shown;
	int err = LIBRARY_LOAD(RUNG_LIBGNUTLS, GNUTLS_FUNCTIONS, tls, d);

	*state = l;
	if (err != 0 || l == NULL)
		return err != 0 ? err : ERR_NOMEM;
	l->authority = spec->authority;
	l->client = spec->client;
	l->shaking = true;
	shown =
	    certificate_authority_credentials(spec->authority, spec->node, d);
	if (shown == NULL ||
	    tls.gnutls_init(
		&l->session, (spec->client ? GNUTLS_CLIENT : GNUTLS_SERVER) |
				 GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL) != 0 ||
	    tls.gnutls_set_default_priority_append(
		l->session, OLD_VERSIONS, NULL, 0) != 0 ||
	    tls.gnutls_credentials_set(
		l->session, GNUTLS_CRD_CERTIFICATE, shown) != 0)
		return ERR_UNSUPPORTED;
	tls.gnutls_transport_set_ptr(l->session, l);
	tls.gnutls_transport_set_push_function(l->session, push);
	tls.gnutls_transport_set_pull_function(l->session, pull);
	return 0;
}

/* Is ERR one by which nothing goes on?  To GnuTLS octets for the upper layer
 * amid a handshake are. */
static bool
is_fatal(ssize_t err)
{
	return err < 0 && err != GNUTLS_E_GOT_APPLICATION_DATA &&
	       tls.gnutls_error_is_fatal((int)err);
}

/* 0: it is open; or GnuTLS's error: fatal, or more has to come, or to be read
 * as octets for the upper layer. */
static int
shake(struct tls_end *l)
{
	int err;

	do
		err = tls.gnutls_handshake(l->session);
	while (err != 0 && err != GNUTLS_E_AGAIN &&
	       err != GNUTLS_E_GOT_APPLICATION_DATA && !is_fatal(err));
	return err;
}

static void
tls_line_begin(void *state, struct buf *out)
{
	struct tls_end *l = state;

	l->out = out;
	if (l->client)
		shake(l);
	l->out = NULL;
}

/* RFC 5922 7.3, as far as the run's own authority goes. */
static void
note_certificate(struct tls_end *l)
{
	unsigned status = 0;

	if (l->client)
		certificate_authority_note(l->authority,
		    tls.gnutls_certificate_verify_peers2(l->session, &status) ==
			    0 &&
			status == 0);
}

/* ERR, of GnuTLS, is fatal: the other side has said so, or this one does (RFC
 * 8446 6.2). */
static enum connection_layers_got
tls_break(struct tls_end *l, const struct connection_layers_up *up, ssize_t err)
{
	l->broken = true;
	if (err == GNUTLS_E_FATAL_ALERT_RECEIVED)
		return connection_layers_break(up, CONNECTION_END_ALERT);
	tls.gnutls_alert_send_appropriate(l->session, (int)err);
	return connection_layers_break(up, CONNECTION_END_NO_TLS);
}

/* The other side asks for another handshake (RFC 5246 7.4.1.1, RFC 5746).
 * OpenSSL takes nothing of the upper layer between its parts, so that waits. */
static void
begin_again(struct tls_end *l, const struct connection_layers_up *up)
{
	l->shaking = true;
	connection_layers_pause(up, true);
}

static void
end_handshake(struct tls_end *l, const struct connection_layers_up *up)
{
	bool first = !l->open;

	l->shaking = false;
	l->open = true;
	if (first) {
		note_certificate(l);
		connection_layers_opened(up);
	} else {
		connection_layers_pause(up, false);
	}
}

/* A record without octets for the upper layer, as a NewSessionTicket (RFC 8446
 * 4.6.1) or an alert that warns, ends a call of gnutls_record_recv like missing
 * input does: the records after it are read while each call takes something. */
static enum connection_layers_got
take_records(struct tls_end *l, const struct connection_layers_up *up)
{
	enum connection_layers_got got = CONNECTION_LAYERS_GOES_ON;
	bool more = true;
	ssize_t n = 1;

	while (got == CONNECTION_LAYERS_GOES_ON && more) {
		size_t left = l->in.n;

		n = tls.gnutls_record_recv(
		    l->session, l->bytes, sizeof(l->bytes));
		if (n > 0)
			got = connection_layers_came(
			    up, (struct str){ l->bytes, (size_t)n });
		if (n == GNUTLS_E_REHANDSHAKE)
			begin_again(l, up);
		/* A server has the ClientHello then.  To a client it is said
		 * by itself: first it reads what came with it. */
		if (n == GNUTLS_E_REHANDSHAKE && !l->client)
			return CONNECTION_LAYERS_GOES_ON;
		more = n > 0 ||
		       (n < 0 && !is_fatal(n) &&
			   (l->in.n < left || tls.gnutls_record_check_pending(
						  l->session) > 0));
	}
	/* RFC 8446 6.1: it ends what the other side says; before, all. */
	if (n == 0)
		return tls.gnutls_protocol_get_version(l->session) >=
			       GNUTLS_TLS1_3
			   ? CONNECTION_LAYERS_HALF
			   : CONNECTION_LAYERS_ENDS;
	return is_fatal(n) ? tls_break(l, up, n) : got;
}

static enum connection_layers_got
take_some(struct tls_end *l, const struct connection_layers_up *up)
{
	int err = l->shaking ? shake(l) : GNUTLS_E_GOT_APPLICATION_DATA;

	if (err == GNUTLS_E_GOT_APPLICATION_DATA && l->open)
		return take_records(l, up);
	if (err == 0)
		end_handshake(l, up);
	return err == 0 || err == GNUTLS_E_AGAIN ? CONNECTION_LAYERS_GOES_ON
						 : tls_break(l, up, err);
}

static enum connection_layers_got
tls_line_take(void *state, struct str in, const struct connection_layers_up *up,
    struct buf *out)
{
	struct tls_end *l = state;
	enum connection_layers_got got;
	size_t left;
	bool shaking;

	l->in = in;
	l->out = out;
	do {
		left = l->in.n;
		shaking = l->shaking;
		got = take_some(l, up);
	} while (got == CONNECTION_LAYERS_GOES_ON &&
		 (l->in.n < left || shaking != l->shaking));
	l->in = STR_NULL;
	l->out = NULL;
	return got;
}

static void
tls_line_give(void *state, struct str bytes, struct buf *out)
{
	struct tls_end *l = state;
	struct buf *before = l->out;
	ssize_t n = 1;

	l->out = out;
	while (n > 0 && bytes.n > 0) {
		n = tls.gnutls_record_send(l->session, bytes.p, bytes.n);
		bytes = str_slice(bytes, n > 0 ? (size_t)n : 0, bytes.n);
	}
	l->out = before;
}

static void
tls_line_say_end(void *state, struct buf *out)
{
	struct tls_end *l = state;

	l->out = out;
	if (!l->broken)
		tls.gnutls_bye(l->session, GNUTLS_SHUT_WR);
	l->out = NULL;
}

const struct connection_layers_ops connection_layers_tls = {
	.create = tls_line_create,
	.destroy = tls_line_destroy,
	.begin = tls_line_begin,
	.take = tls_line_take,
	.give = tls_line_give,
	.close = tls_line_say_end,
};
