/*
 * Bindings, as a registrar's 2xx lists them (RFC 3261 10.3 step 8): a Contact
 * listed for the first time was added, one listed with more time refreshed, one
 * listed no more removed; and one that is not refreshed expires.
 */
#include "base/array.h"
#include "inference/infer_usage.h"
#include "msg/header_names.h"
#include "rules/rule_names.h"

#define CONTACTS  64 /* of one address-of-record; ours */
#define SECOND_NS INT64_C(1000000000)

struct binding {
	uint32_t contact;
	int64_t due;  /* -1: it is not said */
	uint64_t seq; /* of the record that said so */
	bool listed;
};

struct bindings {
	uint32_t node, aor;
	struct binding *of;
	size_t n, cap;
};

void
infer_bindings_destroy(struct infer *f)
{
	struct str key;
	size_t at = 0;
	void *value;

	while (f->bindings != NULL && map_next(f->bindings, &at, &key, &value))
		mem_free(((struct bindings *)value)->of);
	map_destroy_all(f->bindings);
}

static struct bindings *
bindings_of(struct infer *f, uint32_t node, uint32_t aor)
{
	uint32_t key[2] = { node, aor };
	struct bindings *b = key_value(f->bindings, BYTES_OF(key), sizeof(*b));

	if (b == NULL) {
		f->err = ERR_NOMEM;
		return NULL;
	}
	b->node = node;
	b->aor = aor;
	return b;
}

static void
open_binding_record(struct infer *f, const struct bindings *b,
    const struct binding *one, const char *op, int64_t t, uint64_t cause,
    enum rule_id why)
{
	trace_open(
	    f->w, TRACE_BINDING, t, f->co->nodes[b->node].name, cause, why);
	trace_put_cstr(f->w, "op", op);
	trace_put_str(f->w, "aor", numbers_text(f->co->texts, b->aor));
	trace_put_str(
	    f->w, "contact", numbers_text(f->co->texts, one->contact));
	if (one->due >= 0 && why == RULE_REGISTER_OK)
		trace_put_int(f->w, "expires", one->due);
}

static uint64_t
close_record(struct infer *f)
{
	trace_put_bool(f->w, "inferred", true);
	return trace_close(f->w);
}

static void
expire_bindings(struct infer *f, int64_t due, void *of)
{
	struct bindings *b = of;
	size_t kept = 0;

	for (size_t i = 0; i < b->n; i++) {
		if (b->of[i].due != due) {
			b->of[kept++] = b->of[i];
			continue;
		}
		open_binding_record(f, b, &b->of[i], "expire", due,
		    b->of[i].seq, RULE_BINDING_EXPIRED);
		close_record(f);
	}
	b->n = kept;
}

/* The binding of B with CONTACT, a new one (*MADE) if there is none; NULL:
 * there is no room. */
static struct binding *
binding_of(struct infer *f, struct bindings *b, uint32_t contact, bool *made)
{
	*made = false;
	for (size_t i = 0; i < b->n; i++)
		if (b->of[i].contact == contact)
			return &b->of[i];
	if (b->n == CONTACTS)
		return NULL;
	if (ARRAY_ROOM(&b->of, &b->cap, b->n + 1) != 0) {
		f->err = ERR_NOMEM;
		return NULL;
	}
	*made = true;
	b->of[b->n] = (struct binding){ .contact = contact, .due = -1 };
	return &b->of[b->n++];
}

/* A Contact of the list: for NS more, or -1. */
static void
note_contact(struct infer *f, struct bindings *b, const struct msg_addr *a,
    int64_t t, uint64_t cause, int64_t ns)
{
	int64_t due = ns >= 0 ? t + ns : -1, later;
	bool made;
	struct binding *one = binding_of(f, b, infer_number(f, a->uri), &made);
	struct str q;

	if (one == NULL || f->err != 0)
		return;
	one->listed = true;
	later = due - one->due;
	/* Seconds are cut off: a second more is nothing new. */
	if (!made && later >= -2 * SECOND_NS && later <= SECOND_NS)
		return;
	one->due = due;
	open_binding_record(
	    f, b, one, made ? "add" : "refresh", t, cause, RULE_REGISTER_OK);
	if (msg_param(a->params, "q", &q))
		trace_put_int(f->w, "q", msg_q(a->params));
	one->seq = close_record(f);
	if (due >= 0)
		infer_wait(f, due, expire_bindings, b);
}

static void
read_list(struct infer *f, struct bindings *b, int64_t t, uint64_t cause)
{
	const struct msg *msg = &f->co->msg;
	int64_t rest = infer_seconds(msg_value(msg, MSG_H_EXPIRES));
	struct msg_values it = { 0 };
	struct msg_addr a;
	struct str v, text;

	for (size_t i = 0; i < b->n; i++)
		b->of[i].listed = false;
	for (size_t n = 0; n < CONTACTS && f->err == 0 &&
			   msg_next_value(msg, MSG_H_CONTACT, &it, &v);
	     n++) {
		int64_t ns = rest;

		if (msg_addr_read(v, &a) != 0 || a.star)
			continue;
		if (msg_param(a.params, "expires", &text))
			ns = infer_seconds(text);
		if (ns != 0)
			note_contact(f, b, &a, t, cause, ns);
	}
}

void
infer_bindings_sent(struct infer *f, uint32_t i)
{
	const struct correlation_message *m = &f->co->m[i];
	struct bindings *b;
	uint32_t aor;
	size_t kept = 0;

	if (m->method != MSG_REGISTER || m->status / 100 != 2 ||
	    m->fwd != CORRELATION_NONE || m->retx != CORRELATION_NONE ||
	    f->err != 0)
		return;
	aor = infer_aor(f);
	b = aor != 0 ? bindings_of(f, m->src, aor) : NULL;
	if (b == NULL)
		return;
	read_list(f, b, m->t, f->place[i].send);
	for (size_t k = 0; k < b->n && f->err == 0; k++) {
		if (b->of[k].listed) {
			b->of[kept++] = b->of[k];
			continue;
		}
		b->of[k].due = -1;
		open_binding_record(f, b, &b->of[k], "remove", m->t,
		    f->place[i].send, RULE_REGISTER_OK);
		close_record(f);
	}
	b->n = kept;
}
