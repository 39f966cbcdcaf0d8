/*
 * Keeping a session: one JSON object with the texts of its inputs, the acts of
 * each branch, and what the screen wants to find again.  The traces are not in
 * it: the same inputs give the same bytes.
 *
 *	{"kind":"session","version":1,"rung":"0.1.0","title":…,"file":…,
 *	 "fixed":false,"hash":"…","state":{…},"inputs":{…},
 *	 "branches":[{"name":"main","records":149,"sum":"…","acts":[…]},
 *	             {"name":"drop 200 OK","parent":0,"after":41,…}]}
 *
 * `inputs` is as in a trace's header; it is missing, and `hash` is there, where
 * a trace from elsewhere was opened.  `acts` are all of a branch; `arrivals` is
 * as in a file of them, or the number of a branch that has the same.
 */
#include "session/session_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "inputs/arrivals_file.h"

#include <string.h>

/* The arrivals of branch I: the number of a branch before that has the same, or
 * all of them. */
static void
put_outside(const struct session *s, size_t i, struct buf *out)
{
	const struct session_branch *b = s->branches[i];
	struct inputs_outside o = b->in.outside;
	uint64_t last = trace_count(b->trace);

	/* It is there again when as much has happened. */
	if (b->open && last > 0 && trace_time_of(b->trace, last) > o.open_ns)
		o.open_ns = trace_time_of(b->trace, last);
	for (size_t k = 0; k < i && !b->open; k++) {
		const struct inputs_outside *p = &s->branches[k]->in.outside;

		if (p->arrivals != o.arrivals || p->open_ns != o.open_ns ||
		    p->stops != o.stops || s->branches[k]->open)
			continue;
		json_put_int(out, "arrivals", (int64_t)k);
		return;
	}
	json_put_key(out, "arrivals");
	arrivals_put(&o, out);
}

static void
saved_put_branch(const struct session *s, size_t i, struct buf *out)
{
	const struct session_branch *b = s->branches[i];

	buf_putc(out, '{');
	json_put_field(out, "name", str_of(b->name));
	if (b->has_parent) {
		json_put_int(out, "parent", (int64_t)b->parent);
		json_put_int(out, "after", (int64_t)b->after);
	}
	if (!b->fixed) {
		bool less = trace_count(b->trace) < b->kept;

		/* What was kept last holds until the run is there again. */
		json_put_int(out, "records",
		    (int64_t)(less ? b->kept : trace_count(b->trace)));
		json_put_hash(out, "sum", less ? b->kept_sum : b->sum);
	}
	json_put_key(out, "acts");
	inputs_write_acts(&b->in, out);
	if (b->in.outside.there)
		put_outside(s, i, out);
	buf_putc(out, '}');
}

static void
saved_put_session(const struct session *s, struct str state, struct buf *out)
{
	const struct session_branch *first = s->branches[0];

	buf_puts(out, "{\"kind\":\"" SESSION_KIND "\"");
	json_put_int(out, "version", SESSION_VERSION);
	json_put_field(out, "rung", STR(RUNG_VERSION));
	json_put_field(out, "title", str_of(s->title));
	json_put_field(out, "file", str_of(s->file));
	json_put_bool(out, "fixed", first->fixed);
	if (first->fixed)
		json_put_hash(out, "hash", trace_hash(first->trace));
	json_put_key(out, "state");
	if (state.n > 0)
		buf_str(out, state);
	else
		buf_puts(out, "{}");
	if (s->can_act) {
		json_put_key(out, "inputs");
		inputs_write(&first->in, out);
	}
	json_put_key(out, "branches");
	for (size_t i = 0; i < s->nbranches; i++) {
		buf_putc(out, i == 0 ? '[' : ',');
		saved_put_branch(s, i, out);
	}
	buf_puts(out, "]}\n");
}

/* One value deep in the file, and nothing else. */
static int
saved_check_state(struct str state, struct diag *d)
{
	LOCAL_BUF inside = BUF_INIT;
	struct json_value v;
	struct str rest;
	int err;

	if (state.n == 0)
		return 0;
	if (state.n > SESSION_STATE_MAX)
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("the state of the screen is longer than %u bytes"),
		    SESSION_STATE_MAX);
	buf_puts(&inside, "[");
	buf_str(&inside, state);
	buf_puts(&inside, "]");
	rest = buf_view(&inside);
	err = inside.err;
	if (err == 0 &&
	    (json_read(&rest, &v) != 0 || rest.n > 0 ||
		!str_starts(str_trim(state), "{") || json_count(v) != 1))
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("the state of the screen is not a JSON object"));
	return err == ERR_NOMEM ? diag_fail(d, ERR_NOMEM) : err;
}

/* The first time a file is made, and the oldest ones go. */
static int
write_new(struct session *s, const struct buf *text, struct diag *d)
{
	LOCAL_BUF folder = BUF_INIT, path = BUF_INIT;
	int err = folder_find(&folder, true, d);

	if (err == 0)
		err = folder_add(folder.p, s->file, text, &path, d);
	if (err == 0) {
		folder_prune(folder.p, path.p);
		s->kept_in = buf_take(&path);
		err = s->kept_in != NULL ? 0 : diag_fail(d, ERR_NOMEM);
	}
	return err;
}

int
session_save(struct session *s, struct str state, struct diag *d)
{
	LOCAL_BUF out = BUF_INIT;
	unsigned long lacked = mem_failures();
	int err = saved_check_state(state, d);

	if (err == 0 && !s->can_act && strcmp(s->file, "-") == 0)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("a trace from standard input can't be saved: it does not "
		      "contain the inputs of its run"));
	if (err != 0)
		return err;
	saved_put_session(s, state, &out);
	if (out.err != 0 || mem_failures() != lacked)
		err = diag_fail(d, ERR_NOMEM);
	else if (out.n > SESSION_FILE_MAX)
		err = diag_set(d, ERR_LIMIT, NULL, 0,
		    _("the session is larger than %u bytes and can't be saved"),
		    SESSION_FILE_MAX);
	else if (s->kept_in != NULL)
		err = folder_replace(s->kept_in, &out, d);
	else
		err = write_new(s, &out, d);
	if (err != 0)
		return err;
	buf_clear(&s->state);
	buf_str(&s->state, state);
	return s->state.err == 0 ? 0 : diag_fail(d, ERR_NOMEM);
}

struct str
session_state(const struct session *s)
{
	return buf_view(&s->state);
}

const char *
session_file(const struct session *s)
{
	return s->kept_in;
}
