/* One end of a connection; see tls/handshake.h. */
#include "tls/handshake.h"

#include "base/octets.h"
#include "tls/record.h"

/* ---- reading ---- */

/* Octets of a handshake's message, at most. */
#define MESSAGE_MOST 65536

void
tls_saying_free(struct tls_saying *s)
{
	buf_free(&s->bytes);
	buf_free(&s->names);
}

void
tls_end_init(struct tls_end *e, const struct tls_config *c, bool client)
{
	LOCAL_BUF random = BUF_INIT;

	*e = (struct tls_end){ .config = c, .client = client };
	e->suite = &tls_suites[client && c->mutual];
	e->step = tls_flights[TLS_13][false];
	e->alert = TLS_ALERT_NONE;
	e->version = c->versions & 1U << TLS_13 ? TLS_13 : TLS_12;
	tls_put_opaque(&random, c->seed, 64);
	if (random.err == 0) {
		memcpy(e->random[!client], random.p, 32);
		memcpy(e->session, random.p + 32, 32);
	}
}

void
tls_end_free(struct tls_end *e)
{
	buf_free(&e->hand);
	buf_free(&e->plain);
	buf_free(&e->peer);
	buf_free(&e->ticket);
}

/* ---- saying ---- */

static void
say_name(struct tls_saying *s, const char *name)
{
	buf_puts(&s->names, s->names.n > 0 ? ", " : "");
	buf_puts(&s->names, name);
}

/* RFC 5246 7.1; RFC 8446 D.4: of 1.3 it is there for those who expect it. */
static void
say_cipher(struct tls_end *e, struct tls_saying *s)
{
	tls_put_record(
	    &s->bytes, e->version, NULL, TLS_CHANGE_CIPHER_SPEC, STR("\1"));
	if (e->version == TLS_12)
		e->out.on = true;
}

static void
handshake_say_message(
    struct tls_end *e, enum tls_message id, struct tls_saying *s)
{
	struct buf one = BUF_INIT;

	tls_put_message(e, id, &one);
	tls_put_record(
	    &s->bytes, e->version, &e->out, TLS_HANDSHAKE, buf_view(&one));
	e->transcript = str_hash_add(e->transcript, buf_view(&one));
	buf_end(&one, &s->bytes.err);
	if (id == TLS_SERVER_HELLO)
		tls_make_keys(e);
}

/* The handshake is over when both have said Finished; tickets may follow. */
static void
note_finished(struct tls_end *e, bool by_client)
{
	bool client_last = e->version == TLS_13 || e->resumed;

	if (by_client == client_last)
		e->open = true;
}

/* All that E has to say now. */
static void
say_flight(struct tls_end *e, struct tls_saying *s)
{
	const struct tls_step *step = tls_step_next(e);

	while (
	    step->message != TLS_MESSAGE_COUNT && step->client == e->client) {
		bool last = step->last;

		say_name(s, tls_messages[step->message].name);
		if (step->message == TLS_CIPHER)
			say_cipher(e, s);
		else
			handshake_say_message(e, step->message, s);
		if (step->message == TLS_FINISHED)
			note_finished(e, e->client);
		e->step++;
		if (last)
			break;
		step = tls_step_next(e);
	}
}

void
tls_begin(struct tls_end *e, struct tls_saying *s)
{
	say_flight(e, s);
}

void
tls_write(struct tls_end *e, struct str data, struct buf *out)
{
	tls_put_record(out, e->version, &e->out, TLS_DATA, data);
}

void
tls_write_alert(struct tls_end *e, enum tls_alert alert, struct tls_saying *s)
{
	const char octets[2] = { alert == TLS_ALERT_CLOSE_NOTIFY ? 1 : 2,
		(char)alert };
	const char *name = tls_alert_name(alert);

	buf_puts(&s->names, "Alert");
	buf_printf(&s->names, " %s", name != NULL ? name : "");
	tls_put_record(&s->bytes, e->version, &e->out, TLS_ALERT,
	    (struct str){ octets, sizeof(octets) });
	e->alert = alert;
}

/* ---- hearing ---- */

static enum tls_event
handshake_fail(struct tls_end *e, enum tls_alert alert, struct tls_saying *s)
{
	e->closed = true;
	e->open = false;
	tls_write_alert(e, alert, s);
	return TLS_EVENT_BAD;
}

/* The step that message ID of the other side is; NULL: it is not its turn. */
static const struct tls_step *
expected(struct tls_end *e, uint8_t number)
{
	const struct tls_step *step = tls_step_next(e);

	/* Whether a certificate is asked for is not known before it is. */
	if (e->client && !e->asked &&
	    number == tls_messages[TLS_REQUEST].number &&
	    step > tls_flights[0][0] && step[-1].message == TLS_REQUEST)
		step--;
	if (step->message == TLS_MESSAGE_COUNT || step->client == e->client ||
	    tls_messages[step->message].number != number)
		return NULL;
	return step;
}

/* The message has been taken: E's step is behind it. */
static enum tls_event
heard(struct tls_end *e, const struct tls_step *step, struct tls_saying *s)
{
	if (step->message == TLS_FINISHED)
		note_finished(e, !e->client);
	if (!step->last)
		return TLS_EVENT_PART;
	say_flight(e, s);
	return TLS_EVENT_SAID;
}

static enum tls_event
hear_message(struct tls_end *e, struct str message, struct tls_saying *s)
{
	uint8_t number = (uint8_t)message.p[0];
	const struct tls_step *step = expected(e, number);
	enum tls_alert alert;

	/* A ChangeCipherSpec is none, whatever its number here. */
	if (step == NULL || step->message == TLS_CIPHER)
		return handshake_fail(e, TLS_ALERT_UNEXPECTED_MESSAGE, s);
	e->step = step + 1;
	alert = tls_take_message(
	    e, step->message, str_slice(message, 4, message.n));
	if (alert != TLS_ALERT_NONE)
		return handshake_fail(e, alert, s);
	e->transcript = str_hash_add(e->transcript, message);
	if (step->message == TLS_SERVER_HELLO)
		tls_make_keys(e);
	return heard(e, step, s);
}

/* The whole messages in e->hand. */
static enum tls_event
handshake_hear_messages(struct tls_end *e, struct tls_saying *s)
{
	enum tls_event event = TLS_EVENT_PART, one;
	size_t at = 0, n;

	while (e->hand.n - at >= 4 && !e->closed) {
		n = 4u + get24(e->hand.p + at + 1);
		if (n > MESSAGE_MOST)
			return handshake_fail(e, TLS_ALERT_DECODE_ERROR, s);
		if (n > e->hand.n - at)
			break;
		one = hear_message(
		    e, str_slice(buf_view(&e->hand), at, at + n), s);
		event = one > event ? one : event;
		at += n;
	}
	if (e->hand.n > at)
		memmove(e->hand.p, e->hand.p + at, e->hand.n - at);
	buf_truncate(&e->hand, e->hand.n - at);
	return event;
}

static enum tls_event
hear_cipher(struct tls_end *e, struct str body, struct tls_saying *s)
{
	const struct tls_step *step =
	    expected(e, tls_messages[TLS_CIPHER].number);

	if (body.n != 1 || body.p[0] != 1)
		return handshake_fail(e, TLS_ALERT_DECODE_ERROR, s);
	if (step == NULL)
		return handshake_fail(e, TLS_ALERT_UNEXPECTED_MESSAGE, s);
	e->step = step + 1;
	if (e->version == TLS_12)
		e->in.on = true;
	return heard(e, step, s);
}

/* RFC 8446 6: any alert ends it; only close_notify has an answer, which the
 * closing of the connection brings. */
static enum tls_event
hear_alert(struct tls_end *e, struct str body, struct tls_saying *s)
{
	if (body.n != 2)
		return handshake_fail(e, TLS_ALERT_DECODE_ERROR, s);
	e->alert = (unsigned char)body.p[1];
	e->got_alert = true;
	e->closed = true;
	e->open = false;
	return TLS_EVENT_SAID;
}

static enum tls_event
hear_record(
    struct tls_end *e, uint8_t type, struct buf *plain, struct tls_saying *s)
{
	struct str body = buf_view(&e->plain);

	switch (type) {
	case TLS_CHANGE_CIPHER_SPEC:
		return hear_cipher(e, body, s);
	case TLS_ALERT:
		return hear_alert(e, body, s);
	case TLS_HANDSHAKE:
		buf_str(&e->hand, body);
		return handshake_hear_messages(e, s);
	case TLS_DATA:
		if (!e->open)
			break;
		buf_str(plain, body);
		return TLS_EVENT_DATA;
	default:
		break;
	}
	return handshake_fail(e, TLS_ALERT_UNEXPECTED_MESSAGE, s);
}

enum tls_event
tls_read(struct tls_end *e, struct str in, size_t *n, struct buf *plain,
    struct tls_saying *s)
{
	struct tls_record r;
	enum tls_alert alert;
	struct tls_keys *keys = &e->in;
	uint8_t type;

	*n = 0;
	if (e->closed)
		return TLS_EVENT_MORE;
	switch (tls_cut_record(in, &r, &alert)) {
	case TLS_CUT_MORE:
		return TLS_EVENT_MORE;
	case TLS_CUT_BAD:
		*n = in.n;
		return handshake_fail(e, alert, s);
	default:
		break;
	}
	*n = r.n;
	buf_clear(&e->plain);
	/* An alert of who has no keys yet is as it is as well. */
	if (r.type == TLS_CHANGE_CIPHER_SPEC ||
	    (r.type == TLS_ALERT && r.body.n == 2 && !e->open))
		keys = NULL;
	alert = tls_open_record(&r, e->version, keys, &e->plain, &type);
	if (alert != TLS_ALERT_NONE)
		return handshake_fail(e, alert, s);
	return hear_record(e, type, plain, s);
}
