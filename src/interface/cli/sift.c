/* The messages of a capture held against a filter. */
#include "cli/sift.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/progress.h"
#include "text/utf8.h"
#include "cli/captured.h"

#include <string.h>

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

/* Words of which no record is, or with "=" or "#" their beginnings, and what
 * they are meant to be; NEXT (NULL: nothing) stands there, too. */
static const struct {
	const char *begin, *next, *text;
} misused[] = {
	{ "and", NULL, N_("words all hold as they stand, without “and”") },
	{ "or", NULL, N_("either is said by a comma: status=180,200") },
	{ "|", NULL, N_("either is said by a comma: status=180,200") },
	{ "#", NULL, N_("a record is its number alone: rung show FILE 55") },
	{ "call=", NULL,
	    N_("call= is a Call-ID; rung show --calls FILE lists them") },
	{ "method=", "status=",
	    N_("method= is of requests; responses: cseq=INVITE status=200") },
	{ "state=", NULL,
	    N_("states of calls are asked by rung show --calls FILE state=…") },
	{ "ladder", NULL, N_("the ladder is rung show --ladder FILE") },
	{ "calls", NULL, N_("a list of calls is rung show --calls FILE") },
	{ "messages", NULL, N_("messages are shown by rung show -m FILE") },
};

/* WORDS have BEGIN as a word, or as the beginning of one. */
static bool
has_misused(struct str words, const char *begin)
{
	bool whole = strpbrk(begin, "=#") == NULL;

	while (words.n > 0) {
		struct str word = str_cut(words, ' ', &words);

		if (whole ? str_iis(word, begin) : str_starts(word, begin))
			return true;
	}
	return false;
}

/* The sentence for WORDS, or NULL. */
static const char *
find_misused(struct str words)
{
	uint64_t n;

	for (size_t i = 0; i < sizeof(misused) / sizeof(*misused); i++)
		if (has_misused(words, misused[i].begin) &&
		    (misused[i].next == NULL ||
			str_find(words, misused[i].next) >= 0))
			return _(misused[i].text);
	while (words.n > 0) {
		struct str word = str_cut(words, ' ', &words);

		if (str_u64(word, &n) == 0)
			return _("one record is shown at a time: rung show "
				 "FILE 55");
		if (str_chr(word, '@') > 0 && str_chr(word, '.') < 0)
			return _("what is sent stands before the @, in "
				 "capitals, who sends behind it: INVITE@atl, "
				 "180@bob");
		if (str_starts(word, "cseq=") && word.n > 5 &&
		    chr_is_digit(word.p[5]))
			return _("cseq is asked for by its method: "
				 "cseq=INVITE");
		if (record_filter_has(word))
			return _("words are KEY=VALUE, as method=INVITE");
	}
	return NULL;
}

void
cli_say_nothing(
    const struct cli *c, const struct record_filter *f, const char *words)
{
	struct str word;
	const char *near = record_filter_doubt(f, &word);
	const char *meant = find_misused(str_of(words));

	if (near == NULL && meant != NULL)
		cli_remark(c, _("no record is like “%.*s”: %s"),
		    STR_ARG(utf8_clip(str_of(words), 60)), meant);
	else if (near == NULL && words[0] == '\0')
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
