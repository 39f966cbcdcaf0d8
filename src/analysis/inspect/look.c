/*
 * A message as the checks see it: its bytes, where a record does not have them
 * itself, and the parts read from them.
 */
#include "inspect/inspect_in.h"
#include "msg/bodies.h"
#include "msg/header_names.h"

/*
 * A message as the checks see it: its Vias, tags, Contact, routes,
 * session description, out of its bytes.
 */

struct str
look_routes(struct look *l, enum msg_header id, bool reverse)
{
	return story_routes(l->msg, id, reverse, &l->in->bytes2);
}

/* 20.12 */
static bool
is_encoded(const struct msg *m)
{
	struct str how = msg_value(m, MSG_H_CONTENT_ENCODING);

	return how.n > 0 && !str_iis(how, "identity");
}

bool
look_is_closed(const struct look *l)
{
	struct str boundary;

	return l->msg->body.n > 0 && l->sdp.n == 0 &&
	       (is_encoded(l->msg) || msg_parts_lost(l->msg, &boundary));
}

struct str
look_contact(struct look *l)
{
	return story_contact(l->msg);
}

bool
look_session(const struct look *l, uint32_t *seconds)
{
	struct str params, value = msg_value(l->msg, MSG_H_SESSION_EXPIRES);

	return value.n > 0 &&
	       str_u32(str_trim(msg_cut_params(value, &params)), seconds) == 0;
}

/* RFC 6665 3.1.1: expires of a Contact says something in a REGISTER alone. */
int64_t
look_expires(struct look *l)
{
	struct msg_values iter = { 0 };
	struct str value, expires;
	struct msg_addr a;
	uint32_t seconds;

	if (l->msg->method == MSG_REGISTER &&
	    msg_next_value(l->msg, MSG_H_CONTACT, &iter, &value) &&
	    msg_addr_read(value, &a) == 0 &&
	    msg_param(a.params, "expires", &expires) &&
	    str_u32(expires, &seconds) == 0)
		return seconds;
	return str_u32(msg_value(l->msg, MSG_H_EXPIRES), &seconds) == 0
		   ? (int64_t)seconds
		   : -1;
}

/* "- 2890844526 2890842807 IN IP4 192.0.2.1": VERSION is the third word. */
static void
read_origin(struct str value, struct description *d)
{
	uint64_t h = STR_HASH_START, n;

	for (int i = 0; value.n > 0; i++) {
		struct str word = str_cut(value, ' ', &value);

		if (i != 2)
			h = str_hash_words(word, h);
		else if (str_u64(word, &n) == 0 && n <= INT64_MAX)
			d->version = (int64_t)n;
		if (i == 1)
			d->session = str_hash_end(h);
	}
	d->origin = str_hash_end(h);
}

void
look_description(struct look *l, struct description *d)
{
	uint64_t h = STR_HASH_START, shape = STR_HASH_START;

	*d = (struct description){ .version = -1 };
	if (!look_sdp(l))
		return;
	for (size_t i = 0; i < l->in->sdp->nlines; i++) {
		const struct msg_sdp_line *line = &l->in->sdp->lines[i];

		if (line->type == 'o')
			read_origin(line->value, d);
		else
			h = str_hash_words(line->line, h);
		if (line->type == 't')
			shape = str_hash_words(line->value, shape);
	}
	for (size_t i = 0; i < l->in->sdp->nmedia; i++)
		shape = str_hash_words(l->in->sdp->media[i].proto, shape);
	d->shape = str_hash_end(shape);
	d->rest = str_hash_end(h);
	d->lines = (unsigned)l->in->sdp->nmedia + 1;
}

bool
look_sdp(struct look *l)
{
	struct str at;

	return l->has_sdp && msg_sdp_read(l->in->sdp, l->sdp, &at) == 0;
}

struct str
look_media(struct look *l)
{
	struct buf *b = &l->in->bytes2;

	buf_clear(b);
	if (!look_sdp(l))
		return buf_view(b);
	for (size_t i = 0; i < l->in->sdp->nmedia; i++) {
		buf_str(b, l->in->sdp->media[i].type);
		buf_putc(b, '\n');
	}
	return buf_view(b);
}

uint32_t
look_ssrc(struct look *l)
{
	uint32_t ssrc = 0;

	if (!look_sdp(l))
		return 0;
	for (size_t i = 0; i < l->in->sdp->nlines; i++)
		if (l->in->sdp->lines[i].type == 'y' &&
		    str_u32(l->in->sdp->lines[i].value, &ssrc) == 0)
			return ssrc;
	return 0;
}

struct str
look_setup(struct look *l)
{
	struct str value = STR_NULL;

	if (look_sdp(l) &&
	    !msg_sdp_attribute_find(l->in->sdp, 1, "setup", 0, &value))
		msg_sdp_attribute_find(l->in->sdp, 0, "setup", 0, &value);
	return str_trim(value);
}

struct read_message *
look_place(struct inspect *in)
{
	return &in->last[in->nread++ % INSPECT_READ];
}

void
look_forget_read(struct inspect *in)
{
	for (size_t i = 0; i < INSPECT_READ; i++)
		in->last[i].seq = 0;
	in->source_seq = 0;
}

struct read_message *
look_find_read(struct inspect *in, uint64_t seq)
{
	for (unsigned back = 1; back <= INSPECT_READ; back++) {
		struct read_message *m =
		    &in->last[(in->nread - back) % INSPECT_READ];

		if (m->seq == seq && seq != 0)
			/* A receiver does not judge. */
			return back == 1 || m->fault == MSG_FAULT_NONE ? m
								       : NULL;
	}
	return NULL;
}

void
look_read(struct read_message *m, struct str bytes, uint64_t seq)
{
	m->fault = seq == 0 ? msg_read(m->msg, bytes, &m->at)
			    : msg_judge(m->msg, bytes, &m->at);
	m->seq = seq;
}

void
look_take_message(struct look *l, const struct read_message *m)
{
	l->msg = m->msg;
	l->fault = m->fault;
	l->fault_at = m->at;
	l->seen->msg = l->msg;
	l->seen->good = l->fault == MSG_FAULT_NONE;
	story_see_message(l->seen);
	l->read = l->seen->read;
	l->via = l->seen->via;
	l->nvias = l->seen->nvias;
	l->cseq = l->seen->cseq;
	l->from_tag = l->seen->from_tag;
	l->to_tag = l->seen->to_tag;
	l->sdp = msg_sdp_of(l->msg);
	if (l->sdp.n > 0 && is_encoded(l->msg))
		l->sdp = STR_NULL;
	/* What an OPTIONS is answered with describes no session. */
	l->has_sdp =
	    l->sdp.n > 0 && (l->msg->method == MSG_ACK ||
				msg_method_is(l->msg->method, MSG_OFFERS));
	l->seen->has_sdp = l->has_sdp;
}

/*
 * Bytes that a record does not have itself: of a message that a fault has
 * changed on its way, and of the one received that the node now forwards.
 */

static struct str
altered_key(struct inspect *in, uint64_t of)
{
	char digits[24];

	return inspect_mark(in, MARK_ALTERED, inspect_digits(of, digits));
}

void
look_note_altered(struct inspect *in, uint64_t of, uint64_t fault)
{
	in->altered = true;
	inspect_put_number(in, altered_key(in, of), fault);
}

struct str
look_sent(const struct look *l, const struct trace_rec *rec,
    struct trace_rec *fault, struct buf *scratch)
{
	uint64_t seq = !l->in->altered ? 0
				       : inspect_number(l->in,
					     altered_key(l->in, rec->seq));

	if (seq == 0)
		return trace_bytes(rec, scratch);
	trace_get(l->t, seq, fault);
	return trace_bytes(fault, scratch);
}

/* The bytes that came with record SEQ, an arrival; empty: it is none, or *M has
 * the message. */
static struct str
read_arrival(struct look *l, uint64_t seq, struct trace_rec rec[3],
    struct read_message **m)
{
	struct buf *scratch = &l->in->source_bytes;
	struct str own;
	uint64_t of;

	*m = NULL;
	if (seq == 0 || seq >= l->seq || trace_kind_of(l->t, seq) != TRACE_RECV)
		return STR_NULL;
	trace_get(l->t, seq, &rec[0]);
	own = trace_bytes(&rec[0], scratch);
	of = own.n == 0 ? trace_send_of(l->t, &rec[0]) : 0;
	if (of == 0)
		return own;
	*m = look_find_read(l->in, of);
	if (*m != NULL && (*m)->fault == MSG_FAULT_NONE)
		return STR_NULL;
	*m = NULL;
	trace_get(l->t, of, &rec[1]);
	return look_sent(l, &rec[1], &rec[2], scratch);
}

/* The message that arrived with record SEQ, for L: as it was read where it was
 * sent, or again. */
static const struct msg *
find_source(struct look *l, uint64_t seq)
{
	struct inspect *in = l->in;
	struct trace_rec rec[3];
	struct read_message *m;
	struct str bytes, at;

	bytes = read_arrival(l, seq, rec, &m);
	if (m != NULL)
		return m->msg;
	return bytes.n > 0 && msg_read(in->source, bytes, &at) == MSG_FAULT_NONE
		   ? in->source
		   : NULL;
}

static const struct msg *
read_source(struct look *l, uint64_t seq)
{
	struct inspect *in = l->in;

	if (in->source_seq != l->seq) {
		in->source_msg = find_source(l, seq);
		in->source_seq = l->seq;
	}
	return in->source_msg;
}

const struct msg *
look_source(struct look *l)
{
	return l->forwarded && l->seq != 0 ? read_source(l, l->send.fwd) : NULL;
}

const struct msg *
look_made_of(struct look *l)
{
	return l->made.to != 0 && !l->forwarded && l->seq != 0
		   ? read_source(l, l->made.recv)
		   : NULL;
}
