/* Writes and reads what there is to compare of a submission. */
#include "grade/class_evidence.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "text/json.h"

#include <inttypes.h>
#include <string.h>

/* Of one submission; what is beyond is not compared. */
#define MARKS_MAX 20000

/* ---- in the submission's process ---- */

static void
put_values(const struct own_values *v, size_t n, struct buf *out)
{
	json_open(out, "values", '[');
	for (size_t i = 0; i < n; i++) {
		const struct own_value *own = &v->list[i];

		if (own->own.n == 0 && own->key.n == 0)
			continue;
		json_put_item(out);
		buf_printf(out, "{\"task\":%zu", i + 1);
		json_put_int(out, "other", own->other);
		json_put_field(out, "key", buf_view(&own->key));
		json_put_field(out, "own", buf_view(&own->own));
		json_put_bool(out, "token", own->token);
		json_put_field(out, "foreign", buf_view(&own->foreign));
		json_put_bool(out, "slip", own->slip);
		buf_putc(out, '}');
	}
	buf_putc(out, ']');
}

static void
put_marks(const struct work *w, const struct script_marks *m, struct buf *out)
{
	json_open(out, "scripts", '[');
	for (size_t i = 0; i < w->nruns; i++) {
		json_put_item(out);
		json_put_str(out, str_of(w->runs[i].name));
	}
	buf_puts(out, "]");
	json_open(out, "marks", '[');
	for (size_t i = 0; i < m->n && i < MARKS_MAX; i++)
		buf_printf(out, "%s\"%016" PRIx64 "\",%" PRIu32 ",%" PRIu32,
		    i > 0 ? "," : "", m->list[i].hash, m->list[i].script,
		    m->list[i].line);
	buf_putc(out, ']');
}

int
class_evidence_put(const struct work *w, size_t ntasks,
    const struct own_values *v, const struct script_marks *marks,
    struct buf *out)
{
	buf_putc(out, '{');
	json_put_field(out, "values_of", str_of(w->answers.student));
	put_values(v, ntasks, out);
	put_marks(w, marks, out);
	buf_puts(out, "}\n");
	return out->err;
}

/* The scripts of W's runs, as they stand in what the runs are made of. */
static int
find_marks(const struct work *w, struct script_marks *m)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < w->nruns; i++) {
		struct json_value script;
		struct buf text = BUF_INIT;

		if (w->runs[i].trace == NULL)
			continue;
		script =
		    json_member(trace_head(w->runs[i].trace)->inputs, "script");
		if (json_text(json_member(script, "text"), &text) == 0)
			err = script_marks_add(m, buf_view(&text), (uint32_t)i);
		buf_free(&text);
	}
	return err == 0 ? script_marks_leave_labs(m) : err;
}

int
class_evidence_find(const struct mark *m, const struct work *w, struct buf *out)
{
	struct script_marks marks = SCRIPT_MARKS_INIT;
	struct own_values v;
	struct diag d = DIAG_INIT;
	int err = own_values_find(&v, m, w, &d);

	if (err == 0)
		err = find_marks(w, &marks);
	if (err == 0)
		err = class_evidence_put(w, m->n, &v, &marks, out);
	own_values_free(&v);
	script_marks_free(&marks);
	return err == ERR_NOMEM ? err : 0;
}

/* ---- in the process that reports ---- */

static int
take_own_value(struct class_entry *e, struct json_value v)
{
	struct class_task *t;
	int64_t number;

	if (json_int(json_member(v, "task"), &number) != 0 || number < 1 ||
	    (uint64_t)number > e->ntasks)
		return 0;
	t = &e->tasks[number - 1];
	if (t->own != NULL)
		return 0;
	(void)json_int(json_member(v, "other"), &t->other);
	t->token = json_is_true(json_member(v, "token"));
	t->slip = json_is_true(json_member(v, "slip"));
	return json_copy(json_member(v, "key"), &t->key) |
	       json_copy(json_member(v, "own"), &t->own) |
	       json_copy(json_member(v, "foreign"), &t->foreign);
}

static int
take_script_name(struct class_entry *e, struct json_value v)
{
	if (ARRAY_ROOM(&e->scripts, &e->scripts_cap, e->nscripts + 1) != 0)
		return ERR_NOMEM;
	e->scripts[e->nscripts] = NULL;
	return json_copy_safe(v, &e->scripts[e->nscripts++]);
}

/* Three values each: hash, script and line. */
static int
take_marks(struct class_entry *e, struct json_value list)
{
	struct json_value hash, script, line;
	size_t at = 0;

	while (e->marks.n < MARKS_MAX && json_item(list, &at, &hash) &&
	       json_item(list, &at, &script) && json_item(list, &at, &line)) {
		struct script_mark m;

		if (json_hash(hash, &m.hash) != 0 ||
		    str_u32(script.raw, &m.script) != 0 ||
		    str_u32(line.raw, &m.line) != 0 || m.script >= e->nscripts)
			continue;
		if (ARRAY_ROOM(&e->marks.list, &e->marks.cap, e->marks.n + 1) !=
		    0)
			return ERR_NOMEM;
		e->marks.list[e->marks.n++] = m;
	}
	return 0;
}

int
class_evidence_take(struct class_entry *e, struct json_value line)
{
	struct json_value v;
	size_t at = 0;
	int err;

	if (json_member(line, "values_of").type != JSON_STRING)
		return ERR_NOTFOUND;
	/* A second such line is nobody's. */
	if (e->values_of != NULL)
		return 0;
	err = json_copy_safe(json_member(line, "values_of"), &e->values_of);
	while (err == 0 && json_item(json_member(line, "values"), &at, &v))
		err = take_own_value(e, v);
	for (at = 0; err == 0 && e->nscripts < WORK_RUNS_MAX &&
		     json_item(json_member(line, "scripts"), &at, &v);)
		err = take_script_name(e, v);
	return err == 0 ? take_marks(e, json_member(line, "marks")) : err;
}
