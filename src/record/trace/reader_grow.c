/*
 * A trace that grows line by line, as a writer gives them out: the records of
 * a run are there while it runs.  Each line is copied to its place first and
 * belongs to the trace once it was found good.
 */
#include "trace/reader_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "trace/writer.h"

#include <string.h>

int
trace_begin(struct trace **tp, const char *name)
{
	struct trace *t = mem_zalloc(1, sizeof(*t));

	*tp = NULL;
	if (t == NULL)
		return ERR_NOMEM;
	t->file = mem_strdup(name);
	if (t->file == NULL) {
		mem_free(t);
		return ERR_NOMEM;
	}
	*tp = t;
	return 0;
}

/* One line, with the newline that ends it and no other. */
static int
check_line(struct str line, const struct trace_place *at)
{
	ptrdiff_t nl = str_chr(line, '\n');

	if (nl < 0)
		return trace_bad_json(at, line, STR_NULL);
	if ((size_t)nl + 1 < line.n)
		return trace_bad_json(
		    at, line, str_slice(line, (size_t)nl, line.n));
	return 0;
}

static int
feed_head(struct trace *t, struct str line, uint64_t next,
    const struct trace_place *at)
{
	int err = trace_grow_index(t, at);

	if (err == 0 && map_create(&t->numbers) != 0)
		err = trace_nomem(at);
	if (err == 0)
		err = trace_read_head(t, line, at);
	if (err != 0) {
		trace_clear_head(t);
		return err;
	}
	t->index[0] = (struct trace_entry){ 0 };
	t->index[0].offset = next & 0xffffffffffff;
	return 0;
}

/* What was loaded may be mapped, or end within a line. */
static int
check_end(const struct trace *t, const struct trace_place *at)
{
	uint64_t end = t->index[t->count].offset;

	if (t->looked == NULL && end == trace_text_size(t) &&
	    str_ends(trace_text_slice(t, end - 1, end), "\n"))
		return 0;
	return TRACE_WRONG(
	    at, _("the trace ends within a line, so no other can follow"));
}

static int
feed(struct trace *t, const char *line, size_t n,
    const struct trace_written *written, struct diag *d)
{
	bool head = t->numbers == NULL, cut = false;
	struct trace_place at = { t->file, head ? 1 : (unsigned)t->count + 2,
		d };
	struct str given = { line, n }, kept;
	char *room;
	int err = check_line(given, &at);

	if (err == 0 && !head)
		err = check_end(t, &at);
	if (err != 0)
		return err;
	room = trace_text_room(t, n);
	if (room == NULL)
		return trace_nomem(&at);
	memcpy(room, line, n);
	kept = (struct str){ room, n - 1 };
	if (head)
		err = feed_head(t, kept, trace_text_size(t) + n, &at);
	else if (written != NULL)
		err = trace_take_written(
		    t, kept, trace_text_size(t) + n, written, &at);
	else
		err = trace_read_record(
		    t, kept, trace_text_size(t) + n, &at, &cut);
	if (cut)
		return trace_bad_json(&at, kept, STR_NULL);
	if (err == 0)
		trace_text_commit(t, n);
	return err;
}

int
trace_feed(struct trace *t, const char *line, size_t n, struct diag *d)
{
	return feed(t, line, n, NULL, d);
}

int
trace_feed_written(struct trace *t, const struct trace_writer *w,
    const char *line, size_t n, struct diag *d)
{
	return feed(t, line, n, trace_written(w), d);
}
