/* Messages written with their index; see msg/composed_message.h. */
#include "msg/composed_message.h"

#include "msg/chars.h"
#include "msg/header_names.h"

/* "SIP/2.0" */
#define VERSION_N 7

void
msg_composed_begin(struct msg_composed *w, struct buf *text)
{
	/* The fields need no clearing: their number does. */
	w->text = *text;
	*text = BUF_INIT;
	buf_clear(&w->text);
	w->lost = false;
	w->status = 0;
	w->head = w->tag = 0;
	w->via = NULL;
	w->from = w->to = NULL;
	w->nfields = 0;
}

static void
end_line(struct msg_composed *w)
{
	buf_puts(&w->text, "\r\n");
}

void
msg_composed_request(struct msg_composed *w, struct str method, struct str uri)
{
	w->method_name = method;
	w->method = msg_method_find(method);
	buf_str(&w->text, method);
	buf_putc(&w->text, ' ');
	buf_str(&w->text, uri);
	buf_puts(&w->text, " SIP/2.0\r\n");
	w->head = (uint32_t)w->text.n;
}

void
msg_composed_response(struct msg_composed *w, unsigned status,
    struct str reason, enum msg_method method)
{
	w->method = method;
	w->status = status;
	buf_puts(&w->text, "SIP/2.0 ");
	buf_u64(&w->text, status);
	buf_putc(&w->text, ' ');
	buf_str(&w->text, reason);
	end_line(w);
	w->head = (uint32_t)w->text.n;
}

void
msg_composed_field(struct msg_composed *w, const char *name, enum msg_header id,
    struct str value, bool sound)
{
	struct msg_composed_field *f = &w->fields[w->nfields];
	struct str trimmed = str_trim(value);
	size_t line = w->text.n, n = strlen(name);

	buf_add(&w->text, name, n);
	buf_puts(&w->text, ": ");
	buf_str(&w->text, value);
	end_line(w);
	if (trimmed.n == 0 || w->nfields == MSG_COMPOSED_FIELDS ||
	    w->text.n > MSG_COMPOSED_BYTES) {
		w->lost = true;
		return;
	}
	f->id = id;
	f->sound = sound;
	f->line = (uint32_t)line;
	f->name_end = (uint32_t)(line + n);
	f->value = (uint32_t)(f->name_end + 2 + (size_t)(trimmed.p - value.p));
	f->value_end = (uint32_t)(f->value + trimmed.n);
	w->nfields++;
}

/* The last field's value goes on with TEXT, and with what comes until
 * close_line. */
static void
reopen_line(struct msg_composed *w, const char *text)
{
	if (w->text.n > w->head)
		buf_truncate(&w->text, w->text.n - 2);
	buf_puts(&w->text, text);
}

static void
close_line(struct msg_composed *w, struct str end)
{
	buf_str(&w->text, end);
	w->fields[w->nfields > 0 ? w->nfields - 1 : 0].value_end =
	    (uint32_t)w->text.n;
	end_line(w);
}

void
msg_composed_number(struct msg_composed *w, const char *name,
    enum msg_header id, uint32_t value, struct str method)
{
	char text[STR_DIGITS], *end = text + sizeof(text),
			       *at = str_decimal(end, value);
	struct str digits = { at, (size_t)(end - at) };

	msg_composed_field(w, name, id, digits, value <= INT32_MAX);
	if (method.n > 0) {
		reopen_line(w, " ");
		close_line(w, method);
	}
}

void
msg_composed_tag(struct msg_composed *w, struct str tag)
{
	reopen_line(w, ";tag=");
	w->tag = (uint32_t)w->text.n;
	/* Else a reader may find another one, or none. */
	if (chars_skip_token(tag, 0) != tag.n || w->to == NULL ||
	    w->to->tag.p != NULL) {
		w->to = NULL;
		w->lost = true;
	}
	close_line(w, tag);
}

void
msg_composed_body(struct msg_composed *w, struct str body)
{
	msg_composed_number(w, "Content-Length", MSG_H_CONTENT_LENGTH,
	    (uint32_t)body.n, STR_NULL);
	end_line(w);
	w->body = (uint32_t)w->text.n;
	buf_str(&w->text, body);
}

/* ---- the index ---- */

/* What lay in FROM lies in TO. */
static struct str
moved_to(struct str slice, struct str from, struct str to)
{
	if (slice.p != NULL)
		slice.p = to.p + (slice.p - from.p);
	return slice;
}

static void
index_via(const struct msg_known *from, struct msg *m)
{
	struct msg_via *v = &m->known.via;
	struct str *const slices[] = { &v->transport, &v->sent_by, &v->host,
		&v->params, &v->branch, &v->received, &v->rport, &v->maddr };
	struct str value = msg_value(m, MSG_H_VIA);

	if (from == NULL) {
		msg_know_via(m);
		return;
	}
	*v = from->via;
	for (size_t i = 0; i < COUNT_OF(slices); i++)
		*slices[i] = moved_to(*slices[i], from->via_value, value);
	m->known.via_value = moved_to(from->via_value, from->via_value, value);
	m->known.via_err = from->via_err;
}

static void
index_party(const struct msg_party *from, struct str value, struct msg_party *p)
{
	if (from == NULL) {
		msg_know_party(p, value);
		return;
	}
	p->value = value;
	p->err = from->err;
	p->uri = moved_to(from->uri, from->value, value);
	p->tag = moved_to(from->tag, from->value, value);
}

static void
index_start(const struct msg_composed *w, struct msg *m)
{
	struct str line = str_slice(m->bytes, 0, w->head - 2);
	size_t n = w->method_name.n;

	m->start_line = line;
	m->method = w->method;
	m->request = w->status == 0;
	m->status = w->status;
	m->method_name = m->uri = m->reason = STR_NULL;
	if (!m->request) {
		m->version = str_slice(line, 0, VERSION_N);
		m->reason = str_slice(line, VERSION_N + 5, line.n);
		return;
	}
	m->method_name = str_slice(line, 0, n);
	m->uri = str_slice(line, n + 1, line.n - VERSION_N - 1);
	m->version = str_slice(line, line.n - VERSION_N, line.n);
}

/* Those of the fields that are known to be sound, a bit for each. */
static uint32_t
index_fields(const struct msg_composed *w, struct msg *m)
{
	const char *p = m->bytes.p;
	uint32_t sound = 0;

	m->has[0] = m->has[1] = 0;
	m->nfields = w->nfields;
	for (size_t i = w->nfields, next = w->body - 2; i-- > 0;) {
		const struct msg_composed_field *f = &w->fields[i];
		struct msg_field *to = &m->fields[i];

		to->line = (struct str){ p + f->line, next - f->line };
		to->name = (struct str){ p + f->line, f->name_end - f->line };
		to->value =
		    (struct str){ p + f->value, f->value_end - f->value };
		to->id = f->id;
		m->has[f->id >> 6] |= UINT64_C(1) << (f->id & 63);
		sound |= (uint32_t)f->sound << i;
		next = f->line;
	}
	return sound;
}

static bool
has_too_many(const struct msg *m)
{
	bool many = msg_has_many_params(m, m->uri);

	for (size_t i = 0; i < m->nfields && !many; i++)
		many = msg_has_many_params(m, m->fields[i].value);
	return many;
}

bool
msg_composed_index(
    const struct msg_composed *w, struct str bytes, struct msg *m)
{
	uint32_t sound;

	if (w->lost || bytes.n > MSG_COMPOSED_BYTES)
		return false;
	m->bytes = bytes;
	index_start(w, m);
	sound = index_fields(w, m);
	m->body = str_slice(bytes, w->body, bytes.n);
	index_via(w->via, m);
	index_party(w->from, msg_value(m, MSG_H_FROM), &m->known.from);
	index_party(w->to, msg_value(m, MSG_H_TO), &m->known.to);
	if (w->tag != 0 && w->to != NULL)
		m->known.to.tag = str_slice(bytes, w->tag,
		    (size_t)(m->known.to.value.p + m->known.to.value.n -
			     bytes.p));
	m->known.all = true;
	m->sound = !has_too_many(m) &&
		   msg_check_rest(m, sound, NULL) == MSG_FAULT_NONE;
	return m->sound;
}
