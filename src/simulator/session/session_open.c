/* Opening a session of a file: a lab, a script, a topology, a trace. */
#include "session/session_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "trace/page_link.h"

#include <stdlib.h>
#include <string.h>

static bool
asks_for_run(const struct inputs_options *o)
{
	return o->limits != NULL || o->arrivals != NULL || o->has_seed ||
	       o->has_detail || o->until_ns != 0 || o->nsettings > 0 ||
	       o->nacts > 0;
}

static int
session_source_open_trace(struct session *s, struct session_branch *b,
    const char *file, struct diag *d)
{
	int err = trace_load(&b->trace, file, d);

	if (err != 0)
		return err;
	b->fixed = b->done = true;
	err = inputs_from_trace(&b->in, b->trace, file, &s->why_not);
	s->can_act = err == 0;
	return err == ERR_NOMEM ? diag_fail(d, ERR_NOMEM) : 0;
}

static int
open_branch(struct session *s, struct session_branch *b, const char *file,
    const struct session_options *o, struct diag *d)
{
	int err;

	if (trace_is_file(file) && !asks_for_run(&o->run) && !o->open)
		return session_source_open_trace(s, b, file, d);
	err = inputs_read(&b->in, file, d);
	if (err == 0)
		err = inputs_take_options(&b->in, &o->run, d);
	b->open = o->open;
	b->in.outside.there = b->in.outside.there || o->open;
	return err == 0 ? branch_begin(b, d) : err;
}

/* Its path from the root, so that it is found from anywhere; a lab's name stays
 * as it is. */
static struct session *
new_with_path(const char *file)
{
	char *path = strcmp(file, "-") != 0 ? realpath(file, NULL) : NULL;
	struct session *s = session_new(path != NULL ? path : file);

	free(path);
	return s;
}

/* A link of a lab of rung's own, which has that one's folder, is the lab
 * changed; any other brings its texts as standard input does. */
static int
name_by_link(struct session *s, const struct inputs *in)
{
	mem_free(s->file);
	s->file = mem_strdup(in->folder != NULL ? in->lab : "-");
	return s->file != NULL ? 0 : ERR_NOMEM;
}

int
session_open(struct session **sp, const char *file,
    const struct session_options *options, struct diag *d)
{
	static const struct session_options none;
	const struct session_options *o = options != NULL ? options : &none;
	struct session_branch *b = branch_new();
	struct session *s = new_with_path(file);
	int err = s != NULL && b != NULL ? 0 : ERR_NOMEM;

	if (err == 0) {
		if (o->max_records != 0)
			b->max_records = o->max_records;
		b->name = mem_strdup("main");
		err =
		    b->name != NULL ? open_branch(s, b, file, o, d) : ERR_NOMEM;
		if (err == 0 && page_link_is(str_of(file)))
			err = name_by_link(s, &b->in);
	}
	return session_finish(sp, s, b, err, d);
}
