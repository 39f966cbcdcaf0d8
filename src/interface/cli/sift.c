/* The messages of a capture held against a filter. */
#include "cli/sift.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/progress.h"
#include "text/utf8.h"
#include "cli/captured.h"

static struct str
name_of_node(const struct correlation *co, uint32_t node)
{
	return str_of(co->nodes[node].name);
}

static int
sift_message(struct correlation *co, const struct correlation_message *m,
    const struct record_filter *f, bool *holds)
{
	struct capture_message c;
	struct str name = numbers_text(co->texts, m->name);
	const struct trace_send s = { .src = name_of_node(co, m->src),
		.dst = name_of_node(co, m->dst),
		.proto = STR("sip"),
		.method = m->status == 0 ? name : STR_NULL,
		.status = m->status,
		.cseq_method = name,
		.call_id = numbers_text(co->ids, m->call) };

	capture_reader_get(co->src, m->at, &c, &co->scratch);
	*holds = record_filter_match_message(f, &s, m->t, c.bytes);
	return co->scratch.err;
}

int
sift_calls(struct correlation *co, const struct record_filter *f, bool *has)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < co->n; i++) {
		const struct correlation_message *m = &co->m[i];

		progress_count(N_("looking for messages"), i, co->n);
		if (m->call != 0 && !has[m->call])
			err = sift_message(co, m, f, &has[m->call]);
	}
	return err;
}

void
cli_say_nothing(
    const struct cli *c, const struct record_filter *f, const char *words)
{
	struct str word;
	const char *near = record_filter_doubt(f, &word);

	if (near == NULL && words[0] == '\0')
		cli_remark(c, _("no record is like that"));
	else if (near == NULL)
		cli_remark(c,
		    _("no record is like “%.*s”; rung help show tells what can "
		      "be asked for"),
		    STR_ARG(utf8_clip(str_of(words), 60)));
	else
		cli_remark(c,
		    _("no record is like that: there is no “%.*s”; did you "
		      "mean “%s”?"),
		    STR_ARG(utf8_clip(word, 60)), near);
}

/* Those of HAS into IDS; they and the other legs of the same calls are in the
 * trace. */
static int
list_sifted(const struct cli *c, struct correlation *co, const bool *has,
    struct buf *ids, struct diag *d)
{
	uint64_t messages = 0;
	size_t calls = 0;

	for (uint32_t i = 1; i < co->ncalls; i++)
		if (has[i])
			correlation_choose_call(co, i);
	for (uint32_t i = 1; i < co->ncalls; i++) {
		struct str id = numbers_text(co->ids, i);

		messages += co->calls[i].chosen ? co->calls[i].messages : 0;
		calls += co->calls[i].chosen;
		co->calls[i].chosen = false;
		if (has[i])
			buf_add(ids, (const char *)&id, sizeof(id));
	}
	if (messages <= cli_captured_most(c))
		return ids->err;
	return diag_set(d, ERR_LIMIT, NULL, 0,
	    _("%zu calls have such messages, together %llu, more than are "
	      "shown at once (%zu); rung show --calls lists them, and "
	      "--call=ID chooses one"),
	    calls, (unsigned long long)messages, cli_captured_most(c));
}

int
cli_sift(const struct cli *c, struct correlation *co, const char *words,
    struct buf *ids, struct diag *d)
{
	struct record_filter f;
	bool *has = NULL;
	int err = record_filter_parse(&f, words, NULL, d);

	if (err != 0)
		return err;
	if (c->from_ns > f.from_ns)
		f.from_ns = c->from_ns;
	if (c->to_ns < f.to_ns)
		f.to_ns = c->to_ns;
	has = mem_zalloc(co->ncalls, sizeof(*has));
	err = has != NULL ? sift_calls(co, &f, has) : ERR_NOMEM;
	if (err == 0)
		err = list_sifted(c, co, has, ids, d);
	if (err == 0 && ids->n == 0)
		err = diag_set(
		    d, ERR_NOTFOUND, NULL, 0, _("no record is like that"));
	mem_free(has);
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}
