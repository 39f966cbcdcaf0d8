/*
 * What a trace was made of, in words: the lab, script or topology, what was
 * set, what a person did, the seed; and a number made of all its bytes.
 */
#include "words/origin_words.h"

#include "base/err.h"
#include "base/i18n.h"
#include "words/title_words.h"

/* What a file was called, without its folder and its ending. */
static struct str
plain_name(struct str file)
{
	ptrdiff_t dot;

	file = str_slice(file, (size_t)(str_rchr(file, '/') + 1), file.n);
	dot = str_rchr(file, '.');
	return dot > 0 ? str_slice(file, 0, (size_t)dot) : file;
}

/* The lab's own name; else its script's, else its topology's.  A script that
 * every lab has says nothing. */
static void
put_lab_name(struct buf *b, struct json_value inputs)
{
	static const char *const keys[] = { "script", "topology" };
	struct buf name = BUF_INIT;

	json_text(json_member(inputs, "lab"), &name);
	for (size_t i = 0; i < 2 && name.n == 0; i++) {
		struct json_value v = json_member(inputs, keys[i]);

		if (v.type == JSON_OBJECT)
			json_text(json_member(v, "file"), &name);
		if (str_is(buf_view(&name), "lab.lua"))
			buf_clear(&name);
		if (name.n > 0) {
			buf_str(b, plain_name(buf_view(&name)));
			buf_clear(&name);
			break;
		}
	}
	buf_str(b, buf_view(&name));
	if (name.err == ERR_NOMEM)
		b->err = name.err;
	buf_free(&name);
}

/* "bob.answer=4s, alice.expires=60" */
static void
put_settings(struct buf *b, struct json_value list)
{
	struct json_value v;
	size_t at = 0, n = 0;

	while (json_item(list, &at, &v)) {
		buf_puts(b, n++ > 0 ? ", " : "");
		json_text(v, b);
	}
}

static void
put_short(struct buf *b, const struct trace *t, unsigned long long hash)
{
	const struct trace_head *h = trace_head(t);
	struct buf name = BUF_INIT;

	if (h->inputs.type == JSON_OBJECT)
		put_lab_name(&name, h->inputs);
	if (h->inputs.type == JSON_NONE)
		buf_printf(b, _("rung · trace %016llx"), hash);
	else if (name.n > 0)
		/* TRANSLATORS: the lab's name stands behind "rung" */
		buf_printf(b, _("rung · %s · seed %lld · trace %016llx"),
		    buf_cstr(&name), (long long)h->seed, hash);
	else
		buf_printf(b, _("rung · seed %lld · trace %016llx"),
		    (long long)h->seed, hash);
	buf_end(&name, &b->err);
}

static void
put_full(struct buf *full, const struct trace *t, unsigned long long hash)
{
	const struct trace_head *h = trace_head(t);
	struct buf name = BUF_INIT;
	struct str title = title_translate(h->title);
	size_t acts;

	buf_printf(full, "rung %.*s; ", STR_ARG(h->rung));
	if (h->inputs.type == JSON_OBJECT) {
		put_lab_name(&name, h->inputs);
		if (name.n > 0)
			buf_printf(full, "lab: %s; ", buf_cstr(&name));
	}
	buf_printf(full, "title: %.*s; ", STR_ARG(title));
	if (h->inputs.type == JSON_OBJECT) {
		struct json_value set = json_member(h->inputs, "settings");

		if (json_count(set) > 0) {
			buf_puts(full, "settings: ");
			put_settings(full, set);
			buf_puts(full, "; ");
		}
		acts = json_count(json_member(h->inputs, "acts"));
		if (acts > 0)
			buf_printf(full, "acts: %zu; ", acts);
	}
	if (h->inputs.type != JSON_NONE)
		buf_printf(full, "seed: %lld; ", (long long)h->seed);
	buf_printf(full, "trace: %016llx", hash);
	buf_end(&name, &full->err);
}

void
origin_put(struct buf *b, const struct trace *t)
{
	put_short(b, t, (unsigned long long)trace_hash(t));
}

void
origin_put_both(struct buf *b, struct buf *full, const struct trace *t)
{
	/* Every byte of the trace is looked at for it. */
	unsigned long long hash = (unsigned long long)trace_hash(t);

	put_short(b, t, hash);
	put_full(full, t, hash);
}
