/* Arrivals written and read. */
#include "inputs/arrivals_file.h"

#include "base/err.h"
#include "base/mem.h"
#include "text/json_fields.h"
#include "text/utf8.h"

#include <inttypes.h>
#include <stdio.h>

/* An arrival as a line has it. */
struct line {
	int64_t t;
	enum arrival_what what;
	enum connection_end why;
	char *to, *face, *from, *transport, *asked;
	unsigned port;
};

const struct field arrival_fields[] = {
	NEEDED_FIELD(struct line, t, NUMBER, "virtual time in ns"),
	FIELD(struct line, what, WORD,
	    "a datagram or bytes of a connection, or how that ends",
	    .flags = FIELD_ANY | FIELD_RIGHT, .word = arrival_verb),
	FIELD(struct line, why, WORD, "of an end: which side ended it, and why",
	    .flags = FIELD_ANY | FIELD_RIGHT, .word = connection_end_word),
	NEEDED_FIELD(struct line, to, TEXT, "the node"),
	FIELD(struct line, face, TEXT, "of the node, where it has several",
	    .flags = FIELD_ANY | FIELD_RIGHT),
	FIELD(struct line, port, NUMBER, "of the node, if not where it listens",
	    .flags = FIELD_ANY | FIELD_RIGHT, .most = UINT16_MAX),
	FIELD(struct line, transport, TEXT, "`udp` where it is missing",
	    .flags = FIELD_ANY | FIELD_RIGHT),
	FIELD(struct line, from, TEXT,
	    "address and port; of an answer there is none",
	    .flags = FIELD_ANY | FIELD_RIGHT),
	FIELD(struct line, asked, TEXT,
	    "of an answer: the hash of the question, 16 hexadecimal digits",
	    .flags = FIELD_ANY | FIELD_RIGHT),
	FIELD_BY_HAND("text", "the bytes, where they are UTF-8"),
	FIELD_BY_HAND("base64", "the bytes, where they are not"),
	FIELDS_END,
};

static void
line_free(struct line *l)
{
	mem_free(l->to);
	mem_free(l->face);
	mem_free(l->from);
	mem_free(l->transport);
	mem_free(l->asked);
}

static void
arrival_write(const struct arrival *a, struct buf *out)
{
	const char *transport = addr_transports[a->from.transport].word;
	struct buf from = BUF_INIT;
	char asked[17];
	struct line l = { .t = a->t_ns,
		.what = a->what,
		.why = a->why,
		.to = (char *)a->node,
		.face = (char *)a->face,
		.transport = a->from.transport == ADDR_DEFAULT
				 ? NULL
				 : (char *)transport,
		.port = a->port };

	if (a->what == ARRIVAL_ANSWER) {
		snprintf(asked, sizeof(asked), "%016" PRIx64, a->asked);
		l.asked = asked;
		l.transport = NULL;
	} else {
		addr_write(&a->from, &from);
		l.from = (char *)buf_cstr(&from);
	}
	buf_putc(out, '{');
	json_put_fields(arrival_fields, &l, out);
	if (a->bytes.n > 0 && utf8_valid(a->bytes)) {
		json_put_field(out, "text", a->bytes);
	} else if (a->bytes.n > 0) {
		json_put_key(out, "base64");
		buf_putc(out, '"');
		json_put_base64(out, a->bytes);
		buf_putc(out, '"');
	}
	buf_putc(out, '}');
	buf_end(&from, &out->err);
}

/* All of O, with BETWEEN between the objects. */
static void
arrival_write_all(
    const struct inputs_outside *o, const char *between, struct buf *out)
{
	for (size_t i = 0; o->arrivals != NULL && i < o->arrivals->n; i++) {
		arrival_write(&o->arrivals->list[i], out);
		buf_puts(out, between);
	}
	buf_puts(out, "{\"kind\":\"end\"");
	if (o->open_ns != 0 || o->stops)
		json_put_int(out, "t", o->open_ns);
	if (o->stops)
		json_put_field(out, "reason", STR("stopped"));
	buf_putc(out, '}');
}

void
arrivals_write(const struct inputs_outside *o, struct buf *out)
{
	buf_puts(out, "{\"kind\":\"arrivals\",\"version\":1}\n");
	arrival_write_all(o, "\n", out);
	buf_putc(out, '\n');
}

void
arrivals_put(const struct inputs_outside *o, struct buf *json)
{
	buf_putc(json, '[');
	arrival_write_all(o, ",", json);
	buf_putc(json, ']');
}

/* The bytes of V, "text" or "base64", appended to OUT. */
static int
read_arrival_bytes(struct json_value v, struct buf *out)
{
	struct json_value text = json_member(v, "text");
	struct json_value base64 = json_member(v, "base64");
	struct str plain;

	if (text.type != JSON_NONE && base64.type != JSON_NONE)
		return ERR_SYNTAX;
	if (text.type != JSON_NONE)
		return json_text(text, out);
	if (base64.type == JSON_NONE)
		return 0;
	return json_plain(base64, &plain) == 0 ? json_base64(plain, out)
					       : ERR_SYNTAX;
}

/* L, whose bytes are BYTES, as an arrival; 0 or its fault, a sentence. */
static const char *
make_arrival(const struct line *l, struct str bytes, struct arrival *a)
{
	*a = (struct arrival){ .t_ns = l->t,
		.what = l->what,
		.why = l->why,
		.port = (uint16_t)l->port,
		.node = l->to,
		.face = l->face != NULL ? l->face : "",
		.bytes = bytes };
	if (bytes.n > ARRIVAL_BYTES_MAX)
		return N_("it has more bytes than a datagram can carry");
	if (l->what == ARRIVAL_ANSWER)
		return l->asked != NULL &&
			       str_hex(str_of(l->asked), 16, &a->asked) == 0
			   ? NULL
			   : N_("“asked” is not 16 hexadecimal digits");
	if (l->from == NULL || addr_parse(str_of(l->from), &a->from) != 0 ||
	    a->from.port == 0)
		return N_("“from” is not an address with a port");
	if (l->transport != NULL && l->transport[0] != '\0' &&
	    !addr_transport_find(str_of(l->transport), &a->from.transport))
		return N_("“transport” is not a transport of the nodes");
	if (l->what != ARRIVAL_BYTES && !addr_is_stream(&a->from))
		return N_("a datagram has no connection that could end");
	if (l->what != ARRIVAL_BYTES && bytes.n > 0)
		return N_("the end of a connection has no bytes");
	return NULL;
}

/* D's error of ERR, or of the sentence WRONG, of line NUMBER of NAME. */
static int
arrival_refuse(const char *name, unsigned number, int err, const char *wrong,
    struct diag *d)
{
	if (wrong != NULL)
		return diag_set(
		    d, ERR_SYNTAX, name, number, "%s", i18n_text(wrong));
	if (err == ERR_LIMIT)
		return diag_set(d, err, name, number,
		    _("there are more than %d arrivals, or they have more than "
		      "%u bytes"),
		    ARRIVALS_MAX, ARRIVALS_BYTES_MAX);
	if (err == ERR_SYNTAX)
		return diag_set(d, err, name, number,
		    _("is not an arrival: expected something like "
		      "{\"t\":1000000000,\"to\":\"bob\",\"from\":\"198.51.100."
		      "7:5060\",\"text\":\"…\"}"));
	return diag_set(d, err, name, number, "%s", err_text(err));
}

static int
arrival_take(struct inputs_outside *o, struct json_value v, const char *name,
    unsigned number, struct diag *d)
{
	LOCAL(line_free) struct line l = { .t = 0 };
	LOCAL_BUF bytes = BUF_INIT;
	const char *wrong = NULL;
	struct arrival a;
	int err = json_take_fields(arrival_fields, v, &l);

	if (err == 0)
		err = read_arrival_bytes(v, &bytes);
	if (err == 0)
		err = bytes.err;
	if (err == 0)
		wrong = make_arrival(&l, buf_view(&bytes), &a);
	if (err == 0 && wrong == NULL)
		err = arrivals_add(&o->arrivals, &a);
	if (err != 0 || wrong != NULL)
		err = arrival_refuse(name, number, err, wrong, d);
	return err;
}

/* The last line says how long the outside is open. */
static int
arrival_take_end(struct inputs_outside *o, struct json_value v)
{
	struct json_value t = json_member(v, "t");
	struct json_value reason = json_member(v, "reason");
	struct str word;

	if (t.type != JSON_NONE &&
	    (json_int(t, &o->open_ns) != 0 || o->open_ns < 0))
		return ERR_SYNTAX;
	o->stops = json_plain(reason, &word) == 0 && str_is(word, "stopped");
	return reason.type == JSON_NONE || o->stops ? 0 : ERR_SYNTAX;
}

static bool
is_kind(struct json_value v, const char *kind)
{
	struct str word;

	return json_plain(json_member(v, "kind"), &word) == 0 &&
	       str_is(word, kind);
}

/* The head of the file, which TEXT begins with. */
static int
take_head(struct str line, const char *name, struct diag *d)
{
	struct json_value v;
	int64_t version;

	if (json_read(&line, &v) != 0 || str_trim(line).n > 0 ||
	    !is_kind(v, "arrivals") ||
	    json_int(json_member(v, "version"), &version) != 0)
		return diag_set(d, ERR_SYNTAX, name, 1,
		    _("is not a file of arrivals: its first line must be "
		      "{\"kind\":\"arrivals\",\"version\":1}"));
	if (version > 1)
		return diag_set(d, ERR_UNSUPPORTED, name, 1,
		    _("was written by a newer version of rung"));
	return 0;
}

/* V is number NUMBER of NAME, an arrival or, once, the end. */
static int
take_arrival_or_end(struct inputs_outside *o, struct json_value v, bool *ended,
    const char *name, unsigned number, struct diag *d)
{
	if (*ended)
		return diag_set(d, ERR_SYNTAX, name, number,
		    _("there is text after the end"));
	if (!is_kind(v, "end"))
		return arrival_take(o, v, name, number, d);
	*ended = true;
	return arrival_take_end(o, v) == 0
		   ? 0
		   : diag_set(d, ERR_SYNTAX, name, number,
			 _("is not an end: expected {\"kind\":\"end\"}"));
}

static int
arrival_check_end(bool ended, const char *name, unsigned number, struct diag *d)
{
	return ended ? 0
		     : diag_set(d, ERR_SYNTAX, name, number,
			   _("the arrivals are incomplete: the last line must "
			     "be {\"kind\":\"end\"}"));
}

int
arrivals_read(
    struct inputs_outside *o, struct str text, const char *name, struct diag *d)
{
	struct str rest, line = str_cut(text, '\n', &rest);
	int err = take_head(line, name, d);
	unsigned number = 1;
	bool ended = false;

	*o = (struct inputs_outside){ .there = true };
	while (err == 0 && rest.n > 0) {
		struct json_value v;

		line = str_cut(rest, '\n', &rest);
		number++;
		if (str_trim(line).n == 0)
			continue;
		if (json_read(&line, &v) != 0 || str_trim(line).n > 0 ||
		    v.type != JSON_OBJECT)
			err = arrival_refuse(name, number, ERR_SYNTAX, NULL, d);
		else
			err =
			    take_arrival_or_end(o, v, &ended, name, number, d);
	}
	return err == 0 ? arrival_check_end(ended, name, number, d) : err;
}

int
arrivals_take(struct inputs_outside *o, struct json_value list, struct diag *d)
{
	bool ended = false;
	unsigned number = 0;
	struct json_value v;
	size_t at = 0;
	int err = list.type == JSON_ARRAY ? 0 : ERR_SYNTAX;

	*o = (struct inputs_outside){ .there = o->there, .asks = o->asks };
	while (err == 0 && json_item(list, &at, &v))
		err = v.type == JSON_OBJECT
			  ? take_arrival_or_end(o, v, &ended, NULL, ++number, d)
			  : ERR_SYNTAX;
	return err == 0 ? arrival_check_end(ended, NULL, number, d) : err;
}

/* ---- from a trace ---- */

/* REC is the act that an arrival makes; what of, into *WHAT. */
static bool
is_arrival(const struct trace_rec *rec, enum arrival_what *what)
{
	LOCAL_BUF scratch = BUF_INIT;
	unsigned i = 0;

	if (rec->kind != TRACE_ACT ||
	    !str_is(trace_str(rec, "by", &scratch), "outside"))
		return false;
	while (arrival_verb(i) != NULL &&
	       !str_is(trace_str(rec, "verb", &scratch), arrival_verb(i)))
		i++;
	*what = (enum arrival_what)i;
	return i < ARRIVAL_COUNT;
}

/* The bytes of the arrival REC: those of its send, which comes right after it,
 * or behind the packets of its connection. */
static struct str
arrival_find_sent(
    const struct trace *t, const struct trace_rec *rec, struct buf *bytes)
{
	struct trace_rec next = { .kind = TRACE_PACKET };
	uint64_t seq = rec->seq;

	while (next.kind == TRACE_PACKET && seq < trace_count(t))
		trace_get(t, ++seq, &next);
	return next.kind == TRACE_SEND && next.cause == rec->seq
		   ? trace_bytes(&next, bytes)
		   : STR_NULL;
}

static int
take_why(struct json_value v, enum connection_end *why)
{
	struct str word = STR_NULL;

	if (v.type != JSON_NONE && json_plain(v, &word) != 0)
		return ERR_SYNTAX;
	*why = connection_end_find(word);
	return *why != CONNECTION_END_COUNT ? 0 : ERR_SYNTAX;
}

/* The arrival of REC. */
static int
arrival_take_record(struct inputs_outside *o, const struct trace *t,
    const struct trace_rec *rec, enum arrival_what what, struct diag *d)
{
	struct json_value args = trace_member(rec, "args");
	LOCAL(line_free) struct line l = { .t = rec->t, .what = what };
	LOCAL_BUF bytes = BUF_INIT;
	struct str sent = STR_NULL;
	const char *wrong = NULL;
	struct arrival a;
	int err = json_strdup(trace_member(rec, "on"), &l.to);

	if (err == 0)
		err = json_copy(json_member(args, "from"), &l.from);
	if (err == 0)
		err = take_why(json_member(args, "why"), &l.why);
	if (err == 0)
		err = json_copy(json_member(args, "asked"), &l.asked);
	if (err == 0)
		err = json_copy(json_member(args, "face"), &l.face);
	if (err == 0)
		err = json_copy(json_member(args, "transport"), &l.transport);
	if (err == 0 && json_member(args, "port").type != JSON_NONE) {
		struct str digits;
		uint32_t port = 0;

		if (json_plain(json_member(args, "port"), &digits) != 0 ||
		    str_u32(digits, &port) != 0 || port > UINT16_MAX)
			err = ERR_SYNTAX;
		l.port = port;
	}
	if (err == 0 && what == ARRIVAL_BYTES) {
		sent = arrival_find_sent(t, rec, &bytes);
		err = bytes.err;
	}
	if (err == 0 && what == ARRIVAL_ANSWER) {
		err = json_text(json_member(args, "text"), &bytes);
		sent = buf_view(&bytes);
	}
	if (err == 0)
		wrong = make_arrival(&l, sent, &a);
	if (err == 0 && wrong == NULL)
		err = arrivals_add(&o->arrivals, &a);
	if (err != 0 || wrong != NULL)
		err = arrival_refuse(NULL, 0, err, wrong, d);
	return err;
}

/* A run that was stopped, or ended though not all was quiet, was open. */
static void
take_last(struct inputs_outside *o, const struct trace *t)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	struct str reason;

	if (trace_count(t) == 0)
		return;
	trace_get(t, trace_count(t), &rec);
	reason = rec.kind == TRACE_END ? trace_str(&rec, "reason", &scratch)
				       : STR_NULL;
	if (!str_is(reason, "idle"))
		o->open_ns = rec.t;
	o->stops = str_is(reason, "stopped");
}

int
arrivals_from_trace(
    struct inputs_outside *o, const struct trace *t, struct diag *d)
{
	int err = 0;
	struct trace_rec rec;

	*o = (struct inputs_outside){ .there = o->there, .asks = o->asks };
	for (uint64_t seq = 0;
	     err == 0 && trace_next(t, TRACE_ACT, &seq, &rec);) {
		enum arrival_what what;

		if (is_arrival(&rec, &what))
			err = arrival_take_record(o, t, &rec, what, d);
	}
	if (o->there)
		take_last(o, t);
	return err;
}
